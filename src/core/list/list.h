/* SPDX-License-Identifier: Apache-2.0 */
/* --unlist: what the effective policy lets the caller do, for people. */
#ifndef UNDOCKER_LIST_H
#define UNDOCKER_LIST_H

#include "core/request/invocation.h"
#include "core/verdict/judge.h"

/*
 * What the caller may do, or all about the command that stands in i, as text
 * lines. False: j->fault.
 */
bool list_lines(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, const struct invocation *i, struct strv *lines);

#endif
