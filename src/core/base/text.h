/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about strings that every room has. */
#ifndef UNDOCKER_TEXT_H
#define UNDOCKER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first n bytes of s are just name. */
bool text_is(const char *s, size_t n, const char *name);

/* Whether the first n bytes of s are one of the names; NULL ends them. */
bool text_among(const char *s, size_t n, const char *const *names);

/* The same of a whole string, and the names in place. */
#define TEXT_AMONG(s, ...) \
	text_among((s), strlen(s), (const char *const[]) { __VA_ARGS__, NULL })

/*
 * The next item of a list, its length in *n; *text is behind it then. NULL: no
 * more.
 */
const char *text_next(const char **text, char separator, size_t *n);

#endif
