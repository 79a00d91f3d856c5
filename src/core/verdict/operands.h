/* SPDX-License-Identifier: Apache-2.0 */
/* How many operands, and what they may be. */
#ifndef UNDOCKER_OPERANDS_H
#define UNDOCKER_OPERANDS_H

#include "core/verdict/state.h"

/* False: refused. */
bool operands_check(struct state *s);

#endif
