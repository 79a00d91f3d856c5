/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/remounts.h"

#include "core/verdict/containers.h"
#include "core/verdict/mounts_sources.h"
#include "core/verdict/ownership.h"

#include <string.h>

/* The record of mounts that an own container was made with. */
struct planned_record {
	struct need *need; /* NEED_STAGED */
	size_t container; /* index in s->containers */
	struct need **sources; /* one a mount, where it is made again */
	struct need **places; /* likewise; NULL: it lies in no other */
};

struct remounts {
	struct planned_record *v;
	size_t n, size;
	struct effective *run; /* today's policy; NULL: not needed yet */
};

/* What the command makes run again, or gives to a new container. */
static bool
uses_mounts(const struct state *s, const struct planned_container *c)
{
	return c->in_flag ? containers_give_volumes(s, c)
	    : docker_command_has(s->command, TRAIT_REVIVES);
}

static void
plan_record(struct state *s, size_t container, const char *name)
{
	for (size_t i = 0; i < s->remounts->n; i++) {
		if (strcmp(s->remounts->v[i].need->path, name) == 0)
			return;
	}
	ARENA_ADD(s->arena, s->remounts, (struct planned_record) {
	    .container = container,
	    .need = needs_add(s->needs, s->arena, NEED_STAGED, name) });
}

static void
plan_records(struct state *s)
{
	for (size_t i = 0; i < s->containers->n; i++) {
		const struct container *c =
		    s->containers->v[i].need->containers;

		if (!uses_mounts(s, &s->containers->v[i]) || c == NULL ||
		    s->containers->v[i].need->state != NEED_MET ||
		    !ownership_by_label(c, s->caller))
			continue;
		for (size_t k = 0; k < c->staged.n; k++)
			plan_record(s, i, c->staged.v[k]);
	}
}

static bool
gives_mounts(const struct effective *e)
{
	static const char *const names[] = { "volume", "mount" };

	for (size_t i = 0; i < 2; i++) {
		const struct docker_flag *f = docker_flag_long(e->command,
		    names[i], strlen(names[i]));

		if (flagset_has(&e->white, f) && !flagset_has(&e->black, f))
			return true;
	}
	return false;
}

static bool
forces_mounts(const struct effective *e)
{
	for (size_t i = 0; i < e->forced.n; i++) {
		if (value_kind_has(e->forced.v[i].flag->kind, KIND_BINDS))
			return true;
	}
	return false;
}

/* What run says today, or create where only that has mounts. */
static bool
read_run_policy(struct state *s)
{
	static const char *const names[] = { "run", "create" };

	for (size_t i = 0; i < 2; i++) {
		struct effective *e = arena_alloc(s->arena, sizeof(*e));

		if (s->remounts->run != NULL &&
		    (gives_mounts(s->remounts->run) ||
			forces_mounts(s->remounts->run)))
			break;
		if (!effective_command(e, s->arena, s->policy, s->caller,
			docker_command_named(names[i]), s->fault))
			return false;
		if (e->rules.n > 0 && (s->remounts->run == NULL ||
		    gives_mounts(e) || forces_mounts(e)))
			s->remounts->run = e;
	}
	return s->remounts->run != NULL || state_refuse(s, "what is mounted "
	    "cannot be mounted again: this host no longer offers 'run'");
}

static void
plan_sources(struct state *s, struct planned_record *r)
{
	const struct staged *set = r->need->staged;

	r->sources = arena_alloc(s->arena, set->n * sizeof(*r->sources));
	r->places = arena_alloc(s->arena, set->n * sizeof(*r->places));
	for (size_t i = 0; i < set->n; i++) {
		r->sources[i] = needs_add(s->needs, s->arena, NEED_SOURCE,
		    set->v[i].source);
		if (set->v[i].outer >= i)
			continue;
		r->places[i] = needs_add(s->needs, s->arena, NEED_BELOW,
		    set->v[set->v[i].outer].source);
		r->places[i]->below = set->v[i].below;
		r->places[i]->within = r->sources[set->v[i].outer];
	}
	mounts_sources_rules(s, &s->remounts->run->paths);
}

bool
remounts_more(struct state *s)
{
	if (s->remounts == NULL)
		s->remounts = arena_alloc(s->arena, sizeof(*s->remounts));
	plan_records(s);
	for (size_t i = 0; i < s->remounts->n; i++) {
		struct planned_record *r = &s->remounts->v[i];

		if (r->need->state != NEED_MET || r->need->staged == NULL ||
		    r->need->staged->standing || r->sources != NULL)
			continue;
		if (!read_run_policy(s))
			return false;
		plan_sources(s, r);
	}
	return true;
}

static bool
settle_mount(struct state *s, const struct planned_record *r, size_t i,
    const char **reason)
{
	struct staged_mount *m = &r->need->staged->v[i];
	bool forced = m->forced && forces_mounts(s->remounts->run);
	const char *source;

	if (!mounts_sources_found(s, r->sources[i], m->source, &source, reason))
		return false;
	/* The rules of run were asked about that path. */
	if (strcmp(source, m->source) != 0) {
		*reason = arena_printf(s->arena, "'%s' has become '%s': make "
		    "the container anew", m->source, source);
		return false;
	}
	if (r->places[i] != NULL && r->places[i]->state != NEED_MET) {
		*reason = arena_printf(s->arena, "'%s' in '%s': %s", m->below,
		    r->places[i]->path, need_why(r->places[i]));
		return false;
	}
	if (!forced && !gives_mounts(s->remounts->run)) {
		*reason = "this host no longer lets you mount anything";
		return false;
	}
	if (!mounts_sources_allowed(s, &s->remounts->run->paths, source, forced,
	    &m->read_only, reason))
		return false;
	m->read_only = m->read_only || !r->sources[i]->writable;
	m->fd = r->sources[i]->fd;
	return true;
}

static bool
settle_record(struct state *s, const struct planned_record *r)
{
	const struct planned_container *c = &s->containers->v[r->container];
	struct staged *set = r->need->staged;
	const char *reason = NULL;

	if (r->need->state != NEED_MET || set == NULL)
		return state_refuse(s, "container '%s': its mounts: %s",
		    c->given, need_why(r->need));
	if (set->standing)
		return true;
	for (size_t i = 0; i < set->n; i++) {
		if (r->sources == NULL || !settle_mount(s, r, i, &reason))
			return state_refuse(s, "container '%s': %s", c->given,
			    reason == NULL ? "nobody looked" : reason);
	}
	settlement_binds(s->line);
	settlement_staged(s->line, s->arena, set);
	return true;
}

bool
remounts_settle(struct state *s)
{
	for (size_t i = 0; i < s->remounts->n; i++) {
		if (!settle_record(s, &s->remounts->v[i]))
			return false;
	}
	return true;
}
