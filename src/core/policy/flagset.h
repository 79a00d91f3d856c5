/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flag specs of WHITELIST and BLACKLIST: "-e|--env list", --rm. A spec
 * grants or forbids a flag, not a spelling; what the flag is, docker's table
 * says, and only for a flag that the table does not know the spec itself.
 */
#ifndef UNDOCKER_FLAGSET_H
#define UNDOCKER_FLAGSET_H

#include "core/base/strmap.h"
#include "core/base/strv.h"
#include "core/docker/docker_table.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The flags of one command: docker's, and those that only the policy knows.
 * command NULL: the global flags.
 */
struct flag_table {
	struct arena *arena;
	const struct docker_command *command;
	struct docker_flag **extra;
	size_t n;
	size_t size;
	struct strmap known; /* names that were looked up in docker's table */
	const struct docker_flag *letters[128]; /* likewise */
};

struct flag_table flag_table_new(
    struct arena *a, const struct docker_command *command);

const struct docker_flag *flag_table_long(
    const struct flag_table *t, const char *name, size_t n);
const struct docker_flag *flag_table_letter(
    const struct flag_table *t, char letter);

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

/* The flag's name for people and for docker: --env, or -x if it has no other */
const char *docker_flag_name(struct arena *a, const struct docker_flag *f);

#endif
