/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/env_file.h"

#include "core/base/go_blank.h"

#include <stdint.h>
#include <string.h>

/* docker reads lines with a buffer of 64 KiB. */
#define LINE_MAX_BYTES ((size_t)65535)

bool
env_file_utf8(const char *text, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text;

	for (size_t i = 0; i < n;) {
		uint32_t c = s[i];
		size_t size = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

		if (size == 1) {
			i++;
			continue;
		}
		if (c < 0xc2 || c > 0xf4 || size > n - i)
			return false;
		c &= 0x7fU >> size;
		for (size_t k = 1; k < size; k++) {
			if ((s[i + k] & 0xc0) != 0x80)
				return false;
			c = c << 6 | (s[i + k] & 0x3fU);
		}
		if (c < least[size] || c > 0x10ffff ||
		    (c >= 0xd800 && c <= 0xdfff))
			return false;
		i += size;
	}
	return true;
}

static bool
read_line(struct strv *entries, const char *line, size_t n, size_t number,
    const char **reason)
{
	struct arena *a = entries->arena;
	size_t name, skip;

	if (n > LINE_MAX_BYTES || !env_file_utf8(line, n)) {
		*reason = arena_printf(a, "line %zu is %s", number,
		    n > LINE_MAX_BYTES ? "too long" : "not UTF-8");
		return false;
	}
	while ((skip = go_blank(line, n)) > 0) {
		line += skip;
		n -= skip;
	}
	if (n == 0 || *line == '#')
		return true;
	line = arena_strndup(a, line, n);
	name = strcspn(line, "=");
	if (name == 0 || strcspn(line, " \t") < name) {
		*reason = arena_printf(a, "line %zu has no name, or one with a "
		    "blank in it", number);
		return false;
	}
	strv_push(entries, line);
	return true;
}

bool
env_file_read(struct strv *entries, const char *bytes, size_t size,
    const char **reason)
{
	size_t number = 0;

	if (memchr(bytes, '\0', size) != NULL) {
		*reason = "it holds a NUL byte";
		return false;
	}
	if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		size -= 3;
	}
	while (size > 0) {
		const char *lf = memchr(bytes, '\n', size);
		size_t n = lf == NULL ? size : (size_t)(lf - bytes);
		size_t end = n;

		if (end > 0 && bytes[end - 1] == '\r')
			end--;
		if (!read_line(entries, bytes, end, ++number, reason))
			return false;
		n += lf != NULL;
		bytes += n;
		size -= n;
	}
	return true;
}

bool
env_file_can_hold(struct arena *a, const char *entry, const char **reason)
{
	struct strv back = strv_new(a);
	size_t n = strlen(entry);

	*reason = "its value has a line end, is too long or is not UTF-8, and "
		  "docker cannot take such a value from a file";
	if (strchr(entry, '\n') != NULL || n > LINE_MAX_BYTES ||
	    !env_file_utf8(entry, n))
		return false;
	if (n >= 3 && memcmp(entry, "\xef\xbb\xbf", 3) == 0)
		return false;
	return env_file_read(&back, entry, n, reason) && back.n == 1 &&
	    strcmp(back.v[0], entry) == 0;
}
