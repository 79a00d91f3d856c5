/* SPDX-License-Identifier: Apache-2.0 */
#include "host/policy_file.h"

#include "host/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define POLICY_MAX ((off_t)64 << 20)

/* O_NONBLOCK: a fifo in the file's place must not hold us. */
#define READ_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static bool
unsound(struct arena *a, struct fault *f, const char *path, const char *why)
{
	return fault_set(f, a, FAULT_POLICY, "%s: %s", path, why);
}

static const char *
kind_fault(const struct stat *st)
{
	if (S_ISDIR(st->st_mode))
		return "is a directory";
	if (!S_ISREG(st->st_mode))
		return "is not a regular file";
	return NULL;
}

/* What was opened and judged is what is read: the descriptor, not the name. */
static int
open_roots(struct arena *a, const char *path, struct fault *f)
{
	const char *why;
	struct stat st;
	char link[32];
	int end = trust_open(a, path, TRUST_NO_LINK, &st, &why), fd;

	if (end < 0) {
		if (strcmp(why, "does not exist") == 0)
			why = "does not exist (an administrator must install "
			      "it)";
		(void)unsound(a, f, path, why);
		return -1;
	}
	why = kind_fault(&st);
	if (why == NULL)
		why = trust_owner(&st);
	if (why == NULL) {
		(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", end);
		fd = open(link, READ_FLAGS);
		if (fd >= 0) {
			(void)close(end);
			return fd;
		}
		why = arena_printf(a, "cannot be read: %s", strerror(errno));
	}
	(void)close(end);
	(void)unsound(a, f, path, why);
	return -1;
}

static int
open_any(struct arena *a, const char *path, struct fault *f)
{
	int fd = open(path, READ_FLAGS);

	if (fd < 0)
		(void)unsound(a, f, path, errno == ENOENT ? "does not exist" :
		    arena_printf(a, "cannot be read: %s", strerror(errno)));
	return fd;
}

/* Reads size bytes and makes sure that there are no more. */
static bool
read_exactly(int fd, char *bytes, size_t size)
{
	size_t done = 0;
	char extra;

	while (done < size) {
		ssize_t n = read(fd, bytes + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return read(fd, &extra, 1) == 0;
}

/* Asks the descriptor again: the name may have changed hands. */
static const char *
read_policy(struct arena *a, int fd, enum policy_trust trust, char **bytes,
    size_t *size)
{
	struct stat st;
	const char *why;

	if (fstat(fd, &st) != 0)
		return "cannot be read";
	if ((why = kind_fault(&st)) != NULL)
		return why;
	if (trust == POLICY_ROOTS && (why = trust_owner(&st)) != NULL)
		return why;
	if (st.st_size < 0 || st.st_size > POLICY_MAX)
		return "is larger than 64 MiB";
	*size = (size_t)st.st_size;
	*bytes = arena_alloc(a, *size + 1);
	if (!read_exactly(fd, *bytes, *size))
		return "changed while it was read";
	return NULL;
}

static bool
load_one(struct policy *p, struct arena *a, const char *path,
    enum policy_trust trust, bool included, struct fault *f)
{
	int fd = trust == POLICY_ANY ? open_any(a, path, f) :
	    open_roots(a, path, f);
	char *bytes = NULL;
	size_t size = 0;
	const char *why;

	if (fd < 0)
		return false;
	why = read_policy(a, fd, trust, &bytes, &size);
	(void)close(fd);
	if (why != NULL)
		return unsound(a, f, path, why);
	return policy_add(p, path, bytes, size, included, f);
}

/* A directory that cannot be read may hold files that restrict. */
static int
glob_stops(const char *path, int error)
{
	(void)path;
	return error != ENOENT && error != ENOTDIR;
}

static bool
load_included(struct policy *p, struct arena *a, const char *name,
    const char *pattern, enum policy_trust trust, struct fault *f)
{
	glob_t found = { 0 };
	bool loaded = true;
	int rc;

	if (pattern[0] != '/')
		return fault_set(f, a, FAULT_POLICY,
		    "%s: INCLUDE '%s' is not an absolute path", name, pattern);
	rc = glob(pattern, 0, glob_stops, &found);
	if (rc == GLOB_NOMATCH) {
		globfree(&found);
		if (strpbrk(pattern, "*?[") != NULL)
			return true;
		return fault_set(f, a, FAULT_POLICY,
		    "%s: does not exist (INCLUDE in %s)", pattern, name);
	}
	if (rc != 0)
		loaded = fault_set(f, a, FAULT_POLICY,
		    "%s: INCLUDE '%s' cannot be followed", name, pattern);
	for (size_t i = 0; loaded && i < found.gl_pathc; i++)
		loaded = load_one(p, a, arena_strdup(a, found.gl_pathv[i]),
		    trust, true, f);
	globfree(&found);
	return loaded;
}

bool
policy_file_load(struct policy *p, struct arena *a, const char *path,
    enum policy_trust trust, struct fault *f)
{
	const struct strv *includes;

	if (!load_one(p, a, path, trust, false, f))
		return false;
	includes = policy_includes(p);
	for (size_t i = 0; i < includes->n; i++) {
		if (!load_included(p, a, path, includes->v[i], trust, f))
			return false;
	}
	return true;
}
