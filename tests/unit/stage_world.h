/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mount namespace of a test's own, with an empty /run and /var/lib and an
 * engine at /run/docker.sock, and mounts that are made in it.
 */
#ifndef UNDOCKER_STAGE_WORLD_H
#define UNDOCKER_STAGE_WORLD_H

#include "host/mounts/stage.h"

#include "fixture.h"
#include "http_request.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET "/run/docker.sock"

/* In a child: says where it failed, and ends. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s: errno %d\n", __func__, \
			    __LINE__, #condition, errno); \
			_exit(1); \
		} \
	} while (0)

static const struct settings settings = { .engine = "unix://" SOCKET };
static const struct caller ann = { .uid = 1000, .gid = 10, .user = "ann" };

/* --- the world ------------------------------------------------------------ */

static bool
world(void)
{
	return unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("none", "/run", "tmpfs", 0, "mode=0755") == 0 &&
	    mount("none", "/var/lib", "tmpfs", 0, "mode=0755") == 0 &&
	    mkdir("/run/home", 0755) == 0;
}

static void
write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	MUST(fd >= 0);
	MUST(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	(void)close(fd);
}

static bool
there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* A new directory with an empty file of its own name in it. */
static const char *
directory(const char *path)
{
	MUST(mkdir(path, 0755) == 0);
	write_file(arena_printf(a, "%s/%s", path, strrchr(path, '/') + 1), "");
	return path;
}

static const char *
filesystem(const char *path)
{
	MUST(mkdir(path, 0755) == 0);
	MUST(mount("none", path, "tmpfs", 0, NULL) == 0);
	return path;
}

static const char *
socket_file(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	MUST(bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0);
	(void)close(fd);
	return path;
}

static void
handle(int fd, const char *answer)
{
	char text[2048];

	if (!http_request_take(fd, text, sizeof(text)))
		return;
	MUST(strncmp(text, "GET /containers/json?all=1&filters=%7B%22label%22"
	    "%3A%5B%22undocker.uid%3D", 73) == 0);
	(void)send(fd, answer, strlen(answer), MSG_NOSIGNAL);
}

/* An engine that gives this answer to everybody. */
static pid_t
engine_start(int status, const char *body)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), ready[2];
	pid_t pid;
	char c;

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", SOCKET);
	(void)unlink(SOCKET);
	MUST(pipe(ready) == 0);
	MUST(bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0);
	MUST(listen(fd, 5) == 0);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		const char *answer = arena_printf(a, "HTTP/1.1 %d X\r\n"
		    "Content-Length: %zu\r\n\r\n%s", status, strlen(body),
		    body);

		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* no lock and no pipe of a test's, nor the one to its maker */
		MUST(dup2(fd, 3) == 3);
		MUST(syscall(SYS_close_range, 4U, ~0U, 0U) == 0);
		for (;;) {
			int peer = accept(3, NULL, NULL);

			MUST(peer >= 0);
			handle(peer, answer);
			(void)close(peer);
		}
	}
	(void)close(fd);
	(void)close(ready[1]);
	MUST(read(ready[0], &c, 1) == 0);
	(void)close(ready[0]);
	return pid;
}

static void
engine_stop(pid_t pid)
{
	(void)kill(pid, SIGKILL);
	MUST(waitpid(pid, NULL, 0) == pid);
	(void)unlink(SOCKET);
}

/* A sweep with an engine that has this list. */
static void
sweep_with(int status, const char *body, uid_t uid)
{
	const struct caller who = { .uid = uid };
	pid_t engine = engine_start(status, body);

	stage_sweep(&settings, &who, a);
	engine_stop(engine);
}

/* --- mounts --------------------------------------------------------------- */

static void
add(struct staged *s, const char *source, bool read_only)
{
	if (s->v == NULL)
		s->v = arena_alloc(a, STAGED_MOUNTS_MAX * sizeof(*s->v));
	s->v[s->n++] = (struct staged_mount) { .source = source,
		.read_only = read_only, .outer = STAGED_NONE,
		.fd = open(source, O_PATH | O_CLOEXEC) };
	MUST(s->v[s->n - 1].fd >= 0);
}

static void
add_in(struct staged *s, const char *source, bool read_only, size_t outer,
    const char *below)
{
	add(s, source, read_only);
	s->v[s->n - 1].outer = outer;
	s->v[s->n - 1].below = below;
}

static const char *
record_of(const struct staged *s)
{
	return arena_printf(a, "%s/%s", STAGE_RECORDS, s->name);
}

static const char *
slot_of(const struct staged *s)
{
	return arena_printf(a, "%s/%s", STAGED_DIR, s->name);
}

static const char *
in_slot(const struct staged *s, const char *path)
{
	return arena_printf(a, "%s/%s", slot_of(s), path);
}

static int
made(struct staged *s, const struct caller *c)
{
	struct fault f = { 0 };
	int lock;

	if (!stage_make(s, &settings, c, a, &lock, &f)) {
		fprintf(stderr, "%s\n", f.text);
		MUST(f.kind == FAULT_NONE);
	}
	MUST(lock >= 0 && s->standing && s->name != NULL);
	MUST((fcntl(lock, F_GETFD) & FD_CLOEXEC) != 0);
	MUST((fcntl(lock, F_GETFL) & O_ACCMODE) == O_RDONLY);
	return lock;
}

static size_t
entries(const char *path)
{
	DIR *all = opendir(path);
	const struct dirent *entry;
	size_t n = 0;

	while (all != NULL && (entry = readdir(all)) != NULL)
		n += entry->d_name[0] != '.';
	if (all != NULL)
		(void)closedir(all);
	return n;
}

/* How many lines of mountinfo have this in them. */
static size_t
mounts_with(const char *part)
{
	FILE *table = fopen("/proc/self/mountinfo", "re");
	char line[4096];
	size_t n = 0;

	MUST(table != NULL);
	while (fgets(line, sizeof(line), table) != NULL)
		n += strstr(line, part) != NULL;
	(void)fclose(table);
	return n;
}

static bool
nothing_left(void)
{
	return !stage_any() && entries(STAGED_DIR) == 0 &&
	    mounts_with(STAGED_DIR "/") == 0;
}

/* It is refused for this reason, and nothing is left. */
static void
refused(struct staged *s, const struct caller *c, const char *part)
{
	struct fault f = { 0 };
	size_t before = entries(STAGE_RECORDS), slots = entries(STAGED_DIR);
	size_t mounts = mounts_with(STAGED_DIR "/");
	int lock;

	MUST(!stage_make(s, &settings, c, a, &lock, &f));
	MUST(f.kind == FAULT_REFUSED && lock == -1);
	MUST(s->name == NULL && !s->standing);
	if (strstr(f.text, part) == NULL) {
		fprintf(stderr, "'%s' is not in: %s\n", part, f.text);
		_exit(1);
	}
	MUST(entries(STAGE_RECORDS) == before);
	MUST(entries(STAGED_DIR) == slots);
	MUST(mounts_with(STAGED_DIR "/") == mounts);
}

/* What stage_find says of it; opened again for stage_again. */
static struct staged
found(const char *name, uid_t uid)
{
	struct staged s;
	const char *why = "";

	MUST(stage_find(&s, a, name, uid, &why));
	MUST(strcmp(s.name, name) == 0);
	for (size_t i = 0; i < s.n; i++) {
		MUST(s.v[i].fd == -1);
		s.v[i].fd = open(s.v[i].source, O_PATH | O_CLOEXEC);
	}
	return s;
}

static void
same(const struct staged *one, const struct staged *two)
{
	MUST(one->n == two->n);
	for (size_t i = 0; i < one->n; i++) {
		const struct staged_mount *x = &one->v[i], *y = &two->v[i];

		MUST(strcmp(x->source, y->source) == 0);
		MUST(x->read_only == y->read_only && x->forced == y->forced);
		MUST(x->outer == y->outer);
		MUST((x->below == NULL) == (y->below == NULL));
		MUST(x->below == NULL || strcmp(x->below, y->below) == 0);
	}
}

#endif
