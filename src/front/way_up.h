/* SPDX-License-Identifier: Apache-2.0 */
/* How a user's process gets to the runtime: as root, by the shim, or by sudo. */
#ifndef UNDOCKER_WAY_UP_H
#define UNDOCKER_WAY_UP_H

#include "core/base/arena.h"

/*
 * Becomes what goes up, with these arguments and the environment packed so that
 * nothing on the way cuts it. Returns, with an exit status, only if that
 * failed: a line on stderr says why.
 */
int way_up_go(struct arena *a, int argc, char **argv);

/*
 * "undocker: TEXT PROGRAM" and what errno says (0: nothing) as a line on
 * stderr, and the exit status for it.
 */
int way_up_refuse(const char *text, const char *program, int error);

#endif
