/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The looks themselves. Each is called with the caller's rights in effect and
 * fills the need's state and answer.
 */
#ifndef UNDOCKER_LOOK_H
#define UNDOCKER_LOOK_H

#include "core/need.h"

/* NEED_SOURCE: an object that the caller may read, and where it is. */
void look_source(struct need *n, struct arena *a);

/* NEED_BELOW: whether it is there, without following a link. */
void look_below(struct need *n, struct arena *a);

/* NEED_FILE: the bytes. */
void look_file(struct need *n, struct arena *a);

/* Sets NEED_FAILED with this text. */
void look_failed(struct need *n, const char *error);

/*
 * Opens path with O_PATH and no magic link (/proc/PID/fd/N) on the way; more
 * O_* flags and RESOLVE_* are added. -1: errno.
 */
int look_open(int dir, const char *path, int flags, unsigned long resolve);

#endif
