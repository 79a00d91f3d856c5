/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of --unlist share. */
#ifndef UNDOCKER_LISTING_H
#define UNDOCKER_LISTING_H

#include "core/base/caller.h"
#include "core/policy/effective.h"

/* One command, for one caller. */
struct listing {
	struct arena *arena;
	const struct effective *e;
	const struct caller *caller;
	struct strv *lines;
};

/* Whether the caller may give this flag of a WHITELIST at all. */
bool listing_has(const struct listing *l, const struct docker_flag *f);

/* Whether the command has operands of one of these letters. */
bool listing_takes(const struct listing *l, const char *letters);

/* Whether a container that the command names must be the caller's own. */
bool listing_own_only(const struct listing *l);

/* The patterns, blank-separated; at most `most` of them, then how many more. */
const char *listing_patterns(
    const struct listing *l, const struct patterns *p, size_t most);

#endif
