/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is allowed and probably not meant: warnings about a policy that
 * enforcement would take. Pure, as the core: what it must know of the accounts
 * stands in the policy already, or in struct lint_facts.
 */
#ifndef UNDOCKER_LINT_H
#define UNDOCKER_LINT_H

#include "check/client_help.h"
#include "check/finding.h"
#include "core/policy.h"

struct lint_facts {
	const struct strv *unknown_users; /* names that the accounts do not
					     know; NULL: nobody asked */
	const struct client_help *client; /* the installed docker; NULL: none */
};

/* The user names that sections of the policy have, each once. */
struct strv lint_users(struct arena *a, const struct policy *p);

/* Adds the warnings. policy_groups must be answered. */
void lint_policy(struct findings *f, const struct policy *p,
    const struct lint_facts *facts);

#endif
