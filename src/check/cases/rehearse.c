/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/rehearse.h"

#include "check/policy/policy_check.h"
#include "core/write/cli_write.h"
#include "host/caller/caller_find.h"
#include "host/client/launch.h"
#include "host/report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct rehearsal
rehearse_new(struct arena *a, const char *file)
{
	return (struct rehearsal) { .arena = a, .file = file,
		.enforced = policy_check_enforces(file),
		.session = { .arena = a, .policy = policy_new(a),
		    .groups = SESSION_KNOWN },
		.shown = strv_new(a) };
}

bool
rehearse_prepare(
    struct rehearsal *q, const char *user, const struct docker_command *command)
{
	struct session *s = &q->session;
	struct fault *f = &s->judge.fault;

	s->present = user == NULL;
	/* The enforced file must be root's, whatever way it was named here. */
	return caller_find_named(&s->caller, q->arena, user, environ, f) &&
	    session_policy(s, q->enforced ? UNDOCKER_CONF : q->file,
		q->enforced ? POLICY_ROOTS : POLICY_ANY, command, f);
}

static bool
is_file(const struct need *n)
{
	return n->kind == NEED_SOURCE || n->kind == NEED_BELOW ||
	    n->kind == NEED_FILE || n->kind == NEED_PATH;
}

/* The questions about files, as far as this process may answer them. */
static void
prepare_files(struct rehearsal *q)
{
	const struct needs *needs = &q->session.judge.needs;

	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state != NEED_OPEN || !is_file(n))
			continue;
		if (q->blind != NULL) {
			n->state = NEED_FAILED;
			n->error = q->blind;
			n->unseen = true;
		} else if (q->elsewhere && *n->path != '/' &&
		    q->session.caller.cwd != NULL) {
			n->path = arena_printf(q->arena, "%s/%s",
			    q->session.caller.cwd, n->path);
		}
	}
}

/* How many of his containers run at the moment. */
static void
prepare_count(struct rehearsal *q)
{
	const struct needs *needs = &q->session.judge.needs;

	for (size_t i = 0; q->idle && i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state == NEED_OPEN && n->kind == NEED_CONTAINERS)
			n->state = NEED_MET;
	}
}

/* A file of the policy that others than root can write, or NULL. */
static const char *
strange_file(const struct rehearsal *q)
{
	const struct strv *files = policy_files(q->session.policy);

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
prepare_engine(struct rehearsal *q)
{
	const struct needs *needs = &q->session.judge.needs;
	const char *file;

	if (geteuid() != 0 || !q->session.judge.settings.engine_per_user ||
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

static bool
answer(void *data, struct judge *j)
{
	struct rehearsal *q = data;

	prepare_files(q);
	prepare_count(q);
	prepare_engine(q);
	if (session_answer(&q->session, j))
		return true;
	q->unseen = true;
	return false;
}

bool
rehearse_decide(struct rehearsal *q)
{
	struct session *s = &q->session;

	s->judge.explains = q->invocation.debug;
	s->judge.sayable = cli_write_sayable;
	if (session_command_line(s, &q->invocation, answer, q) &&
	    cli_write_shown(&s->settlement, &q->shown, &s->judge.fault))
		return true;
	q->unseen = q->unseen || lacked_an_answer(&s->judge.needs);
	return false;
}

/* The runtime's own last look. */
static bool
launches(const struct rehearsal *q, struct fault *f)
{
	const struct session *s = &q->session;
	struct launch l;
	/* Where the engine mounts only root sees. */
	bool binds = s->settlement.binds && geteuid() == 0;
	bool good = launch_prepare(&l, &s->judge.settings, binds, &s->caller,
	    q->arena, f);

	if (l.program >= 0)
		(void)close(l.program);
	return good;
}

/* What a file includes is where it will be, wherever the file itself is. */
static bool
includes_are_roots(const struct rehearsal *q, struct fault *f)
{
	const struct strv *files = policy_files(q->session.policy);

	for (size_t i = 1; i < files->n; i++) {
		const char *why = policy_file_untrusted(q->arena, files->v[i]);

		if (why != NULL)
			return fault_set(f, q->arena, FAULT_POLICY, "%s: %s",
			    files->v[i], why);
	}
	return true;
}

const char *
rehearse_hindrance(struct rehearsal *q)
{
	struct fault f = { 0 };

	if (includes_are_roots(q, &f) && launches(q, &f))
		return NULL;
	/* Others than root may not see what undocker sees. */
	if (geteuid() != 0 && strstr(f.text, strerror(EACCES)) != NULL)
		return NULL;
	if (q->enforced)
		q->session.judge.fault = f;
	return report_fault_text(q->arena, &f);
}

void
rehearse_done(struct rehearsal *q)
{
	const struct needs *needs = &q->session.judge.needs;

	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->fd >= 0)
			(void)close(n->fd);
		n->fd = -1;
	}
}
