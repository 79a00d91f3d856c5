/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/trust.h"

#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

static const struct {
	uid_t uid;
	mode_t mode;
	bool good;
} owners[] = {
	{ 0, 0644, true },
	{ 0, 0600, true },
	{ 0, 0755, true },
	{ 0, 04755, true },
	{ 0, 0664, false },
	{ 0, 0646, false },
	{ 0, 0666, false },
	{ 0, 0777, false },
	{ 0, 01777, false },
	{ 1000, 0600, false },
	{ 1000, 0400, false },
	{ 65534, 0644, false },
};

START_TEST(deny_what_others_own_or_may_write)
{
	struct stat st = { .st_uid = owners[_i].uid,
		.st_mode = S_IFREG | owners[_i].mode };

	ck_assert_int_eq(trust_owner(&st) == NULL, owners[_i].good);
}
END_TEST

/* What is said of a path below the test's directory; NULL: it is trusted. */
static const char *
said(const char *path, enum trust_end end)
{
	const char *why = NULL;
	struct stat st;
	int fd = trust_open(a, path, end, &st, &why);

	if (fd < 0) {
		ck_assert_ptr_nonnull(why);
		return why;
	}
	ck_assert_int_ne(fcntl(fd, F_GETFL) & O_PATH, 0);
	ck_assert_int_ne(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
	close(fd);
	return NULL;
}

static void
says(const char *path, enum trust_end end, const char *part)
{
	const char *why = said(path, end);

	ck_assert_msg(why != NULL, "%s is trusted", path);
	ck_assert_msg(strstr(why, part) != NULL, "%s %s", path, why);
}

START_TEST(valid_a_file_of_root_s_in_root_s_directories)
{
	root_file("f", "x", 0644, 0);
	root_directory("d", 0755, 0);
	root_file("d/g", "x", 0600, 0);
	ck_assert_pstr_eq(said(root_path("f"), TRUST_NO_LINK), NULL);
	ck_assert_pstr_eq(said(root_path("d/g"), TRUST_NO_LINK), NULL);
	ck_assert_pstr_eq(said(root_path("d//./../d/g"), TRUST_NO_LINK), NULL);
	ck_assert_pstr_eq(said(root_path("d"), TRUST_NO_LINK), NULL);
}
END_TEST

/* The end itself is for the caller to judge. */
START_TEST(valid_the_end_is_told_as_it_is)
{
	const char *why;
	struct stat st;
	int fd;

	root_file("f", "x", 0666, OTHER);
	fd = trust_open(a, root_path("f"), TRUST_NO_LINK, &st, &why);
	ck_assert_int_ge(fd, 0);
	ck_assert_uint_eq(st.st_uid, OTHER);
	ck_assert(S_ISREG(st.st_mode));
	ck_assert_ptr_nonnull(trust_owner(&st));
	close(fd);
}
END_TEST

START_TEST(junk_paths)
{
	says("", TRUST_NO_LINK, "is not an absolute path");
	says("f", TRUST_NO_LINK, "is not an absolute path");
	says("./f", TRUST_NO_LINK, "is not an absolute path");
	says("/", TRUST_NO_LINK, "is a directory");
	says("//./", TRUST_NO_LINK, "is a directory");
	says(root_path("nosuch"), TRUST_NO_LINK, "does not exist");
	says(root_path("nosuch/x"), TRUST_NO_LINK, "does not exist");
	root_file("f", "x", 0644, 0);
	says(root_path("f/x"), TRUST_NO_LINK, "is not below a directory");
}
END_TEST

static const struct {
	mode_t mode;
	uid_t uid;
	const char *why;
} directories[] = {
	{ 0755, OTHER, "which is not owned by root" },
	{ 0700, OTHER, "which is not owned by root" },
	{ 0775, 0, "which is writable by group or others" },
	{ 0757, 0, "which is writable by group or others" },
	{ 01777, 0, "which is writable by group or others" },
};

START_TEST(deny_a_directory_on_the_way_that_others_may_change)
{
	root_directory("d", 0755, 0);
	root_directory("d/e", 0755, 0);
	root_file("d/e/f", "x", 0644, 0);
	ck_assert_pstr_eq(said(root_path("d/e/f"), TRUST_NO_LINK), NULL);
	root_change("d", directories[_i].mode, directories[_i].uid);
	says(root_path("d/e/f"), TRUST_NO_LINK, directories[_i].why);
	says(root_path("d/e/../e/f"), TRUST_NO_LINK, directories[_i].why);
	says(root_path("d/e/f"), TRUST_ROOTS_LINK, directories[_i].why);
	/* and the message names it */
	says(root_path("d/e/f"), TRUST_NO_LINK, root_path("d, which"));
}
END_TEST

START_TEST(deny_a_link_at_the_end)
{
	root_file("f", "x", 0644, 0);
	root_link("f", "l", 0);
	says(root_path("l"), TRUST_NO_LINK, "is a symbolic link");
	ck_assert_pstr_eq(said(root_path("l"), TRUST_ROOTS_LINK), NULL);
	root_link("l", "m", 0);
	ck_assert_pstr_eq(said(root_path("m"), TRUST_ROOTS_LINK), NULL);
}
END_TEST

START_TEST(valid_links_of_root_s_on_the_way)
{
	root_directory("d", 0755, 0);
	root_file("d/f", "x", 0644, 0);
	root_link("d", "l", 0);
	root_link(root_path("d"), "m", 0);
	root_link("../d", "d/up", 0);
	ck_assert_pstr_eq(said(root_path("l/f"), TRUST_NO_LINK), NULL);
	ck_assert_pstr_eq(said(root_path("m/f"), TRUST_NO_LINK), NULL);
	ck_assert_pstr_eq(said(root_path("d/up/f"), TRUST_NO_LINK), NULL);
	ck_assert_pstr_eq(said(root_path("l/../m//f"), TRUST_NO_LINK), NULL);
}
END_TEST

START_TEST(deny_links_of_others)
{
	root_directory("d", 0755, 0);
	root_file("d/f", "x", 0644, 0);
	root_link("d", "l", OTHER);
	root_link("d/f", "m", OTHER);
	says(root_path("l/f"), TRUST_NO_LINK, "symbolic link that is not root");
	says(root_path("m"), TRUST_ROOTS_LINK, "symbolic link that is not");
	says(root_path("m"), TRUST_NO_LINK, "is a symbolic link");
}
END_TEST

/* Where a link of root's leads is walked with the same eyes. */
START_TEST(deny_a_link_that_leads_through_others_directories)
{
	root_directory("open", 0777, 0);
	root_file("open/f", "x", 0644, 0);
	root_link("open/f", "l", 0);
	root_link(root_path("open"), "m", 0);
	says(root_path("l"), TRUST_ROOTS_LINK, "writable by group or others");
	says(root_path("m/f"), TRUST_NO_LINK, "writable by group or others");
	root_link("/tmp", "t", 0);
	says(root_path("t/x"), TRUST_NO_LINK, "writable by group or others");
}
END_TEST

START_TEST(limit_links_that_go_round)
{
	root_link("b", "a", 0);
	root_link("a", "b", 0);
	says(root_path("a"), TRUST_ROOTS_LINK, "too many symbolic links");
	says(root_path("a/x"), TRUST_NO_LINK, "too many symbolic links");
	root_link("nosuch", "c", 0);
	says(root_path("c"), TRUST_ROOTS_LINK, "does not exist");
}
END_TEST

/* What must not be exchanged is reached by no link, root's or not. */
START_TEST(deny_steady_through_a_link)
{
	root_directory("d", 0755, 0);
	root_file("d/f", "x", 0644, 0);
	root_link("d", "l", 0);
	root_link("d/f", "m", 0);
	root_link("d", "his", OTHER);
	ck_assert_pstr_eq(said(root_path("d"), TRUST_STEADY), NULL);
	ck_assert_pstr_eq(said(root_path("d/f"), TRUST_STEADY), NULL);
	says(root_path("l"), TRUST_STEADY, "is a symbolic link");
	says(root_path("l/f"), TRUST_STEADY, "is a symbolic link");
	says(root_path("m"), TRUST_STEADY, "is a symbolic link");
	says(root_path("his"), TRUST_STEADY, "is a symbolic link");
	says(root_path("his/f"), TRUST_STEADY, "is a symbolic link");
}
END_TEST

/* Only who may write to the directory exchanges what is in it. */
START_TEST(valid_steady_the_end_may_be_anybody_s)
{
	root_directory("d", 0755, 0);
	root_directory("d/his", 0777, OTHER);
	root_file("d/his/f", "x", 0666, OTHER);
	ck_assert_pstr_eq(said(root_path("d/his"), TRUST_STEADY), NULL);
	says(root_path("d/his/f"), TRUST_STEADY, "which is not owned by root");
}
END_TEST

START_TEST(deny_steady_in_a_directory_that_others_may_change)
{
	root_directory("d", 0755, 0);
	root_directory("d/e", 0755, 0);
	root_file("d/e/f", "x", 0644, 0);
	ck_assert_pstr_eq(said(root_path("d/e/f"), TRUST_STEADY), NULL);
	root_change("d", directories[_i].mode, directories[_i].uid);
	says(root_path("d/e/f"), TRUST_STEADY, directories[_i].why);
	says(root_path("d/e"), TRUST_STEADY, directories[_i].why);
	ck_assert_pstr_eq(said(root_path("d"), TRUST_STEADY), NULL);
}
END_TEST

/* proc and sysfs, for instance, are on no list; nor is what a server has. */
START_TEST(deny_steady_on_a_file_system_that_is_not_known)
{
	says("/proc/sys/kernel/ostype", TRUST_STEADY, "file system");
	says("/sys/kernel/mm", TRUST_STEADY, "file system");
	ck_assert_pstr_eq(said("/proc/sys/kernel/ostype", TRUST_NO_LINK), NULL);
	/* the end itself may be one: it is what was looked at */
	ck_assert_pstr_eq(said("/proc", TRUST_STEADY), NULL);
}
END_TEST

Suite *
trust_suite(void)
{
	Suite *s = suite_create("trust");
	TCase *t = tcase_of(s, "trust");

	EACH(t, deny_what_others_own_or_may_write, owners);
	t = root_tcase(s, "walk");
	if (t == NULL)
		return s;
	ONE(t, valid_a_file_of_root_s_in_root_s_directories);
	ONE(t, valid_the_end_is_told_as_it_is);
	ONE(t, junk_paths);
	EACH(t, deny_a_directory_on_the_way_that_others_may_change,
	    directories);
	ONE(t, deny_a_link_at_the_end);
	ONE(t, valid_links_of_root_s_on_the_way);
	ONE(t, deny_links_of_others);
	ONE(t, deny_a_link_that_leads_through_others_directories);
	ONE(t, limit_links_that_go_round);
	ONE(t, deny_steady_through_a_link);
	ONE(t, valid_steady_the_end_may_be_anybody_s);
	EACH(t, deny_steady_in_a_directory_that_others_may_change, directories);
	ONE(t, deny_steady_on_a_file_system_that_is_not_known);
	return s;
}
