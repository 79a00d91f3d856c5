/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/look.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define FILE_MOST ((size_t)1 << 20)

/*
 * Standard input by one of its names: these are magic links, and standard
 * input is the caller's to give.
 */
static bool
is_stdin(const char *path)
{
	return strcmp(path, "/dev/stdin") == 0 ||
	    strcmp(path, "/dev/fd/0") == 0 ||
	    strcmp(path, "/proc/self/fd/0") == 0;
}

/* <(...) of a shell: the descriptor was closed on the way here. */
static bool
is_descriptor(const char *path)
{
	return strncmp(path, "/dev/fd/", 8) == 0 ||
	    strncmp(path, "/proc/self/fd/", 14) == 0;
}

/*
 * Not from /proc: what a process may read of itself there (environ, maps) is
 * the runtime's, not the caller's.
 */
static const char *
kind_fault(int fd)
{
	struct statfs fs;
	struct stat st;

	if (fstat(fd, &st) != 0 || fstatfs(fd, &fs) != 0)
		return strerror(errno);
	if (S_ISDIR(st.st_mode))
		return strerror(EISDIR);
	if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode) &&
	    !S_ISCHR(st.st_mode))
		return "is no regular file, fifo or character device";
	if (fs.f_type == PROC_SUPER_MAGIC)
		return strerror(EACCES);
	return NULL;
}

/*
 * Judged before it is opened for reading: opening some devices does something.
 * -1: the need says why.
 */
static int
open_judged(struct need *n)
{
	int at = look_path_open(AT_FDCWD, n->path, 0, 0), fd = -1;
	const char *why;
	char link[32];

	if (at < 0) {
		n->unseen = errno != EACCES;
		look_path_failed(n, (errno == ELOOP || errno == ENOENT) &&
		    is_descriptor(n->path) ?
		    "descriptors above 2 are not passed on" : strerror(errno));
		return -1;
	}
	why = kind_fault(at);
	if (why == NULL) {
		(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", at);
		fd = open(link, O_RDONLY | O_NOCTTY | O_CLOEXEC);
		if (fd < 0)
			why = strerror(errno);
	}
	(void)close(at);
	if (why != NULL)
		look_path_failed(n, why);
	return fd;
}

/* A regular file on standard input is read from its start, as docker does. */
static ssize_t
read_some(int fd, char *buffer, size_t size, size_t done, bool whole)
{
	ssize_t n;

	do {
		n = whole ? pread(fd, buffer, size, (off_t)done) :
		    read(fd, buffer, size);
	} while (n < 0 && errno == EINTR);
	return n;
}

static void
read_file(struct need *n, int fd, struct arena *a)
{
	size_t room = 4096, done = 0;
	char *bytes = arena_alloc(a, room + 1);
	struct stat st;
	bool whole = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	ssize_t got;

	while ((got = read_some(fd, bytes + done, room - done, done, whole)) >
	    0) {
		done += (size_t)got;
		if (done > FILE_MOST) {
			look_path_failed(n, "is larger than 1 MiB");
			return;
		}
		if (done == room) {
			char *more = arena_alloc(a, room * 4 + 1);

			memcpy(more, bytes, done);
			bytes = more;
			room *= 4;
		}
	}
	if (got < 0) {
		look_path_failed(n, strerror(errno));
		return;
	}
	bytes[done] = '\0';
	if (memchr(bytes, '\0', done) != NULL) {
		look_path_failed(n, "holds a NUL byte");
		return;
	}
	n->bytes = bytes;
	n->size = done;
	n->state = NEED_MET;
}

void
look_file(struct need *n, struct arena *a)
{
	int fd;

	if (is_stdin(n->path)) {
		read_file(n, STDIN_FILENO, a);
		return;
	}
	fd = open_judged(n);
	if (fd < 0)
		return;
	read_file(n, fd, a);
	(void)close(fd);
}
