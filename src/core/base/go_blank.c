/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/go_blank.h"

#include <string.h>

size_t
go_blank(const char *s, size_t n)
{
	static const char *const wide[] = { "\xc2\x85", "\xc2\xa0",
		"\xe1\x9a\x80", "\xe2\x80\xa8", "\xe2\x80\xa9",
		"\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80" };

	if (n > 0 && *s != '\0' && strchr(" \t\n\v\f\r", *s) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		if (n >= strlen(wide[i]) &&
		    memcmp(s, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	}
	/* U+2000 to U+200A */
	return n >= 3 && memcmp(s, "\xe2\x80", 2) == 0 &&
	    (unsigned char)s[2] >= 0x80 && (unsigned char)s[2] <= 0x8a ? 3 : 0;
}

bool
go_blank_at_end(const char *s)
{
	size_t n = strlen(s);

	for (size_t k = 1; k <= 3 && k <= n; k++) {
		if (go_blank(s + n - k, k) == k)
			return true;
	}
	return false;
}
