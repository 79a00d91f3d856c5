/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts: what was found decides, and what docker gets. */
#ifndef UNDOCKER_MOUNTS_SETTLE_H
#define UNDOCKER_MOUNTS_SETTLE_H

#include "core/verdict/state.h"

/* False: refused. */
bool mounts_settle(struct state *s);

#endif
