/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of PCRE2 patterns, each anchored as a whole (a|b too), with limits on
 * time and memory. What runs into a limit is a fault, never "no match".
 */
#ifndef UNDOCKER_PATTERN_H
#define UNDOCKER_PATTERN_H

#include "core/base/caller.h"
#include "core/policy/section.h"

#include <stdbool.h>
#include <stddef.h>

#define PATTERN_MAX ((size_t)4096) /* bytes in one pattern */

struct pattern {
	const char *text; /* as it is written */
	const struct setting *setting;
	struct pcre2_real_code_8 *code;
};

struct patterns {
	struct pattern *v;
	size_t n;
	size_t size;
};

enum pattern_result { PATTERN_FAULT = 0, PATTERN_NONE, PATTERN_MATCHES };

/*
 * Adds the blank-separated patterns of a setting; the caller's variables are
 * filled in literally. c NULL: a variable may be anything, as it is for
 * somebody. False: *reason says which pattern is bad.
 */
bool patterns_read(struct patterns *out, struct arena *a,
    const struct setting *setting, const struct caller *c, const char **reason);

/* Adds one pattern; it is kept, not copied. */
bool patterns_add(struct patterns *out, struct arena *a,
    const struct setting *setting, const char *text, const struct caller *c,
    const char **reason);

/* Tries the patterns in order; *which is the first that matches. */
enum pattern_result patterns_match(const struct patterns *p, const char *text,
    const struct pattern **which);

#endif
