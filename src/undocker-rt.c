/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runtime: who asks, what the policy says, and then either one line that
 * says why not, or the docker client. The way is straight: each step returns
 * false with a fault, and whatever does not end in the client ends in 125.
 */
#include "core/base/shellword.h"
#include "core/list/list.h"
#include "core/write/cli_write.h"
#include "host/audit.h"
#include "host/caller/caller_find.h"
#include "host/caller/hygiene.h"
#include "host/client/launch.h"
#include "host/report.h"
#include "host/session.h"

#include <string.h>
#include <unistd.h>

#ifndef UNDOCKER_CONF
#define UNDOCKER_CONF "/etc/undocker.conf"
#endif

struct run {
	struct arena *arena;
	struct inherited inherited;
	struct invocation invocation;
	enum caller_way way;
	const struct docker_command *command; /* NULL: none that is */
	struct session session;
	struct strv shown; /* the command that is allowed, for people */
	struct launch launch;
};

/* Whom we work for and under which policy. */
static bool
prepare(struct run *r, int argc, char **argv)
{
	struct arena *a = r->arena;
	struct session *s = &r->session;
	struct fault *f = &s->judge.fault;

	if (!hygiene(&r->inherited, a, f) ||
	    !caller_find(&s->caller, &r->way, a, r->inherited.env, f))
		return false;
	invocation_parse(&r->invocation, argc, argv);
	if (r->invocation.answer == ANSWER_HELP ||
	    r->invocation.answer == ANSWER_VERSION)
		return true;
	r->command = invocation_command(&r->invocation, NULL);
	s->present = true;
	s->groups = r->way == WAY_SUDO ? SESSION_ACCOUNTS : SESSION_KERNELS;
	return session_policy(s, UNDOCKER_CONF, POLICY_ROOTS,
	    r->invocation.answer == ANSWER_LIST ? NULL : r->command, f);
}

/* Nobody shall hide what he runs behind a lot of something else. */
static bool
loggable(struct run *r)
{
	struct judge *j = &r->session.judge;

	return j->settings.unaudited || audit_fits(r->arena, &r->shown) ||
	    fault_set(&j->fault, r->arena, FAULT_REFUSED,
		"the command line is too long to be logged whole");
}

static bool
decide(struct run *r)
{
	struct session *s = &r->session;
	struct judge *j = &s->judge;

	j->explains = r->invocation.debug;
	j->sayable = cli_write_sayable;
	return session_command_line(s, &r->invocation, session_answer, s) &&
	    launch_prepare(&r->launch, &j->settings, s->settlement.binds,
		&s->caller, r->arena, &j->fault) &&
	    cli_write_shown(&s->settlement, &r->shown, &j->fault) &&
	    loggable(r);
}

static const char *
way_name(enum caller_way way)
{
	switch (way) {
	case WAY_SHIM:
		return "shim";
	case WAY_SUDO:
		return "sudo";
	case WAY_ROOT:
		return "root";
	case WAY_UNKNOWN:
	default:
		return NULL;
	}
}

static void
log_decision(struct run *r, const char *reason)
{
	struct audit audit = {
		.caller = &r->session.caller,
		.via = way_name(r->way),
		.command = r->command == NULL ? NULL : r->command->name,
		.norun = reason == NULL && r->invocation.norun,
		.reason = reason,
		.rules = &r->session.judge.rules,
		.final = reason == NULL ? &r->shown : NULL,
	};

	audit_send(r->arena, &audit);
}

/* AUDIT=off is the policy's word: without a sound policy there is none. */
static int
refuse(struct run *r, bool audited)
{
	const struct judge *j = &r->session.judge;

	if (audited || j->fault.kind == FAULT_POLICY)
		log_decision(r, report_fault_text(r->arena, &j->fault));
	report_fault(r->arena, &j->fault, j->settings.contact);
	return EXIT_REFUSED;
}

static int
print(const char *text)
{
	return report_print(text) ? 0 : EXIT_REFUSED;
}

/* --unlist asks nothing of docker and is not logged. */
static int
list(struct run *r)
{
	struct session *s = &r->session;
	struct strv lines = strv_new(r->arena);

	if (!list_lines(&s->judge, r->arena, s->policy, &s->caller,
	    &r->invocation, &lines))
		return refuse(r, false);
	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(r->arena, lines.v[i]))
			return EXIT_REFUSED;
	}
	return 0;
}

/* Makes ready what is allowed, says it in docker's words, and becomes docker.
 */
static void
become_docker(struct run *r)
{
	struct session *s = &r->session;
	const struct settings *settings = &s->judge.settings;
	struct fault *f = &s->judge.fault;
	struct strv argv = strv_new(r->arena);
	struct made_ready ready;

	if (make_ready(&ready, &s->settlement, settings, &s->caller, r->arena,
		f) &&
	    cli_write(&s->settlement, &ready.handover, &argv, f))
		launch(&r->launch, &ready, &argv, settings, &s->caller,
		    &r->inherited, r->arena, f);
}

static int
run(struct run *r)
{
	struct judge *j = &r->session.judge;
	bool allowed = decide(r);

	if (r->invocation.debug)
		report_lines("debug: ", &j->trace);
	report_lines("", &j->notes);
	if (!allowed)
		return refuse(r, !j->settings.unaudited);
	if (!j->settings.unaudited)
		log_decision(r, NULL);
	if (r->invocation.norun)
		return print(arena_printf(r->arena, "%s\n",
		    shellword_join(r->arena, &r->shown)));
	become_docker(r);
	report_fault(r->arena, &j->fault, j->settings.contact);
	return EXIT_REFUSED;
}

int
main(int argc, char **argv)
{
	struct run r = { 0 };

	arena_exhausted = report_no_memory;
	if (argc < 1 || argv[0] == NULL)
		report_die("started without a name (argc is 0)");
	r.arena = arena_new();
	r.shown = strv_new(r.arena);
	r.session.arena = r.arena;
	r.session.policy = policy_new(r.arena);
	if (!prepare(&r, argc, argv))
		return refuse(&r, geteuid() == 0);
	switch (r.invocation.answer) {
	case ANSWER_HELP:
		return print(invocation_help);
	case ANSWER_VERSION:
		return print(invocation_version);
	case ANSWER_LIST:
		return list(&r);
	case ANSWER_NONE:
	default:
		return run(&r);
	}
}
