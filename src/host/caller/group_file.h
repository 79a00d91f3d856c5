/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The groups of /etc/group, read here and not by libc: NSS passes over a file
 * that it cannot read, or cannot read to its end, and asks the next service,
 * which then knows of no such group.
 */
#ifndef UNDOCKER_GROUP_FILE_H
#define UNDOCKER_GROUP_FILE_H

#include "core/base/strmap.h"

#include <stdbool.h>
#include <sys/types.h>

struct group_line {
	gid_t gid;
	const char *members; /* NAME,NAME */
};

/* Empty where nsswitch.conf does not let the file speak first and alone. */
struct group_file {
	struct strmap lines; /* name -> struct group_line */
};

/* False: *why says what is wrong with which file. */
bool group_file_read(
    struct group_file *g, struct arena *a, const char **why);

/* The first line for this name, or NULL: ask NSS. */
const struct group_line *group_file_find(
    const struct group_file *g, const char *name);

/* Whether the line's members name this user. */
bool group_file_names(const struct group_line *line, const char *user);

#endif
