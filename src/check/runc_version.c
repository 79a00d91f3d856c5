/* SPDX-License-Identifier: Apache-2.0 */
#include "check/runc_version.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define NUMBER_MOST 100000

/* The number at *s, which goes behind it; -1: there is none. */
static long
number(const char **s)
{
	long n = 0;

	if (**s < '0' || **s > '9')
		return -1;
	for (; **s >= '0' && **s <= '9'; (*s)++)
		n = n >= NUMBER_MOST ? n : n * 10 + (**s - '0');
	return n;
}

/* Of what stands behind 1.2.0: "-rc.1", "~rc1", "-rc1+ds1"; 0: no candidate. */
static long
candidate(const char *rest)
{
	long n;

	if (*rest != '-' && *rest != '~' && *rest != '_' && *rest != '.')
		return 0;
	rest++;
	if (strncmp(rest, "rc", 2) != 0)
		return 0;
	rest += 2;
	rest += *rest == '.' || *rest == '-';
	n = number(&rest);
	return n < 0 ? 1 : n;
}

enum runc_age
runc_age(const char *version)
{
	static const long mended[] = { 1, 1, 14 };
	long parts[3];
	bool second;

	if (version == NULL)
		return RUNC_UNKNOWN;
	version += *version == 'v';
	for (size_t i = 0; i < 3; i++) {
		if (i > 0 && *version++ != '.')
			return RUNC_UNKNOWN;
		parts[i] = number(&version);
		if (parts[i] < 0)
			return RUNC_UNKNOWN;
	}
	for (size_t i = 0; i < 3; i++) {
		if (parts[i] < mended[i])
			return RUNC_OLD;
		if (parts[i] > mended[i])
			break;
	}
	second = parts[0] == 1 && parts[1] == 2 && parts[2] == 0;
	return second && candidate(version) > 0 && candidate(version) < 3
	    ? RUNC_OLD : RUNC_MENDED;
}
