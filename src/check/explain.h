/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check -- ARGV: a decision told to a person. */
#ifndef UNDOCKER_EXPLAIN_H
#define UNDOCKER_EXPLAIN_H

#include "check/ask.h"

/* Prints what was decided and why. False: stdout did not take it. */
bool explain(const struct ask *q, bool allowed);

#endif
