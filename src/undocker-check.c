/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The administrator's program: is a policy sound, what would it say, is the
 * machine fit for it? The same core as enforcement; no privilege, and no trust
 * asked of the file.
 */
#include "check/cases/explain.h"
#include "check/cases/policy_cases.h"
#include "check/cases/rehearse.h"
#include "check/machine/machine_check.h"
#include "check/policy/policy_check.h"
#include "check/policy/whitelist_print.h"
#include "core/base/shellword.h"
#include "core/list/list.h"
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
    "       undocker-check [--policy FILE | FILE] --host\n"
    "       undocker-check [--policy FILE | FILE] --cases CASES\n"
    "       undocker-check [--policy FILE | FILE] [--user NAME] [--final]\n"
    "                      -- ARGV...\n"
    "       undocker-check [--policy FILE] --params COMMAND...\n"
    "\n"
    "Is the policy file (" UNDOCKER_CONF " if none is named) sound, and is it\n"
    "wise? Each finding is a line, FILE:LINE: severity: text; none, no line.\n"
    "\n"
    "  --policy FILE  the policy file\n"
    "  --host         look at this machine, too: sudo, the shim, the engine and\n"
    "                 who may use it (as root)\n"
    "  --cases CASES  does the policy allow and refuse what the lines of this\n"
    "                 file say: allow USER ARGV..., refuse USER ARGV...?\n"
    "  --params COMMAND...\n"
    "                 print a section for each command, with all flags that the\n"
    "                 installed docker has\n"
    "  -- ARGV...     what would happen on 'undocker ARGV...', and why?\n"
    "  --user NAME    who asks (if not you)\n"
    "  --final        print the docker command only, or the refusal\n"
    "  --help         this help\n"
    "\n"
    "Exit status: 0 sound (warnings or not), allowed, or all cases passed; 1 an\n"
    "error, or a case that failed; 2 wrong usage; 125 refused.\n";

struct options {
	const char *file;
	const char *user; /* NULL: who runs this */
	const char *cases;
	bool final;
	bool help;
	bool host;
	bool params;
	bool asked; /* there is an ARGV */
	int argc; /* the command line, "undocker" first; or the commands */
	char **argv;
};

static int
usage(void)
{
	static const char text[] =
	    "usage: undocker-check [--policy FILE] [--user NAME] [--final] "
	    "[-- ARGV...]\n"
	    "       undocker-check [--policy FILE] --host | --cases CASES | "
	    "--params COMMAND...\n"
	    "       undocker-check --help\n";

	/* With stderr gone there is nobody to tell. */
	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	return EXIT_USAGE;
}

/* The options before "--"; argv is theirs alone. */
static bool
read_options(struct options *k, int argc, char **argv)
{
	static const struct option options[] = {
		{ "policy", required_argument, NULL, 'p' },
		{ "user", required_argument, NULL, 'u' },
		{ "cases", required_argument, NULL, 'c' },
		{ "final", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ "host", no_argument, NULL, 'H' },
		{ "params", no_argument, NULL, 'P' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'p' && k->file == NULL)
			k->file = optarg;
		else if (option == 'u' && k->user == NULL)
			k->user = optarg;
		else if (option == 'c' && k->cases == NULL)
			k->cases = optarg;
		else if (option == 'f')
			k->final = true;
		else if (option == 'h')
			k->help = true;
		else if (option == 'H')
			k->host = true;
		else if (option == 'P')
			k->params = true;
		else
			return false;
	}
	if (k->params) {
		k->argc = argc - optind;
		k->argv = argv + optind;
		return k->argc > 0;
	}
	if (optind < argc && k->file == NULL)
		k->file = argv[optind++];
	return optind == argc;
}

/* One job a call, and only the options that belong to it. */
static bool
fit_together(const struct options *k)
{
	int jobs = k->asked + k->host + k->params + (k->cases != NULL);

	return jobs <= 1 && (k->asked || (k->user == NULL && !k->final));
}

/* Splits at the first "--": what follows is none of our options. */
static bool
read_arguments(struct options *k, struct arena *a, int argc, char **argv)
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
	options = arena_alloc(a, ((size_t)own + 1) * sizeof(*options));
	memcpy(options, argv, (size_t)own * sizeof(*options));
	if (!read_options(k, own, options))
		return false;
	if (k->file == NULL)
		k->file = UNDOCKER_CONF;
	return k->help || fit_together(k);
}

static int
refuse(const struct rehearsal *q)
{
	report_fault(q->arena, &q->session.judge.fault,
	    q->session.judge.settings.contact);
	return EXIT_REFUSED;
}

static int
list(struct rehearsal *q)
{
	struct strv lines = strv_new(q->arena);

	if (!list_lines(&q->session.judge, q->arena,
	    q->session.policy, &q->session.caller,
	    &q->invocation, &lines))
		return refuse(q);
	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(q->arena, lines.v[i]))
			return EXIT_REFUSED;
	}
	return 0;
}

/* The policy's word, and what of this machine would come between. */
static bool
decide(struct rehearsal *q)
{
	const char *hindrance;

	if (!rehearse_decide(q))
		return false;
	hindrance = rehearse_hindrance(q);
	if (hindrance != NULL && !q->enforced)
		strv_pushf(&q->session.judge.notes, "undocker would refuse: %s",
		    hindrance);
	return hindrance == NULL || !q->enforced;
}

/* What would enforcement say? */
static int
answer(const struct options *k, struct arena *a)
{
	struct rehearsal q = rehearse_new(a, k->file);
	bool allowed;

	invocation_parse(&q.invocation, k->argc, k->argv);
	if (q.invocation.answer == ANSWER_HELP)
		return report_print(invocation_help) ? 0 : EXIT_REFUSED;
	if (q.invocation.answer == ANSWER_VERSION)
		return report_print(invocation_version) ? 0 : EXIT_REFUSED;
	if (!rehearse_prepare(&q, k->user, q.invocation.answer == ANSWER_LIST
		? NULL : invocation_command(&q.invocation, NULL)))
		return refuse(&q);
	if (q.invocation.answer == ANSWER_LIST)
		return list(&q);
	q.invocation.debug = !k->final;
	allowed = decide(&q);
	if (!k->final)
		return explain(&q, allowed) && allowed ? 0 : EXIT_REFUSED;
	report_lines("", &q.session.judge.notes);
	if (!allowed)
		return refuse(&q);
	return report_print(arena_printf(a, "%s\n",
	    shellword_join(a, &q.shown))) ? 0 : EXIT_REFUSED;
}

/* Is the file sound, or (--host) the machine? */
static int
look(const struct options *k, struct arena *a)
{
	struct findings f = findings_new(a);

	policy_check(&f, k->file);
	if (k->host)
		machine_check(&f, k->file);
	findings_sort(&f);
	for (size_t i = 0; i < f.n; i++) {
		if (!report_print_line(a, finding_line(a, &f.v[i])))
			return EXIT_UNSOUND;
	}
	return findings_have(&f, SEVERITY_ERROR) ? EXIT_UNSOUND : 0;
}

int
main(int argc, char **argv)
{
	struct options k = { 0 };
	struct arena *a;
	int status;

	arena_exhausted = report_no_memory;
	if (argc < 1 || argv[0] == NULL)
		return usage();
	a = arena_new();
	if (!read_arguments(&k, a, argc, argv))
		status = usage();
	else if (k.help)
		status = report_print(usage_text) ? 0 : EXIT_USAGE;
	else if (k.asked)
		status = answer(&k, a);
	else if (k.params)
		status = whitelist_print(a, k.file, k.argc, k.argv);
	else if (k.cases != NULL)
		status = policy_cases_run(a, k.file, k.cases);
	else
		status = look(&k, a);
	arena_free(a);
	return status;
}
