/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/policy_file.h"

#include "core/policy/section.h"

#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <dirent.h>
#include <errno.h>

#define RUN "[command:run]\n"

static struct fault fault;

/* After so many names of a directory comes an error; -1: none. */
static int readdir_fails = -1;

struct dirent *__real_readdir(DIR *d);
struct dirent *__wrap_readdir(DIR *d);

struct dirent *
__wrap_readdir(DIR *d)
{
	if (readdir_fails != 0) {
		readdir_fails -= readdir_fails > 0;
		return __real_readdir(d);
	}
	errno = EIO;
	return NULL;
}

/* The titles of the sections as they were read; NULL: fault. */
static const char *
load(const char *name, enum policy_trust trust)
{
	struct policy *p = policy_new(a);
	struct strv titles = strv_new(a);

	fault = (struct fault) { 0 };
	if (!policy_file_load(p, a, *name == '/' ? name : root_path(name),
		trust, &fault)) {
		ck_assert_int_eq(fault.kind, FAULT_POLICY);
		return NULL;
	}
	for (size_t i = 0; i < p->n; i++)
		strv_push(&titles, p->sections[i]->title);
	return strv_join(&titles, "|");
}

static void
refused(const char *name, const char *part)
{
	ck_assert_pstr_eq(load(name, POLICY_ROOTS), NULL);
	ck_assert_msg(strstr(fault.text, part) != NULL, "%s", fault.text);
}

START_TEST(valid_a_file_of_root_s)
{
	root_file("p", "[main]\n" RUN, 0644, 0);
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	root_file("e", "", 0600, 0);
	ck_assert_pstr_eq(load("e", POLICY_ROOTS), "");
}
END_TEST

static const struct {
	mode_t mode;
	uid_t uid;
	const char *why;
} files[] = {
	{ 0664, 0, "is writable by group or others" },
	{ 0646, 0, "is writable by group or others" },
	{ 0644, OTHER, "is not owned by root" },
	{ 0400, OTHER, "is not owned by root" },
};

START_TEST(deny_a_file_that_others_may_change)
{
	root_file("p", RUN, files[_i].mode, files[_i].uid);
	refused("p", files[_i].why);
	/* undocker-check reads any */
	ck_assert_pstr_eq(load("p", POLICY_ANY), "command:run");
}
END_TEST

START_TEST(deny_what_is_no_file)
{
	refused("nosuch", "does not exist (an administrator must install it)");
	root_directory("d", 0755, 0);
	refused("d", "is a directory");
	ck_assert_int_eq(mkfifo(root_path("fifo"), 0600), 0);
	refused("fifo", "is not a regular file");
	ck_assert_pstr_eq(load("fifo", POLICY_ANY), NULL);
	ck_assert_pstr_eq(load("d", POLICY_ANY), NULL);
	root_file("p", RUN, 0644, 0);
	root_link("p", "l", 0);
	refused("l", "is a symbolic link");
	root_directory("o", 0777, 0);
	root_file("o/p", RUN, 0644, 0);
	refused("o/p", "is writable by group or others");
	refused("/dev/null", "is not a regular file");
}
END_TEST

START_TEST(junk_a_fault_names_the_file)
{
	root_file("p", "[main]\nNOSUCHKEY=1\n", 0644, 0);
	refused("p", root_path("p:2: unknown key 'NOSUCHKEY'"));
}
END_TEST

/* "[main]\nINCLUDE=DIRECTORY/pattern\n" */
static void
including(const char *pattern)
{
	root_file("p", arena_printf(a, "[main]\nINCLUDE=%s\n" RUN,
	    root_path(pattern)), 0644, 0);
}

START_TEST(valid_included_files_are_sorted_and_come_behind)
{
	root_directory("c", 0755, 0);
	root_file("c/20.conf", "[command:ps]\n", 0644, 0);
	root_file("c/10.conf", "[command:rm]\n", 0644, 0);
	root_file("c/9.conf", "[command:cp]\n", 0644, 0);
	root_file("c/x.bak", "rubbish", 0644, 0);
	root_file("c/.hidden.conf", "rubbish", 0644, 0);
	including("c/*.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS),
	    "main|command:run|command:rm|command:ps|command:cp");
	including("c/10.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS),
	    "main|command:run|command:rm");
}
END_TEST

START_TEST(valid_a_glob_may_match_nothing_but_a_name_must_be_there)
{
	root_directory("c", 0755, 0);
	including("c/*.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	including("nosuch/*.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	including("c/local.conf");
	refused("p", "does not exist (INCLUDE in");
}
END_TEST

START_TEST(valid_directories_of_a_path_may_be_many)
{
	root_directory("c", 0755, 0);
	root_directory("c/b", 0755, 0);
	root_directory("c/b.d", 0755, 0);
	root_directory("c/.d", 0755, 0);
	root_file("c/b/x.conf", "[command:rm]\n", 0644, 0);
	root_file("c/b.d/x.conf", "[command:ps]\n", 0644, 0);
	root_file("c/b.d/y.conf", "[command:cp]\n", 0644, 0);
	root_file("c/.d/x.conf", "rubbish", 0644, 0);
	root_file("c/file", "rubbish", 0644, 0);
	including("c/*/x.conf");
	/* as a whole: '.' sorts before '/' */
	ck_assert_pstr_eq(load("p", POLICY_ROOTS),
	    "main|command:run|command:ps|command:rm");
	including("c/*/[!x].conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS),
	    "main|command:run|command:cp");
	including("c/b?d//?.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS),
	    "main|command:run|command:ps|command:cp");
	including("c/*/nosuch.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	including("p/*.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	including("c/file");
	refused("p", root_path("c/file:1:"));
}
END_TEST

/* What cannot be read to its end may hold a file that restricts. */
START_TEST(deny_a_directory_that_is_not_read_whole)
{
	root_directory("c", 0755, 0);
	root_file("c/a.conf", "[command:ps]\n", 0644, 0);
	including("c/*.conf");
	/* its own, ".", ".." */
	for (int names = 0; names <= 3; names++) {
		readdir_fails = names;
		refused("p", "cannot be read: Input/output error");
	}
	readdir_fails = -1;
	ck_assert_pstr_eq(load("p", POLICY_ROOTS),
	    "main|command:run|command:ps");
}
END_TEST

/* From where others can take a file away. */
START_TEST(deny_a_directory_of_others_even_if_it_is_empty)
{
	root_directory("c", 0777, 0);
	including("c/*.conf");
	refused("p", root_path("c is writable by group or others"));
	ck_assert_pstr_eq(load("p", POLICY_ANY), "main|command:run");
	root_change("c", 0755, OTHER);
	refused("p", root_path("c is not owned by root"));
	including("[c]/*.conf");
	refused("p", root_path("c is not owned by root"));
	root_change("c", 0755, 0);
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	root_link("c", "l", 0);
	including("l/*.conf");
	ck_assert_pstr_eq(load("p", POLICY_ROOTS), "main|command:run");
	root_link("c", "m", OTHER);
	including("m/*.conf");
	refused("p", "a symbolic link that is not root's");
}
END_TEST

START_TEST(deny_an_included_file_has_the_same_rules)
{
	root_directory("c", 0755, 0);
	root_file("c/a.conf", "[command:ps]\n", 0664, 0);
	including("c/*.conf");
	refused("p", root_path("c/a.conf: is writable by group or others"));
	root_change("c/a.conf", 0644, OTHER);
	refused("p", "is not owned by root");
	root_change("c/a.conf", 0644, 0);
	ck_assert_ptr_nonnull(load("p", POLICY_ROOTS));
	root_change("c", 0777, 0);
	refused("p", "is writable by group or others");
	root_change("c", 0755, 0);
	root_link("a.conf", "c/b.conf", 0);
	refused("p", "c/b.conf: is a symbolic link");
}
END_TEST

START_TEST(deny_nested_includes_and_faults_inside)
{
	root_directory("c", 0755, 0);
	root_file("c/a.conf", "[main]\nINCLUDE=/x\n", 0644, 0);
	including("c/*.conf");
	refused("p", root_path("c/a.conf:2: an included file cannot include"));
	root_file("c/a.conf", "\n[command:nosuch]\n", 0644, 0);
	refused("p", root_path("c/a.conf:2: docker has no command"));
}
END_TEST

START_TEST(too_long_a_file_has_at_most_64_mib)
{
	root_file("p", RUN, 0644, 0);
	ck_assert_int_eq(truncate(root_path("p"), ((off_t)64 << 20) + 1), 0);
	refused("p", "is larger than 64 MiB");
}
END_TEST

Suite *
policy_file_suite(void)
{
	Suite *s = suite_create("policy_file");
	TCase *t = root_tcase(s, "policy_file");

	if (t == NULL)
		return s;
	ONE(t, valid_a_file_of_root_s);
	EACH(t, deny_a_file_that_others_may_change, files);
	ONE(t, deny_what_is_no_file);
	ONE(t, junk_a_fault_names_the_file);
	ONE(t, valid_included_files_are_sorted_and_come_behind);
	ONE(t, valid_a_glob_may_match_nothing_but_a_name_must_be_there);
	ONE(t, valid_directories_of_a_path_may_be_many);
	ONE(t, deny_a_directory_that_is_not_read_whole);
	ONE(t, deny_a_directory_of_others_even_if_it_is_empty);
	ONE(t, deny_an_included_file_has_the_same_rules);
	ONE(t, deny_nested_includes_and_faults_inside);
	ONE(t, too_long_a_file_has_at_most_64_mib);
	return s;
}
