/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/look.h"
#include "host/files/mount_table.h"
#include "host/files/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void
look_path_failed(struct need *n, const char *error)
{
	n->state = NEED_FAILED;
	n->error = error;
}

int
look_path_open(int dir, const char *path, int flags, unsigned long resolve)
{
	struct open_how how = {
		.flags = (unsigned long)(unsigned int)(O_PATH | O_CLOEXEC |
		    flags),
		.resolve = RESOLVE_NO_MAGICLINKS | resolve,
	};

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
}

/* O_PATH checked nothing: may the caller use what is open at fd? */
static bool
accessible(int fd, int mode)
{
	return syscall(SYS_faccessat2, fd, "", mode,
	    AT_EACCESS | AT_EMPTY_PATH) == 0;
}

/*
 * The physical path of what is open at fd, looked up once more so that it is
 * known to name that object. NULL: errno.
 */
static const char *
physical_path(int fd, const struct stat *st, struct arena *a)
{
	static const char deleted[] = " (deleted)";
	const size_t tail = sizeof(deleted) - 1;
	char link[32], path[PATH_MAX];
	struct stat now;
	ssize_t n;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path));
	if (n < 0)
		return NULL;
	errno = ENAMETOOLONG;
	if ((size_t)n >= sizeof(path))
		return NULL;
	path[n] = '\0';
	errno = ENOENT;
	if (path[0] != '/' || ((size_t)n > tail &&
	    strcmp(path + (size_t)n - tail, deleted) == 0))
		return NULL;
	if (lstat(path, &now) != 0)
		return NULL;
	errno = ENOENT;
	if (now.st_dev != st->st_dev || now.st_ino != st->st_ino)
		return NULL;
	return arena_strndup(a, path, (size_t)n);
}

/*
 * /proc/self is this process here and the caller's shell where he typed it; and
 * a process may read of itself what the caller may not.
 */
static bool
own_process(const char *path, struct arena *a)
{
	const char *own = arena_printf(a, "/proc/%ld", (long)getpid());
	size_t n = strlen(own);

	return strncmp(path, own, n) == 0 &&
	    (path[n] == '\0' || path[n] == '/');
}

/* Whether nobody but root can put something else where this object is. */
static bool
is_steady(const char *path, const struct stat *st, struct arena *a)
{
	const char *why;
	struct stat now;
	int again = trust_open(a, path, TRUST_STEADY, &now, &why);

	if (again < 0)
		return false;
	(void)close(again);
	return now.st_dev == st->st_dev && now.st_ino == st->st_ino;
}

static void
look_at_source(struct need *n, int fd, struct arena *a)
{
	struct stat st;
	int needed = R_OK;

	if (fstat(fd, &st) != 0) {
		look_path_failed(n, strerror(errno));
		return;
	}
	if (S_ISDIR(st.st_mode)) {
		needed |= X_OK;
	} else if (!S_ISREG(st.st_mode) && !S_ISSOCK(st.st_mode)) {
		look_path_failed(n, "is no directory, regular file or socket");
		return;
	}
	if (!accessible(fd, needed) ||
	    (n->resolved = physical_path(fd, &st, a)) == NULL) {
		look_path_failed(n, strerror(errno));
		return;
	}
	if (own_process(n->resolved, a)) {
		n->resolved = NULL;
		look_path_failed(n, "is undocker's own process");
		return;
	}
	n->writable = accessible(fd, W_OK);
	n->holds_mounts = S_ISDIR(st.st_mode) &&
	    mount_table_below(a, n->resolved);
	n->directory = S_ISDIR(st.st_mode);
	n->steady = is_steady(n->resolved, &st, a);
	n->roots = n->steady && S_ISREG(st.st_mode) && trust_owner(&st) == NULL;
	n->state = NEED_MET;
}

void
look_path_source(struct need *n, struct arena *a)
{
	/* As a directory first: only that makes the kernel mount it, where it
	   is one that is mounted when somebody comes. */
	int fd = look_path_open(AT_FDCWD, n->path, O_DIRECTORY, 0);

	if (fd < 0 && errno == ENOTDIR)
		fd = look_path_open(AT_FDCWD, n->path, 0, 0);
	if (fd < 0) {
		n->unseen = errno != EACCES;
		look_path_failed(n, strerror(errno));
		return;
	}
	look_at_source(n, fd, a);
	if (n->state == NEED_MET)
		n->fd = fd;
	else
		(void)close(fd);
}

/*
 * Whether a path of the policy leads nowhere, or not for these rights. Any
 * other error is one of the look, and could hide where it leads.
 */
static bool
leads_nowhere(struct need *n, int error)
{
	switch (error) {
	case 0: /* not as far as only root decides */
	case ENOENT:
	case ENOTDIR:
	case EACCES:
	case ELOOP:
	case ENAMETOOLONG:
		return true;
	default:
		look_path_failed(n, strerror(error));
		return false;
	}
}

void
look_path_policy(struct need *n, struct arena *a)
{
	size_t known = strlen(n->path);

	while (known > n->known) {
		const char *why, *path;
		struct stat st;
		int fd = trust_open(a, arena_strndup(a, n->path, known),
		    TRUST_ROOTS_LINK, &st, &why);

		if (fd >= 0) {
			path = physical_path(fd, &st, a);
			if (path == NULL)
				look_path_failed(n, strerror(errno));
			(void)close(fd);
			if (path == NULL)
				return;
			n->resolved = arena_printf(a, "%s%s", strcmp(path, "/")
			    == 0 ? "" : path, n->path + known);
			n->known = known;
			return;
		}
		if (!leads_nowhere(n, errno))
			return;
		while (known > 0 && n->path[--known] != '/')
			continue;
	}
}

void
look_path_links(struct need *n, struct arena *a)
{
	int fd = look_path_open(AT_FDCWD, n->path, 0, 0);
	struct stat st;

	if (fd < 0) {
		(void)leads_nowhere(n, errno);
		return;
	}
	if (fstat(fd, &st) == 0)
		n->resolved_all = physical_path(fd, &st, a);
	if (n->resolved_all == NULL)
		(void)leads_nowhere(n, errno);
	(void)close(fd);
}

/* Whether only root can put something else in the place that is open at fd. */
static void
look_at_place(struct need *n, int fd, struct arena *a)
{
	const char *path;
	struct stat st;

	n->state = NEED_MET;
	if (!n->wants_steady)
		return;
	look_path_failed(n, "somebody could put a link there in the meantime");
	if (fstat(fd, &st) == 0 &&
	    (path = physical_path(fd, &st, a)) != NULL &&
	    is_steady(path, &st, a))
		n->state = NEED_MET;
}

void
look_path_below(struct need *n, struct arena *a)
{
	int dir, fd;

	if (n->within != NULL && n->within->state != NEED_MET) {
		look_path_failed(n, "its mount was not found");
		return;
	}
	dir = n->within != NULL ? fcntl(n->within->fd, F_DUPFD_CLOEXEC, 3)
	    : look_path_open(AT_FDCWD, n->path, O_DIRECTORY, 0);
	if (dir < 0) {
		look_path_failed(n, strerror(errno));
		return;
	}
	fd = n->below == NULL ? -1 : look_path_open(dir, n->below, 0,
	    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	if (fd < 0) {
		look_path_failed(
		    n, strerror(n->below == NULL ? EINVAL : errno));
	} else {
		look_at_place(n, fd, a);
		(void)close(fd);
	}
	(void)close(dir);
}
