/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/caller_cgroup.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Whether a line of /proc/self/cgroup ends in :PATH. */
static bool
in_the_table(const char *path)
{
	FILE *table = fopen("/proc/self/cgroup", "re");
	char line[4096];
	bool found = false;

	ck_assert_ptr_nonnull(table);
	while (fgets(line, sizeof(line), table) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		found = found || (strlen(line) > strlen(path) &&
		    strcmp(line + strlen(line) - strlen(path), path) == 0 &&
		    line[strlen(line) - strlen(path) - 1] == ':');
	}
	(void)fclose(table);
	return found;
}

START_TEST(valid_it_is_this_process_s_own)
{
	struct caller c = { .uid = 1000, .cgroup = "/stale" };

	caller_cgroup(&c, a);
	ck_assert_ptr_nonnull(c.cgroup);
	ck_assert_int_eq(c.cgroup[0], '/');
	ck_assert_ptr_null(strchr(c.cgroup, '\n'));
	ck_assert_msg(in_the_table(c.cgroup), "%s", c.cgroup);
}
END_TEST

/* Nothing can be opened any more: nothing is said. */
static int
try_blind(void *data)
{
	const struct rlimit none = { 0, 0 };
	struct caller c = { .uid = 1000, .cgroup = "/stale" };

	(void)data;
	if (setrlimit(RLIMIT_NOFILE, &none) != 0)
		return 1;
	caller_cgroup(&c, a);
	return c.cgroup == NULL ? 0 : 2;
}

START_TEST(deny_what_cannot_be_read)
{
	ck_assert_int_eq(child_status(try_blind, NULL), 0);
}
END_TEST

Suite *
caller_cgroup_suite(void)
{
	Suite *s = suite_create("caller_cgroup");
	TCase *t = tcase_of(s, "caller_cgroup");

	ONE(t, valid_it_is_this_process_s_own);
	ONE(t, deny_what_cannot_be_read);
	return s;
}
