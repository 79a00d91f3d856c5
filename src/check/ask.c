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

static bool
is_file(const struct need *n)
{
	return n->kind == NEED_SOURCE || n->kind == NEED_BELOW ||
	    n->kind == NEED_FILE || n->kind == NEED_PATH;
}

/* The questions about files, as far as this process may answer them. */
static void
prepare_files(struct ask *q)
{
	const struct needs *needs = &q->decision.needs;

	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state != NEED_OPEN || !is_file(n))
			continue;
		if (q->blind != NULL) {
			n->state = NEED_FAILED;
			n->error = q->blind;
			n->unseen = true;
		} else if (q->elsewhere && *n->path != '/' &&
		    q->caller.cwd != NULL) {
			n->path = arena_printf(q->arena, "%s/%s",
			    q->caller.cwd, n->path);
		}
	}
}

/* Whether the refusal is for want of an answer that is to be had elsewhere. */
static bool
lacked_an_answer(const struct needs *needs)
{
	for (size_t i = 0; i < needs->n; i++) {
		if (needs->v[i]->decisive && needs->v[i]->unseen)
			return true;
	}
	return false;
}

bool
ask_decide(struct ask *q)
{
	struct decision *d = &q->decision;

	if (!decision_plan(d, q->arena, q->policy, &q->caller, &q->invocation))
		return false;
	do {
		prepare_files(q);
		if (!needs_answer(&d->needs, q->arena, &q->caller,
			&d->fault) ||
		    !engine_answer(&d->needs, q->arena, &d->settings,
			&q->caller, &d->fault)) {
			q->unseen = true;
			return false;
		}
	} while (decision_more(d));
	if (decision_settle(d) && d->verdict == VERDICT_ALLOW)
		return true;
	q->unseen = lacked_an_answer(&d->needs);
	return false;
}

void
ask_done(struct ask *q)
{
	for (size_t i = 0; i < q->decision.needs.n; i++) {
		struct need *n = q->decision.needs.v[i];

		if (n->fd >= 0)
			(void)close(n->fd);
		n->fd = -1;
	}
}
