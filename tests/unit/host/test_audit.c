/* SPDX-License-Identifier: Apache-2.0 */
/* The line is read back from a /dev/log of the test's own. */
#include "host/audit.h"

#include "fixture.h"
#include "suites.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int log_fd;

/* In a mount namespace of the test's own: the host's log stays as it is. */
static void
log_begin(void)
{
	const struct sockaddr_un log = { .sun_family = AF_UNIX,
		.sun_path = "/dev/log" };

	ck_assert_int_eq(unshare(CLONE_NEWNS), 0);
	ck_assert_int_eq(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL),
	    0);
	ck_assert_int_eq(mount("none", "/dev", "tmpfs", 0, NULL), 0);
	log_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(log_fd, (const struct sockaddr *)&log,
	    sizeof(log)), 0);
}

static struct caller
ann(void)
{
	return (struct caller) { .uid = 1000, .gid = 10, .user = "ann",
		.cwd = "/w" };
}

/* What stands behind "undocker-rt[PID]: " in the next line. */
static const char *
received(void)
{
	char line[20000];
	const char *start = arena_printf(a, "<86>undocker-rt[%ld]: ",
	    (long)getpid());
	ssize_t n;

	n = recv(log_fd, line, sizeof(line) - 1, MSG_DONTWAIT);
	ck_assert_int_gt(n, 0);
	line[n] = '\0';
	ck_assert_uint_eq(strlen(line), (size_t)n);
	ck_assert_uint_lt(strlen(line), 8193);
	ck_assert_msg(strncmp(line, start, strlen(start)) == 0, "%s", line);
	return arena_strdup(a, line + strlen(start));
}

static const char *
sent(const struct audit *what)
{
	audit_send(a, what);
	return received();
}

static struct strv
words(const char *first, const char *second, const char *third)
{
	struct strv v = strv_new(a);

	strv_push(&v, "/usr/bin/docker");
	strv_push(&v, first);
	strv_push(&v, second);
	strv_push(&v, third);
	return v;
}

START_TEST(valid_an_allowed_command)
{
	struct caller c = ann();
	struct strv final = words("run", "--", "alpine");
	const struct audit what = { .caller = &c, .via = "sudo",
		.command = "run", .final = &final };
	const char *line = sent(&what);

	ck_assert_msg(strncmp(line, "uid=1000 user=ann via=sudo tty=", 31) ==
	    0, "%s", line);
	ck_assert_msg(strstr(line, " verdict=allow command=run cwd=/w "
	    "final=\"/usr/bin/docker run -- alpine\"") != NULL, "%s", line);
	ck_assert_ptr_null(strchr(line, '\n'));
}
END_TEST

START_TEST(valid_a_refusal_has_its_reason)
{
	struct caller c = ann();
	const struct audit what = { .caller = &c, .via = "shim",
		.command = "network ls", .norun = true,
		.reason = "run: --x is \"not\" allowed" };
	const char *line = sent(&what);

	ck_assert_msg(strstr(line, " verdict=deny norun=true "
	    "command=\"network ls\" reason=\"run: --x is \\\"not\\\" allowed\"")
	    != NULL, "%s", line);
	ck_assert_ptr_null(strstr(line, "final="));
}
END_TEST

START_TEST(valid_nobody_found)
{
	struct caller c = { 0 };
	const struct audit what = { .caller = &c, .reason = "who" };
	const char *line = sent(&what);

	ck_assert_msg(strncmp(line, "tty=", 4) == 0, "%s", line);
	ck_assert_msg(strstr(line, " verdict=deny reason=who") != NULL, "%s",
	    line);
}
END_TEST

/* No value can begin a field or a line of its own. */
static const struct {
	const char *cwd, *field;
} values[] = {
	{ "/a b", " cwd=\"/a b\" " },
	{ "/a\nuid=0", " cwd=\"/a\\\\x0auid=0\" " },
	{ "/a verdict=allow", " cwd=\"/a verdict=allow\" " },
	{ "/a\" verdict=allow \"", " cwd=\"/a\\\" verdict=allow \\\"\" " },
	{ "/a\\", " cwd=\"/a\\\\\" " },
	{ "/a=b", " cwd=\"/a=b\" " },
	{ "", " cwd=\"\" " },
	{ "/a\x1b[2J", " cwd=\"/a\\\\x1b[2J\" " },
	{ "/\xff", " cwd=\"/\\\\xff\" " },
	{ "/\xc3\xa9", " cwd=/\xc3\xa9 " },
};

START_TEST(deny_a_value_that_would_forge_a_field)
{
	struct caller c = ann();
	const struct audit what = { .caller = &c, .reason = "x" };
	const char *line;

	c.cwd = values[_i].cwd;
	line = sent(&what);
	line = arena_printf(a, "%s ", line);
	ck_assert_msg(strstr(line, values[_i].field) != NULL, "%s", line);
	ck_assert_uint_eq(strcspn(line, "\n\r\x1b"), strlen(line));
}
END_TEST

START_TEST(deny_values_of_variables_are_not_told)
{
	struct caller c = ann();
	struct strv final = words("--env=A=secret", "--env=B", "--env==secret");
	const struct audit what = { .caller = &c, .final = &final };
	const char *line;

	strv_push(&final, "--env=C=a=secret");
	strv_push(&final, "--");
	strv_push(&final, "--env=D=operand");
	line = sent(&what);
	ck_assert_ptr_null(strstr(line, "secret"));
	ck_assert_msg(strstr(line, "--env=A --env=B --env= --env=C -- "
	    "--env=D=operand") != NULL, "%s", line);
}
END_TEST

/* 4096 lines of 1500 bytes. */
START_TEST(deny_what_is_too_long_to_be_logged)
{
	const size_t most = (size_t)4096 * 1500;
	char *word = arena_alloc(a, most + 1);
	struct strv final = strv_new(a);

	memset(word, 'a', most - 1);
	strv_push(&final, word);
	ck_assert(audit_fits(a, &final));
	word[most - 1] = 'a';
	ck_assert(!audit_fits(a, &final));
}
END_TEST

START_TEST(deny_secrets_of_other_flags_are_not_told)
{
	struct caller c = ann();
	struct strv final = words("login", "--password=secret", "--username=u");
	const struct audit what = { .caller = &c, .command = "login",
		.final = &final };
	const char *line;

	strv_push(&final, "--build-arg=A=secret");
	strv_push(&final, "--passwords=kept");
	line = sent(&what);
	ck_assert_ptr_null(strstr(line, "secret"));
	ck_assert_msg(strstr(line, "login --password= --username=u "
	    "--build-arg=A --passwords=kept\"") != NULL, "%s", line);
}
END_TEST

/* What a reason says of a password; all of it is told of other commands. */
static const struct {
	const char *command, *reason, *told;
} reasons[] = {
	{ "login", "login: --password=secret is restricted (/e:12)",
	    "login: --password=... (/e:12)" },
	{ "login", "login: --password=a secret (b:1) is not (allowed: secret)",
	    "login: --password=... " },
	{ "login", "login: --password=secret (", "login: --password=... " },
	{ "login", "login: 'secret' is no registry (with a dot)",
	    "login: '...' is no registry (with a dot)" },
	{ "login", "login: 'a' secret 'b' is an operand too many",
	    "login: '...' is an operand too many" },
	{ "login", "login: registry 'r.example' is not allowed",
	    "login: registry 'r.example' is not allowed" },
	{ "run", "run: 'x' is not a name", "run: 'x' is not a name" },
	{ "login", "login: --password-stdin=secret is a bool",
	    "login: --password-stdin=... " },
	{ "login", "login: --password is not allowed (/e:1)",
	    "login: --password is not allowed (/e:1)" },
	{ "run", "run: '--password=x' is not allowed",
	    "run: '--password=x' is not allowed" },
};

START_TEST(deny_a_refused_password_is_not_told)
{
	struct caller c = ann();
	const struct audit what = { .caller = &c,
		.command = reasons[_i].command, .reason = reasons[_i].reason };
	const char *line = sent(&what);

	ck_assert_msg(strstr(line, arena_printf(a, " reason=\"%s\" cwd=/w",
	    reasons[_i].told)) != NULL, "%s", line);
	ck_assert_ptr_null(strstr(line, "secret"));
}
END_TEST

/* The sections that apply. */
START_TEST(valid_the_rule_is_told)
{
	struct caller c = ann();
	struct strv rules = strv_new(a);
	const struct audit what = { .caller = &c, .reason = "x",
		.rules = &rules };
	const char *line;

	ck_assert_ptr_null(strstr(sent(&what), "rule="));
	strv_push(&rules, "[command:run] (/e:2)");
	strv_push(&rules, "[command:run user:ann] (/e:5)");
	line = sent(&what);
	ck_assert_msg(strstr(line, " reason=x rule=\"[command:run] (/e:2) "
	    "[command:run user:ann] (/e:5)\" cwd=/w") != NULL, "%s", line);
}
END_TEST

/* A daemon that takes a stream gets its lines, too. */
START_TEST(valid_a_stream)
{
	struct caller c = ann();
	const struct audit what = { .caller = &c, .reason = "x" };
	const struct sockaddr_un log = { .sun_family = AF_UNIX,
		.sun_path = "/dev/log" };
	char line[1000];
	ssize_t n;
	int fd;

	ck_assert_int_eq(close(log_fd), 0);
	ck_assert_int_eq(unlink("/dev/log"), 0);
	log_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(log_fd, (const struct sockaddr *)&log,
	    sizeof(log)), 0);
	ck_assert_int_eq(listen(log_fd, 1), 0);
	audit_send(a, &what);
	fd = accept(log_fd, NULL, NULL);
	ck_assert_int_ge(fd, 0);
	n = recv(fd, line, sizeof(line), 0);
	ck_assert_int_gt(n, 1);
	ck_assert_int_eq(memchr(line, '\0', (size_t)n) == line + n - 1, 1);
	ck_assert_ptr_nonnull(strstr(line, " verdict=deny reason=x"));
	/* Its queue is full, and nobody reads. */
	for (int i = 0; i < 5; i++)
		audit_send(a, &what);
}
END_TEST

START_TEST(too_long_a_line_is_cut_and_says_so)
{
	struct caller c = ann();
	char *big = arena_alloc(a, 30001);
	const struct audit what = { .caller = &c, .reason = big };
	const char *line;

	memset(big, 'x', 30000);
	line = sent(&what);
	ck_assert_uint_lt(strlen(line), 8193);
	ck_assert_ptr_nonnull(strstr(line, "...(cut) cwd=/w"));
	ck_assert_ptr_nonnull(strstr(line, "uid=1000 user=ann"));
}
END_TEST

/* A long directory or name crowds nothing out; a long command goes on. */
START_TEST(deny_what_matters_is_not_crowded_out)
{
	struct caller c = ann();
	char *deep = arena_alloc(a, 4097), *name = arena_alloc(a, 10001);
	struct strv final = words("run", "--", "alpine");
	const struct audit what = { .caller = &c, .command = "run",
		.final = &final };
	const char *line;

	memset(deep, '\1', 4096);
	memset(name, 'n', 10000);
	c.cwd = deep;
	final.v[2] = name;
	line = sent(&what);
	ck_assert_ptr_nonnull(strstr(line, " verdict=allow command=run "));
	ck_assert_ptr_nonnull(strstr(line, " parts=7 "));
	ck_assert_ptr_null(strstr(line, "alpine"));
	line = received();
	ck_assert_ptr_nonnull(strstr(line, "uid=1000 user=ann part=2 final="));
	for (int part = 3; part <= 7; part++)
		line = received();
	ck_assert_ptr_nonnull(strstr(line, " part=7 final="));
	ck_assert_ptr_nonnull(strstr(line, "n alpine"));
}
END_TEST

/* Nobody listens, or nobody reads: it goes on. */
START_TEST(limit_a_full_or_dead_log_stops_nobody)
{
	struct caller c = ann();
	const struct audit what = { .caller = &c, .reason = "x" };

	for (int i = 0; i < 20; i++)
		audit_send(a, &what);
	ck_assert_int_eq(close(log_fd), 0);
	audit_send(a, &what);
	ck_assert_int_eq(unlink("/dev/log"), 0);
	audit_send(a, &what);
}
END_TEST

/* Whether a /dev of one's own can be had here. */
static bool
own_dev(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(unshare(CLONE_NEWNS) == 0 &&
		    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
		    mount("none", "/dev", "tmpfs", 0, NULL) == 0 ? 0 : 1);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

Suite *
audit_suite(void)
{
	Suite *s = suite_create("audit");
	TCase *t = tcase_of(s, "audit");

	tcase_add_checked_fixture(t, log_begin, NULL);
	if (!own_dev()) {
		fprintf(stderr, "audit: no mount namespace, left out\n");
		return s;
	}
	ONE(t, valid_an_allowed_command);
	ONE(t, valid_a_refusal_has_its_reason);
	ONE(t, valid_nobody_found);
	EACH(t, deny_a_value_that_would_forge_a_field, values);
	ONE(t, deny_values_of_variables_are_not_told);
	ONE(t, deny_what_is_too_long_to_be_logged);
	ONE(t, deny_secrets_of_other_flags_are_not_told);
	EACH(t, deny_a_refused_password_is_not_told, reasons);
	ONE(t, valid_the_rule_is_told);
	ONE(t, valid_a_stream);
	ONE(t, too_long_a_line_is_cut_and_says_so);
	ONE(t, deny_what_matters_is_not_crowded_out);
	ONE(t, limit_a_full_or_dead_log_stops_nobody);
	return s;
}
