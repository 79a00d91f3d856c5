/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check -- ARGV: a decision told to a person. */
#ifndef UNDOCKER_EXPLAIN_H
#define UNDOCKER_EXPLAIN_H

#include "check/cases/rehearse.h"

/*
 * What was decided and why, as lines: "verdict: allowed" and "final: " with the
 * command line, or "verdict: refused" and "reason: "; "note: " for each thing
 * that the user would be told; then "because:" and the trace, indented.
 */
struct strv explain_lines(const struct rehearsal *q, bool allowed);

/* Prints them. False: stdout did not take it. */
bool explain(const struct rehearsal *q, bool allowed);

#endif
