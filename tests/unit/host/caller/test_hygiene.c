/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/hygiene.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/time.h>

/* How far a child came: the number of the line that was not so; 0: all was. */
#define WANT(what) \
	do { \
		if (!(what)) \
			return 1 + (__LINE__ - first) % 120; \
	} while (0)

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static int
try_descriptors(void *data)
{
	const int first = __LINE__;
	struct inherited was = { 0 };
	struct fault f = { 0 };

	(void)data;
	WANT(dup2(1, 3) == 3 && dup2(1, 77) == 77 && dup2(1, 200) == 200);
	(void)close(0);
	(void)close(2);
	WANT(hygiene(&was, a, &f));
	WANT(is_open(0) && is_open(1) && is_open(2));
	WANT(!is_open(3) && !is_open(77) && !is_open(200));
	return 0;
}

START_TEST(valid_0_to_2_are_open_and_no_others)
{
	ck_assert_int_eq(child_status(try_descriptors, NULL), 0);
}
END_TEST

static int
try_environment(void *data)
{
	const int first = __LINE__;
	struct inherited was = { 0 };
	struct fault f = { 0 };
	size_t n = 0;

	(void)data;
	WANT(setenv("LD_PRELOAD", "x", 1) == 0);
	WANT(setenv("TERM", "xterm", 1) == 0);
	WANT(hygiene(&was, a, &f));
	WANT(getenv("LD_PRELOAD") == NULL && getenv("TERM") == NULL);
	WANT(environ != NULL && *environ == NULL);
	while (was.env[n] != NULL && strcmp(was.env[n], "TERM=xterm") != 0)
		n++;
	WANT(was.env[n] != NULL);
	return 0;
}

START_TEST(valid_the_environment_is_data_only)
{
	ck_assert_int_eq(child_status(try_environment, NULL), 0);
}
END_TEST

static int
try_no_environment(void *data)
{
	const int first = __LINE__;
	struct inherited was = { 0 };
	struct fault f = { 0 };

	(void)data;
	environ = NULL;
	WANT(hygiene(&was, a, &f));
	WANT(was.env != NULL && was.env[0] == NULL);
	return 0;
}

START_TEST(valid_no_environment_is_an_empty_one)
{
	ck_assert_int_eq(child_status(try_no_environment, NULL), 0);
}
END_TEST

static void
handler(int n)
{
	(void)n;
}

static bool
disposition_is(int n, void (*wanted)(int))
{
	struct sigaction now;

	return sigaction(n, NULL, &now) == 0 && now.sa_handler == wanted;
}

static int
try_signals(void *data)
{
	const int first = __LINE__;
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	const struct sigaction own = { .sa_handler = handler };
	struct inherited was = { 0 };
	struct fault f = { 0 };
	sigset_t mask;

	(void)data;
	WANT(sigaction(SIGHUP, &ignore, NULL) == 0);
	WANT(sigaction(SIGCHLD, &ignore, NULL) == 0);
	WANT(sigaction(SIGALRM, &ignore, NULL) == 0);
	WANT(sigaction(SIGPIPE, &own, NULL) == 0);
	WANT(sigaction(SIGRTMAX, &ignore, NULL) == 0);
	WANT(sigfillset(&mask) == 0);
	WANT(sigprocmask(SIG_SETMASK, &mask, NULL) == 0);

	WANT(hygiene(&was, a, &f));
	WANT(disposition_is(SIGHUP, SIG_DFL));
	WANT(disposition_is(SIGCHLD, SIG_DFL));
	WANT(disposition_is(SIGALRM, SIG_DFL));
	WANT(disposition_is(SIGPIPE, SIG_DFL));
	WANT(disposition_is(SIGRTMAX, SIG_DFL));
	WANT(sigprocmask(SIG_SETMASK, NULL, &mask) == 0);
	/* The terminal cannot stop us; all else comes through. */
	WANT(sigismember(&mask, SIGTSTP) == 1);
	WANT(sigismember(&mask, SIGTTIN) == 1);
	WANT(sigismember(&mask, SIGTTOU) == 1);
	WANT(sigismember(&mask, SIGALRM) == 0);
	WANT(sigismember(&mask, SIGTERM) == 0);
	WANT(sigismember(&mask, SIGCHLD) == 0);

	WANT(hygiene_give_back(&was));
	WANT(disposition_is(SIGHUP, SIG_IGN));
	WANT(disposition_is(SIGCHLD, SIG_IGN));
	WANT(disposition_is(SIGALRM, SIG_IGN));
	WANT(disposition_is(SIGRTMAX, SIG_IGN));
	WANT(disposition_is(SIGPIPE, SIG_DFL));
	WANT(sigprocmask(SIG_SETMASK, NULL, &mask) == 0);
	WANT(sigismember(&mask, SIGTSTP) == 0);
	WANT(sigismember(&mask, SIGTERM) == 0);
	return 0;
}

START_TEST(valid_signals_are_at_their_defaults_and_come_back)
{
	ck_assert_int_eq(child_status(try_signals, NULL), 0);
}
END_TEST

static int
try_timers(void *data)
{
	const int first = __LINE__;
	const struct itimerval soon = { .it_value.tv_sec = 1000 };
	static const __itimer_which_t timers[] = { ITIMER_REAL, ITIMER_VIRTUAL,
		ITIMER_PROF };
	struct inherited was = { 0 };
	struct itimerval now;
	struct fault f = { 0 };

	(void)data;
	for (size_t i = 0; i < 3; i++)
		WANT(setitimer(timers[i], &soon, NULL) == 0);
	WANT(hygiene(&was, a, &f));
	for (size_t i = 0; i < 3; i++) {
		WANT(getitimer(timers[i], &now) == 0);
		WANT(now.it_value.tv_sec == 0 && now.it_value.tv_usec == 0);
	}
	return 0;
}

START_TEST(valid_timers_are_off)
{
	ck_assert_int_eq(child_status(try_timers, NULL), 0);
}
END_TEST

static int
try_rest(void *data)
{
	const int first = __LINE__;
	const struct rlimit small = { 0, RLIM_INFINITY };
	struct inherited was = { 0 };
	struct rlimit now;
	struct fault f = { 0 };

	(void)data;
	WANT(prctl(PR_SET_DUMPABLE, 1L, 0L, 0L, 0L) == 0);
	WANT(chdir("/tmp") == 0);
	umask(027);
	WANT(setrlimit(RLIMIT_FSIZE, &small) == 0);
	WANT(hygiene(&was, a, &f));
	WANT(prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) == 0);
	WANT(getrlimit(RLIMIT_FSIZE, &now) == 0);
	WANT(now.rlim_cur == RLIM_INFINITY);
	WANT(hygiene_give_back(&was));
	WANT(getrlimit(RLIMIT_FSIZE, &now) == 0 && now.rlim_cur == 0);
	/* These are the client's. */
	WANT(umask(0) == 027);
	return 0;
}

START_TEST(valid_limits_and_core_files)
{
	ck_assert_int_eq(child_status(try_rest, NULL), 0);
}
END_TEST

Suite *
hygiene_suite(void)
{
	Suite *s = suite_create("hygiene");
	TCase *t = tcase_of(s, "hygiene");

	ONE(t, valid_0_to_2_are_open_and_no_others);
	ONE(t, valid_the_environment_is_data_only);
	ONE(t, valid_no_environment_is_an_empty_one);
	ONE(t, valid_signals_are_at_their_defaults_and_come_back);
	ONE(t, valid_timers_are_off);
	ONE(t, valid_limits_and_core_files);
	return s;
}
