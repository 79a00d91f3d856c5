/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks. The host side fills this from the kernel and the accounts. */
#ifndef UNDOCKER_CALLER_H
#define UNDOCKER_CALLER_H

#include "core/base/strv.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct caller {
	uid_t uid;
	gid_t gid; /* primary group, from the accounts */
	const char *user; /* account name */
	const char *group; /* primary group's name; NULL: it has none */
	const char *home;
	const char *cwd; /* physical, absolute; NULL: it is gone */
	const gid_t *gids; /* supplementary groups, without gid, no doubles */
	size_t ngids;
	/* Those of them that $U_GROUPS stands for: group_variable_fill's. */
	const gid_t *u_groups;
	size_t nu_groups;
	const char *cgroup; /* absolute, in the kernel's tree; NULL: unknown */
	struct strv env; /* the caller's NAME=VALUE: data for -e NAME only */
};

/* Whether gid is the caller's primary or one of his supplementary groups. */
bool caller_in_group(const struct caller *c, gid_t gid);

/* The value of the caller's own variable (n bytes of name), or NULL. */
const char *caller_env(const struct caller *c, const char *name, size_t n);

#endif
