/* SPDX-License-Identifier: Apache-2.0 */
#include "core/state.h"

#include <string.h>

/*
 * Flags that are never the user's to give: they choose the programs that
 * docker runs and the engine that it talks to.
 */
static bool
never_given(const struct docker_command *c, const struct docker_flag *f)
{
	static const char *const global[] = { "config", "host", "context",
		"tls", "tlscacert", "tlscert", "tlskey", "tlsverify" };

	if (c != NULL)
		return strcmp(f->names, "use-api-socket") == 0;
	for (size_t i = 0; i < sizeof(global) / sizeof(global[0]); i++) {
		if (strcmp(f->names, global[i]) == 0)
			return true;
	}
	return false;
}

bool
flag_check(struct decision_state *s, const struct flagset *white,
    const struct flagset *black, struct used_flags *flags, struct strv *notes)
{
	const struct docker_command *c = white == &s->effective.white
	    ? s->command : NULL;
	size_t kept = 0;

	for (size_t i = 0; i < flags->n; i++) {
		const struct docker_flag *f = flags->v[i].flag;
		const char *name = flag_name(s->arena, f);

		if (s->caller->uid != 0 && never_given(c, f))
			return state_refuse(s, "%s is not allowed: it chooses "
			    "the engine or the programs that docker uses, and "
			    "no policy can give it", name);
		if (flagset_has(black, f)) {
			if (!s->effective.drop_blacklisted)
				return state_refuse(s, "%s is not allowed "
				    "(BLACKLIST)", name);
			strv_pushf(notes, "%s%s is left out: it is not allowed "
			    "(BLACKLIST)", s->where, name);
			continue;
		}
		if (!flagset_has(white, f))
			return state_refuse(s, "%s is not allowed", name);
		flags->v[kept++] = flags->v[i];
	}
	flags->n = kept;
	return true;
}
