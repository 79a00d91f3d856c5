/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flag specs of WHITELIST and BLACKLIST: "-e|--env list", --rm. A spec
 * grants or forbids a flag, not a spelling; what the flag is, docker's table
 * says, and only for a flag that the table does not know the spec itself.
 */
#ifndef UNDOCKER_FLAGSET_H
#define UNDOCKER_FLAGSET_H

#include "core/policy/flag_table.h"

#include <stdbool.h>
#include <stddef.h>

struct flagset {
	const struct docker_flag **v;
	size_t n;
	size_t size;
};

/*
 * Adds the flags of a comma-separated list of specs to a set; a flag that is
 * new to the table is put there. False: *reason says what is wrong.
 */
bool flagset_read(struct flagset *set, struct flag_table *t,
    const char *specs, const char **reason);

bool flagset_has(const struct flagset *set, const struct docker_flag *f);

#endif
