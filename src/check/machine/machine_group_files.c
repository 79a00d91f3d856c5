/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that the engine's group may read or write where others may not: the
 * walk is broad first, on local file systems only, and ends in time.
 */
#include "check/machine/machine.h"
#include "core/base/text.h"
#include "host/files/mount_table.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { FILES_MOST = 400000, FILES_SECONDS = 5, NAMED_MOST = 5 };

struct walk {
	struct machine *h;
	struct arena *arena; /* gone with the walk */
	const char *group;
	struct strv directories; /* still to be read, and those that were */
	struct strv apart; /* not to be entered */
	time_t end;
	size_t files, found;
};

static bool
is_local(const char *type)
{
	return TEXT_AMONG(type, "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs",
	    "zfs", "overlay", "tmpfs", "bcachefs", "jfs", "reiserfs", "vfat");
}

/* A server that is gone would hold whoever looks at its mount. */
static void
leave_apart(struct walk *w)
{
	/* Docker's own, and what is packages' alone. */
	static const char *const known[] = { "/proc", "/sys", "/dev",
		"/run/docker", "/var/lib/docker", "/var/lib/containerd",
		"/run/containerd", "/usr/include", "/usr/lib", "/usr/share",
		"/usr/src" };
	struct mount_table table;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		strv_push(&w->apart, known[i]);
	if (w->h->data != NULL)
		strv_push(&w->apart, w->h->data);
	/* As far as the kernel says. */
	(void)mount_table_read(&table, w->arena);
	for (size_t i = 0; i < table.n; i++) {
		if (!is_local(table.v[i].type))
			strv_push(&w->apart, table.v[i].place);
	}
}

/* What the group has of it and the others have not. */
static bool
is_open_to_group(const struct walk *w, const struct stat *st)
{
	mode_t group = (st->st_mode >> 3) & 07, others = st->st_mode & 07;

	return st->st_gid == w->h->gid && (group & ~others & 06) != 0 &&
	    (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode));
}

static void
look(struct walk *w, int dir, const char *in, const char *name)
{
	const char *path = arena_printf(w->arena, "%s/%s",
	    strcmp(in, "/") == 0 ? "" : in, name);
	struct stat st;

	w->files++;
	if (strv_has(&w->apart, path) ||
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0)
		return;
	if (is_open_to_group(w, &st) && ++w->found <= NAMED_MOST)
		findings_add(w->h->findings, SEVERITY_WARNING,
		    arena_strdup(w->h->arena, path), 0,
		    "belongs to the group %s, which every user's docker client "
		    "has (docker cp reaches it): give it another group",
		    w->group);
	/* Where its owner alone gets in, the group gets nothing. */
	if (S_ISDIR(st.st_mode) && (st.st_mode & (S_IXGRP | S_IXOTH)) != 0)
		strv_push(&w->directories, path);
}

/* Users' directories change while they are read: no link leads out. */
static void
enter(struct walk *w, const char *path)
{
	struct open_how how = { .flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC |
		O_NOFOLLOW | O_NONBLOCK, .resolve = RESOLVE_NO_SYMLINKS };
	int fd = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *e;

	if (d == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return;
	}
	while (w->files < FILES_MOST && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			look(w, fd, path, e->d_name);
	}
	(void)closedir(d);
}

void
machine_group_files(struct machine *h, const char *group)
{
	struct walk w = { .h = h, .arena = arena_new(), .group = group,
		.end = time(NULL) + FILES_SECONDS };
	size_t next = 0;

	w.directories = strv_new(w.arena);
	w.apart = strv_new(w.arena);
	leave_apart(&w);
	strv_push(&w.directories, "/");
	while (next < w.directories.n && w.files < FILES_MOST &&
	    time(NULL) < w.end)
		enter(&w, w.directories.v[next++]);
	if (w.found > NAMED_MOST)
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "%zu more files belong to the group %s",
		    w.found - NAMED_MOST, group);
	if (next < w.directories.n)
		findings_add(h->findings, SEVERITY_NOTE, NULL, 0,
		    "of this host's files only %zu were looked at for the "
		    "group %s: find / -xdev -group %s", w.files, group, group);
	arena_free(w.arena);
}
