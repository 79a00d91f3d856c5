/* SPDX-License-Identifier: Apache-2.0 */
/* Becomes the docker client: its ids, its filter, its exec. */
#ifndef UNDOCKER_LAUNCH_H
#define UNDOCKER_LAUNCH_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/base/strv.h"
#include "core/policy/settings.h"
#include "host/caller/hygiene.h"
#include "host/client/make_ready.h"

#include <stdbool.h>

struct launch {
	int program; /* the docker client, opened with O_PATH */
	gid_t gid; /* the engine's group */
};

/*
 * Before anything is made: is the client a program of root's, and is the
 * engine's socket root's, and (binds) in this mount namespace? Changes nothing.
 * False: f.
 */
bool launch_prepare(struct launch *l, const struct settings *settings,
    bool binds, const struct caller *c, struct arena *a, struct fault *f);

/*
 * Takes the client's ids, sets the filter and executes the client with argv.
 * Returns only if that failed: f says why, and the process may only end.
 */
void launch(const struct launch *l, const struct made_ready *ready,
    const struct strv *argv, const struct settings *settings,
    const struct caller *c, const struct inherited *was, struct arena *a,
    struct fault *f);

#endif
