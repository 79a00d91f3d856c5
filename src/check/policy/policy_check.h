/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check FILE: everything that is to be said about a policy file. */
#ifndef UNDOCKER_POLICY_CHECK_H
#define UNDOCKER_POLICY_CHECK_H

#include "check/policy/finding.h"

#include <stdbool.h>

/*
 * Reads the file and what it includes, asks the accounts, the file system and
 * the installed docker, and adds all errors and warnings.
 */
void policy_check(struct findings *f, const char *file);

/* Whether it is the file that enforcement reads. */
bool policy_check_enforces(const char *file);

#endif
