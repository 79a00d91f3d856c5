/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/shellword.h"

#include <stdint.h>
#include <string.h>

static const char BARE[] = "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			   "0123456789_-+=.,:/@%";
static const char HEX[] = "0123456789abcdef";

/*
 * The length of the printable character at s: 1 for ASCII, 2 to 4 for UTF-8
 * in its shortest form, 0 for a control character (C1 too) or a broken one.
 */
static size_t
printable(const unsigned char *s)
{
	static const uint32_t least[] = { 0, 0, 0xa0, 0x800, 0x10000 };
	uint32_t c;
	size_t n;

	if (s[0] < 0x80)
		return s[0] >= 0x20 && s[0] != 0x7f ? 1 : 0;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		n = 2;
	else if ((s[0] & 0xf0) == 0xe0)
		n = 3;
	else if (s[0] >= 0xf0 && s[0] <= 0xf4)
		n = 4;
	else
		return 0;
	c = s[0] & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fU);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	/* Line separators and marks that turn the direction of a line. */
	if ((c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
		return 0;
	return n;
}

static bool
all_printable(const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		n = printable((const unsigned char *)s);
		if (n == 0)
			return false;
	}
	return true;
}

static char *
put_hex(char *out, unsigned char c)
{
	*out++ = '\\';
	*out++ = 'x';
	*out++ = HEX[c >> 4];
	*out++ = HEX[c & 15];
	return out;
}

char *
shellword_escape(struct arena *a, const char *text)
{
	char *escaped = arena_alloc(a, strlen(text) * 4 + 1);
	char *out = escaped;

	while (*text != '\0') {
		size_t n = printable((const unsigned char *)text);

		if (n == 0) {
			out = put_hex(out, (unsigned char)*text++);
		} else {
			memcpy(out, text, n);
			out += n;
			text += n;
		}
	}
	return escaped;
}

/* $'...': every byte that is not plain ASCII is \xNN, so nothing can be odd. */
static char *
put_dollar_quoted(char *out, const char *s)
{
	*out++ = '$';
	*out++ = '\'';
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '\'' || c == '\\') {
			*out++ = '\\';
			*out++ = *s;
		} else if (c < 0x20 || c >= 0x7f) {
			/* Octal: bash reads at most three digits, while \xNN
			   would be fine in bash but not in every shell. */
			*out++ = '\\';
			*out++ = (char)('0' + (c >> 6));
			*out++ = (char)('0' + (c >> 3 & 7));
			*out++ = (char)('0' + (c & 7));
		} else {
			*out++ = *s;
		}
	}
	*out++ = '\'';
	return out;
}

static char *
put_quoted(char *out, const char *s)
{
	*out++ = '\'';
	for (; *s != '\0'; s++) {
		if (*s == '\'') {
			memcpy(out, "'\\''", 4);
			out += 4;
		} else {
			*out++ = *s;
		}
	}
	*out++ = '\'';
	return out;
}

static char *
put_word(char *out, const char *s)
{
	size_t n = strlen(s);

	if (n > 0 && strspn(s, BARE) == n) {
		memcpy(out, s, n);
		return out + n;
	}
	return all_printable(s) ? put_quoted(out, s)
				: put_dollar_quoted(out, s);
}

char *
shellword_join(struct arena *a, const struct strv *words)
{
	size_t size = 1;
	char *line, *out;

	for (size_t i = 0; i < words->n; i++)
		size += strlen(words->v[i]) * 4 + 4;
	out = line = arena_alloc(a, size);
	for (size_t i = 0; i < words->n; i++) {
		if (i > 0)
			*out++ = ' ';
		out = put_word(out, words->v[i]);
	}
	return line;
}
