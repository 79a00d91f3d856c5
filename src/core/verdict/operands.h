/* SPDX-License-Identifier: Apache-2.0 */
/* How many operands, and what they may be. */
#ifndef UNDOCKER_OPERANDS_H
#define UNDOCKER_OPERANDS_H

#include "core/verdict/state.h"

/* False: refused. */
bool operands_check(struct state *s);

/*
 * The letter for the operand with this index in a command's operands, and
 * whether the line may end before it. '\0': there is no such operand.
 */
char operands_letter(const char *operands, size_t index, bool *optional);

#endif
