/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file of undocker-check --cases, read. Its lines:
 *
 *	allow USER ARGV...
 *	refuse USER ARGV...
 *	    because TEXT
 *	user NAME uid=N gid=N [group=NAME] [groups=NAME:GID,...] [home=/PATH]
 *	    [cwd=/PATH]			(on one line)
 *	group NAME gid=N
 *
 * and empty ones and # comments.
 */
#ifndef UNDOCKER_CASES_FILE_H
#define UNDOCKER_CASES_FILE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/base/strmap.h"

#include <stdbool.h>

struct policy_case {
	unsigned line;
	bool allow;
	const char *user;
	struct strv words; /* what stands behind "undocker" */
	const char *because; /* the refusal must hold this; NULL: any */
};

/* A group that need not be known here. */
struct cases_file_group {
	const char *name;
	gid_t gid;
};

struct cases {
	struct arena *arena;
	struct policy_case *v;
	size_t n, size;
	struct strmap users; /* struct caller: they need not be known here */
	struct strmap groups; /* struct cases_file_group */
};

/* Reads a file's text, of that name for messages. False: f says where. */
bool cases_file_read(struct cases *c, struct arena *a, const char *file,
    const char *text, struct fault *f);

/* The account or group that the file declares, or NULL. */
const struct caller *cases_file_user(const struct cases *c, const char *name);
const struct cases_file_group *cases_file_group(
    const struct cases *c, const char *name);

#endif
