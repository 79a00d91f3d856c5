/* SPDX-License-Identifier: Apache-2.0 */
/* Flags with their values, in the order in which they count. */
#ifndef UNDOCKER_USED_FLAGS_H
#define UNDOCKER_USED_FLAGS_H

#include "core/base/arena.h"
#include "core/docker/docker_flag.h"

#include <stdbool.h>
#include <stddef.h>

enum flag_origin { FLAG_USER, FLAG_DEFAULT, FLAG_FORCED, FLAG_BUILT_IN };

struct setting;

struct used_flag {
	const struct docker_flag *flag;
	const char *value; /* canonical "true" or "false" for a bool */
	enum flag_origin origin;
	bool varies; /* FLAG_FORCED, FLAG_DEFAULT: a variable was in it */
	const struct setting *setting; /* likewise: where it stands */
	const char *why; /* FLAG_BUILT_IN: what for, for people */
};

struct used_flags {
	struct used_flag *v;
	size_t n;
	size_t size;
};

void used_flags_add(
    struct used_flags *flags, struct arena *a, struct used_flag flag);

/* The last use of a flag by its long name, or NULL. */
const struct used_flag *used_flags_last(
    const struct used_flags *flags, const char *name);

/* Whether a bool flag is on at the end, as docker would have it. */
bool used_flags_on(const struct used_flags *flags, const char *name);

/* Whether its words are a user's, or hold what a user may choose. */
bool used_flags_vary(const struct used_flag *f);

#endif
