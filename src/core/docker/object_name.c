/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/object_name.h"

#include "core/base/ascii.h"

#include <string.h>

bool
object_name_valid(const char *name, size_t n)
{
	return n > 0 && ascii_span(name, "") > 0 &&
	    ascii_span(name, "_.-") >= n;
}

bool
object_name_path_valid(const char *path, size_t n)
{
	for (;;) {
		size_t word = strcspn(path, "/");

		if (word > n)
			word = n;
		if (word == 0 || ascii_span(path, "") == 0 ||
		    ascii_span(path, "_.:-") < word)
			return false;
		if (word == n)
			return true;
		path += word + 1;
		n -= word + 1;
	}
}

bool
object_name_like_id(const char *name)
{
	size_t n = strlen(name);

	return n >= 12 && n <= 64 && strspn(name, "0123456789abcdef") == n;
}
