/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/flags.h"

#include "core/base/text.h"
#include "core/verdict/trace.h"

#include <string.h>

/* Which lists it is in; once, however often it was given. */
static void
trace_flag(struct state *s, bool global,
    const struct used_flags *flags, size_t at, bool black)
{
	for (size_t i = 0; s->trace != NULL && i < at; i++) {
		if (flags->v[i].flag == flags->v[at].flag)
			return;
	}
	trace_spec(s, global, black ? KEY_BLACKLIST : KEY_WHITELIST,
	    flags->v[at].flag);
}

/* A reader has made one of two words of a bool. */
static bool
is_sound(const struct used_flag *u)
{
	return u->flag->shape != FLAG_BOOL ||
	    TEXT_AMONG(u->value, "true", "false");
}

bool
flags_check(struct state *s, const struct flagset *white,
    const struct flagset *black, const struct used_flags *given,
    struct used_flags *kept)
{
	const struct docker_command *c = white == &s->effective->white
	    ? s->command : NULL;

	for (size_t i = 0; i < given->n; i++) {
		const struct docker_flag *f = given->v[i].flag;
		const char *name = docker_flag_name(s->arena, f);

		if (s->caller->uid != 0 && f->never != NULL)
			return state_refuse(s, "%s is not allowed: %s, and no "
			    "policy can give it", name, f->never);
		trace_flag(s, c == NULL, given, i, flagset_has(black, f));
		if (flagset_has(black, f)) {
			if (s->effective->error_on_blacklisted)
				return state_refuse(s, "%s is not allowed "
				    "(BLACKLIST)", name);
			strv_pushf(s->notes, "%s%s is left out: it is not "
			    "allowed (BLACKLIST)", s->where, name);
			continue;
		}
		if (!flagset_has(white, f))
			return state_refuse(s, "%s is not allowed", name);
		if (!is_sound(&given->v[i]))
			return state_refuse(s, "%s has no value that a switch "
			    "has (this is a bug)", name);
		/* Whatever a door says: what it was asked for is a user's. */
		used_flags_add(kept, s->arena, (struct used_flag) {
		    .flag = f, .value = given->v[i].value,
		    .origin = FLAG_USER });
	}
	return true;
}
