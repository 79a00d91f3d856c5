/* SPDX-License-Identifier: Apache-2.0 */
/* Flags that name another container, in docker's many spellings. */
#ifndef UNDOCKER_CONTAINER_FLAGS_H
#define UNDOCKER_CONTAINER_FLAGS_H

#include "core/verdict/state.h"

/* False: refused. */
bool container_flags_plan(struct state *s);

#endif
