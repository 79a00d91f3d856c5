/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check --cases: an administrator's own tests of a policy. */
#ifndef UNDOCKER_POLICY_CASES_H
#define UNDOCKER_POLICY_CASES_H

#include "core/base/arena.h"

/*
 * Reads the file of cases (see cases_file.h), asks each of the policy, and
 * prints a line a case and a count, in the form of TAP. Exit status: 0 all are
 * as they should be, 1 one is not or the policy is not sound, 2 the file of
 * cases cannot be read.
 */
int policy_cases_run(
    struct arena *a, const char *policy_file, const char *cases_file);

#endif
