/* SPDX-License-Identifier: Apache-2.0 */
/* The files that one path of INCLUDE stands for. */
#ifndef UNDOCKER_INCLUDE_FILES_H
#define UNDOCKER_INCLUDE_FILES_H

#include "core/base/strv.h"

#include <stdbool.h>

/*
 * Adds to found, in sorted order, the files that the absolute pattern matches;
 * *, ? and [...] stand for no leading dot and no slash. roots: a directory in
 * which names are looked for must be one that only root can change, for a file
 * that others may take away restricts nobody. False: *why says what could not
 * be read; glob(3) would have passed over it.
 */
bool include_files(struct strv *found, struct arena *a, const char *pattern,
    bool roots, const char **why);

#endif
