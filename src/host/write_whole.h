/* SPDX-License-Identifier: Apache-2.0 */
/* Writing to a descriptor, all of it or a failure. */
#ifndef UNDOCKER_WRITE_WHOLE_H
#define UNDOCKER_WRITE_WHOLE_H

#include <stdbool.h>

/* False: errno says why not all of text could be written. */
bool write_whole(int fd, const char *text);

#endif
