/* SPDX-License-Identifier: Apache-2.0 */
#include "check/program_output.h"

#include "host/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT_MAX ((size_t)8 << 20)
#define ERROR_MAX ((size_t)256)
#define PATIENCE 10 /* seconds */

enum { NOT_STARTED = 127 };

/* What is left until the end, in milliseconds. */
static int
time_left(const struct timespec *end)
{
	struct timespec now;
	long long ms;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	ms = ((long long)end->tv_sec - now.tv_sec) * 1000 +
	    (end->tv_nsec - now.tv_nsec) / 1000000;
	return ms > 0 ? (int)ms : 0;
}

static _Noreturn void
become(int program, const char *const *argv, int out, int err)
{
	static const char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
		locale[] = "LC_ALL=C";
	static const char *const env[] = { path, locale, NULL };
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null >= 0 && setsid() >= 0 && chdir("/") == 0 &&
	    dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
	    dup2(err, STDERR_FILENO) >= 0 &&
	    syscall(SYS_close_range, 3U, ~0U, 4U /* CLOEXEC */) == 0)
		(void)syscall(SYS_execveat, program, "", argv, env,
		    AT_EMPTY_PATH);
	_exit(NOT_STARTED);
}

/* The pipe to its end; NULL: it came, and in time. */
static const char *
read_all(int fd, struct arena *a, struct program_output *o)
{
	struct timespec end;
	size_t room = 64 << 10, n = 0;
	char *bytes = arena_alloc(a, room + 1);

	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += PATIENCE;
	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t got;

		if (poll(&p, 1, time_left(&end)) == 0)
			return "is not done in time";
		got = read(fd, bytes + n, room - n);
		if (got < 0 && errno != EINTR)
			return "cannot be read from";
		if (got == 0)
			break;
		n += got > 0 ? (size_t)got : 0;
		if (n == OUTPUT_MAX)
			return "says too much";
		if (n == room) {
			char *more = arena_alloc(a, 2 * room + 1);

			bytes = memcpy(more, bytes, n);
			room *= 2;
		}
	}
	bytes[n] = '\0';
	o->out = bytes;
	o->size = n;
	return NULL;
}

/* What has come on stderr by the end; it is not waited for. */
static const char *
first_line(int fd, struct arena *a)
{
	char *line = arena_alloc(a, ERROR_MAX + 1);
	ssize_t n = read(fd, line, ERROR_MAX);

	line[n > 0 ? n : 0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return line;
}

static const char *
run(struct program_output *o, struct arena *a, int program,
    const char *const *argv, const int out[2], const int err[2])
{
	pid_t pid = fork();
	int status = -1;
	const char *why;

	if (pid < 0)
		return "cannot be started";
	if (pid == 0)
		become(program, argv, out[1], err[1]);
	(void)close(out[1]);
	(void)close(err[1]);
	why = read_all(out[0], a, o);
	if (why != NULL)
		(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	o->err = first_line(err[0], a);
	o->status = WIFEXITED(status) ? WEXITSTATUS(status) : NOT_STARTED;
	(void)close(out[0]);
	(void)close(err[0]);
	return why == NULL && o->status == NOT_STARTED ? "cannot be started" :
	    why;
}

bool
program_output(struct program_output *o, struct arena *a, const char *path,
    const char *const *argv, const char **why)
{
	struct stat st;
	int program = trust_open(a, path, TRUST_ROOTS_LINK, &st, why), out[2],
		err[2];

	if (program < 0)
		return false;
	*why = S_ISREG(st.st_mode) ? trust_owner(&st) : "is no program";
	if (*why == NULL && pipe2(out, O_CLOEXEC) != 0) {
		*why = "cannot be started";
	} else if (*why == NULL && pipe2(err, O_CLOEXEC | O_NONBLOCK) != 0) {
		(void)close(out[0]);
		(void)close(out[1]);
		*why = "cannot be started";
	} else if (*why == NULL) {
		*why = run(o, a, program, argv, out, err);
	}
	(void)close(program);
	return *why == NULL;
}
