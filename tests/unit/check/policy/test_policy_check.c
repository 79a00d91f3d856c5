/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/policy_check.h"

#include "core/base/strv.h"

#include "root.h"
#include "suites.h"

/* All findings in one string, the directory's name left out. */
static const char *
check(const char *name)
{
	struct findings f = findings_new(a);
	struct strv lines = strv_new(a);
	size_t n = strlen(root_home) + 1;

	policy_check(&f, root_path(name));
	findings_sort(&f);
	for (size_t i = 0; i < f.n; i++) {
		const char *line = finding_line(a, &f.v[i]);

		strv_push(&lines, strncmp(line, root_home, n - 1) == 0
		    ? line + n : line);
	}
	return strv_join(&lines, " | ");
}

static void
including(const char *what)
{
	root_file("p", arena_printf(a, "[main]\nINCLUDE=%s/%s\n", root_home,
	    what), 0644, OTHER);
}

/* The file itself will be installed; what it includes is there. */
START_TEST(valid_owners)
{
	root_file("x.conf", "[command:stop]\n", 0644, 0);
	including("*.conf");
	ck_assert_str_eq(check("p"), "");
	root_file("p", "[command:stop]\n", 0666, OTHER);
	ck_assert_str_eq(check("p"), "");
}
END_TEST

static const struct {
	mode_t mode;
	uid_t uid;
	const char *line;
} files[] = {
	{ 0664, 0, "x.conf: error: is writable by group or others "
		   "(chmod go-w)" },
	{ 0644, OTHER, "x.conf: error: is not owned by root" },
};

START_TEST(deny_included_files_of_others)
{
	root_file("x.conf", "[command:stop]\n", files[_i].mode, files[_i].uid);
	including("x.conf");
	ck_assert_str_eq(check("p"), files[_i].line);
}
END_TEST

START_TEST(deny_included_files_in_open_directories)
{
	root_directory("d", 0777, 0);
	root_file("d/x.conf", "[command:stop]\n", 0644, 0);
	including("d/x.conf");
	ck_assert_str_eq(check("p"), arena_printf(a, "d/x.conf: error: lies in "
	    "%s/d, which is writable by group or others", root_home));
	root_change("d", 0755, 0);
	ck_assert_str_eq(check("p"), "");
}
END_TEST

START_TEST(deny_faults_of_each_file)
{
	root_file("x.conf", "[command:stop]\nWRONG=1\n[command:nosuch]\n", 0644,
	    0);
	root_file("y.conf", "[main]\nINCLUDE=/z\n", 0644, 0);
	root_file("p", arena_printf(a, "[main]\nWRONG=1\n"
	    "INCLUDE=%s/x.conf %s/gone.conf %s/y.conf\n", root_home, root_home,
	    root_home), 0644, 0);
	ck_assert_str_eq(check("p"), arena_printf(a, "p:2: error: unknown key "
	    "'WRONG' | x.conf:2: error: unknown key 'WRONG' | x.conf:3: error: "
	    "docker has no command 'nosuch' that undocker knows | gone.conf: "
	    "error: does not exist (INCLUDE in %s/p) | y.conf:2: error: an "
	    "included file cannot include", root_home));
}
END_TEST

/* What a policy names must not be opened for reading to see what it is. */
START_TEST(deny_what_is_no_file)
{
	ck_assert_str_eq(check("p"), "p: error: does not exist");
	root_directory("d", 0755, 0);
	ck_assert_str_eq(check("d"), "d: error: is a directory");
	ck_assert_int_eq(mkfifo(root_path("x.conf"), 0600), 0);
	including("x.conf");
	ck_assert_str_eq(check("p"), "x.conf: error: is not a regular file");
}
END_TEST

START_TEST(valid_accounts)
{
	root_file("p", "[command:stop user:root]\n[command:stop user:no such]\n"
	    "[command:stop group:root]\n[command:stop group:no such]\n",
	    0644, 0);
	ck_assert_str_eq(check("p"), "p:2: warning: stop: the accounts do not "
	    "know user 'no such': this section applies to nobody | p:4: error: "
	    "the accounts do not know group 'no such' (REQUIREGROUPS=false "
	    "lets such sections be)");
}
END_TEST

Suite *
policy_check_suite(void)
{
	Suite *s = suite_create("policy_check");
	TCase *t = root_tcase(s, "policy_check");

	if (t == NULL)
		return s;
	ONE(t, valid_owners);
	EACH(t, deny_included_files_of_others, files);
	ONE(t, deny_included_files_in_open_directories);
	ONE(t, deny_faults_of_each_file);
	ONE(t, deny_what_is_no_file);
	ONE(t, valid_accounts);
	return s;
}
