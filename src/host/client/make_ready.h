/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an allowed command names and docker's client finds: mounts, files of
 * variables, the caller's registry credentials.
 */
#ifndef UNDOCKER_MAKE_READY_H
#define UNDOCKER_MAKE_READY_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/settings.h"
#include "core/verdict/settlement.h"
#include "core/write/handover.h"

#include <stdbool.h>

struct made_ready {
	struct handover handover; /* for the writer */
	const char *config; /* the client's own configuration; NULL: none */
	bool may_write_config;
};

/*
 * Makes it, at the descriptors of client_fds.h. False: f says why, and the
 * process may only end.
 */
bool make_ready(struct made_ready *r, const struct settlement *st,
    const struct settings *settings, const struct caller *c, struct arena *a,
    struct fault *f);

#endif
