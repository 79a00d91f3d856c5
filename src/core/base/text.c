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

const char *
text_next(const char **text, char separator, size_t *n)
{
	const char *item = *text, *end;

	if (*item == '\0')
		return NULL;
	end = strchr(item, separator);
	*n = end != NULL ? (size_t)(end - item) : strlen(item);
	*text = end != NULL ? end + 1 : item + *n;
	return item;
}
