/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request/invocation.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define WORDS_MAX 8

static struct invocation
parsed(const char *const *words)
{
	struct invocation i;
	int argc;
	char **argv = argv_of(words, &argc);

	invocation_parse(&i, argc, argv);
	ck_assert_int_eq(i.argc, argc);
	ck_assert_ptr_eq(i.argv, argv);
	ck_assert_int_ge(i.command_at, 1);
	ck_assert_int_le(i.command_at, argc);
	return i;
}

static const struct {
	const char *words[WORDS_MAX];
	enum invocation_answer answer;
	int command_at;
} lines[] = {
	{ { "run" }, ANSWER_NONE, 1 },
	{ { "run", "--help" }, ANSWER_NONE, 1 },
	{ { "run", "--unhelp", "--norun" }, ANSWER_NONE, 1 },
	{ { "run", "-V", "--unlist" }, ANSWER_NONE, 1 },
	{ { "--norun", "run" }, ANSWER_NONE, 2 },
	{ { "--norun", "--undebug", "run" }, ANSWER_NONE, 3 },
	{ { "--undebug", "-D", "--norun", "run" }, ANSWER_NONE, 4 },
	/* help */
	{ { NULL }, ANSWER_HELP, 1 },
	{ { "--norun" }, ANSWER_HELP, 2 },
	{ { "-D" }, ANSWER_HELP, 2 },
	{ { "--help" }, ANSWER_HELP, 2 },
	{ { "-h" }, ANSWER_HELP, 2 },
	{ { "--unhelp" }, ANSWER_HELP, 2 },
	{ { "help" }, ANSWER_HELP, 1 },
	{ { "help", "run" }, ANSWER_HELP, 1 },
	{ { "--help", "run" }, ANSWER_HELP, 2 },
	{ { "-h", "ps" }, ANSWER_HELP, 2 },
	/* version, list */
	{ { "-V" }, ANSWER_VERSION, 2 },
	{ { "--unversion" }, ANSWER_VERSION, 2 },
	{ { "-V", "run" }, ANSWER_VERSION, 2 },
	{ { "--unlist" }, ANSWER_LIST, 2 },
	{ { "--unlist", "run" }, ANSWER_LIST, 2 },
	/* --unhelp, then -V, then --unlist wins */
	{ { "--unlist", "-V" }, ANSWER_VERSION, 3 },
	{ { "-V", "--unlist" }, ANSWER_VERSION, 3 },
	{ { "--unlist", "-V", "--unhelp" }, ANSWER_HELP, 4 },
	{ { "--unhelp", "--unlist", "-V" }, ANSWER_HELP, 4 },
	{ { "-V", "-h", "run" }, ANSWER_HELP, 3 },
	/* docker's version: the policy is asked */
	{ { "--version" }, ANSWER_NONE, 2 },
	{ { "-v" }, ANSWER_NONE, 2 },
	{ { "-D", "--version" }, ANSWER_NONE, 3 },
	{ { "-v", "run" }, ANSWER_NONE, 2 },
	/* global flags take their values with them, whatever they are */
	{ { "--config", "/x", "run" }, ANSWER_NONE, 3 },
	{ { "--config=/x", "run" }, ANSWER_NONE, 2 },
	{ { "--host", "--norun", "run" }, ANSWER_NONE, 3 },
	{ { "-H", "--unhelp", "run" }, ANSWER_NONE, 3 },
	{ { "-H", "run", "ps" }, ANSWER_NONE, 3 },
	{ { "-Hx", "run" }, ANSWER_NONE, 2 },
	{ { "-H=x", "run" }, ANSWER_NONE, 2 },
	{ { "-c", "--", "run" }, ANSWER_NONE, 3 },
	{ { "-Dc", "x", "run" }, ANSWER_NONE, 3 },
	{ { "-l", "debug", "run" }, ANSWER_NONE, 3 },
	{ { "-D", "run" }, ANSWER_NONE, 2 },
	{ { "--tls", "run" }, ANSWER_NONE, 2 },
	{ { "--debug", "true", "run" }, ANSWER_NONE, 2 },
	/* a value that is missing */
	{ { "-H" }, ANSWER_HELP, 2 },
	{ { "--norun", "--config" }, ANSWER_HELP, 3 },
	/* an unknown flag takes nothing; it is refused later */
	{ { "--nosuch", "run" }, ANSWER_NONE, 2 },
	{ { "-x", "run" }, ANSWER_NONE, 2 },
	/* whole words only */
	{ { "--noru", "run" }, ANSWER_NONE, 2 },
	{ { "--norun=true", "run" }, ANSWER_NONE, 2 },
	{ { "--unhelp=1", "run" }, ANSWER_NONE, 2 },
	{ { "-VV", "run" }, ANSWER_NONE, 2 },
	{ { "-DV", "run" }, ANSWER_NONE, 2 },
	{ { "--Norun", "run" }, ANSWER_NONE, 2 },
	/* what is no flag is the command, and refused later */
	{ { "--", "run" }, ANSWER_NONE, 1 },
	{ { "-", "run" }, ANSWER_NONE, 1 },
	{ { "", "run" }, ANSWER_NONE, 1 },
	{ { "--norun", "--", "--unhelp" }, ANSWER_NONE, 2 },
	{ { "HELP" }, ANSWER_NONE, 1 },
};

START_TEST(valid_the_words_before_the_command)
{
	struct invocation i = parsed(lines[_i].words);

	ck_assert_int_eq(i.answer, lines[_i].answer);
	ck_assert_int_eq(i.command_at, lines[_i].command_at);
}
END_TEST

START_TEST(valid_norun_and_undebug_count_before_the_command_only)
{
	static const char *const before[] = { "--undebug", "--norun", "run",
		NULL };
	static const char *const behind[] = { "run", "--norun", "--undebug",
		NULL };
	static const char *const value[] = { "--config", "--norun", "run",
		NULL };
	struct invocation i = parsed(before);

	ck_assert(i.norun);
	ck_assert(i.debug);
	i = parsed(behind);
	ck_assert(!i.norun);
	ck_assert(!i.debug);
	i = parsed(value);
	ck_assert(!i.norun);
}
END_TEST

static const struct {
	const char *words[WORDS_MAX];
	const char *name;
	int count;
} commands[] = {
	{ { "run" }, "run", 1 },
	{ { "--norun", "run", "alpine" }, "run", 1 },
	{ { "container", "run" }, "run", 2 },
	{ { "container", "ls" }, "ps", 2 },
	{ { "network", "ls" }, "network ls", 2 },
	{ { "ps", "ls" }, "ps", 1 },
	{ { "container" }, NULL, 0 },
	{ { "container", "--help", "run" }, NULL, 0 },
	{ { "nosuch" }, NULL, 0 },
	{ { "RUN" }, NULL, 0 },
	{ { "crea" }, NULL, 0 },
	{ { "" }, NULL, 0 },
	{ { "--" , "run" }, NULL, 0 },
	{ { "--norun" }, NULL, 0 },
	{ { NULL }, NULL, 0 },
};

START_TEST(valid_the_command_is_found_by_docker_s_names)
{
	struct invocation i = parsed(commands[_i].words);
	int count = 0;
	const struct docker_command *c = invocation_command(&i, &count);

	ck_assert_pstr_eq(c == NULL ? NULL : c->name, commands[_i].name);
	if (c != NULL)
		ck_assert_int_eq(count, commands[_i].count);
	ck_assert_ptr_eq(invocation_command(&i, NULL), c);
}
END_TEST

static const struct {
	const char *word;
	int count;
	bool own;
} words[] = {
	{ "--norun", 1, true },
	{ "--undebug", 1, true },
	{ "--unlist", 1, true },
	{ "--unhelp", 1, true },
	{ "--unversion", 1, true },
	{ "-V", 1, true },
	{ "-h", 1, true },
	{ "--help", 1, true },
	{ "--help=true", 1, false },
	{ "--version", 1, false },
	{ "-v", 1, false },
	{ "--config", 2, false },
	{ "--config=", 1, false },
	{ "--context", 2, false },
	{ "-c", 2, false },
	{ "-cx", 1, false },
	{ "-c=", 1, false },
	{ "--host", 2, false },
	{ "-H", 2, false },
	{ "-DH", 2, false },
	{ "-HD", 1, false },
	{ "-l", 2, false },
	{ "--log-level", 2, false },
	{ "--tlscacert", 2, false },
	{ "--tlscert", 2, false },
	{ "--tlskey", 2, false },
	{ "--tls", 1, false },
	{ "--tlsverify", 1, false },
	{ "-D", 1, false },
	{ "-DD", 1, false },
	{ "-Dx", 1, false },
	{ "--nosuch", 1, false },
	{ "--hos", 1, false },
	{ "--", 1, false },
	{ "--=x", 1, false },
	{ "run", 1, false },
};

START_TEST(valid_how_many_words_a_flag_takes)
{
	if (words[_i].word[0] == '-')
		ck_assert_msg(invocation_flag_words(words[_i].word) ==
		    words[_i].count, "%s", words[_i].word);
	ck_assert_msg(invocation_own_word(words[_i].word) == words[_i].own,
	    "%s", words[_i].word);
}
END_TEST

START_TEST(valid_help_and_version_are_texts)
{
	ck_assert(strncmp(invocation_help, "usage: undocker ", 16) == 0);
	ck_assert(strncmp(invocation_version, "undocker ", 9) == 0);
	ck_assert_int_eq(invocation_help[strlen(invocation_help) - 1], '\n');
	ck_assert_int_eq(
	    invocation_version[strlen(invocation_version) - 1], '\n');
}
END_TEST

Suite *
invocation_suite(void)
{
	Suite *s = suite_create("invocation");
	TCase *t = tcase_of(s, "invocation");

	EACH(t, valid_the_words_before_the_command, lines);
	ONE(t, valid_norun_and_undebug_count_before_the_command_only);
	EACH(t, valid_the_command_is_found_by_docker_s_names, commands);
	EACH(t, valid_how_many_words_a_flag_takes, words);
	ONE(t, valid_help_and_version_are_texts);
	return s;
}
