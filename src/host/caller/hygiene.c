/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/hygiene.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* A closed 0-2 would be the number of the next file that is opened. */
static bool
std_descriptors_open(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		if (errno != EBADF || open("/dev/null", O_RDWR) != fd)
			return false;
	}
	return true;
}

/*
 * Ctrl-Z reaches every process of the terminal, root's too; nobody shall hold
 * the runtime still between its check and its exec.
 */
static bool
stops_blocked(void)
{
	sigset_t stops;

	return sigemptyset(&stops) == 0 && sigaddset(&stops, SIGTSTP) == 0 &&
	    sigaddset(&stops, SIGTTIN) == 0 &&
	    sigaddset(&stops, SIGTTOU) == 0 &&
	    sigprocmask(SIG_SETMASK, &stops, NULL) == 0;
}

/* libc keeps two real-time signals for itself: sigaction refuses those. */
static bool
signals_default(sigset_t *ignored)
{
	const struct sigaction plain = { .sa_handler = SIG_DFL };

	if (!stops_blocked() || sigemptyset(ignored) != 0)
		return false;
	for (int n = 1; n <= SIGRTMAX; n++) {
		struct sigaction was;

		if (n == SIGKILL || n == SIGSTOP ||
		    sigaction(n, NULL, &was) != 0 || was.sa_handler == SIG_DFL)
			continue;
		if (was.sa_handler == SIG_IGN && sigaddset(ignored, n) != 0)
			return false;
		if (sigaction(n, &plain, NULL) != 0)
			return false;
	}
	return true;
}

/* Interval timers outlive an exec; POSIX timers do not. */
static bool
timers_off(void)
{
	const struct itimerval off = { 0 };

	return setitimer(ITIMER_REAL, &off, NULL) == 0 &&
	    setitimer(ITIMER_VIRTUAL, &off, NULL) == 0 &&
	    setitimer(ITIMER_PROF, &off, NULL) == 0;
}

/* POSIX timers end with the exec. */
static bool
deadline_set(void)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGKILL,
	};
	const struct itimerspec after = {
		.it_value.tv_sec = HYGIENE_SECONDS,
	};
	timer_t timer;

	return timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 &&
	    timer_settime(timer, 0, &after, NULL) == 0;
}

/* No library of ours may find anything of the caller's in environ. */
static char *const *
environment_take(void)
{
	static char *none[] = { NULL };
	char *const *env = environ != NULL ? environ : none;

	environ = none;
	return env;
}

bool
hygiene(struct inherited *was, struct arena *a, struct fault *f)
{
	was->env = environment_take();
	if (!std_descriptors_open())
		return fault_set(f, a, FAULT_REFUSED,
		    "descriptors 0 to 2 cannot be opened: %s", strerror(errno));
	if (syscall(SYS_close_range, 3U, ~0U, 0U) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "descriptors cannot be closed: %s (Linux 5.12 or later is "
		    "needed)", strerror(errno));
	if (!timers_off() || !signals_default(&was->ignored))
		return fault_set(f, a, FAULT_REFUSED,
		    "signals cannot be reset: %s", strerror(errno));
	if (prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "core files cannot be turned off: %s", strerror(errno));
	if (!rlimits_take(&was->limits, a, f))
		return false;
	if (!deadline_set())
		return fault_set(f, a, FAULT_REFUSED,
		    "no timer for a deadline: %s", strerror(errno));
	return true;
}

bool
hygiene_give_back(const struct inherited *was)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t none;

	if (!rlimits_give_back(&was->limits))
		return false;
	for (int n = 1; n <= SIGRTMAX; n++) {
		if (sigismember(&was->ignored, n) == 1 &&
		    sigaction(n, &ignore, NULL) != 0)
			return false;
	}
	return sigemptyset(&none) == 0 &&
	    sigprocmask(SIG_SETMASK, &none, NULL) == 0;
}
