/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/container_flags.h"

#include "core/docker/object_name.h"
#include "core/verdict/containers.h"

#include <string.h>

#define START "container:"

static bool
no_reference(struct state *s, const struct used_flag *f)
{
	return state_refuse(s, "%s: not a container by docker's grammar",
	    state_flag_word(s, f));
}

/* The first n bytes of given name a container, for a word around its id. */
static bool
add(struct state *s, size_t flag,
    const char *given, size_t n, const char *start, const char *behind)
{
	if (!object_name_valid(given, n))
		return no_reference(s, &s->flags->v[flag]);
	containers_add(s, (struct planned_container) { .in_flag = true,
	    .given = arena_strndup(s->arena, given, n), .at = flag,
	    .before = start, .behind = behind });
	return true;
}

/* --volumes-from C[:ro|rw], --link C[:ALIAS] */
static bool
plan_container(struct state *s, size_t flag)
{
	const struct used_flag *f = &s->flags->v[flag];
	size_t n = strcspn(f->value, ":");
	const char *rest = f->value + n;

	if (docker_flag_is(f->flag, "volumes-from"))
		return *rest == '\0' || strcmp(rest, ":ro") == 0 ||
			strcmp(rest, ":rw") == 0
		    ? add(s, flag, f->value, n, "", rest)
		    : state_refuse(s, "%s: only :ro and :rw may follow",
			  state_flag_word(s, f));
	/* Without an alias docker takes what the user wrote for one. */
	if (*rest == '\0')
		rest = arena_printf(s->arena, ":%s", f->value);
	if (!object_name_valid(rest + 1, strlen(rest + 1)))
		return no_reference(s, f);
	return add(s, flag, f->value, n, "", rest);
}

static bool
has_caseless(const char *text, const char *what)
{
	size_t n = strlen(what);

	for (; *text != '\0'; text++) {
		if (strncasecmp(text, what, n) == 0)
			return true;
	}
	return false;
}

/*
 * --network and the namespaces. None of docker's spellings does without the
 * word "container:", and docker lowers Unicode's letters, so that more than C
 * spells a c: plain ASCII is all that a name needs.
 */
static bool
plan_namespace(struct state *s, size_t flag)
{
	const struct used_flag *f = &s->flags->v[flag];
	const char *value = f->value;

	for (const char *c = value; *c != '\0'; c++) {
		if ((unsigned char)*c >= 0x7f || (unsigned char)*c < 0x20)
			return state_refuse(s, "%s: not plain ASCII",
			    state_flag_word(s, f));
	}
	if (!has_caseless(value, START))
		return true;
	/* value_limits_check has made docker's long syntax a plain name. */
	if (strncmp(value, START, strlen(START)) != 0)
		return no_reference(s, f);
	value += strlen(START);
	return add(s, flag, value, strlen(value), START, "");
}

bool
container_flags_plan(struct state *s)
{
	for (size_t i = 0; s->caller->uid != 0 && i < s->flags->n; i++) {
		const struct used_flag *f = &s->flags->v[i];
		bool good = true;

		/* What the administrator wrote out is the administrator's. */
		if (!used_flags_vary(f))
			continue;
		if (f->flag->kind == VALUE_CONTAINER)
			good = plan_container(s, i);
		else if (f->flag->kind == VALUE_NETWORK ||
		    f->flag->kind == VALUE_NAMESPACE)
			good = plan_namespace(s, i);
		if (!good)
			return false;
	}
	return true;
}
