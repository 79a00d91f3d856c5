/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/case_process.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STATUS_UNFIT = 125 };

#define SAID_MOST ((size_t)64 << 10) /* more of it is read, and forgotten */

/*
 * A case may name /dev/fd/0: that is not whatever this program was started
 * with.
 */
static _Noreturn void
child(int output, case_work *work, void *arg)
{
	int null;

	if (dup2(output, STDERR_FILENO) < 0)
		_exit(STATUS_UNFIT);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(null, STDOUT_FILENO) < 0)
		_exit(STATUS_UNFIT);
	_exit(work(arg));
}

static const char *
read_all(struct arena *a, int fd)
{
	char *text = arena_alloc(a, SAID_MOST + 1), rest[512];
	size_t n = 0;
	ssize_t got;

	do {
		got = n < SAID_MOST ? read(fd, text + n, SAID_MOST - n)
				    : read(fd, rest, sizeof(rest));
		if (got > 0 && n < SAID_MOST)
			n += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return text;
}

static int
status_of(struct arena *a, pid_t pid, const char **said)
{
	int status;
	pid_t ended;

	do
		ended = waitpid(pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	if (ended == pid && WIFEXITED(status))
		return WEXITSTATUS(status);
	*said = ended == pid ? arena_printf(a, "signal %d ended the look",
	    WTERMSIG(status)) : strerror(errno);
	return -1;
}

int
case_process(struct arena *a, case_work *work, void *arg, const char **said)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0) {
		*said = strerror(errno);
		return -1;
	}
	pid = fork();
	if (pid == 0)
		child(ends[1], work, arg);
	(void)close(ends[1]);
	if (pid < 0)
		*said = strerror(errno);
	else
		*said = read_all(a, ends[0]);
	(void)close(ends[0]);
	return pid < 0 ? -1 : status_of(a, pid, said);
}
