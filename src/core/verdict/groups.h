/* SPDX-License-Identifier: Apache-2.0 */
/* --group-add, which wants images that no user made. */
#ifndef UNDOCKER_GROUPS_H
#define UNDOCKER_GROUPS_H

#include "core/verdict/state.h"

/* False: refused. */
bool groups_check(struct state *s);

#endif
