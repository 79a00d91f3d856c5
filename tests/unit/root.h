/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A directory of root's in a place of root's, which /tmp is not: what must be
 * trusted can stand there.
 */
#ifndef UNDOCKER_ROOT_H
#define UNDOCKER_ROOT_H

#include "fixture.h"

#include <check.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OTHER 65534U /* a uid that is not root's */

static char root_home[64];

/* The path of a file in the directory. */
static const char *
root_path(const char *name)
{
	return arena_printf(a, "%s/%s", root_home, name);
}

static inline void
root_change(const char *name, mode_t mode, uid_t uid)
{
	ck_assert_int_eq(chown(root_path(name), uid, 0), 0);
	ck_assert_int_eq(chmod(root_path(name), mode), 0);
}

static inline void
root_file(const char *name, const char *bytes, mode_t mode, uid_t uid)
{
	int fd = open(root_path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, strlen(bytes)),
	    (ssize_t)strlen(bytes));
	ck_assert_int_eq(close(fd), 0);
	root_change(name, mode, uid);
}

static inline void
root_directory(const char *name, mode_t mode, uid_t uid)
{
	ck_assert_int_eq(mkdir(root_path(name), 0700), 0);
	root_change(name, mode, uid);
}

static inline void
root_link(const char *target, const char *name, uid_t uid)
{
	ck_assert_int_eq(symlink(target, root_path(name)), 0);
	ck_assert_int_eq(lchown(root_path(name), uid, 0), 0);
}

static void
root_begin(void)
{
	snprintf(root_home, sizeof(root_home), "/run/undocker-unit.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root_home));
	ck_assert_int_eq(chmod(root_home, 0755), 0);
}

static int
root_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void
root_end(void)
{
	(void)nftw(root_home, root_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* A test case with a new directory for each test. NULL: this is not root. */
static TCase *
root_tcase(Suite *s, const char *name)
{
	TCase *t;

	if (geteuid() != 0) {
		fprintf(stderr, "%s: not root, left out\n", name);
		return NULL;
	}
	t = tcase_of(s, name);
	tcase_add_checked_fixture(t, root_begin, root_end);
	return t;
}

#endif
