/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that is wrong with a policy, and what is allowed by it and probably not
 * meant. Pure, as the core: what it must know of the accounts stands in the
 * policy already, or in struct lint_facts.
 */
#ifndef UNDOCKER_LINT_POLICY_H
#define UNDOCKER_LINT_POLICY_H

#include "check/client/client_help.h"
#include "check/policy/finding.h"
#include "core/policy/policy.h"

struct lint_facts {
	const struct strv *unknown_users; /* names that the accounts do not
					     know; NULL: nobody asked */
	const struct strv *usual_groups; /* those of policy_groups_usual that
					    exist; NULL: nobody asked */
	const struct client_help *client; /* the installed docker; NULL: none */
};

/* The user names that sections of the policy have, each once. */
struct strv lint_policy_users(struct arena *a, const struct policy *p);

/*
 * Adds what enforcement would refuse: the faults that were collected while the
 * policy was read, and those that come to light when all its sections are
 * compiled. policy_groups must be answered.
 */
void lint_policy_faults(struct findings *f, struct policy *p,
    struct policy_faults *faults);

/*
 * Adds the warnings. policy_groups must be answered. Of sections with settings
 * that could not be read, and of those beside them, nothing is said.
 */
void lint_policy(struct findings *f, const struct policy *p,
    const struct lint_facts *facts);

#endif
