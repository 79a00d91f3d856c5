/* SPDX-License-Identifier: Apache-2.0 */
/* Directories of undocker's own, below one that only root can change. */
#ifndef UNDOCKER_TRUST_DIRECTORY_H
#define UNDOCKER_TRUST_DIRECTORY_H

#include "core/base/arena.h"

#include <sys/types.h>

/*
 * Opens the directory parent/name, made with this mode where it is missing. It
 * and all above it are root's and closed to others' writing, and to others at
 * all if the mode is. -1: *why.
 */
int trust_directory(struct arena *a, const char *parent, const char *name,
    mode_t mode, const char **why);

#endif
