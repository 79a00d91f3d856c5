/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a policy: its sections, as they stand in the files. */
#ifndef UNDOCKER_SECTION_H
#define UNDOCKER_SECTION_H

#include "core/base/strmap.h"
#include "core/docker/docker_flag.h"
#include "core/policy/policy.h"
#include "core/policy/policy_key.h"

struct setting {
	const struct policy_key *key;
	const char *value; /* never empty */
	const char *file;
	unsigned line;
	const struct section *section;
};

/* In the order of what is more specific. */
enum section_kind {
	SECTION_MAIN,
	SECTION_COMMAND,
	SECTION_GROUP, /* [command:NAME group:GROUP] */
	SECTION_USER, /* [command:NAME user:USER] */
};

struct section {
	enum section_kind kind;
	const struct docker_command *command; /* not SECTION_MAIN */
	const char *who; /* the group's or user's name */
	struct policy_group *group; /* SECTION_GROUP */
	const char *title; /* what stood between the brackets */
	const char *file;
	unsigned line;
	bool faulty; /* a setting of it was left out (policy_collect) */
	struct setting *settings;
	size_t n;
	size_t size;
};

struct policy {
	struct arena *arena;
	struct section **sections; /* in file order */
	size_t n;
	size_t size;
	struct policy_faults *faults; /* NULL: the first one ends it */
	struct strv files;
	struct strv includes;
	struct strmap groups; /* name -> struct policy_group */
	struct strmap scalars; /* section and key -> struct setting */
	struct strmap tables; /* command -> struct flag_table, to try specs */
};

/*
 * Reads what stands between a section's brackets. False: *reason says what is
 * wrong with it. group is not filled.
 */
bool section_read_title(struct section *s, struct arena *a, const char *title,
    const char **reason);

/*
 * Reads a setting's value just to see whether it can be read; a is for that
 * only. False: *reason, without key, file and line.
 */
bool policy_values_read(struct policy *p, struct arena *a,
    const struct section *s, const struct setting *setting,
    const char **reason);

/* The one struct for a group's name, made where there is none yet. */
struct policy_group *policy_groups_named(struct policy *p, const char *name);

/* Whether two sections have the same name, and so are one to the reader. */
bool section_same(const struct section *a, const struct section *b);

#endif
