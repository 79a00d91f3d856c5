/* SPDX-License-Identifier: Apache-2.0 */
/* The docker client's file: what may be run as such. */
#ifndef UNDOCKER_CLIENT_PROGRAM_H
#define UNDOCKER_CLIENT_PROGRAM_H

#include "core/base/arena.h"

/*
 * Opens (O_PATH) the program at path, if only root can have put it there and
 * it is no script. -1: *why says why not, as what follows the path in a
 * sentence.
 */
int client_program_open(struct arena *a, const char *path, const char **why);

#endif
