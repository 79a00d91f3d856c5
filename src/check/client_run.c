/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client_run.h"

#include "host/client_filter.h"
#include "host/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOBODY 65534U
#define STATUS_NOT_RUN 127

enum { FD_PROGRAM = 100 }; /* above what the child puts at 0-2 */

/* One of the client's outputs. */
struct stream {
	int fd; /* -1: it has ended */
	char *bytes;
	size_t n;
	size_t size;
};

/* The client while it runs. */
struct running {
	struct arena *arena;
	const char *path;
	pid_t pid;
	struct stream streams[2]; /* stdout, stderr */
	struct timespec end;
};

static const char *
program_fault(struct arena *a, int fd, const struct stat *st)
{
	char link[32], start[2];
	const char *why = trust_owner(st);
	ssize_t n;
	int readable;

	if (!S_ISREG(st->st_mode))
		return "is not a regular file";
	if (why != NULL)
		return why;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	readable = open(link, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (readable < 0)
		return arena_printf(a, "cannot be read: %s", strerror(errno));
	n = read(readable, start, sizeof(start));
	(void)close(readable);
	if (n != (ssize_t)sizeof(start))
		return "is no program";
	if (memcmp(start, "#!", sizeof(start)) == 0)
		return "is a script, not docker's client itself";
	return NULL;
}

/* The program's descriptor, or -1 and f. */
static int
program_open(struct arena *a, const char *path, struct fault *f)
{
	const char *why;
	struct stat st;
	int fd = trust_open(a, path, TRUST_ROOTS_LINK, &st, &why), high;

	if (fd >= 0) {
		why = program_fault(a, fd, &st);
		high = why != NULL ? -1
		    : fcntl(fd, F_DUPFD_CLOEXEC, FD_PROGRAM);
		if (why == NULL && high < 0)
			why = "cannot be held open";
		(void)close(fd);
		if (high >= 0)
			return high;
	}
	(void)fault_set(f, a, FAULT_REFUSED, "the docker client %s %s", path,
	    why);
	return -1;
}

bool
client_there(struct arena *a, const char *path, struct fault *f)
{
	int fd = program_open(a, path, f);

	if (fd < 0)
		return false;
	(void)close(fd);
	return true;
}

/* Root's directories, as the runtime's client has them; no engine answers. */
static struct strv
environment(struct arena *a)
{
	struct strv env = strv_new(a);

	strv_push(&env, "PATH=/usr/bin:/bin");
	strv_push(&env, "HOME=" UNDOCKER_DATADIR "/home");
	strv_push(&env, "DOCKER_CONFIG=" UNDOCKER_DATADIR "/docker");
	strv_push(&env, "DOCKER_HOST=unix:///nonexistent");
	/* Help for build without the buildx plugin. */
	strv_push(&env, "DOCKER_BUILDKIT=0");
	strv_push(&env, "LANG=C.UTF-8");
	return env;
}

static char **
exec_vector(struct arena *a, const struct strv *words)
{
	char **v = arena_alloc(a, (words->n + 1) * sizeof(*v));

	if (words->n > 0)
		memcpy(v, words->v, words->n * sizeof(*v));
	return v;
}

/* Nobody, if this is root; else who it was. */
static bool
rights_given_up(void)
{
	uid_t r, e, s;

	if (geteuid() == 0 && (setgroups(0, NULL) != 0 ||
	    setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
	    setresuid(NOBODY, NOBODY, NOBODY) != 0))
		return false;
	return getresuid(&r, &e, &s) == 0 && r == e && e == s && r != 0 &&
	    setuid(0) != 0;
}

/* out and err are the ends that the client writes to. */
static bool
descriptors_set(int out, int err)
{
	/* The copies are high: 0-2 may be among what was given. */
	int high_out = fcntl(out, F_DUPFD_CLOEXEC, FD_PROGRAM);
	int high_err = fcntl(err, F_DUPFD_CLOEXEC, FD_PROGRAM);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC), high_null;

	high_null = fcntl(null, F_DUPFD_CLOEXEC, FD_PROGRAM);
	return high_out >= 0 && high_err >= 0 && high_null >= 0 &&
	    dup2(high_null, STDIN_FILENO) >= 0 &&
	    dup2(high_out, STDOUT_FILENO) >= 0 &&
	    dup2(high_err, STDERR_FILENO) >= 0 &&
	    /* All others close with the exec. */
	    syscall(SYS_close_range, 3U, ~0U, 4U /* CLOEXEC */) == 0;
}

static _Noreturn void
child_ends(const char *why)
{
	(void)!write(STDERR_FILENO, why, strlen(why));
	_exit(STATUS_NOT_RUN);
}

/* In the child: from here to the client. */
static _Noreturn void
child_runs(struct arena *a, const struct client_exec *only, int out, int err)
{
	static const struct rlimit none = { 0, 0 };
	struct fault f = { 0 };

	if (!descriptors_set(out, err))
		_exit(STATUS_NOT_RUN);
	/* A session of its own: root's terminal is out of its reach. */
	if (setsid() < 0 || chdir("/") != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0)
		child_ends("it cannot be set apart");
	if (!rights_given_up())
		child_ends("it cannot be run as nobody");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0 ||
	    prctl(PR_SET_PDEATHSIG, (long)SIGKILL, 0L, 0L, 0L) != 0)
		child_ends("it cannot be set apart");
	if (!client_filter(a, only, &f))
		child_ends(f.text);
	(void)syscall(SYS_execveat, only->fd, only->path, only->argv,
	    only->env, AT_EMPTY_PATH);
	child_ends(strerror(errno));
}

static bool
client_start(struct running *r, int program, const struct strv *words)
{
	struct strv argv = strv_new(r->arena), env = environment(r->arena);
	struct client_exec only = { .fd = program, .path = "" };
	int out[2], err[2];

	strv_push(&argv, "docker");
	for (size_t i = 0; i < words->n; i++)
		strv_push(&argv, words->v[i]);
	only.argv = exec_vector(r->arena, &argv);
	only.env = exec_vector(r->arena, &env);
	if (pipe2(out, O_CLOEXEC) != 0)
		return false;
	if (pipe2(err, O_CLOEXEC) != 0) {
		(void)close(out[0]);
		(void)close(out[1]);
		return false;
	}
	r->pid = fork();
	if (r->pid == 0)
		child_runs(r->arena, &only, out[1], err[1]);
	(void)close(out[1]);
	(void)close(err[1]);
	r->streams[0].fd = out[0];
	r->streams[1].fd = err[0];
	return r->pid > 0;
}

/* How long there still is, at least 0. */
static int
patience_left(const struct running *r)
{
	struct timespec now;
	long long ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ms = ((long long)r->end.tv_sec - now.tv_sec) * 1000 +
	    (r->end.tv_nsec - now.tv_nsec) / 1000000;
	return ms < 0 ? 0 : (int)ms;
}

static void
stream_end(struct stream *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
}

/* What has come; NULL: all is well. */
static const char *
stream_read(struct stream *s, struct arena *a)
{
	char bytes[8192];
	ssize_t n = read(s->fd, bytes, sizeof(bytes));

	if (n < 0)
		return errno == EINTR ? NULL : strerror(errno);
	if (n == 0) {
		stream_end(s);
		return NULL;
	}
	if (memchr(bytes, '\0', (size_t)n) != NULL)
		return "it says what is no text";
	if (s->n + (size_t)n > CLIENT_OUTPUT_MAX)
		return "it says too much";
	while (s->n + (size_t)n + 1 > s->size) {
		size_t size = s->size == 0 ? 2 * sizeof(bytes) : 2 * s->size;
		char *more = arena_alloc(a, size);

		if (s->n > 0)
			memcpy(more, s->bytes, s->n);
		s->bytes = more;
		s->size = size;
	}
	memcpy(s->bytes + s->n, bytes, (size_t)n);
	s->n += (size_t)n;
	return NULL;
}

/* Both outputs to their ends; NULL: all is well. */
static const char *
client_hear(struct running *r)
{
	while (r->streams[0].fd >= 0 || r->streams[1].fd >= 0) {
		struct pollfd p[2] = {
			{ .fd = r->streams[0].fd, .events = POLLIN },
			{ .fd = r->streams[1].fd, .events = POLLIN },
		};
		int ready = poll(p, 2, patience_left(r));

		if (ready < 0 && errno != EINTR)
			return strerror(errno);
		if (ready == 0)
			return "it is not done in time";
		for (int i = 0; ready > 0 && i < 2; i++) {
			const char *why = p[i].revents == 0 ? NULL
			    : stream_read(&r->streams[i], r->arena);

			if (why != NULL)
				return why;
		}
	}
	return NULL;
}

/* Its end; NULL: it came by itself. */
static const char *
client_end(struct running *r, const char *why, int *status)
{
	int fd = (int)syscall(SYS_pidfd_open, r->pid, 0U), wait = 0;
	struct pollfd p = { .fd = fd, .events = POLLIN };

	if (why == NULL && (fd < 0 || poll(&p, 1, patience_left(r)) != 1))
		why = "it is not done in time";
	if (fd >= 0)
		(void)close(fd);
	/* The group: what it may have forked goes with it. */
	(void)kill(-r->pid, SIGKILL);
	(void)kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &wait, 0) < 0) {
		if (errno != EINTR)
			return strerror(errno);
	}
	*status = WIFSIGNALED(wait) ? 128 + WTERMSIG(wait) : WEXITSTATUS(wait);
	stream_end(&r->streams[0]);
	stream_end(&r->streams[1]);
	return why;
}

bool
client_run(struct client_said *said, struct arena *a, const char *path,
    const struct strv *words, int patience_ms, struct fault *f)
{
	struct running r = { .arena = a, .path = path,
		.streams = { { .fd = -1 }, { .fd = -1 } } };
	int program = program_open(a, path, f);
	const char *why;
	bool started;

	if (program < 0)
		return false;
	(void)clock_gettime(CLOCK_MONOTONIC, &r.end);
	r.end.tv_sec += patience_ms / 1000;
	r.end.tv_nsec += (patience_ms % 1000) * 1000000L;
	started = client_start(&r, program, words);
	(void)close(program);
	if (!started) {
		stream_end(&r.streams[0]);
		stream_end(&r.streams[1]);
		return fault_set(f, a, FAULT_REFUSED,
		    "the docker client cannot be asked: %s", strerror(errno));
	}
	why = client_end(&r, client_hear(&r), &said->status);
	said->out = r.streams[0].n > 0 ? r.streams[0].bytes : "";
	said->err = r.streams[1].n > 0 ? r.streams[1].bytes : "";
	if (why == NULL && said->status == STATUS_NOT_RUN)
		why = said->err;
	return why == NULL || fault_set(f, a, FAULT_REFUSED,
	    "the docker client %s cannot be asked: %s", path, why);
}
