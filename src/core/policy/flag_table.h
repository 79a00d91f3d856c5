/* SPDX-License-Identifier: Apache-2.0 */
/* The flags that there are for a caller's policy. */
#ifndef UNDOCKER_FLAG_TABLE_H
#define UNDOCKER_FLAG_TABLE_H

#include "core/base/strmap.h"
#include "core/docker/docker_flag.h"

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

/* The flag that only the policy knows, or NULL. */
struct docker_flag *flag_table_extra_long(
    const struct flag_table *t, const char *name, size_t n);
struct docker_flag *flag_table_extra_letter(
    const struct flag_table *t, char letter);

/*
 * docker's own flag, or NULL. Big policies name the same few flags again and
 * again, so the answers are kept.
 */
const struct docker_flag *flag_table_docker_long(
    struct flag_table *t, const char *name);
const struct docker_flag *flag_table_docker_letter(
    struct flag_table *t, char letter);

#endif
