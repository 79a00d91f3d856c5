/* SPDX-License-Identifier: Apache-2.0 */
/* A policy, somebody whom it is for, and what the accounts know of groups. */
#ifndef UNDOCKER_POLICY_WORLD_H
#define UNDOCKER_POLICY_WORLD_H

#include "core/base/caller.h"
#include "core/policy/policy.h"

#include "fixture.h"

#include <string.h>

static inline struct caller
ann(void)
{
	static const gid_t gids[] = { 20, 30 };

	return (struct caller) { .uid = 1000, .gid = 10, .user = "ann",
		.group = "ten", .home = "/home/ann", .cwd = "/w",
		.gids = gids, .ngids = 2, .u_groups = gids, .nu_groups = 2 };
}

/* A policy that can be read. */
static inline struct policy *
policy_sound(const char *text)
{
	struct policy *p = policy_new(a);
	struct fault f = { 0 };

	ck_assert_msg(policy_add(p, "f", text, strlen(text), false, &f), "%s",
	    f.text);
	return p;
}

struct group_known {
	const char *name;
	gid_t gid;
};

/* Answers for all groups that are asked for (command NULL: all commands); how
   many. */
static inline size_t
groups_answer(struct policy *p, const char *command,
    const struct group_known *known, size_t nknown)
{
	struct policy_group **groups;
	size_t n;

	groups = policy_groups(p, command, &n);
	for (size_t i = 0; i < n; i++) {
		groups[i]->state = GROUP_UNKNOWN;
		for (size_t k = 0; k < nknown; k++) {
			if (strcmp(groups[i]->name, known[k].name) == 0) {
				groups[i]->state = GROUP_KNOWN;
				groups[i]->gid = known[k].gid;
			}
		}
	}
	return n;
}

#endif
