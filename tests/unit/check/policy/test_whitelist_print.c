/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/whitelist_print.h"

#include "client_answers.h"
#include "suites.h"

#include <stdio.h>

static const char *
section_of(struct client_help *h, const char *name)
{
	struct strv lines = strv_new(a);
	struct fault f = { 0 };

	ck_assert_msg(
	    whitelist_print_section(&lines, h, docker_command_named(name), &f),
	    "%s", f.text);
	for (size_t i = 0; i < lines.n; i++)
		ck_assert_uint_le(strlen(lines.v[i]), 80);
	strv_push(&lines, "");
	return strv_join(&lines, "\n");
}

static bool
loads(const char *text)
{
	struct policy *p = policy_new(a);
	struct fault f = { 0 };
	bool good = policy_add(p, "p", text, strlen(text), false, &f);

	if (!good)
		fprintf(stderr, "%s\n", f.text);
	return good;
}

START_TEST(valid_a_section_with_what_is_kept_back)
{
	struct client_help h = client_answers_help();
	const char *text = section_of(&h, "run");

	ck_assert(loads(text));
	ck_assert_ptr_eq(strstr(text, "[command:run]\n"
	    "WHITELIST=--add-host list, -e|--env list, "
	    "--memory-swappiness int, --rm, \\\n"
	    "    --help\n"), text);
	ck_assert_ptr_nonnull(strstr(text, "\n#WHITELIST=--privileged\n"));
	ck_assert_ptr_nonnull(strstr(text,
	    "\n# undocker does not know what it gives; find out first\n"
	    "#WHITELIST=--newest string\n"
	    "#WHITELIST=--optional\n"
	    "#WHITELIST=-x\n"));
}
END_TEST

/* What is kept back can be taken in as it stands. */
START_TEST(valid_every_line_that_is_kept_back_loads)
{
	struct client_help h = client_answers_help();
	char *text = arena_strdup(a, section_of(&h, "run")), *at = text;
	int taken = 0;

	while ((at = strstr(at, "\n#WHITELIST=")) != NULL) {
		memmove(at + 1, at + 2, strlen(at + 1));
		taken++;
	}
	ck_assert_int_ge(taken, 4);
	ck_assert(loads(text));
}
END_TEST

static const struct {
	const char *command;
	const char *flags; /* of the client's help */
	const char *whitelist;
	const char *behind; /* NULL: nothing; else behind a comment on it */
} shapes[] = {
	{ "stop", "  -t, --timeout int    x\n", "--help",
	    "#WHITELIST=-t|--timeout int\n" },
	{ "stop", "  -t, --time int    x\n      --help   Print usage\n",
	    "--help", "#WHITELIST=-t|--time int\n" },
	/* the client's type word is of another shape than the flag */
	{ "build", "      --network network    x\n",
	    "--network string, --help" },
	{ "load", "      --platform string    x\n", "--platform list, --help" },
	{ "load", "      --platform strings    x\n",
	    "--platform strings, --help" },
	{ "ps", "      --no-trunc string    x\n", "--no-trunc, --help" },
	{ "ps", "      --format    x\n", "--format string, --help" },
	{ "ps", "      --format string[=\"x\"]    x\n",
	    "--format string, --help" },
	/* a letter that undocker knows as another flag's, or not at all */
	{ "ps", "  -q, --no-trunc    x\n", "--no-trunc, --help" },
	{ "ps", "  -S, --no-trunc    x\n", "--no-trunc, --help" },
	{ "pause", "", "--help" },
};

static const char *shape_help;

static bool
shape_ask(struct client_said *said, struct arena *arena, const char *path,
    const struct strv *words, int patience_ms, struct fault *f)
{
	(void)path;
	(void)patience_ms;
	(void)f;
	said->out = arena_printf(arena, "Usage:  docker %s\n\nOptions:\n%s",
	    words->v[0], shape_help);
	return true;
}

START_TEST(valid_specs_that_the_policy_takes)
{
	struct client_help h = client_answers_help();
	const char *text, *wanted, *at;

	h.ask = shape_ask;
	shape_help = shapes[_i].flags;
	text = section_of(&h, shapes[_i].command);
	ck_assert(loads(text));
	wanted = arena_printf(a, "[command:%s]\nWHITELIST=%s\n",
	    shapes[_i].command, shapes[_i].whitelist);
	if (shapes[_i].behind == NULL) {
		ck_assert_str_eq(text, wanted);
		return;
	}
	ck_assert_ptr_eq(strstr(text, wanted), text);
	at = strstr(text, shapes[_i].behind);
	ck_assert_msg(at != NULL && at[-1] == '\n', "%s", text);
	ck_assert_str_eq(at, shapes[_i].behind);
}
END_TEST

START_TEST(bad_a_command_that_the_client_lacks)
{
	struct client_help h = client_answers_help();
	struct strv lines = strv_new(a);
	struct fault f = { 0 };

	ck_assert(!whitelist_print_section(&lines, &h,
	    docker_command_named("volume update"), &f));
	ck_assert_str_eq(f.text,
	    "the installed docker (/usr/bin/docker) has no 'volume update'");
	ck_assert_uint_eq(lines.n, 0);
}
END_TEST

Suite *
whitelist_print_suite(void)
{
	Suite *s = suite_create("whitelist_print");
	TCase *t = tcase_of(s, "params");

	ONE(t, valid_a_section_with_what_is_kept_back);
	ONE(t, valid_every_line_that_is_kept_back_loads);
	EACH(t, valid_specs_that_the_policy_takes, shapes);
	ONE(t, bad_a_command_that_the_client_lacks);
	return s;
}
