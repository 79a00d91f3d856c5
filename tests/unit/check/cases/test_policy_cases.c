/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/policy_cases.h"

#include "check/cases/cases_file.h"
#include "check/cases/shell_split.h"

#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <fcntl.h>
#include <string.h>

static const struct {
	const char *line, *words; /* joined by | */
} split[] = {
	{ "", "" },
	{ " \t", "" },
	{ "a  b\tc ", "a|b|c" },
	{ "a 'b c' \"d e\"", "a|b c|d e" },
	{ "'a'\"b\"c\\ d", "abc d" },
	{ "'' \"\"", "|" },
	{ "'$HOME;`x`' \\$x \"\\$x \\` \\q\"", "$HOME;`x`|$x|$x ` \\q" },
	{ "$'a\\n\\'\\\\\\001'", "a\n'\\\001" },
	{ "a # b", "a" },
	{ "# b", "" },
	{ "a#b '#' \\#", "a#b|#|#" },
	/* what a shell leaves as it is */
	{ "{{.ID}} alpine:* ~ a$ $", "{{.ID}}|alpine:*|~|a$|$" },
};

START_TEST(valid_words_as_a_shell_passes_them_on)
{
	struct strv words = strv_new(a);
	const char *reason = NULL;

	ck_assert_msg(shell_split(&words, split[_i].line, &reason), "%s",
	    reason);
	ck_assert_str_eq(words.n == 0 ? "" : strv_join(&words, "|"),
	    split[_i].words);
}
END_TEST

static const struct {
	const char *line, *why;
} odd[] = {
	{ "'a", "' is not closed" },
	{ "\"a'", "\" is not closed" },
	{ "$'a", "$' is not closed" },
	{ "$'\\q'", "only" },
	{ "$'\\0'", "only" },
	{ "$'\\777'", "only" },
	{ "$'a\\", "only" },
	{ "a\\", "end of a line" },
	{ "a $HOME", "replace" },
	{ "a ${HOME}", "replace" },
	{ "a \"$(id)\"", "replace" },
	{ "a `id`", "replace" },
	{ "a; b", "pass on" },
	{ "a&", "pass on" },
	{ "a >b", "pass on" },
	{ "(a)", "pass on" },
};

START_TEST(junk_what_a_shell_would_do_more)
{
	struct strv words = strv_new(a);
	const char *reason = NULL;

	ck_assert(!shell_split(&words, odd[_i].line, &reason));
	ck_assert_msg(strstr(reason, odd[_i].why) != NULL, "%s", reason);
}
END_TEST

START_TEST(valid_a_file_of_cases)
{
	struct cases c;
	struct fault f = { 0 };

	ck_assert_msg(cases_file_read(&c, a, "f", "# all\r\n\n"
	    "user ann uid=1000 gid=10 group=ten groups=lab:60,'a:b':61 "
	    "home=/h cwd=/w\n"
	    "user bob uid=0 gid=0\r\n"
	    "group 'domain users@x' gid=70\n"
	    "allow ann run -it alpine\n"
	    "  refuse bob run 'a b' # why\n"
	    "\n\t because  it's not \"so\" \n"
	    "refuse bob ps", &f), "%s", f.text);
	ck_assert_uint_eq(c.n, 3);
	ck_assert(c.v[0].allow && !c.v[1].allow && !c.v[2].allow);
	ck_assert_uint_eq(c.v[1].line, 7);
	ck_assert_str_eq(strv_join(&c.v[0].words, "|"), "run|-it|alpine");
	ck_assert_str_eq(strv_join(&c.v[1].words, "|"), "run|a b");
	ck_assert_str_eq(c.v[1].because, "it's not \"so\"");
	ck_assert_ptr_null(c.v[2].because);
	ck_assert_uint_eq(cases_file_user(&c, "ann")->uid, 1000);
	ck_assert_uint_eq(cases_file_user(&c, "ann")->ngids, 2);
	ck_assert_str_eq(cases_file_user(&c, "ann")->cwd, "/w");
	ck_assert_str_eq(cases_file_user(&c, "bob")->cwd, "/home/bob");
	ck_assert_ptr_null(cases_file_user(&c, "carl"));
	ck_assert_uint_eq(cases_file_group(&c, "domain users@x")->gid, 70);
	ck_assert_uint_eq(cases_file_group(&c, "ten")->gid, 10);
	ck_assert_uint_eq(cases_file_group(&c, "a:b")->gid, 61);
	ck_assert_ptr_null(cases_file_group(&c, "bob"));
}
END_TEST

#define ANN "user ann uid=1 gid=1\n"

static const struct {
	const char *text, *why;
} bad[] = {
	{ "", "f: there is no case in it" },
	{ "# allow ann ps\n" ANN, "f: there is no case in it" },
	{ "\nallow ann\n", "f:2: a user and a command line are wanted" },
	{ "refuse", "f:1: a user and a command line are wanted" },
	{ "allow ann undocker ps", "f:1: leave out 'undocker'" },
	{ "allow ann docker ps", "f:1: leave out 'undocker'" },
	{ "permit ann ps", "f:1: a line begins with" },
	{ "'' ann ps", "f:1: a line begins with" },
	{ "allow ann ps 'x", "f:1: a ' is not closed" },
	{ "allow ann ps\nbecause x", "f:2: 'because' stands below" },
	{ "because x", "f:1: 'because' stands below" },
	{ "refuse ann ps\n" ANN "because x", "f:3: 'because' stands below" },
	{ "refuse ann ps\nbecause", "f:2: because of what?" },
	{ "refuse ann ps\nbecause x\nbecause y", "f:3: one 'because'" },
	{ "user ann", "f:1: a user has a uid= and a gid=" },
	{ "user", "f:1: user NAME" },
	{ "user ann uid=1", "f:1: a user has a uid= and a gid=" },
	{ "user ann uid=-1 gid=1", "f:1: uid= and gid= are numbers" },
	{ "user ann uid=1 gid=4294967295", "f:1: uid= and gid= are numbers" },
	{ "user ann uid=1 gid=99999999999999999999", "f:1: uid= and gid=" },
	{ "user ann uid= gid=1", "f:1: uid= and gid= are numbers" },
	{ "user ann uid=1 gid=1 home=x", "f:1: a user has uid=N" },
	{ "user ann uid=1 gid=1 shell=/x", "f:1: a user has uid=N" },
	{ "user ann uid=1 gid=1 groups=x", "f:1: groups=NAME:GID" },
	{ "user ann uid=1 gid=1 groups=x:y", "f:1: uid= and gid=" },
	{ "user ann uid=1 gid=1 groups=:5", "f:1: a group without a name" },
	{ ANN ANN, "f:2: this user stands in a line above" },
	{ "group x", "f:1: group NAME gid=N" },
	{ "group x gid=1\ngroup x gid=2", "f:2: group 'x' has another gid" },
	{ ANN "user bob uid=2 gid=2 groups=x:3,x:4", "f:2: group 'x' has" },
};

START_TEST(junk_a_file_of_cases)
{
	struct cases c;
	struct fault f = { 0 };

	ck_assert(!cases_file_read(&c, a, "f", bad[_i].text, &f));
	ck_assert_msg(strncmp(f.text, bad[_i].why, strlen(bad[_i].why)) == 0,
	    "%s", f.text);
}
END_TEST

static const char policy[] =
    "[main]\nDOCKERHOST=unix:///nonexistent/engine.sock\n"
    "[command:run]\n"
    "WHITELIST=--rm,-v|--volume list,-e|--env list,-w|--workdir string\n"
    "ALLOWEDIMAGES=alpine:.* $USER/.*\n"
    "[command:run group:lab]\nWHITELIST=--init\n"
    "[command:exec]\n[command:ps]\n"
    "[command:create]\nFORCED=-w $PWD\n";

#define LAB "group lab gid=60\n"
#define WHO LAB "user bob uid=54999 gid=54999\n" \
	    "user ann uid=54998 gid=54998 groups=lab:60\n"

/* Exit status of --cases; *out (may be NULL) is what it printed. */
static int
status_of(const char *rules, const char *cases, const char **out)
{
	int saved = dup(STDOUT_FILENO), fd, status;
	char *text = arena_alloc(a, 65536);

	root_file("policy", rules, 0644, 0);
	root_file("cases", cases, 0644, 0);
	root_file("out", "", 0644, 0);
	fd = open(root_path("out"), O_RDWR | O_CLOEXEC);
	ck_assert(saved >= 0 && fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0);
	status = policy_cases_run(a, root_path("policy"), root_path("cases"));
	(void)dup2(saved, STDOUT_FILENO);
	(void)close(saved);
	ck_assert(pread(fd, text, 65535, 0) >= 0);
	(void)close(fd);
	if (out != NULL)
		*out = text;
	return status;
}

static const struct {
	const char *cases;
	int status;
	const char *said;
} run[] = {
	{ WHO "allow bob run --rm alpine ash\n", 0,
	    "ok 1 - allow bob run --rm alpine ash\n1..1\n"
	    "# 1 passed, 0 failed\n" },
	{ WHO "refuse bob run --privileged alpine\n", 0, "ok 1 - refuse bob" },
	{ WHO "refuse bob run --privileged alpine\nbecause --privileged is\n",
	    0, "ok 1 - refuse bob" },
	{ WHO "refuse bob run --privileged alpine\nbecause weather\n", 1,
	    "not ok 1 - refuse bob run --privileged alpine\n# line 4: refused, "
	    "but not because 'weather': run: --privileged is not allowed\n" },
	{ WHO "allow bob run --privileged alpine\n", 1,
	    "# line 4: refused: run: --privileged is not allowed\n" },
	{ WHO "refuse bob run alpine\n", 1,
	    "# line 4: allowed: /usr/bin/docker run --user=54999:54999 " },
	/* one that fails is enough, and the others are asked all the same */
	{ WHO "refuse bob ps\nallow bob ps\n", 1, "# 1 passed, 1 failed\n" },
	/* the file's own accounts and groups */
	{ WHO "allow ann run --init alpine\nrefuse bob run --init alpine\n"
	    "allow ann run ann/x\nrefuse bob run ann/x\n", 0,
	    "# 4 passed, 0 failed\n" },
	{ WHO "allow bob create alpine\n", 0, "ok 1" },
	/* words of the comment are no directive of TAP's */
	{ WHO "refuse bob run alpine # TODO\n", 1,
	    "not ok 1 - refuse bob run alpine\n" },
	/* what cannot be looked at here proves nothing */
	{ WHO "refuse bob exec web1 sh\n", 1, "# line 4: could not be judged" },
	{ WHO "allow bob exec web1 sh\n", 1, "# line 4: could not be judged" },
	{ WHO "refuse bob run -v /etc:/x alpine\n", 1,
	    "# line 4: could not be judged" },
	{ WHO "refuse bob exec web1 sh\nbecause engine\n", 1,
	    "# line 4: could not be judged" },
	{ LAB "refuse nosuch-user-here ps\n", 1,
	    "# line 2: could not be judged: there is no user" },
	/* but the policy's own word is one, engine or not */
	{ WHO "refuse bob run -v /etc:/x busybox\n", 0, "ok 1" },
	{ WHO "refuse bob exec -i web1 sh\n", 0, "ok 1" },
	{ WHO "refuse bob rm web1\nbecause does not offer\n", 0, "ok 1" },
	/* a slip of the pen proves nothing either */
	{ WHO "refuse bob rnu alpine\n", 1, "not a docker command" },
	{ WHO "refuse bob rnu alpine\nbecause not a docker command\n", 0,
	    "ok 1" },
	{ WHO "refuse bob run --privleged alpine\n", 1,
	    "# line 4: refused for how it is written" },
	{ WHO "refuse bob run\n", 1, "refused for how it is written" },
	{ WHO "refuse bob run ''\n", 1, "refused for how it is written" },
	{ WHO "refuse bob run -v\n", 1, "refused for how it is written" },
	{ WHO "refuse bob run --rm=xyz alpine\n", 1,
	    "refused for how it is written" },
	{ WHO "refuse bob run -Z alpine\n", 1,
	    "refused for how it is written" },
	{ WHO "refuse bob ps x\n", 1, "refused for how it is written" },
	{ WHO "refuse bob --nosuch ps\n", 1,
	    "refused for how it is written" },
	{ WHO "refuse bob run --privleged alpine\nbecause no such flag\n"
	    "refuse bob run\nbecause operand is missing\n", 0,
	    "# 2 passed, 0 failed" },
	{ WHO "allow bob run --privleged alpine\n", 1, "# line 4: refused: " },
	{ WHO "allow bob --unlist\n", 1, "without asking the policy" },
	{ WHO "refuse bob --norun\n", 1, "without asking the policy" },
	/* the environment is none of whoever runs it */
	{ WHO "allow bob run -e TERM -e LANG alpine\n", 0, "ok 1" },
	{ WHO "refuse bob run -e NO_COLOR alpine\n", 0, "ok 1" },
};

START_TEST(valid_a_case_is_what_the_policy_says)
{
	const char *out;

	ck_assert_int_eq(status_of(policy, run[_i].cases, &out),
	    run[_i].status);
	ck_assert_msg(strstr(out, run[_i].said) != NULL, "%s", out);
}
END_TEST

/* How many of his containers run just now is no matter of the policy. */
START_TEST(valid_a_count_is_none_of_a_case)
{
	static const char counting[] = "[command:run]\nALLOWEDIMAGES=.*\n"
	    "MAXCONTAINERS=1\n[command:create]\nMAXCONTAINERS=0\n"
	    "[command:stats]\n";
	const char *out;

	ck_assert_int_eq(status_of(counting, WHO "allow bob run x\n"
	    "refuse bob create x\nbecause allows 0 (MAXCONTAINERS\n", NULL),
	    0);
	ck_assert_int_eq(status_of(counting, WHO "allow bob stats\n", &out),
	    1);
	ck_assert_msg(strstr(out, "could not be judged") != NULL, "%s", out);
}
END_TEST

START_TEST(junk_what_cannot_be_read_is_2)
{
	ck_assert_int_eq(status_of(policy, WHO, NULL), 2);
	ck_assert_int_eq(status_of(policy, WHO "allow bob\n", NULL), 2);
	ck_assert_int_eq(policy_cases_run(a, root_path("policy"),
	    root_path("nosuch")), 2);
	ck_assert_int_eq(policy_cases_run(a, root_path("policy"),
	    root_path(".")), 2);
	ck_assert_int_eq(policy_cases_run(a, root_path("policy"),
	    "/dev/null"), 2);
}
END_TEST

/* Whoever starts the checks has his own things at descriptor 0. */
START_TEST(valid_stdin_is_none_of_a_case)
{
	static const char files[] = "[command:run]\n"
	    "WHITELIST=--env-file list\nALLOWEDIMAGES=.*\n";
	int fd;

	root_file("stdin", "=1\n", 0644, 0);
	fd = open(root_path("stdin"), O_RDONLY | O_CLOEXEC);
	ck_assert(fd >= 0 && dup2(fd, STDIN_FILENO) >= 0);
	ck_assert_int_eq(status_of(files, arena_printf(a,
	    "refuse nobody run --env-file %s x\n", root_path("stdin")), NULL),
	    0);
	ck_assert_int_eq(status_of(files,
	    "allow nobody run --env-file /dev/fd/0 x\n", NULL), 0);
}
END_TEST

START_TEST(valid_many_users_take_no_time)
{
	struct cases c;
	struct fault f = { 0 };
	const size_t size = 60000 * 80;
	char *text = arena_alloc(a, size);
	size_t n = 0;

	for (unsigned i = 0; i < 60000; i++)
		n += (size_t)snprintf(text + n, size - n,
		    "user u%u uid=%u gid=%u groups=g%u:%u\n", i, i, i, i, i);
	(void)snprintf(text + n, size - n, "allow u59999 ps\n");
	ck_assert_msg(cases_file_read(&c, a, "f", text, &f), "%s", f.text);
	ck_assert_uint_eq(cases_file_user(&c, "u59999")->uid, 59999);
	ck_assert_uint_eq(cases_file_group(&c, "g59999")->gid, 59999);
}
END_TEST

START_TEST(deny_a_policy_that_is_not_sound_is_1)
{
	const char *out;

	/* in a section that no case is about, too */
	ck_assert_int_eq(status_of("[command:ps]\n[command:rm]\n"
	    "FORCED=--nosuch\n", WHO "allow bob ps\n", &out), 1);
	ck_assert_str_eq(out, "");
	ck_assert_int_eq(status_of("[command:ps]\nWHITELST=-a\n",
	    WHO "allow bob ps\n", &out), 1);
	ck_assert_str_eq(out, "");
	/* a group that neither the file nor the accounts know */
	ck_assert_int_eq(status_of("[command:ps]\n"
	    "[command:ps group:nosuch-group-here]\n",
	    WHO "allow bob ps\n", &out), 1);
	ck_assert_str_eq(out, "");
	ck_assert_int_eq(status_of("[command:ps]\n"
	    "[command:ps group:nosuch-group-here]\n",
	    "group nosuch-group-here gid=7\n" WHO "allow bob ps\n", NULL), 0);
}
END_TEST

Suite *
policy_cases_suite(void)
{
	Suite *s = suite_create("policy_cases");
	TCase *t = tcase_of(s, "policy_cases");

	EACH(t, valid_words_as_a_shell_passes_them_on, split);
	EACH(t, junk_what_a_shell_would_do_more, odd);
	ONE(t, valid_a_file_of_cases);
	EACH(t, junk_a_file_of_cases, bad);
	ONE(t, valid_many_users_take_no_time);
	t = root_tcase(s, "run");
	if (t == NULL)
		return s;
	EACH(t, valid_a_case_is_what_the_policy_says, run);
	ONE(t, valid_stdin_is_none_of_a_case);
	ONE(t, valid_a_count_is_none_of_a_case);
	ONE(t, junk_what_cannot_be_read_is_2);
	ONE(t, deny_a_policy_that_is_not_sound_is_1);
	return s;
}
