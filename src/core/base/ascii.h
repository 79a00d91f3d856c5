/* SPDX-License-Identifier: Apache-2.0 */
/* Classes of ASCII bytes; nothing here depends on a locale. */
#ifndef UNDOCKER_ASCII_H
#define UNDOCKER_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline bool
ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How many bytes of s are letters, digits or one of the others. */
static inline size_t
ascii_span(const char *s, const char *others)
{
	size_t n = 0;

	for (;; n++) {
		const char *o = others;

		if (ascii_letter(s[n]) || ascii_digit(s[n]))
			continue;
		while (*o != '\0' && *o != s[n])
			o++;
		if (*o == '\0')
			return n;
	}
}

#endif
