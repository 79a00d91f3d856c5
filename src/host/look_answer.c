/* SPDX-License-Identifier: Apache-2.0 */
#include "host/look_answer.h"

#include "host/caller/identity.h"
#include "host/files/look.h"
#include "host/mounts/stage.h"
#include "host/report.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void
too_slow(int signal_number)
{
	(void)signal_number;
	report_die("a file of the command line did not answer within 5 s");
}

static bool
timer_start(timer_t *timer, int signal_number, time_t seconds)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = signal_number,
	};
	const struct itimerspec after = { .it_value.tv_sec = seconds };

	if (timer_create(CLOCK_MONOTONIC, &event, timer) != 0)
		return false;
	return timer_settime(*timer, 0, &after, NULL) == 0;
}

/*
 * A call that waits for a dead NFS server runs no handler, but can be killed:
 * hence the second timer.
 */
static bool
clock_start(timer_t timers[2])
{
	struct sigaction slow = { .sa_handler = too_slow };

	return sigaction(SIGALRM, &slow, NULL) == 0 &&
	    timer_start(&timers[0], SIGALRM, LOOK_SECONDS) &&
	    timer_start(&timers[1], SIGKILL, LOOK_SECONDS + 1);
}

static bool
clock_stop(const timer_t timers[2])
{
	const struct sigaction plain = { .sa_handler = SIG_DFL };

	return timer_delete(timers[0]) == 0 && timer_delete(timers[1]) == 0 &&
	    sigaction(SIGALRM, &plain, NULL) == 0;
}

/* The engine's are engine_answer.c's to answer. */
static bool
is_file(const struct need *n)
{
	return n->state == NEED_OPEN && (n->kind == NEED_SOURCE ||
	    n->kind == NEED_BELOW || n->kind == NEED_FILE ||
	    n->kind == NEED_PATH);
}

static bool
has_open(const struct needs *needs)
{
	for (size_t i = 0; i < needs->n; i++) {
		const struct need *n = needs->v[i];

		if (is_file(n) ||
		    (n->kind == NEED_STAGED && n->state == NEED_OPEN))
			return true;
	}
	return false;
}

static void
look_all(struct needs *needs, struct arena *a)
{
	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state != NEED_OPEN)
			continue;
		switch (n->kind) {
		case NEED_SOURCE:
			look_path_source(n, a);
			break;
		case NEED_BELOW:
			look_path_below(n, a);
			break;
		case NEED_FILE:
			look_file(n, a);
			break;
		case NEED_PATH:
			look_path_policy(n, a);
			if (n->wants_all && n->state == NEED_OPEN)
				look_path_links(n, a);
			if (n->state == NEED_OPEN)
				n->state = NEED_MET;
			break;
		case NEED_CONTAINER:
		case NEED_CONTAINERS:
		case NEED_IMAGE:
		case NEED_VOLUME:
		case NEED_STAGED:
		default:
			break; /* unanswered: a refusal */
		}
	}
}

static void
fail_all(struct needs *needs, struct arena *a, const struct caller *c)
{
	for (size_t i = 0; i < needs->n; i++) {
		if (!is_file(needs->v[i]))
			continue;
		needs->v[i]->state = NEED_FAILED;
		needs->v[i]->unseen = true;
		needs->v[i]->error = arena_printf(a,
		    "cannot be judged here: run undocker-check as root or as "
		    "%s", c->user);
	}
}

/* Root looks as the caller; a caller who is root needs no change. */
static bool
look_as(struct needs *needs, struct arena *a, const struct caller *c,
    struct fault *f)
{
	int error;

	if (c->uid == 0) {
		look_all(needs, a);
		return true;
	}
	if (!identity_become(a, c)) {
		error = errno;
		identity_return();
		return fault_set(f, a, FAULT_REFUSED,
		    "cannot take the caller's rights: %s", strerror(error));
	}
	look_all(needs, a);
	identity_return();
	return true;
}

/* Root's own records and links, read as root. */
static void
look_as_root(struct needs *needs, struct arena *a, const struct caller *c)
{
	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];
		struct staged *found;

		if (n->kind == NEED_PATH && n->state == NEED_OPEN)
			look_path_policy(n, a);
		if (n->kind != NEED_STAGED || n->state != NEED_OPEN)
			continue;
		found = arena_alloc(a, sizeof(*found));
		if (stage_find(found, a, n->path, c->uid, &n->error)) {
			n->staged = found;
			n->state = NEED_MET;
		} else {
			n->state = NEED_FAILED;
			n->unseen = true;
		}
	}
}

/* A path of the policy's that is not known to the end might restrict. */
static bool
paths_found(const struct needs *needs, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < needs->n; i++) {
		const struct need *n = needs->v[i];

		if (n->kind == NEED_PATH && n->state == NEED_FAILED)
			return fault_set(f, a, FAULT_REFUSED, "the policy's "
			    "path '%s' cannot be looked up: %s", n->path,
			    n->error);
	}
	return true;
}

bool
look_answer(struct needs *needs, struct arena *a, const struct caller *c,
    struct fault *f)
{
	timer_t timers[2];
	bool looked = true;

	if (!has_open(needs))
		return true;
	if (geteuid() != 0 && (geteuid() != c->uid || getuid() != c->uid)) {
		fail_all(needs, a, c);
		return true;
	}
	if (!clock_start(timers))
		return fault_set(f, a, FAULT_REFUSED,
		    "no timer for a look at the caller's files: %s",
		    strerror(errno));
	look_as_root(needs, a, c);
	if (geteuid() == 0)
		looked = look_as(needs, a, c, f);
	else
		look_all(needs, a);
	if (!clock_stop(timers))
		return fault_set(f, a, FAULT_REFUSED,
		    "a timer cannot be stopped: %s", strerror(errno));
	return looked && paths_found(needs, a, f);
}
