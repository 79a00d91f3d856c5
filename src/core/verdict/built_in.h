/* SPDX-License-Identifier: Apache-2.0 */
/* What is built in about the values of the flags. */
#ifndef UNDOCKER_BUILT_IN_H
#define UNDOCKER_BUILT_IN_H

#include "core/verdict/state.h"

/* The rules for each kind of value of a user's. False: refused. */
bool built_in_check(struct state *s);

#endif
