/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot be undone is tried in a process of its own. */
#ifndef UNDOCKER_CHILD_H
#define UNDOCKER_CHILD_H

#include <check.h>
#include <errno.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The exit status of work, or 128 and the number of the signal that ended it.
 * The child cannot use ck_assert: it says by its status how far it came.
 */
static int
child_status(int (*work)(void *), void *data)
{
	pid_t pid = fork();
	int status = 0;

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(work(data));
	while (waitpid(pid, &status, 0) < 0)
		ck_assert_int_eq(errno, EINTR);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

#endif
