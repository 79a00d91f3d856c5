/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A docker command line by pflag's grammar, exactly as docker reads it, as a
 * list of flags with their values and a list of operands. What pflag would
 * swallow, guess at or call an error is a fault.
 */
#ifndef UNDOCKER_CLI_READ_H
#define UNDOCKER_CLI_READ_H

#include "core/base/fault.h"
#include "core/base/strv.h"
#include "core/policy/flagspec.h"

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

struct command_line {
	struct used_flags flags;
	struct strv operands;
};

/*
 * Reads argc words. where is "run: " and the like, for messages.
 * interspersed: flags may follow operands. False: f says why.
 */
bool command_line_parse(struct command_line *line, struct arena *a,
    const struct flag_table *table, bool interspersed, const char *where,
    int argc, char *const *argv, struct fault *f);

#endif
