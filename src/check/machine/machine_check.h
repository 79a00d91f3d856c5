/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check --host: the machine around the policy. */
#ifndef UNDOCKER_MACHINE_CHECK_H
#define UNDOCKER_MACHINE_CHECK_H

#include "check/policy/finding.h"

/*
 * Looks at the way up, the engine, its group and who has it, the programs and
 * their modes. Errors: what lets users forge who they are, or makes them root,
 * or makes undocker refuse to work. What only root may look at is a warning
 * where this process is not root.
 */
void machine_check(struct findings *f, const char *policy_file);

#endif
