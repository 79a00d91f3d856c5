/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/include_files.h"

#include "core/base/reason.h"
#include "host/files/trust.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	struct arena *a;
	struct strv *found;
	bool roots;
	const char **why;
};

static bool
walk_fails(struct walk *w, const char *path, const char *reason)
{
	return reason_set(w->why, w->a, "%s %s", path, reason);
}

/* True: it is not there, which is no failure. */
static bool
is_absent(struct walk *w, const char *path, int error)
{
	return error == ENOENT || error == ENOTDIR || walk_fails(w, path,
	    arena_printf(w->a, "cannot be read: %s", strerror(error)));
}

/* *fd -1 and true: there is no such directory. "": the root. */
static bool
directory_open(struct walk *w, const char *path, int *fd)
{
	const char *why = NULL, *name = *path == '\0' ? "/" : path;
	char link[32];
	struct stat st;
	int end = -1, error;

	*fd = -1;
	if (w->roots && *path != '\0') {
		end = trust_open(w->a, path, TRUST_ROOTS_LINK, &st, &why);
		if (end < 0)
			return strcmp(why, "does not exist") == 0 ||
			    walk_fails(w, path, why);
		(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", end);
		name = link;
	}
	*fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
	error = errno;
	if (end >= 0)
		(void)close(end);
	if (*fd < 0)
		return is_absent(w, path, error);
	if (fstat(*fd, &st) == 0)
		why = w->roots ? trust_owner(&st) : NULL;
	else
		why = "cannot be read";
	if (why == NULL)
		return true;
	(void)close(*fd);
	return walk_fails(w, path, why);
}

/* The names in d that the pattern, one component, matches. */
static bool
names_read(struct walk *w, const char *path, DIR *d, const char *pattern,
    struct strv *names)
{
	const struct dirent *e;

	for (errno = 0; (e = readdir(d)) != NULL; errno = 0) {
		int match;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		match = fnmatch(pattern, e->d_name, FNM_PERIOD);
		if (match != 0 && match != FNM_NOMATCH)
			return walk_fails(w, path,
			    "holds a name that cannot be compared");
		if (match == 0)
			strv_push(names, arena_strdup(w->a, e->d_name));
	}
	return errno == 0 || walk_fails(w, path, arena_printf(w->a,
	    "cannot be read: %s", strerror(errno)));
}

static bool
names_match(struct walk *w, const char *path, const char *pattern,
    struct strv *names)
{
	bool read;
	int fd;
	DIR *d;

	if (!directory_open(w, path, &fd))
		return false;
	if (fd < 0)
		return true;
	d = fdopendir(fd);
	if (d == NULL) {
		(void)close(fd);
		return walk_fails(w, path, "cannot be read: no memory");
	}
	read = names_read(w, path, d, pattern, names);
	(void)closedir(d);
	return read;
}

/*
 * Follows the rest of the pattern from path. Behind the first special character
 * every name is looked for in its directory.
 */
static bool
follow(struct walk *w, const char *path, const char *rest, bool wild)
{
	struct strv names = strv_new(w->a);
	const char *part;
	struct stat st;

	rest += strspn(rest, "/");
	if (*rest == '\0') {
		if (!wild && lstat(path, &st) != 0)
			return is_absent(w, path, errno);
		strv_push(w->found, path);
		return true;
	}
	part = arena_strndup(w->a, rest, strcspn(rest, "/"));
	rest += strlen(part);
	wild = wild || strpbrk(part, "*?[\\") != NULL;
	if (!wild)
		strv_push(&names, part);
	else if (!names_match(w, path, part, &names))
		return false;
	for (size_t i = 0; i < names.n; i++) {
		if (!follow(w, arena_printf(w->a, "%s/%s", path, names.v[i]),
			rest, wild))
			return false;
	}
	return true;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
include_files(struct strv *found, struct arena *a, const char *pattern,
    bool roots, const char **why)
{
	struct walk w = { .a = a, .found = found, .roots = roots, .why = why };

	if (!follow(&w, "", pattern, false))
		return false;
	if (found->n > 1)
		qsort(found->v, found->n, sizeof(*found->v), by_name);
	return true;
}
