/* SPDX-License-Identifier: Apache-2.0 */
/* What docker's client, being a Go program, trims off as a blank. */
#ifndef UNDOCKER_GO_BLANK_H
#define UNDOCKER_GO_BLANK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How many bytes the blank that begins at s has (n bytes are there), as Go's
 * unicode.IsSpace has it; 0: it is none.
 */
size_t go_blank(const char *s, size_t n);

/* Whether a string ends with a blank. */
bool go_blank_at_end(const char *s);

#endif
