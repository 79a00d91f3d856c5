/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that only root can have put where they are: every directory on the way
 * from / is root's and closed to others' writing.
 */
#ifndef UNDOCKER_TRUST_H
#define UNDOCKER_TRUST_H

#include "core/base/arena.h"

#include <sys/stat.h>

enum trust_end {
	TRUST_NO_LINK, /* the path's end must not be a symbolic link */
	TRUST_ROOTS_LINK, /* it may be one of root's */
	TRUST_STEADY, /* no link, and every directory on a local file system */
};

/*
 * Walks the absolute path and opens its end with O_PATH, whatever it is; *st
 * is what it is. The caller judges its kind and owner. -1: *why says why not,
 * as what follows the path in a sentence ("does not exist"); errno is that of
 * the call that failed, or 0 where the path was judged.
 */
int trust_open(struct arena *a, const char *path, enum trust_end end,
    struct stat *st, const char **why);

/* NULL: root owns it and nobody else may write to it; else why it is not so. */
const char *trust_owner(const struct stat *st);

#endif
