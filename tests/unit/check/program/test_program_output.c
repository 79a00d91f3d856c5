/* SPDX-License-Identifier: Apache-2.0 */
#include "check/program/program_output.h"

#include "root.h"
#include "suites.h"

#include <stdlib.h>

static bool
shell(struct program_output *o, const char *script, const char **why)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	*why = NULL;
	return program_output(o, a, "/bin/sh", argv, why);
}

START_TEST(valid_output_status_and_first_error_line)
{
	struct program_output o = { 0 };
	const char *why;

	ck_assert(shell(&o, "echo out; printf 'e1\\ne2\\n' >&2; exit 3", &why));
	ck_assert_str_eq(o.out, "out\n");
	ck_assert_uint_eq(o.size, 4);
	ck_assert_str_eq(o.err, "e1");
	ck_assert_int_eq(o.status, 3);
}
END_TEST

START_TEST(valid_output_larger_than_a_pipe_comes_whole)
{
	struct program_output o = { 0 };
	const char *why;

	ck_assert(shell(&o, "head -c 300000 /dev/zero", &why));
	ck_assert_uint_eq(o.size, 300000);
	ck_assert_int_eq(o.status, 0);
}
END_TEST

START_TEST(valid_nothing_is_inherited)
{
	struct program_output o = { 0 };
	const char *why;

	ck_assert_int_eq(setenv("SECRET", "x", 1), 0);
	ck_assert(shell(&o, "echo \"$SECRET,$LC_ALL\"; cat; ls /proc/self/fd | "
	    "wc -l", &why));
	/* 0-2, and the directory that ls reads */
	ck_assert_str_eq(o.out, ",C\n4\n");
}
END_TEST

START_TEST(refused_too_much_output)
{
	struct program_output o = { 0 };
	const char *why;

	ck_assert(!shell(&o, "yes", &why));
	ck_assert_str_eq(why, "says too much");
}
END_TEST

START_TEST(refused_what_a_signal_ends)
{
	struct program_output o = { 0 };
	const char *why;

	ck_assert(!shell(&o, "echo half; kill -9 $$", &why));
	ck_assert_str_eq(why, "cannot be started");
}
END_TEST

START_TEST(refused_programs_of_others)
{
	const char *const argv[] = { "p", NULL };
	struct program_output o = { 0 };
	const char *why;

	root_file("p", "#!/bin/sh\n", 0755, OTHER);
	ck_assert(!program_output(&o, a, root_path("p"), argv, &why));
	ck_assert_str_eq(why, "is not owned by root");
	ck_assert(!program_output(&o, a, root_path("nosuch"), argv, &why));
	ck_assert_str_eq(why, "does not exist");
	ck_assert(!program_output(&o, a, root_home, argv, &why));
	ck_assert_str_eq(why, "is no program");
}
END_TEST

Suite *
program_output_suite(void)
{
	Suite *s = suite_create("program_output");
	TCase *t = root_tcase(s, "as_root");

	if (t == NULL)
		return s;
	ONE(t, valid_output_status_and_first_error_line);
	ONE(t, valid_output_larger_than_a_pipe_comes_whole);
	ONE(t, valid_nothing_is_inherited);
	ONE(t, refused_too_much_output);
	ONE(t, refused_what_a_signal_ends);
	ONE(t, refused_programs_of_others);
	return s;
}
