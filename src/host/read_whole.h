/* SPDX-License-Identifier: Apache-2.0 */
/* Reading from a descriptor, all of it or a failure. */
#ifndef UNDOCKER_READ_WHOLE_H
#define UNDOCKER_READ_WHOLE_H

#include "core/base/arena.h"

#include <stddef.h>

/*
 * All that is left to be read, with a NUL behind; *n is how many bytes. likely
 * is how many there probably are. NULL: errno says why not, EFBIG where there
 * are more than most.
 */
char *read_whole(
    struct arena *a, int fd, size_t likely, size_t most, size_t *n);

#endif
