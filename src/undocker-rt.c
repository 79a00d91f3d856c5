/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runtime: who asks, what the policy says, and then either one line that
 * says why not, or the docker client. The way is straight: each step returns
 * false with a fault, and whatever does not end in the client ends in 125.
 */
#include "core/base/shellword.h"
#include "core/docker/docker_table.h"
#include "core/verdict/judge.h"
#include "host/audit.h"
#include "host/caller/accounts.h"
#include "host/caller/caller_cgroup.h"
#include "host/caller/caller_find.h"
#include "host/caller/hygiene.h"
#include "host/client/launch.h"
#include "host/engine/engine.h"
#include "host/files/needs.h"
#include "host/files/policy_file.h"
#include "host/report.h"

#include <string.h>
#include <unistd.h>

#ifndef UNDOCKER_CONF
#define UNDOCKER_CONF "/etc/undocker.conf"
#endif

struct run {
	struct arena *arena;
	struct inherited inherited;
	struct invocation invocation;
	struct caller caller;
	enum caller_way way;
	const char *command; /* by its canonical name; NULL: none that is */
	struct policy *policy;
	struct decision decision;
	struct launch launch;
};

/* Whom we work for and under which policy. */
static bool
prepare(struct run *r, int argc, char **argv)
{
	struct arena *a = r->arena;
	struct fault *f = &r->decision.fault;
	const struct docker_command *command;
	struct policy_group **groups;
	const char *asked;
	size_t n = 0;

	if (!hygiene(&r->inherited, a, f) ||
	    !caller_find(&r->caller, &r->way, a, r->inherited.env, f))
		return false;
	invocation_parse(&r->invocation, argc, argv);
	if (r->invocation.answer == ANSWER_HELP ||
	    r->invocation.answer == ANSWER_VERSION)
		return true;
	command = invocation_command(&r->invocation, NULL);
	r->command = command == NULL ? NULL : command->name;
	if (!policy_file_load(r->policy, a, UNDOCKER_CONF, POLICY_ROOTS, f))
		return false;
	if (policy_uses(r->policy, "$U_CGROUP"))
		caller_cgroup(&r->caller, a);
	asked = r->invocation.answer == ANSWER_LIST ? NULL : r->command;
	groups = policy_groups(r->policy, asked, &n);
	/*
	 * Where the policy does not speak of groups the kernel's do: they are
	 * what the caller's own processes have.
	 */
	if ((n > 0 || r->way == WAY_SUDO ||
		policy_uses(r->policy, "$U_GROUPS")) &&
	    !accounts_groups(&r->caller, a, f))
		return false;
	return accounts_answer(groups, n, &r->caller, a, f);
}

static bool
decide(struct run *r)
{
	struct decision *d = &r->decision;

	if (!decision_plan(d, r->arena, r->policy, &r->caller, &r->invocation))
		return false;
	do {
		if (!needs_answer(&d->needs, r->arena, &r->caller,
			&d->fault) ||
		    !engine_answer(&d->needs, r->arena, &d->settings,
			&r->caller, &d->fault))
			return false;
	} while (decision_more(d));
	return decision_settle(d) && d->verdict == VERDICT_ALLOW &&
	    launch_prepare(&r->launch, d, &r->caller, r->arena,
	    &d->fault);
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
		.caller = &r->caller,
		.via = way_name(r->way),
		.command = r->command,
		.norun = reason == NULL && r->invocation.norun,
		.reason = reason,
		.rules = &r->decision.rules,
		.final = reason == NULL ? &r->decision.final.shown : NULL,
	};

	audit_send(r->arena, &audit);
}

/* AUDIT=off is the policy's word: without a sound policy there is none. */
static int
refuse(struct run *r, bool audited)
{
	const struct decision *d = &r->decision;

	if (audited || d->fault.kind == FAULT_POLICY)
		log_decision(r, report_fault_text(r->arena, &d->fault));
	report_fault(r->arena, &d->fault, d->settings.contact);
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
	struct strv lines = strv_new(r->arena);

	if (!decision_list(&r->decision, r->arena, r->policy, &r->caller,
	    &r->invocation, &lines))
		return refuse(r, false);
	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(r->arena, lines.v[i]))
			return EXIT_REFUSED;
	}
	return 0;
}

/* Nobody shall hide what he runs behind a lot of something else. */
static bool
loggable(struct run *r)
{
	struct decision *d = &r->decision;

	return !d->settings.audit || audit_fits(r->arena, &d->final.shown) ||
	    fault_set(&d->fault, r->arena, FAULT_REFUSED,
		"the command line is too long to be logged whole");
}

static int
run(struct run *r)
{
	struct decision *d = &r->decision;
	bool allowed = decide(r) && loggable(r);

	if (r->invocation.debug)
		report_lines("debug: ", &d->trace);
	report_lines("", &d->notes);
	if (!allowed)
		return refuse(r, d->settings.audit);
	if (d->settings.audit)
		log_decision(r, NULL);
	if (r->invocation.norun)
		return print(arena_printf(r->arena, "%s\n",
		    shellword_join(r->arena, &d->final.shown)));
	launch(&r->launch, d, &r->caller, &r->inherited, r->arena, &d->fault);
	report_fault(r->arena, &d->fault, d->settings.contact);
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
	r.policy = policy_new(r.arena);
	if (!prepare(&r, argc, argv))
		return refuse(&r, geteuid() == 0);
	switch (r.invocation.answer) {
	case ANSWER_HELP:
		return print(help_text);
	case ANSWER_VERSION:
		return print(version_text);
	case ANSWER_LIST:
		return list(&r);
	case ANSWER_NONE:
	default:
		return run(&r);
	}
}
