/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The looks themselves. Each is called with the caller's rights in effect and
 * fills the need's state and answer.
 */
#ifndef UNDOCKER_LOOK_H
#define UNDOCKER_LOOK_H

#include "core/policy/need.h"

/*
 * NEED_SOURCE: an object that the caller may read, and where it is. Its
 * descriptor stays open in the need.
 */
void look_path_source(struct need *n, struct arena *a);

/* NEED_BELOW: whether it is there, without following a link. */
void look_path_below(struct need *n, struct arena *a);

/*
 * NEED_PATH: a path of the policy's, as far as nobody but root could have made
 * it lead elsewhere; what lies behind that stays as it is written. Whoever
 * walks farther decides: root may be kept out of a file server, the caller out
 * of a directory of root's. NEED_FAILED: an error that could hide where it
 * leads; any other state is the caller's to set.
 */
void look_path_policy(struct need *n, struct arena *a);

/* The same by whosever links, into resolved_all. */
void look_path_links(struct need *n, struct arena *a);

/* NEED_FILE: the bytes. */
void look_file(struct need *n, struct arena *a);

/* Sets NEED_FAILED with this text. */
void look_path_failed(struct need *n, const char *error);

/*
 * Opens path with O_PATH and no magic link (/proc/PID/fd/N) on the way; more
 * O_* flags and RESOLVE_* are added. -1: errno.
 */
int look_path_open(int dir, const char *path, int flags, unsigned long resolve);

#endif
