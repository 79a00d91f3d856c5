/* SPDX-License-Identifier: Apache-2.0 */
#include "core/object_name.h"

#include <string.h>

#define ALPHANUMERIC \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

bool
object_name_valid(const char *name, size_t n)
{
	if (n == 0 || strspn(name, ALPHANUMERIC) == 0)
		return false;
	return strspn(name, ALPHANUMERIC "_.-") >= n;
}

bool
object_name_like_id(const char *name)
{
	size_t n = strlen(name);

	return n >= 12 && n <= 64 && strspn(name, "0123456789abcdef") == n;
}
