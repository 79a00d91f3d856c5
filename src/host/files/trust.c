/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#define LINKS_MAX 40 /* as the kernel */
#define ZFS_MAGIC 0x2fc12fc1UL /* no header of the kernel's has it */

struct walk {
	struct arena *a;
	int fd; /* the directory that was reached */
	const char *rest; /* what is left of the path */
	int links;
	enum trust_end end;
	int error; /* of the call that failed; 0: it was judged */
	const char **why;
};

const char *
trust_owner(const struct stat *st)
{
	if (st->st_uid != 0)
		return "is not owned by root";
	/* With an ACL the group bits are its mask: no entry grants more. */
	if ((st->st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return "is writable by group or others (chmod go-w)";
	return NULL;
}

/*
 * Others than this host's root may change what a server or a program serves.
 * What is not known here to be local is not.
 */
static bool
is_local(int fd)
{
	static const unsigned long types[] = { EXT4_SUPER_MAGIC,
		XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC, TMPFS_MAGIC,
		OVERLAYFS_SUPER_MAGIC, F2FS_SUPER_MAGIC, RAMFS_MAGIC,
		SQUASHFS_MAGIC, EROFS_SUPER_MAGIC_V1, ZFS_MAGIC };
	struct statfs fs;

	if (fstatfs(fd, &fs) != 0)
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if ((unsigned long)fs.f_type == types[i])
			return true;
	}
	return false;
}

static bool
walk_fails(struct walk *w, const char *why)
{
	*w->why = why;
	return false;
}

/* The same by a call that failed. */
static bool
walk_stops(struct walk *w, const char *why, int error)
{
	w->error = error;
	return walk_fails(w, why);
}

/* Where the directory is that fd is open on, for messages. */
static const char *
directory_name(struct arena *a, int fd)
{
	char link[32], name[PATH_MAX];
	ssize_t n;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, name, sizeof(name));
	return n > 0 && (size_t)n < sizeof(name) ?
	    arena_strndup(a, name, (size_t)n) : "a directory";
}

/* Goes on from fd, which becomes the walk's, if it can be trusted. */
static bool
walk_into(struct walk *w, int fd, const struct stat *st)
{
	if (w->fd >= 0)
		(void)close(w->fd);
	w->fd = fd;
	if (w->end == TRUST_STEADY && !is_local(fd))
		return walk_fails(w, "lies on a file system that others serve");
	if (trust_owner(st) == NULL)
		return true;
	return walk_fails(w, arena_printf(w->a, "lies in %s, which %s",
	    directory_name(w->a, fd), st->st_uid != 0 ?
	    "is not owned by root" : "is writable by group or others"));
}

static bool
walk_to_root(struct walk *w)
{
	int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return walk_stops(w, "is out of reach", errno);
	if (fstat(fd, &st) != 0) {
		(void)walk_stops(w, "is out of reach", errno);
		(void)close(fd);
		return false;
	}
	return walk_into(w, fd, &st);
}

/* fd, a link, is replaced in the rest of the path by where it points to. */
static bool
walk_link(struct walk *w, int fd, const struct stat *st)
{
	char target[PATH_MAX];
	ssize_t n;

	if (st->st_uid != 0)
		return walk_fails(w,
		    "is reached by a symbolic link that is not root's");
	if (++w->links > LINKS_MAX)
		return walk_fails(w, "is reached by too many symbolic links");
	n = readlinkat(fd, "", target, sizeof(target) - 1);
	if (n <= 0 || (size_t)n >= sizeof(target) - 1)
		return walk_stops(w, "is a symbolic link that is unreadable",
		    n < 0 ? errno : ENAMETOOLONG);
	target[n] = '\0';
	w->rest = arena_printf(w->a, "%s/%s", target, w->rest);
	return target[0] != '/' || walk_to_root(w);
}

/* The next component of the rest, or NULL where the path ends. */
static const char *
walk_next(struct walk *w)
{
	const char *name;
	size_t n;

	do {
		w->rest += strspn(w->rest, "/");
		n = strcspn(w->rest, "/");
		name = arena_strndup(w->a, w->rest, n);
		w->rest += n;
	} while (strcmp(name, ".") == 0);
	return n > 0 ? name : NULL;
}

static bool
walk_at_end(const struct walk *w)
{
	return w->rest[strspn(w->rest, "/")] == '\0';
}

static const char *
open_error(struct arena *a, int error)
{
	if (error == ENOENT)
		return "does not exist";
	return arena_printf(a, "cannot be opened: %s", strerror(error));
}

/*
 * One step; *end is the file once the path is walked. False: *w->why, or the
 * end was reached.
 */
static bool
walk_step(struct walk *w, enum trust_end end, struct stat *st, int *found)
{
	const char *name = walk_next(w);
	bool last = walk_at_end(w), on;
	int fd;

	if (name == NULL)
		return walk_fails(w, "is a directory");
	fd = openat(w->fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return walk_stops(w, open_error(w->a, errno), errno);
	if (fstat(fd, st) != 0) {
		on = walk_stops(w, "is out of reach", errno);
	} else if (S_ISLNK(st->st_mode)) {
		on = (last && end == TRUST_NO_LINK) || end == TRUST_STEADY ?
		    walk_fails(w, "is a symbolic link") : walk_link(w, fd, st);
	} else if (last) {
		*found = fd;
		return false;
	} else if (S_ISDIR(st->st_mode)) {
		return walk_into(w, fd, st);
	} else {
		on = walk_fails(w, "is not below a directory");
	}
	(void)close(fd);
	return on;
}

int
trust_open(struct arena *a, const char *path, enum trust_end end,
    struct stat *st, const char **why)
{
	struct walk w = { .a = a, .fd = -1, .rest = path, .why = why,
		.end = end };
	int found = -1;

	*why = "is not an absolute path";
	if (path[0] != '/')
		return -1;
	*why = "is out of reach";
	if (walk_to_root(&w)) {
		while (walk_step(&w, end, st, &found))
			continue;
	}
	if (w.fd >= 0)
		(void)close(w.fd);
	errno = w.error;
	return found;
}
