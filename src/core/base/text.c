/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/text.h"

#include <string.h>

bool
text_is(const char *s, size_t n, const char *name)
{
	return strlen(name) == n && strncmp(s, name, n) == 0;
}

bool
text_among(const char *s, size_t n, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (text_is(s, n, *names))
			return true;
	}
	return false;
}
