/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/rlimits.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <string.h>

#define OTHER 65534U

/* Which limit, what it is set to first, and whether the runtime goes on. */
struct trial {
	__rlimit_resource_t resource;
	rlim_t soft, hard;
	bool root; /* with root's right to raise the hard limit */
	rlim_t want; /* the soft limit afterwards; 0: a refusal */
	const char *why;
};

#define INF RLIM_INFINITY

static struct trial trials[] = {
	/* root raises all, past the hard limit too */
	{ RLIMIT_FSIZE, 0, 0, true, INF, NULL },
	{ RLIMIT_FSIZE, 1, INF, true, INF, NULL },
	{ RLIMIT_CPU, 1, 1, true, INF, NULL },
	{ RLIMIT_NOFILE, 64, 64, true, 1024, NULL },
	{ RLIMIT_SIGPENDING, 0, 0, true, 64, NULL },
	{ RLIMIT_STACK, 1 << 20, 1 << 20, true, 8 << 20, NULL },
	{ RLIMIT_RTTIME, 1, 1, true, INF, NULL },
	/* what is enough stays */
	{ RLIMIT_NOFILE, 4096, 4096, true, 4096, NULL },
	{ RLIMIT_NOFILE, 1024, 2048, true, 1024, NULL },
	{ RLIMIT_STACK, 16 << 20, INF, true, 16 << 20, NULL },
	/* without that right, as far as the hard limit goes */
	{ RLIMIT_NOFILE, 64, 512, false, 512, NULL },
	{ RLIMIT_NOFILE, 64, 256, false, 256, NULL },
	{ RLIMIT_NOFILE, 64, 4096, false, 1024, NULL },
	{ RLIMIT_FSIZE, 0, 64 << 20, false, 64 << 20, NULL },
	{ RLIMIT_CPU, 10, 10, false, 10, NULL },
	/* and not below the floor */
	{ RLIMIT_NOFILE, 64, 255, false, 0, "open files" },
	{ RLIMIT_FSIZE, 0, (64 << 20) - 1, false, 0, "file size" },
	{ RLIMIT_FSIZE, 0, 0, false, 0, "file size" },
	{ RLIMIT_CPU, 9, 9, false, 0, "cpu time" },
	{ RLIMIT_SIGPENDING, 7, 7, false, 0, "pending signals" },
};

enum { GOOD, NOT_SET, NOT_TAKEN, NOT_TOLD, NOT_RAISED, NOT_GIVEN, STILL_CORE };

static int
try_trial(void *data)
{
	const struct trial *t = data;
	const struct rlimit start = { t->soft, t->hard };
	struct rlimits l = { 0 };
	struct fault f = { 0 };
	struct rlimit now;
	bool taken;

	if (setrlimit(t->resource, &start) != 0 ||
	    (!t->root && setresuid(OTHER, OTHER, OTHER) != 0))
		return NOT_SET;
	taken = rlimits_take(&l, a, &f);
	if (taken != (t->want > 0))
		return NOT_TAKEN;
	if (!taken)
		return f.kind == FAULT_REFUSED &&
		    strstr(f.text, t->why) != NULL ? GOOD : NOT_TOLD;
	if (getrlimit(t->resource, &now) != 0 || now.rlim_cur != t->want)
		return NOT_RAISED;
	if (!rlimits_give_back(&l) || getrlimit(t->resource, &now) != 0 ||
	    now.rlim_cur != t->soft || now.rlim_max != t->hard)
		return NOT_GIVEN;
	return getrlimit(RLIMIT_CORE, &now) == 0 && now.rlim_cur == 0 &&
	    now.rlim_max == 0 ? GOOD : STILL_CORE;
}

/* Root in a container may have lost the right to raise a hard limit. */
static int
try_right(void *data)
{
	const struct rlimit low = { 64, 64 }, high = { 65, 65 };

	(void)data;
	return setrlimit(RLIMIT_NOFILE, &low) == 0 &&
	    setrlimit(RLIMIT_NOFILE, &high) == 0 ? GOOD : NOT_RAISED;
}

START_TEST(limit_taken_and_given_back)
{
	if (trials[_i].hard < trials[_i].want && trials[_i].root &&
	    child_status(try_right, NULL) != GOOD)
		return;
	ck_assert_int_eq(child_status(try_trial, &trials[_i]), GOOD);
}
END_TEST

static int
try_core(void *data)
{
	const struct rlimit much = { 1 << 20, 1 << 20 };
	struct rlimits l = { 0 };
	struct fault f = { 0 };
	struct rlimit now;

	(void)data;
	if (setrlimit(RLIMIT_CORE, &much) != 0)
		return NOT_SET;
	if (!rlimits_take(&l, a, &f) || !rlimits_give_back(&l))
		return NOT_TAKEN;
	return getrlimit(RLIMIT_CORE, &now) == 0 && now.rlim_cur == 0 &&
	    now.rlim_max == 0 ? GOOD : STILL_CORE;
}

START_TEST(deny_core_files_stay_off)
{
	ck_assert_int_eq(child_status(try_core, NULL), GOOD);
}
END_TEST

Suite *
rlimits_suite(void)
{
	Suite *s = suite_create("rlimits");
	TCase *t = tcase_of(s, "limits");

	ONE(t, deny_core_files_stay_off);
	if (geteuid() == 0)
		EACH(t, limit_taken_and_given_back, trials);
	return s;
}
