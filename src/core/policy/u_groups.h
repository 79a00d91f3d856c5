/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the caller's groups $U_GROUPS stands for. */
#ifndef UNDOCKER_U_GROUPS_H
#define UNDOCKER_U_GROUPS_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/policy.h"

#include <stdbool.h>

/*
 * The caller with u_groups filled: his supplementary groups without gid 0 and
 * without those of policy_restricted_groups that the accounts know (all
 * policy_groups must be answered). False: f.
 */
bool u_groups_fill(struct caller *out, struct arena *a, struct policy *p,
    const struct caller *c, struct fault *f);

#endif
