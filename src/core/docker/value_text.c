/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_text.h"

#include "core/base/ascii.h"

#include <string.h>

bool
value_text_wrong(const char **reason, const char *text)
{
	*reason = text;
	return false;
}

char *
value_text_lowered(struct arena *a, const char *s, size_t n)
{
	char *low = arena_strndup(a, s, n);

	for (char *c = low; *c != '\0'; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	return low;
}

char *
value_text_trimmed(struct arena *a, const char *s)
{
	size_t n;

	for (const char *c = s; *c != '\0'; c++) {
		if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e)
			return NULL;
	}
	s += strspn(s, " ");
	for (n = strlen(s); n > 0 && s[n - 1] == ' '; n--)
		continue;
	return arena_strndup(a, s, n);
}

const char *
value_text_plain_id(struct arena *a, const char *s, size_t n)
{
	if (n == 0)
		return "0";
	while (n > 1 && s[0] == '0' && ascii_digit(s[1])) {
		s++;
		n--;
	}
	return arena_strndup(a, s, n);
}
