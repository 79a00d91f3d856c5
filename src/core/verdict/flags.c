/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/flags.h"

#include "core/verdict/trace.h"

#include <string.h>

#define SIZES                                                                  \
	"the engine measures directories as root, by names that lead to "      \
	"any on this host by then; undocker exec CONTAINER du -sx / measures " \
	"as you"
#define CHOOSES "it chooses the engine or the programs that docker uses"

const char flags_sizes[] = SIZES;

/*
 * Flags that are never the user's to give, and why; "" are those before the
 * command.
 */
static const struct {
	const char *command, *flag, *why;
} never[] = {
	{ "", "config", CHOOSES },
	{ "", "host", CHOOSES },
	{ "", "context", CHOOSES },
	{ "", "tls", CHOOSES },
	{ "", "tlscacert", CHOOSES },
	{ "", "tlscert", CHOOSES },
	{ "", "tlskey", CHOOSES },
	{ "", "tlsverify", CHOOSES },
	{ "run", "use-api-socket", CHOOSES },
	{ "create", "use-api-socket", CHOOSES },
	{ "ps", "size", SIZES },
	{ "inspect", "size", SIZES },
	{ "container inspect", "size", SIZES },
	{ "rm", "link", "its operands are no containers" },
	{ "start", "checkpoint", "it starts what a file says, as root" },
	{ "start", "checkpoint-dir", "it starts what a file says, as root" },
};

const char *
flags_never(const struct docker_command *c, const struct docker_flag *f)
{
	const char *command = c == NULL ? "" : c->name;

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		if (strcmp(never[i].command, command) == 0 &&
		    strcmp(never[i].flag, f->names) == 0)
			return never[i].why;
	}
	return NULL;
}

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

		if (s->caller->uid != 0 && flags_never(c, f) != NULL)
			return state_refuse(s, "%s is not allowed: %s, and no "
			    "policy can give it", name, flags_never(c, f));
		trace_flag(s, c == NULL, given, i, flagset_has(black, f));
		if (flagset_has(black, f)) {
			if (!s->effective->drop_blacklisted)
				return state_refuse(s, "%s is not allowed "
				    "(BLACKLIST)", name);
			strv_pushf(s->notes, "%s%s is left out: it is not "
			    "allowed (BLACKLIST)", s->where, name);
			continue;
		}
		if (!flagset_has(white, f))
			return state_refuse(s, "%s is not allowed", name);
		used_flags_add(kept, s->arena, given->v[i]);
	}
	return true;
}
