/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/new_name.h"

#include "core/docker/object_name.h"
#include "core/verdict/ownership.h"

#include <string.h>

struct new_name {
	struct need *need; /* who has it */
};

/* NULL: the command gives none. */
static const char *
find_name(const struct state *s)
{
	const struct used_flag *f;

	if (state_command_is(s, "rename"))
		return s->operands->n == 2 ? s->operands->v[1] : NULL;
	if (!docker_command_has(s->command, TRAIT_CREATES))
		return NULL;
	f = used_flags_last(s->flags, "name");
	return f == NULL ? NULL : f->value;
}

void
new_name_plan(struct state *s)
{
	const char *name = s->caller->uid == 0 ? NULL : find_name(s);

	/* An empty one docker makes up; a / before it is no part of it. */
	if (name == NULL || !object_name_valid(name, strlen(name)))
		return;
	s->new_name = arena_alloc(s->arena, sizeof(*s->new_name));
	s->new_name->need = needs_add(s->needs, s->arena, NEED_CONTAINER, name);
}

/*
 * Of the caller's own docker may tell all. Where nobody answers docker says
 * what there is to say: no right hangs on a name.
 */
bool
new_name_settle(struct state *s)
{
	const struct need *n = s->new_name == NULL ? NULL : s->new_name->need;
	const struct container *c;

	if (n == NULL || n->state != NEED_MET || n->ncontainers != 1)
		return true;
	c = n->containers;
	/* The engine also finds what has an id that begins so. */
	if (c->name == NULL || strcmp(c->name, n->path) != 0 ||
	    ownership_by_label(c, s->caller) || (s->effective->own_by_user &&
	    ownership_by_user(c, s->caller)))
		return true;
	return state_refuse(s,
	    "Conflict. The container name \"/%s\" is already "
	    "in use (choose another)",
	    n->path);
}
