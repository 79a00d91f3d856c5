/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/rlimits.h"

#define MIB ((rlim_t)1 << 20)

static const struct {
	__rlimit_resource_t resource;
	const char *name;
	rlim_t want;
	rlim_t floor; /* less than this is a refusal */
} kinds[LIMITS_N] = {
	{ RLIMIT_AS, "address space", RLIM_INFINITY, 256 * MIB },
	{ RLIMIT_DATA, "data size", RLIM_INFINITY, 128 * MIB },
	{ RLIMIT_STACK, "stack size", 8 * MIB, MIB },
	{ RLIMIT_FSIZE, "file size", RLIM_INFINITY, 64 * MIB },
	{ RLIMIT_NOFILE, "open files", 1024, 256 },
	{ RLIMIT_CPU, "cpu time", RLIM_INFINITY, 10 },
	{ RLIMIT_RTTIME, "real-time cpu time", RLIM_INFINITY, 1000000 },
	{ RLIMIT_SIGPENDING, "pending signals", 64, 8 },
};

/* Root may raise the hard limit too, unless it lacks CAP_SYS_RESOURCE. */
static bool
raise_limit(__rlimit_resource_t resource, const struct rlimit *was,
    rlim_t want, rlim_t floor)
{
	struct rlimit r = {
		.rlim_cur = want,
		.rlim_max = was->rlim_max > want ? was->rlim_max : want,
	};

	if (setrlimit(resource, &r) == 0)
		return true;
	r.rlim_max = was->rlim_max;
	r.rlim_cur = was->rlim_max < want ? was->rlim_max : want;
	return r.rlim_cur >= floor && setrlimit(resource, &r) == 0;
}

bool
rlimits_take(struct rlimits *l, struct arena *a, struct fault *f)
{
	const struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "core files cannot be turned off");
	for (size_t i = 0; i < LIMITS_N; i++) {
		struct rlimit *was = &l->was[i];

		if (getrlimit(kinds[i].resource, was) != 0)
			return fault_set(f, a, FAULT_REFUSED,
			    "the limit on %s is unknown", kinds[i].name);
		if (was->rlim_cur >= kinds[i].want)
			continue;
		l->changed[i] = true;
		if (!raise_limit(kinds[i].resource, was, kinds[i].want,
		    kinds[i].floor))
			return fault_set(f, a, FAULT_REFUSED,
			    "the limit on %s is too low (ulimit -H)",
			    kinds[i].name);
	}
	return true;
}

bool
rlimits_give_back(const struct rlimits *l)
{
	for (size_t i = 0; i < LIMITS_N; i++) {
		if (l->changed[i] &&
		    setrlimit(kinds[i].resource, &l->was[i]) != 0)
			return false;
	}
	return true;
}
