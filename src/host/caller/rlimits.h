/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Resource limits: the caller's could stop the runtime between two steps, so
 * it works with its own and gives the caller's back to the client.
 */
#ifndef UNDOCKER_RLIMITS_H
#define UNDOCKER_RLIMITS_H

#include "core/base/fault.h"

#include <stdbool.h>
#include <sys/resource.h>

#define LIMITS_N 8

struct rlimits {
	struct rlimit was[LIMITS_N];
	bool changed[LIMITS_N];
};

/*
 * Saves the caller's limits, raises what is too low, and turns core files off
 * for good. False: a limit is too low and cannot be raised.
 */
bool rlimits_take(struct rlimits *l, struct arena *a, struct fault *f);

/* The caller's limits again, except for core files. False: errno says why. */
bool rlimits_give_back(const struct rlimits *l);

#endif
