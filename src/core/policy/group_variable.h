/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the caller's groups $U_GROUPS stands for. */
#ifndef UNDOCKER_GROUP_VARIABLE_H
#define UNDOCKER_GROUP_VARIABLE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/policy.h"

#include <stdbool.h>

/*
 * The caller with u_groups filled: his supplementary groups without gid 0 and
 * without those of policy_groups_restricted that the accounts know (all
 * policy_groups must be answered). False: f.
 */
bool group_variable_fill(struct caller *out, struct arena *a, struct policy *p,
    const struct caller *c, struct fault *f);

#endif
