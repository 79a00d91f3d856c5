/* SPDX-License-Identifier: Apache-2.0 */
/* A process of its own for each case: what ends one ends no other. */
#ifndef UNDOCKER_CASE_PROCESS_H
#define UNDOCKER_CASE_PROCESS_H

#include "core/base/arena.h"

/* What the process does; its result is an exit status. */
typedef int case_work(void *arg);

/*
 * Lets a child do the work, with nothing on stdin and stdout. *said is what it
 * wrote on stderr. Its exit status; -1: it has none, and *said says why.
 */
int case_process(
    struct arena *a, case_work *work, void *arg, const char **said);

#endif
