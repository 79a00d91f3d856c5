/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/lint_client.h"

#include "client_answers.h"
#include "suites.h"

/* The findings' lines about a policy, by a client. */
static const char *
lines_by(struct client_help *h, const char *text)
{
	struct policy *p = policy_new(a);
	struct findings f = findings_new(a);
	struct strv lines = strv_new(a);
	struct fault fault = { 0 };

	ck_assert_msg(policy_add(p, "p", text, strlen(text), false, &fault),
	    "%s", fault.text);
	lint_client(&f, p, h);
	for (size_t i = 0; i < f.n; i++)
		strv_pushf(&lines, "%s\n", finding_line(a, &f.v[i]));
	return strv_join(&lines, "");
}

#define THE "the installed docker (/usr/bin/docker)"
#define NONE_HAS ", and no docker that undocker knows has it\n"

static const struct {
	const char *policy;
	const char *lines;
} rows[] = {
	/* what some docker has may be whitelisted for it */
	{ "[command:run]\nWHITELIST=--rm, -e|--env list, --annotation map\n",
	    "" },
	{ "[command:run]\nBLACKLIST=--annotation map\n", "" },
	{ "[command:stop]\nWHITELIST=-t|--time int, -s|--signal string\n", "" },
	{ "[main]\nWHITELIST=-D|--debug, --tls\n", "" },
	/* what none has */
	{ "[command:run]\nWHITELIST=--rm, --nosuch\n",
	    "p:2: warning: WHITELIST: " THE " has no run --nosuch" NONE_HAS },
	{ "[command:run]\nBLACKLIST=--nosuch list\n",
	    "p:2: warning: BLACKLIST: " THE " has no run --nosuch" NONE_HAS },
	{ "[command:run user:bob]\nWHITELIST=-z\n",
	    "p:2: warning: WHITELIST: " THE " has no run -z" NONE_HAS },
	{ "[main]\nWHITELIST=--nosuch\n",
	    "p:2: warning: WHITELIST: " THE " has no --nosuch" NONE_HAS },
	/* new and hidden ones, and their arity */
	{ "[command:run]\nWHITELIST=--newest string, --hidden\n", "" },
	{ "[command:run]\nWHITELIST=--newest\n",
	    "p:2: warning: WHITELIST: run --newest takes a value in " THE
	    ": write '--newest string'\n" },
	{ "[command:run]\nWHITELIST=--hidden list\n",
	    "p:2: warning: WHITELIST: run --hidden takes no value in " THE
	    ": write '--hidden'\n" },
	{ "[command:run]\nWHITELIST=--strange\n", "" },
	/* what is added must be there */
	{ "[command:run]\nFORCED=--rm --net=none -e A=1\n", "" },
	{ "[command:run]\nDEFAULTS=--rm\n", "" },
	{ "[command:run]\n\nFORCED=--rm --annotation=a=b\n",
	    "p:3: warning: FORCED: " THE " has no run --annotation, so that "
	    "every run fails\n" },
	{ "[command:run group:g]\nDEFAULTS=--annotation=a=b --annotation=c=d\n",
	    "p:2: warning: DEFAULTS: " THE " has no run --annotation, so that "
	    "every run fails\n" },
	/* rules for what is not there do no harm */
	{ "[command:run]\nRESTRICTEDVALUES=--annotation=.*\n"
	  "MAXVALUES=--cpus=4\n", "" },
	/* docker's table is of other clients */
	{ "[command:ps]\nWHITELIST=--no-trunc\n",
	    "p:2: warning: WHITELIST: ps --no-trunc takes a value in " THE
	    ", not so in those that undocker knows: do without it\n" },
	/* commands */
	{ "[command:pause]\n", "" },
	{ "[command:volume update]\nWHITELIST=--availability string\n"
	  "[command:volume update user:bob]\nWHITELIST=--nosuch\n",
	    "p:1: warning: " THE " has no 'volume update'\n" },
	/* it cannot be asked: once, and what was found before stays */
	{ "[command:run]\nWHITELIST=--nosuch\n[command:rm]\nWHITELIST=--x\n"
	  "[command:stop]\nWHITELIST=--y\n",
	    "p:2: warning: WHITELIST: " THE " has no run --nosuch" NONE_HAS
	    "note: what the docker client /usr/bin/docker answers to "
	    "'rm --help' is no help: it fails, so that no flag was compared "
	    "with it\n" },
};

START_TEST(findings_of_a_policy)
{
	struct client_help h = client_answers_help();

	ck_assert_str_eq(lines_by(&h, rows[_i].policy), rows[_i].lines);
}
END_TEST

START_TEST(valid_asked_once_and_only_what_is_offered)
{
	struct client_help h = client_answers_help();

	ck_assert_str_eq(lines_by(&h, "[command:run]\nWHITELIST=--rm\n"
	    "[command:run user:bob]\nWHITELIST=--env list\n"
	    "[command:stop]\n[main]\nWHITELIST=--debug\n"), "");
	ck_assert_uint_eq(client_asked, 3); /* its version, run, stop */
}
END_TEST

static const char *version;

static bool
version_ask(struct client_said *said, struct arena *arena, const char *path,
    const struct strv *words, int patience_ms, struct fault *f)
{
	bool asked = client_answers_ask(said, arena, path, words, patience_ms,
	    f);

	if (strcmp(words->v[0], "--version") == 0) {
		said->status = 0;
		said->out = version;
	}
	return asked;
}

static const struct {
	const char *version;
	unsigned asked; /* --version, and run --help or the others, too */
} versions[] = {
	{ "Docker version 20.10.24+dfsg1, build 297e128\n", 2 },
	{ "Docker version 28.2.2, build e6534b4\n", 2 },
	{ "Docker version 29.0.0\n", 2 },
	{ "Docker version 30.0.0\n", 4 },
	{ "Docker version 19.03.1\n", 4 },
	{ "Docker version library-import\n", 4 },
	{ "docker-compose version 28\n", 4 },
	{ "", 4 },
};

START_TEST(valid_little_is_asked_of_a_version_that_is_known)
{
	struct client_help h = client_answers_help();
	const char *lines;

	h.ask = version_ask;
	version = versions[_i].version;
	lines = lines_by(&h, "[command:run]\nFORCED=--rm\n"
	    "[command:ps]\nWHITELIST=--no-trunc\n[command:pause]\n");
	ck_assert_uint_eq(client_asked, versions[_i].asked);
	ck_assert_int_eq(strstr(lines, "ps --no-trunc") == NULL,
	    versions[_i].asked == 2);
}
END_TEST

/* What matters is asked of a known version, too. */
START_TEST(findings_by_a_version_that_is_known)
{
	struct client_help h = client_answers_help();

	h.ask = version_ask;
	version = "Docker version 20.10.24\n";
	ck_assert_str_eq(lines_by(&h, "[command:run]\nWHITELIST=--nosuch\n"
	    "FORCED=--annotation=a=b\n[command:volume update]\n"),
	    "p:2: warning: WHITELIST: " THE " has no run --nosuch" NONE_HAS
	    "p:3: warning: FORCED: " THE " has no run --annotation, so that "
	    "every run fails\n"
	    "p:4: warning: " THE " has no 'volume update'\n");
}
END_TEST

START_TEST(note_that_there_is_no_client)
{
	struct client_help h;
	struct fault f = { 0 };

	ck_assert(!client_help_open(&h, a, "/nonexistent/docker", &f));
	ck_assert_str_eq(lines_by(&h, "[command:run]\nFORCED=--rm\n"
	    "[command:stop]\nWHITELIST=--nosuch\n"),
	    "note: the docker client /nonexistent/docker does not exist, so "
	    "that no flag was compared with it\n");
}
END_TEST

Suite *
lint_client_suite(void)
{
	Suite *s = suite_create("lint_client");
	TCase *t = tcase_of(s, "lint_client");

	EACH(t, findings_of_a_policy, rows);
	ONE(t, valid_asked_once_and_only_what_is_offered);
	EACH(t, valid_little_is_asked_of_a_version_that_is_known, versions);
	ONE(t, findings_by_a_version_that_is_known);
	ONE(t, note_that_there_is_no_client);
	return s;
}
