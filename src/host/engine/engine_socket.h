/* SPDX-License-Identifier: Apache-2.0 */
/* The engine of the policy: may the client get its socket's group? */
#ifndef UNDOCKER_ENGINE_SOCKET_H
#define UNDOCKER_ENGINE_SOCKET_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/settings.h"

#include <stdbool.h>
#include <time.h>

/*
 * A non-blocking connection to the engine, for questions of our own: as root
 * to a socket of root's, with the caller's rights to an engine of his own.
 * deadline: CLOCK_MONOTONIC. -1: f says why not.
 */
int engine_socket_connect(const struct settings *s, const struct caller *c,
    const struct timespec *deadline, struct arena *a, struct fault *f);

/*
 * The group that the client needs for the engine: the socket's where the
 * policy's engine stands on a socket of root's, else the caller's own (or
 * root's, for a client that stays root). False: f.
 */
bool engine_socket_group(const struct settings *s, const struct caller *c,
    struct arena *a, gid_t *gid, struct fault *f);

/*
 * Whether a path is the same thing to the engine and to this process: who made
 * the engine's socket listen (with socket activation that is systemd) has this
 * process's mount namespace. An engine of the user's own is his own affair.
 * False: f.
 */
bool engine_socket_shares_mounts(const struct settings *s,
    const struct caller *c, struct arena *a, struct fault *f);

#endif
