/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes, finds and takes away the mounts of core/policy/staged.h. All of it is
 * root's work; what is mounted was opened before with the caller's rights.
 *
 * STAGED_DIR is a tmpfs of its own: private, so that nothing that happens in it
 * reaches another namespace, and unbindable, so that no recursive bind shows
 * it to anybody. The records lie in STAGE_RECORDS and outlive a reboot. A
 * record's lock is held by the docker client that makes the container, through
 * an inherited descriptor: while it lives, nobody takes its mounts away; when
 * it is gone, a container holds them, or nobody does.
 */
#ifndef UNDOCKER_STAGE_H
#define UNDOCKER_STAGE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/settings.h"
#include "core/policy/staged.h"

#include <stdbool.h>

#define STAGE_RECORDS "/var/lib/undocker/mounts"
#define STAGE_MOST 64 /* containers with such mounts, a user */

/*
 * Makes a new one of these mounts (every fd open), writes the record, and sets
 * s->name and s->standing. *lock is a descriptor, close-on-exec, that holds the
 * record's lock as long as it or a copy is open. With too many of the user's
 * it first looks which of them no container needs any more. False: f, and
 * nothing is left behind.
 */
bool stage_make(struct staged *s, const struct settings *settings,
    const struct caller *c, struct arena *a, int *lock, struct fault *f);

/*
 * Mounts an existing one again, at the same places (every fd open). What is
 * left there of it goes first. False: f.
 */
bool stage_again(struct staged *s, const struct caller *c, struct arena *a,
    struct fault *f);

/*
 * Reads the record of this name (as it stands in a container's mount; nothing
 * about it is trusted) if it is this uid's. Every fd is -1. False: *why.
 */
bool stage_find(struct staged *s, struct arena *a, const char *name,
    uid_t uid, const char **why);

/*
 * Takes away what no container of this user's has any more and no client works
 * for: mounts, places and records. What cannot be judged stays, and so does
 * what is another's: nobody waits for, or is measured by, what others have.
 * Host mounts below a source are not touched.
 */
void stage_sweep(
    const struct settings *settings, const struct caller *c, struct arena *a);

/*
 * Whether there is any record at all: a sweep may have something to do.
 */
bool stage_any(void);

/*
 * Leaves a process of root's behind that waits for the end of this one (which
 * becomes the docker client) and then sweeps. It holds no descriptor of the
 * caller's and no terminal. What goes wrong is no matter: the next sweep does
 * it.
 */
void stage_sweep_watch(
    const struct settings *settings, const struct caller *c, struct arena *a);

#endif
