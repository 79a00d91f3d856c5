/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is a policy sound, and what would it say? The same core as enforcement; no
 * privilege, and no trust asked of the file.
 */
#include "core/decision.h"
#include "core/docker_table.h"
#include "core/shellword.h"
#include "host/accounts.h"
#include "host/caller_cgroup.h"
#include "host/caller_find.h"
#include "host/engine.h"
#include "host/needs.h"
#include "host/policy_file.h"
#include "host/report.h"

#include <getopt.h>
#include <string.h>
#include <unistd.h>

#ifndef UNDOCKER_CONF
#define UNDOCKER_CONF "/etc/undocker.conf"
#endif

enum { EXIT_UNSOUND = 1, EXIT_USAGE = 2 };

static const char usage_text[] =
    "usage: undocker-check [--policy FILE | FILE]\n"
    "       undocker-check [--policy FILE | FILE] [--user NAME] [--final]\n"
    "                      -- ARGV...\n"
    "\n"
    "Without ARGV: says whether the policy file (" UNDOCKER_CONF "\n"
    "if none is named) is sound, or where it is not.\n"
    "With ARGV, what follows 'undocker' on a command line: says what would\n"
    "happen, and why.\n"
    "\n"
    "  --policy FILE  the policy file\n"
    "  --user NAME    who asks (if not you)\n"
    "  --final        print the docker command only, or the refusal\n"
    "  --help         this help\n"
    "\n"
    "Exit status: 0 sound or allowed, 1 not sound, 2 wrong usage, 125\n"
    "refused.\n";

struct check {
	struct arena *arena;
	const char *file;
	const char *user; /* NULL: who runs this */
	bool final;
	bool help;
	bool asked; /* there is an ARGV */
	int argc; /* the command line, "undocker" first */
	char **argv;

	struct policy *policy;
	struct caller caller;
	struct invocation invocation;
	struct decision decision;
};

static int
usage(void)
{
	static const char text[] =
	    "usage: undocker-check [--policy FILE] [--user NAME] [--final] "
	    "[-- ARGV...]\n";

	/* With stderr gone there is nobody to tell. */
	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	return EXIT_USAGE;
}

/* The options before "--"; argv is theirs alone. */
static bool
read_options(struct check *k, int argc, char **argv)
{
	static const struct option options[] = {
		{ "policy", required_argument, NULL, 'p' },
		{ "user", required_argument, NULL, 'u' },
		{ "final", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'p' && k->file == NULL)
			k->file = optarg;
		else if (option == 'u' && k->user == NULL)
			k->user = optarg;
		else if (option == 'f')
			k->final = true;
		else if (option == 'h')
			k->help = true;
		else
			return false;
	}
	if (optind < argc && k->file == NULL)
		k->file = argv[optind++];
	return optind == argc;
}

/* Splits at the first "--": what follows is none of our options. */
static bool
read_arguments(struct check *k, int argc, char **argv)
{
	static char name[] = "undocker";
	char **options;
	int own = 1;

	while (own < argc && strcmp(argv[own], "--") != 0)
		own++;
	if (own < argc) {
		k->asked = true;
		k->argc = argc - own;
		k->argv = argv + own;
		argv[own] = name; /* the place of "--" */
	}
	/* getopt wants its vector to end with NULL. */
	options = arena_alloc(k->arena,
	    ((size_t)own + 1) * sizeof(*options));
	memcpy(options, argv, (size_t)own * sizeof(*options));
	if (!read_options(k, own, options))
		return false;
	if (k->file == NULL)
		k->file = UNDOCKER_CONF;
	return k->asked || (k->user == NULL && !k->final);
}

static int
refuse(struct check *k)
{
	report_fault(k->arena, &k->decision.fault,
	    k->decision.settings.contact);
	return EXIT_REFUSED;
}

/* command NULL: all of them. */
static bool
prepare(struct check *k, const struct docker_command *command)
{
	struct fault *f = &k->decision.fault;
	struct policy_group **groups;
	size_t n = 0;

	if (!caller_named(&k->caller, k->arena, k->user, environ, f) ||
	    !policy_file_load(k->policy, k->arena, k->file, POLICY_ANY, f))
		return false;
	/* Of another's processes nobody knows here. */
	if (k->user == NULL)
		caller_cgroup(&k->caller, k->arena);
	groups = policy_groups(k->policy,
	    command == NULL ? NULL : command->name, &n);
	return accounts_answer(groups, n, k->arena, f);
}

static bool
decide(struct check *k)
{
	struct decision *d = &k->decision;

	if (!decision_plan(d, k->arena, k->policy, &k->caller, &k->invocation))
		return false;
	do {
		if (!needs_answer(&d->needs, k->arena, &k->caller,
			&d->fault) ||
		    !engine_answer(&d->needs, k->arena, &d->settings,
			&k->caller, &d->fault))
			return false;
	} while (decision_more(d));
	return decision_settle(d) && d->verdict == VERDICT_ALLOW;
}

/* "KEY: LINE" for each. */
static bool
explain_lines(struct check *k, const char *key, const struct strv *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		if (!report_print_line(k->arena,
		    arena_printf(k->arena, "%s: %s", key, lines->v[i])))
			return false;
	}
	return true;
}

static int
explain(struct check *k, bool allowed)
{
	const struct decision *d = &k->decision;
	struct strv verdict = strv_new(k->arena);

	strv_pushf(&verdict, "verdict: %s", allowed ? "allow" : "deny");
	if (allowed)
		strv_pushf(&verdict, "final: %s",
		    shellword_join(k->arena, &d->final.shown));
	else
		strv_pushf(&verdict, "reason: %s",
		    report_fault_text(k->arena, &d->fault));
	if (!explain_lines(k, "trace", &d->trace) ||
	    !explain_lines(k, "note", &d->notes))
		return EXIT_REFUSED;
	for (size_t i = 0; i < verdict.n; i++) {
		if (!report_print_line(k->arena, verdict.v[i]))
			return EXIT_REFUSED;
	}
	return allowed ? 0 : EXIT_REFUSED;
}

static int
list(struct check *k)
{
	struct strv lines = strv_new(k->arena);

	if (!decision_list(&k->decision, k->arena, k->policy, &k->caller,
	    &lines))
		return refuse(k);
	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(k->arena, lines.v[i]))
			return EXIT_REFUSED;
	}
	return 0;
}

/* What would enforcement say? */
static int
ask(struct check *k)
{
	bool allowed;

	invocation_parse(&k->invocation, k->argc, k->argv);
	if (k->invocation.answer == ANSWER_HELP)
		return report_print(help_text) ? 0 : EXIT_REFUSED;
	if (k->invocation.answer == ANSWER_VERSION)
		return report_print(version_text) ? 0 : EXIT_REFUSED;
	if (!prepare(k, k->invocation.answer == ANSWER_LIST ? NULL
		: invocation_command(&k->invocation, NULL)))
		return refuse(k);
	if (k->invocation.answer == ANSWER_LIST)
		return list(k);
	allowed = decide(k);
	if (!k->final)
		return explain(k, allowed);
	report_lines("", &k->decision.notes);
	if (!allowed)
		return refuse(k);
	return report_print(arena_printf(k->arena, "%s\n",
	    shellword_join(k->arena, &k->decision.final.shown))) ? 0 :
	    EXIT_REFUSED;
}

/* Without a command line: is the file sound? */
static int
load(struct check *k)
{
	struct fault *f = &k->decision.fault;

	if (!prepare(k, NULL) ||
	    !effective_check(k->arena, k->policy, &k->caller, f)) {
		report_fault(k->arena, f, NULL);
		return EXIT_UNSOUND;
	}
	return report_print_line(k->arena,
	    arena_printf(k->arena, "%s: sound", k->file)) ? 0 : EXIT_UNSOUND;
}

int
main(int argc, char **argv)
{
	struct check k = { 0 };
	int status;

	arena_exhausted = report_no_memory;
	if (argc < 1 || argv[0] == NULL)
		return usage();
	k.arena = arena_new();
	k.policy = policy_new(k.arena);
	if (!read_arguments(&k, argc, argv))
		status = usage();
	else if (k.help)
		status = report_print(usage_text) ? 0 : EXIT_USAGE;
	else
		status = k.asked ? ask(&k) : load(&k);
	arena_free(k.arena);
	return status;
}
