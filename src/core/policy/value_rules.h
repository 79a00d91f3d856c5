/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ALLOWEDVALUES and RESTRICTEDVALUES: words --flag=PATTERN. A rule is for the
 * flag, whichever of its names stands in it.
 */
#ifndef UNDOCKER_VALUE_RULES_H
#define UNDOCKER_VALUE_RULES_H

#include "core/policy/pattern.h"

struct value_rule {
	const struct docker_flag *flag;
	struct patterns patterns;
};

struct value_rules {
	struct value_rule *v;
	size_t n;
	size_t size;
};

/*
 * Adds the words of a setting. compile false: the patterns themselves are not
 * looked at. c NULL: see patterns_read. False: *reason.
 */
bool value_rules_read(struct value_rules *out, struct arena *a,
    const struct docker_command *command, const struct setting *setting,
    const struct caller *c, bool compile, const char **reason);

/* The patterns for a flag, or NULL where there are none. */
const struct patterns *value_rules_of(
    const struct value_rules *rules, const struct docker_flag *f);

#endif
