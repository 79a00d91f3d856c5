/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_socket.h"
#include "host/engine/engine_sources.h"
#include "host/mounts/stage.h"
#include "host/mounts/stage_area.h"
#include "host/mounts/stage_record.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BATCH 128 /* records that are judged together */
#define SWEEP_SECONDS 120

struct sweep {
	const struct settings *settings;
	const struct caller *caller;
	struct arena *arena;
	int records;
};

struct candidate {
	const char *name;
	int lock;
};

/*
 * Inside the area, where no record is being made: one that is there has been
 * locked by its maker. False: the area is out of reach.
 */
static bool
batch_lock(const struct sweep *w, struct candidate *batch, size_t *n,
    const struct strv *names, size_t *next)
{
	struct stage_area area;
	struct fault f = { 0 };

	if (!stage_area_enter(&area, w->caller->uid,
	    w->arena, &f))
		return false;
	for (; *next < names->n && *n < BATCH; (*next)++) {
		batch[*n].name = names->v[*next];
		batch[*n].lock = stage_record_lock(w->records, batch[*n].name);
		*n += batch[*n].lock >= 0 ? 1 : 0;
	}
	stage_area_leave(&area);
	return true;
}

static void
batch_remove(const struct sweep *w, const struct candidate *batch, size_t n,
    const struct strv *used, struct stage_area *area)
{
	for (size_t i = 0; i < n; i++) {
		if (!strv_has(used, batch[i].name) &&
		    stage_area_slot_remove(area, batch[i].name))
			(void)unlinkat(w->records, batch[i].name, 0);
	}
}

/*
 * A client that held a lock until now may have made a container: the engine is
 * asked when all the locks are taken. False: nothing more can be judged.
 */
static bool
batch_sweep(const struct sweep *w, const struct strv *names, size_t *next)
{
	struct candidate batch[BATCH];
	struct strv used = strv_new(w->arena);
	struct stage_area area = { .lock = -1, .dir = -1 };
	struct fault f = { 0 };
	const char *why;
	size_t n = 0;
	bool good = batch_lock(w, batch, &n, names, next) && (n == 0 ||
	    engine_sources(w->settings, w->caller, w->arena, &used, &why));

	if (good && n > 0 && stage_area_enter(&area, w->caller->uid,
	    w->arena, &f))
		batch_remove(w, batch, n, &used, &area);
	for (size_t i = 0; i < n; i++)
		(void)close(batch[i].lock);
	stage_area_leave(&area);
	return good;
}

/* A record is made before its slot and goes after it. */
static void
slots_without_record(const struct sweep *w)
{
	struct strv names = strv_new(w->arena);
	struct stage_area area;
	struct fault f = { 0 };

	if (!stage_area_enter(&area, w->caller->uid,
	    w->arena, &f))
		return;
	if (stage_record_names(area.dir, w->caller->uid, &names)) {
		for (size_t i = 0; i < names.n; i++) {
			if (faccessat(w->records, names.v[i], F_OK,
			    AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
				(void)stage_area_slot_remove(&area, names.v[i]);
		}
	}
	stage_area_slots_old(&area);
	stage_area_leave(&area);
}

/*
 * In another mount namespace than the engine's the area and the records could
 * be others than those that its containers have.
 */
void
stage_sweep(
    const struct settings *settings, const struct caller *c, struct arena *a)
{
	struct sweep w = { .settings = settings, .caller = c, .arena = a };
	struct strv names = strv_new(a);
	struct fault f = { 0 };
	const char *why;
	size_t next = 0;
	bool good = true;

	if (!engine_socket_shares_mounts(settings, c, a, &f))
		return;
	w.records = stage_records_open(a, &why);
	if (w.records < 0)
		return;
	if (stage_record_names(w.records, c->uid, &names)) {
		while (good && next < names.n)
			good = batch_sweep(&w, &names, &next);
		if (good)
			slots_without_record(&w);
	}
	(void)close(w.records);
}

/* An engine that hangs, or a lock that nobody gives back, is not for ever. */
static bool
deadline_set(void)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGKILL,
	};
	const struct itimerspec after = { .it_value.tv_sec = SWEEP_SECONDS };
	timer_t timer;

	return timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 &&
	    timer_settime(timer, 0, &after, NULL) == 0;
}

/* Nothing of the caller's is left but the descriptor `only`. */
static bool
detached(int only)
{
	const unsigned int keep = (unsigned int)only;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	return setsid() >= 0 && chdir("/") == 0 && null >= 0 &&
	    dup2(null, 0) == 0 && dup2(null, 1) == 1 && dup2(null, 2) == 2 &&
	    (keep == 3 || syscall(SYS_close_range, 3U, keep - 1, 0U) == 0) &&
	    syscall(SYS_close_range, keep + 1, ~0U, 0U) == 0;
}

static _Noreturn void
watch(int process, const struct settings *settings, const struct caller *c,
    struct arena *a)
{
	struct pollfd p = { .fd = process, .events = POLLIN };
	int n;

	if (!detached(process))
		_exit(1);
	do
		n = poll(&p, 1, -1);
	while (n < 0 && errno == EINTR);
	if (n == 1 && deadline_set())
		stage_sweep(settings, c, a);
	_exit(0);
}

void
stage_sweep_watch(
    const struct settings *settings, const struct caller *c, struct arena *a)
{
	int process = (int)syscall(SYS_pidfd_open, getpid(), 0U);
	pid_t child = process > 2 ? fork() : -1;

	if (child == 0) {
		if (fork() == 0)
			watch(process, settings, c, a);
		_exit(0);
	}
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
	if (process >= 0)
		(void)close(process);
}
