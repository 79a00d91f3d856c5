/* SPDX-License-Identifier: Apache-2.0 */
#include "check/ask.h"

#include "host/accounts.h"
#include "host/caller_cgroup.h"
#include "host/caller_find.h"
#include "host/engine.h"
#include "host/needs.h"
#include "host/policy_file.h"

#include <unistd.h>

struct ask
ask_new(struct arena *a, const char *file)
{
	return (struct ask) { .arena = a, .file = file,
		.policy = policy_new(a) };
}

bool
ask_prepare(
    struct ask *q, const char *user, const struct docker_command *command)
{
	struct fault *f = &q->decision.fault;
	struct policy_group **groups;
	size_t n = 0;

	if (!caller_named(&q->caller, q->arena, user, environ, f) ||
	    !policy_file_load(q->policy, q->arena, q->file, POLICY_ANY, f))
		return false;
	/* Of another's processes nobody knows here. */
	if (user == NULL)
		caller_cgroup(&q->caller, q->arena);
	groups = policy_groups(q->policy,
	    command == NULL ? NULL : command->name, &n);
	return accounts_answer(groups, n, q->arena, f);
}

bool
ask_decide(struct ask *q)
{
	struct decision *d = &q->decision;

	if (!decision_plan(d, q->arena, q->policy, &q->caller, &q->invocation))
		return false;
	do {
		if (!needs_answer(&d->needs, q->arena, &q->caller,
			&d->fault) ||
		    !engine_answer(&d->needs, q->arena, &d->settings,
			&q->caller, &d->fault))
			return false;
	} while (decision_more(d));
	return decision_settle(d) && d->verdict == VERDICT_ALLOW;
}
