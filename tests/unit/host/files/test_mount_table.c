/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/mount_table.h"

#include "child.h"
#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <sched.h>
#include <stdbool.h>
#include <sys/mount.h>

#define NOT_HERE 100

/* The names are such as the kernel escapes. */
static const char *const names[] = { "plain", "a b", "a\tb", "a\nb", "a\\040b",
	"a\\b", "caf\xc3\xa9", "\xff" };

static bool
mounted(const char *path)
{
	return mkdir(path, 0755) == 0 &&
	    mount("none", path, "tmpfs", 0, NULL) == 0;
}

static int
try_name(void *data)
{
	const char *outer = root_path(data);
	const char *beside = arena_printf(a, "%s.beside", outer);

	if (unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return NOT_HERE;
	/* a name that only begins so */
	if (mkdir(outer, 0755) != 0 || !mounted(beside))
		return 1;
	if (mount_table_below(a, outer))
		return 2;
	/* itself a mount, but none below it */
	if (mount("none", outer, "tmpfs", 0, NULL) != 0 ||
	    mount_table_below(a, outer))
		return 3;
	if (!mounted(arena_printf(a, "%s/in ner", outer)) ||
	    !mount_table_below(a, outer))
		return 4;
	return mount_table_below(a, root_home) && mount_table_below(a, "/") &&
	    !mount_table_below(a, beside) ? 0 : 5;
}

START_TEST(deny_mounts_below_are_seen)
{
	char *name = arena_strdup(a, names[_i]);
	int status = child_status(try_name, name);

	if (status != NOT_HERE)
		ck_assert_msg(status == 0, "%s: %d", name, status);
}
END_TEST

static int
try_no_proc(void *data)
{
	(void)data;
	if (unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return NOT_HERE;
	if (mount_table_below(a, root_home) ||
	    mount("none", "/proc", "tmpfs", 0, NULL) != 0)
		return 1;
	return mount_table_below(a, root_home) ? 0 : 2;
}

START_TEST(deny_where_the_kernel_does_not_say)
{
	int status = child_status(try_no_proc, NULL);

	ck_assert(status == 0 || status == NOT_HERE);
}
END_TEST

/* More of them than one read brings. */
static int
try_many(void *data)
{
	const char *path = root_path("many");

	(void)data;
	if (unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return NOT_HERE;
	if (mkdir(path, 0755) != 0 || mkdir(root_path("last"), 0755) != 0)
		return 1;
	for (int i = 0; i < 1500; i++) {
		if (mount("none", path, "tmpfs", 0, NULL) != 0)
			return 2;
	}
	if (mount_table_below(a, root_path("last")))
		return 3;
	return mounted(root_path("last/x")) &&
	    mount_table_below(a, root_path("last")) ? 0 : 4;
}

START_TEST(limit_many_mounts)
{
	int status = child_status(try_many, NULL);

	ck_assert(status == 0 || status == NOT_HERE);
}
END_TEST

Suite *
mount_table_suite(void)
{
	Suite *s = suite_create("mount_table");
	TCase *t = root_tcase(s, "mount_table");

	if (t == NULL)
		return s;
	EACH(t, deny_mounts_below_are_seen, names);
	ONE(t, deny_where_the_kernel_does_not_say);
	ONE(t, limit_many_mounts);
	return s;
}
