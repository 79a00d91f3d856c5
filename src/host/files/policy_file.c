/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/policy_file.h"

#include "host/files/include_files.h"
#include "host/files/trust.h"
#include "host/read_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define POLICY_MAX ((off_t)64 << 20)

/* O_NONBLOCK: a fifo in the file's place must not hold us. */
#define READ_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static const char *
kind_fault(const struct stat *st)
{
	if (S_ISDIR(st->st_mode))
		return "is a directory";
	if (!S_ISREG(st->st_mode))
		return "is not a regular file";
	return NULL;
}

/* The path's end, not open for reading. */
static int
open_end(struct arena *a, const char *path, struct stat *st, const char **why)
{
	int end = open(path, O_PATH | O_CLOEXEC);

	if (end >= 0 && fstat(end, st) == 0)
		return end;
	*why = errno == ENOENT ? "does not exist" : arena_printf(a,
	    "cannot be read: %s", strerror(errno));
	if (end >= 0)
		(void)close(end);
	return -1;
}

/*
 * What was opened and judged is what is read: the descriptor, not the name. A
 * file of any kind may stand there; to open a device for reading can do harm.
 */
static int
open_policy(struct arena *a, const char *path, enum policy_trust trust,
    const char **why)
{
	struct stat st;
	char link[32];
	int end, fd = -1;

	*why = NULL;
	end = trust == POLICY_ANY ? open_end(a, path, &st, why) :
	    trust_open(a, path, TRUST_NO_LINK, &st, why);
	if (end < 0) {
		if (trust == POLICY_ROOTS &&
		    strcmp(*why, "does not exist") == 0)
			*why = "does not exist (an administrator must install "
			       "it)";
		return -1;
	}
	*why = kind_fault(&st);
	if (*why == NULL && trust == POLICY_ROOTS)
		*why = trust_owner(&st);
	if (*why == NULL) {
		(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", end);
		fd = open(link, READ_FLAGS);
		if (fd < 0)
			*why = arena_printf(a, "cannot be read: %s",
			    strerror(errno));
	}
	(void)close(end);
	return fd;
}

const char *
policy_file_untrusted(struct arena *a, const char *path)
{
	struct stat st;
	const char *why = NULL;
	int end = trust_open(a, path, TRUST_NO_LINK, &st, &why);

	if (end < 0)
		return why;
	(void)close(end);
	why = kind_fault(&st);
	return why != NULL ? why : trust_owner(&st);
}

/* Asks the descriptor again: the name may have changed hands. */
static const char *
read_policy(struct arena *a, int fd, enum policy_trust trust, char **bytes,
    size_t *size)
{
	struct stat st;
	const char *why;
	size_t n;

	if (fstat(fd, &st) != 0)
		return "cannot be read";
	if ((why = kind_fault(&st)) != NULL)
		return why;
	if (trust == POLICY_ROOTS && (why = trust_owner(&st)) != NULL)
		return why;
	if (st.st_size < 0 || st.st_size > POLICY_MAX)
		return "is larger than 64 MiB";
	*size = (size_t)st.st_size;
	*bytes = read_whole(a, fd, *size, *size, &n);
	return *bytes != NULL && n == *size ? NULL
	    : "changed while it was read";
}

static bool
load_one(struct policy *p, struct arena *a, const char *path,
    enum policy_trust trust, bool included, struct fault *f)
{
	const char *why;
	int fd = open_policy(a, path, trust, &why);
	char *bytes = NULL;
	size_t size = 0;

	if (fd < 0)
		return policy_complain(p, f, path, 0, why);
	why = read_policy(a, fd, trust, &bytes, &size);
	(void)close(fd);
	if (why != NULL)
		return policy_complain(p, f, path, 0, why);
	return policy_add(p, path, bytes, size, included, f);
}

static bool
load_included(struct policy *p, struct arena *a, const char *name,
    const char *pattern, enum policy_trust trust, struct fault *f)
{
	struct strv found = strv_new(a);
	const char *why = NULL;
	bool loaded = true;

	if (pattern[0] != '/')
		return policy_complain(p, f, name, 0, arena_printf(a,
		    "INCLUDE '%s' is not an absolute path", pattern));
	if (!include_files(&found, a, pattern, trust == POLICY_ROOTS, &why))
		return policy_complain(p, f, name, 0, arena_printf(a,
		    "INCLUDE '%s' cannot be followed: %s", pattern, why));
	if (found.n == 0 && strpbrk(pattern, "*?[") == NULL)
		return policy_complain(p, f, pattern, 0, arena_printf(a,
		    "does not exist (INCLUDE in %s)", name));
	for (size_t i = 0; (loaded || policy_collects(p)) && i < found.n; i++)
		loaded = load_one(p, a, found.v[i], trust, true, f) && loaded;
	return loaded;
}

bool
policy_file_load(struct policy *p, struct arena *a, const char *path,
    enum policy_trust trust, struct fault *f)
{
	const struct strv *includes;
	bool loaded = load_one(p, a, path, trust, false, f);

	includes = policy_includes(p);
	for (size_t i = 0; i < includes->n; i++) {
		if (!loaded && !policy_collects(p))
			return false;
		loaded = load_included(p, a, path, includes->v[i], trust, f) &&
		    loaded;
	}
	return loaded;
}
