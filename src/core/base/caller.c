/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/caller.h"

#include <string.h>

bool
caller_in_group(const struct caller *c, gid_t gid)
{
	if (gid == c->gid)
		return true;
	for (size_t i = 0; i < c->ngids; i++) {
		if (c->gids[i] == gid)
			return true;
	}
	return false;
}

const char *
caller_env(const struct caller *c, const char *name, size_t n)
{
	for (size_t i = 0; i < c->env.n; i++) {
		const char *entry = c->env.v[i];

		if (strncmp(entry, name, n) == 0 && entry[n] == '=')
			return entry + n + 1;
	}
	return NULL;
}
