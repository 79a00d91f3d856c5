/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/component_age.h"

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

/* MAJOR.MINOR[.PATCH], of which least parts must be there; *text goes behind. */
static bool
parts_of(long parts[3], const char **text, size_t least)
{
	for (size_t i = 0; i < 3; i++) {
		parts[i] = 0;
		if (i >= least && (**text != '.' || (*text)[1] < '0' ||
		    (*text)[1] > '9'))
			continue;
		if (i > 0 && *(*text)++ != '.')
			return false;
		parts[i] = number(text);
		if (parts[i] < 0)
			return false;
	}
	return true;
}

static bool
is_before(const long parts[3], const long other[3])
{
	for (size_t i = 0; i < 3; i++) {
		if (parts[i] != other[i])
			return parts[i] < other[i];
	}
	return false;
}

enum component_age
component_age_runc(const char *version)
{
	static const long mended[] = { 1, 1, 14 };
	long parts[3];
	bool second;

	if (version == NULL)
		return AGE_UNKNOWN;
	version += *version == 'v';
	if (!parts_of(parts, &version, 3))
		return AGE_UNKNOWN;
	second = parts[0] == 1 && parts[1] == 2 && parts[2] == 0;
	return is_before(parts, mended) ||
	    (second && candidate(version) > 0 && candidate(version) < 3)
	    ? AGE_OLD : AGE_MENDED;
}

enum component_age
component_age_go(const char *version)
{
	static const long first[] = { 1, 21, 11 }, second[] = { 1, 22, 4 };
	long parts[3];

	if (version == NULL || strncmp(version, "go", 2) != 0)
		return AGE_UNKNOWN;
	version += 2;
	if (!parts_of(parts, &version, 2))
		return AGE_UNKNOWN;
	return is_before(parts, first) ||
	    (parts[1] == second[1] && is_before(parts, second))
	    ? AGE_OLD : AGE_MENDED;
}
