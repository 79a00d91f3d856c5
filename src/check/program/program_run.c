/* SPDX-License-Identifier: Apache-2.0 */
#include "check/program/program_run.h"

#include "host/client/client_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOBODY 65534U

enum { FD_HIGH = 100 }; /* above what the child puts at 0-2 */

/* One of the outputs. */
struct stream {
	int fd; /* -1: it has ended */
	char *bytes;
	size_t n;
	size_t size;
};

/* The program while it runs. */
struct running {
	struct arena *arena;
	const struct program_way *way;
	pid_t pid;
	struct stream streams[2]; /* stdout, stderr */
	struct timespec end;
};

static char **
exec_vector(struct arena *a, const char *const *words)
{
	size_t n = 0;
	char **v;

	while (words[n] != NULL)
		n++;
	v = arena_alloc(a, (n + 1) * sizeof(*v));
	return memcpy(v, words, n * sizeof(*v));
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

/* out and err are the ends that the program writes to. */
static bool
descriptors_set(int out, int err)
{
	/* The copies are high: 0-2 may be among what was given. */
	int high_out = fcntl(out, F_DUPFD_CLOEXEC, FD_HIGH);
	int high_err = fcntl(err, F_DUPFD_CLOEXEC, FD_HIGH);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC), high_null;

	high_null = fcntl(null, F_DUPFD_CLOEXEC, FD_HIGH);
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
	_exit(PROGRAM_NOT_RUN);
}

/* In the child: from here to the program. */
static _Noreturn void
child_runs(struct arena *a, const struct program_way *way, int program,
    int out, int err)
{
	static const struct rlimit none = { 0, 0 };
	const struct client_exec only = {
		.fd = fcntl(program, F_DUPFD_CLOEXEC, FD_HIGH),
		.path = "",
		.argv = exec_vector(a, way->argv),
		.env = exec_vector(a, way->env),
	};
	struct fault f = { 0 };

	if (only.fd < 0 || !descriptors_set(out, err))
		_exit(PROGRAM_NOT_RUN);
	/* A session of its own: root's terminal is out of its reach. */
	if (setsid() < 0 || chdir("/") != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0)
		child_ends("it cannot be set apart");
	if (way->as_nobody && !rights_given_up())
		child_ends("it cannot be run as nobody");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0 ||
	    prctl(PR_SET_PDEATHSIG, (long)SIGKILL, 0L, 0L, 0L) != 0)
		child_ends("it cannot be set apart");
	if (way->as_nobody && !client_filter(a, &only, &f))
		child_ends(f.text);
	(void)syscall(SYS_execveat, only.fd, only.path, only.argv, only.env,
	    AT_EMPTY_PATH);
	child_ends(strerror(errno));
}

static bool
start(struct running *r, int program)
{
	int out[2], err[2];

	if (pipe2(out, O_CLOEXEC) != 0)
		return false;
	if (pipe2(err, O_CLOEXEC) != 0) {
		(void)close(out[0]);
		(void)close(out[1]);
		return false;
	}
	r->pid = fork();
	if (r->pid == 0)
		child_runs(r->arena, r->way, program, out[1], err[1]);
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
stream_read(struct running *r, struct stream *s)
{
	char bytes[8192];
	ssize_t n = read(s->fd, bytes, sizeof(bytes));

	if (n < 0)
		return errno == EINTR ? NULL : "cannot be read from";
	if (n == 0) {
		stream_end(s);
		return NULL;
	}
	if (s->n + (size_t)n > r->way->output_most)
		return "says too much";
	while (s->n + (size_t)n + 1 > s->size) {
		size_t size = s->size == 0 ? 2 * sizeof(bytes) : 2 * s->size;
		char *more = arena_alloc(r->arena, size);

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
hear(struct running *r)
{
	while (r->streams[0].fd >= 0 || r->streams[1].fd >= 0) {
		struct pollfd p[2] = {
			{ .fd = r->streams[0].fd, .events = POLLIN },
			{ .fd = r->streams[1].fd, .events = POLLIN },
		};
		int ready = poll(p, 2, patience_left(r));

		if (ready < 0 && errno != EINTR)
			return "cannot be read from";
		if (ready == 0)
			return "is not done in time";
		for (int i = 0; ready > 0 && i < 2; i++) {
			const char *why = p[i].revents == 0 ? NULL
			    : stream_read(r, &r->streams[i]);

			if (why != NULL)
				return why;
		}
	}
	return NULL;
}

/* Its end; NULL: it came by itself. */
static const char *
end(struct running *r, const char *why, int *status)
{
	int fd = (int)syscall(SYS_pidfd_open, r->pid, 0U), wait = 0;
	struct pollfd p = { .fd = fd, .events = POLLIN };

	if (why == NULL && (fd < 0 || poll(&p, 1, patience_left(r)) != 1))
		why = "is not done in time";
	if (fd >= 0)
		(void)close(fd);
	/* The group: what it may have forked goes with it. */
	(void)kill(-r->pid, SIGKILL);
	(void)kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &wait, 0) < 0) {
		if (errno != EINTR)
			return "cannot be waited for";
	}
	*status = WIFSIGNALED(wait) ? 128 + WTERMSIG(wait) : WEXITSTATUS(wait);
	return why;
}

static struct program_text
heard(const struct stream *s)
{
	return (struct program_text) { .bytes = s->n > 0 ? s->bytes : "",
		.n = s->n };
}

const char *
program_run(struct program_said *said, struct arena *a, int program,
    const struct program_way *way)
{
	struct running r = { .arena = a, .way = way,
		.streams = { { .fd = -1 }, { .fd = -1 } } };
	const char *why = "cannot be started";

	(void)clock_gettime(CLOCK_MONOTONIC, &r.end);
	r.end.tv_sec += way->patience_ms / 1000;
	r.end.tv_nsec += (way->patience_ms % 1000) * 1000000L;
	if (start(&r, program))
		why = end(&r, hear(&r), &said->status);
	stream_end(&r.streams[0]);
	stream_end(&r.streams[1]);
	said->out = heard(&r.streams[0]);
	said->err = heard(&r.streams[1]);
	return why;
}
