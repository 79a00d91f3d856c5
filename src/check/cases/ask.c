/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/ask.h"

#include "check/policy/policy_check.h"
#include "host/caller/accounts.h"
#include "host/caller/caller_cgroup.h"
#include "host/caller/caller_find.h"
#include "host/client/launch.h"
#include "host/engine/engine.h"
#include "host/files/needs.h"
#include "host/files/policy_file.h"
#include "host/report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct ask
ask_new(struct arena *a, const char *file)
{
	return (struct ask) { .arena = a, .file = file,
		.enforced = policy_is_enforced(file),
		.policy = policy_new(a) };
}

/* The enforced file must be root's, whatever way it was named here. */
static bool
load(struct ask *q, struct fault *f)
{
	return policy_file_load(q->policy, q->arena,
	    q->enforced ? UNDOCKER_CONF : q->file,
	    q->enforced ? POLICY_ROOTS : POLICY_ANY, f);
}

bool
ask_prepare(
    struct ask *q, const char *user, const struct docker_command *command)
{
	struct fault *f = &q->decision.fault;
	struct policy_group **groups;
	size_t n = 0;

	if (!caller_named(&q->caller, q->arena, user, environ, f) ||
	    !load(q, f))
		return false;
	/* Of another's processes nobody knows here. */
	if (user == NULL)
		caller_cgroup(&q->caller, q->arena);
	groups = policy_groups(q->policy,
	    command == NULL ? NULL : command->name, &n);
	return accounts_answer(groups, n, &q->caller, q->arena, f);
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

/* How many of his containers run at the moment. */
static void
prepare_count(struct ask *q)
{
	const struct needs *needs = &q->decision.needs;

	for (size_t i = 0; q->idle && i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state == NEED_OPEN && n->kind == NEED_CONTAINERS)
			n->state = NEED_MET;
	}
}

/* A file of the policy that others than root can write, or NULL. */
static const char *
strange_file(const struct ask *q)
{
	const struct strv *files = policy_files(q->policy);

	for (size_t i = 0; i < files->n; i++) {
		if (policy_file_untrusted(q->arena, files->v[i]) != NULL)
			return files->v[i];
	}
	return NULL;
}

/*
 * Root talks to sockets of root's only, unless a policy of root's names
 * another: whoever wrote it would choose whom root talks to.
 */
static void
prepare_engine(struct ask *q)
{
	const struct needs *needs = &q->decision.needs;
	const char *file;

	if (geteuid() != 0 || !q->decision.settings.engine_per_user ||
	    (file = strange_file(q)) == NULL)
		return;
	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state != NEED_OPEN || is_file(n) ||
		    n->kind == NEED_STAGED)
			continue;
		n->state = NEED_FAILED;
		n->error = arena_printf(q->arena, "%s is not root's, so root "
		    "does not ask an engine that it names", file);
		n->unseen = true;
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
		prepare_count(q);
		prepare_engine(q);
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

/* The runtime's own last look. */
static bool
launches(const struct ask *q, struct fault *f)
{
	struct decision d = q->decision;
	struct launch l;
	bool good;

	/* Where the engine mounts only root sees. */
	d.final.binds = d.final.binds && geteuid() == 0;
	good = launch_prepare(&l, &d, &q->caller, q->arena, f);
	if (l.program >= 0)
		(void)close(l.program);
	return good;
}

/* What a file includes is where it will be, wherever the file itself is. */
static bool
includes_are_roots(const struct ask *q, struct fault *f)
{
	const struct strv *files = policy_files(q->policy);

	for (size_t i = 1; i < files->n; i++) {
		const char *why = policy_file_untrusted(q->arena, files->v[i]);

		if (why != NULL)
			return fault_set(f, q->arena, FAULT_POLICY, "%s: %s",
			    files->v[i], why);
	}
	return true;
}

const char *
ask_hindrance(struct ask *q)
{
	struct fault f = { 0 };

	if (includes_are_roots(q, &f) && launches(q, &f))
		return NULL;
	/* Others than root may not see what undocker sees. */
	if (geteuid() != 0 && strstr(f.text, strerror(EACCES)) != NULL)
		return NULL;
	if (q->enforced)
		q->decision.fault = f;
	return report_fault_text(q->arena, &f);
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
