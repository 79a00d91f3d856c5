/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client/client_run.h"

#include "root.h"
#include "suites.h"

#include <time.h>

#define PATIENCE_MS 20000

/* What a shell, in the place of the client, says to a script of builtins. */
static bool
shell(struct client_said *said, const char *script, int patience_ms,
    struct fault *f)
{
	struct strv words = strv_new(a);

	strv_push(&words, "-c");
	strv_push(&words, script);
	return client_run(said, a, "/bin/sh", &words, patience_ms, f);
}

static const char *
shell_out(const char *script)
{
	struct client_said said;
	struct fault f = { 0 };

	ck_assert_msg(shell(&said, script, PATIENCE_MS, &f), "%s", f.text);
	return said.out;
}

START_TEST(valid_what_it_says_and_how_it_ends)
{
	struct client_said said;
	struct fault f = { 0 };

	ck_assert(shell(&said, "echo one; echo two >&2; exit 3", PATIENCE_MS,
	    &f));
	ck_assert_str_eq(said.out, "one\n");
	ck_assert_str_eq(said.err, "two\n");
	ck_assert_int_eq(said.status, 3);
	ck_assert(shell(&said, "kill -9 $$", PATIENCE_MS, &f));
	ck_assert_int_eq(said.status, 137);
	ck_assert_str_eq(said.out, "");
}
END_TEST

START_TEST(valid_much_on_both_outputs)
{
	struct client_said said;
	struct fault f = { 0 };

	ck_assert(shell(&said, "i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); "
	    "echo 0123456789012345678901234567890123456789; "
	    "echo 01234567890123456789012345678901234567 >&2; done",
	    PATIENCE_MS, &f));
	ck_assert_uint_eq(strlen(said.out), 3000 * 41);
	ck_assert_uint_eq(strlen(said.err), 3000 * 39);
}
END_TEST

START_TEST(valid_nothing_comes_along)
{
	const char *out;

	ck_assert_int_eq(setenv("SECRET", "1", 1), 0);
	ck_assert_int_eq(setenv("DOCKER_HOST", "unix:///run/docker.sock", 1),
	    0);
	ck_assert_int_eq(dup2(STDERR_FILENO, 9), 9);
	out = shell_out("export -p; pwd; read x || echo no input; "
			"(: <&9) 2>/dev/null || echo no ninth");
	ck_assert_ptr_null(strstr(out, "SECRET"));
	ck_assert_ptr_nonnull(strstr(out, "unix:///nonexistent"));
	ck_assert_ptr_null(strstr(out, "docker.sock"));
	ck_assert_ptr_nonnull(strstr(out, "\n/\nno input\nno ninth\n"));
}
END_TEST

START_TEST(valid_it_is_nobody_for_good)
{
	const char *out = shell_out("while read -r line; do echo \"$line\"; "
				    "done </proc/self/status");

	if (geteuid() == 0) {
		ck_assert_ptr_nonnull(strstr(out,
		    "Uid:\t65534\t65534\t65534\t65534\n"));
		ck_assert_ptr_nonnull(strstr(out,
		    "Gid:\t65534\t65534\t65534\t65534\n"));
		ck_assert_ptr_nonnull(strstr(out, "\nGroups:\n"));
		ck_assert_ptr_nonnull(strstr(out,
		    "CapPrm:\t0000000000000000\n"));
	}
	ck_assert_ptr_nonnull(strstr(out, "NoNewPrivs:\t1\n"));
	ck_assert_ptr_nonnull(strstr(out, "Seccomp:\t2\n"));
}
END_TEST

START_TEST(deny_other_programs)
{
	ck_assert_str_eq(shell_out("(/bin/sh -c 'echo ran') 2>/dev/null; "
				   "echo done"), "done\n");
}
END_TEST

static const struct {
	const char *script;
	int patience_ms;
	const char *why;
} ends[] = {
	{ "while :; do :; done", 300, "it is not done in time" },
	{ "exec >&- 2>&-; while :; do :; done", 300, "it is not done in time" },
	{ "(while :; do :; done) & exit 0", 300, "it is not done in time" },
	{ "x=0123456789012345678901234567890123456789; x=$x$x$x$x$x$x$x$x; "
	  "while :; do echo $x; done", PATIENCE_MS, "it says too much" },
	{ "x=0123456789012345678901234567890123456789; x=$x$x$x$x$x$x$x$x; "
	  "while :; do echo $x >&2; done", PATIENCE_MS, "it says too much" },
	{ "printf 'a\\0b'", PATIENCE_MS, "it says what is no text" },
};

START_TEST(bad_a_client_that_goes_wrong)
{
	struct client_said said;
	struct fault f = { 0 };
	time_t began = time(NULL);

	ck_assert(!shell(&said, ends[_i].script, ends[_i].patience_ms, &f));
	ck_assert_str_eq(f.text, arena_printf(a, "the docker client /bin/sh "
	    "cannot be asked: %s", ends[_i].why));
	ck_assert_int_lt(time(NULL) - began, PATIENCE_MS / 1000);
}
END_TEST

static const char *
there(const char *path)
{
	struct fault f = { 0 };

	return client_run_there(a, path, &f) ? "" : f.text;
}

START_TEST(deny_what_is_not_roots_program)
{
	struct client_said said;
	struct strv words = strv_new(a);
	struct fault f = { 0 };

	root_file("script", "#!/bin/sh\n", 0755, 0);
	root_file("others", "\177ELF", 0755, OTHER);
	root_file("open", "\177ELF", 0777, 0);
	root_file("empty", "", 0755, 0);
	root_file("plain", "\177ELF", 0644, 0);
	root_file("good", "\177ELF", 0755, 0);
	root_directory("away", 0755, OTHER);
	root_file("away/docker", "\177ELF", 0755, 0);
	root_link(root_path("good"), "link", OTHER);
	ck_assert_ptr_nonnull(strstr(there(root_path("script")),
	    "is a script"));
	ck_assert_ptr_nonnull(strstr(there(root_path("others")),
	    "is not owned by root"));
	ck_assert_ptr_nonnull(strstr(there(root_path("open")),
	    "is writable by group or others"));
	ck_assert_ptr_nonnull(strstr(there(root_path("empty")),
	    "is no program"));
	ck_assert_ptr_nonnull(strstr(there(root_path("plain")),
	    "is not executable"));
	ck_assert_ptr_nonnull(strstr(there(root_path("away/docker")),
	    "which is not owned by root"));
	ck_assert_ptr_nonnull(strstr(there(root_path("link")),
	    "symbolic link that is not root's"));
	ck_assert_ptr_nonnull(strstr(there(root_home),
	    "is not a regular file"));
	ck_assert_str_eq(there(root_path("good")), "");
	/* No program, as the kernel finds out. */
	ck_assert(!client_run(&said, a, root_path("good"), &words,
	    PATIENCE_MS, &f));
	ck_assert_ptr_nonnull(strstr(f.text, "cannot be asked: Exec format"));
}
END_TEST

Suite *
client_run_suite(void)
{
	Suite *s = suite_create("client_run");
	TCase *t = tcase_of(s, "client_run"), *root;

	ONE(t, valid_what_it_says_and_how_it_ends);
	ONE(t, valid_much_on_both_outputs);
	ONE(t, valid_nothing_comes_along);
	ONE(t, valid_it_is_nobody_for_good);
	ONE(t, deny_other_programs);
	EACH(t, bad_a_client_that_goes_wrong, ends);
	root = root_tcase(s, "client_run as root");
	if (root != NULL)
		ONE(root, deny_what_is_not_roots_program);
	return s;
}
