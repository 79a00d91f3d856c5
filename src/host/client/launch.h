/* SPDX-License-Identifier: Apache-2.0 */
/* Becomes the docker client. */
#ifndef UNDOCKER_LAUNCH_H
#define UNDOCKER_LAUNCH_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/verdict/judge.h"
#include "host/caller/hygiene.h"

#include <stdbool.h>

struct launch {
	int program; /* the docker client, opened with O_PATH */
	gid_t gid; /* the engine's group */
};

/*
 * The last look: is the client a program of root's, and is the engine's socket
 * root's, and in this mount namespace where something is to be mounted?
 * Changes nothing. False: f.
 */
bool launch_prepare(struct launch *l, const struct decision *d,
    const struct caller *c, struct arena *a, struct fault *f);

/*
 * Makes the mounts, takes the client's ids, sets the filter and executes the
 * final command.
 * Returns only if that failed: f says why, and the process may only end.
 */
void launch(const struct launch *l, struct decision *d, const struct caller *c,
    const struct inherited *was, struct arena *a, struct fault *f);

#endif
