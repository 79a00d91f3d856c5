/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What start, restart and --volumes-from find in their containers: mounts that
 * undocker made. Those that a reboot took away are opened again, as the caller
 * and under today's policy of run, before a container starts with them. docker
 * would else make empty places for some of them.
 */
#include "core/verdict/ownership.h"
#include "core/verdict/state.h"

#include <string.h>

/* What the command makes run again, or gives to a new container. */
static bool
uses_mounts(const struct decision_state *s, const struct planned_container *c)
{
	return c->in_flag ? container_gives_volumes(s, c)
	    : command_starts_again(s->command);
}

static void
plan_record(struct decision_state *s, size_t container, const char *name,
    struct needs *needs)
{
	for (size_t i = 0; i < s->nrecords; i++) {
		if (strcmp(s->records[i].need->path, name) == 0)
			return;
	}
	s->records = arena_room(s->arena, s->records, s->nrecords,
	    &s->records_size, sizeof(*s->records));
	s->records[s->nrecords++] = (struct planned_record) {
		.container = container,
		.need = needs_add(needs, s->arena, NEED_STAGED, name),
	};
}

static void
plan_records(struct decision_state *s, struct needs *needs)
{
	for (size_t i = 0; i < s->ncontainers; i++) {
		const struct container *c = s->containers[i].need->containers;

		if (!uses_mounts(s, &s->containers[i]) || c == NULL ||
		    s->containers[i].need->state != NEED_MET ||
		    !own_by_label(c, s->caller))
			continue;
		for (size_t k = 0; k < c->staged.n; k++)
			plan_record(s, i, c->staged.v[k], needs);
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
		if (e->forced.v[i].flag->kind == VALUE_VOLUME ||
		    e->forced.v[i].flag->kind == VALUE_MOUNT)
			return true;
	}
	return false;
}

/* What run says today, or create where only that has mounts. */
static bool
read_run_policy(struct decision_state *s)
{
	static const char *const names[] = { "run", "create" };

	for (size_t i = 0; i < 2; i++) {
		struct effective *e = arena_alloc(s->arena, sizeof(*e));

		if (s->run_policy != NULL && (gives_mounts(s->run_policy) ||
		    forces_mounts(s->run_policy)))
			break;
		if (!effective_command(e, s->arena, s->policy, s->caller,
			docker_command_named(names[i]), s->fault))
			return false;
		if (e->rules.n > 0 && (s->run_policy == NULL ||
		    gives_mounts(e) || forces_mounts(e)))
			s->run_policy = e;
	}
	return s->run_policy != NULL || state_refuse(s, "what is mounted "
	    "cannot be mounted again: this host no longer offers 'run'");
}

static void
plan_sources(struct decision_state *s, struct planned_record *r,
    struct needs *needs)
{
	const struct staged *set = r->need->staged;

	r->sources = arena_alloc(s->arena, set->n * sizeof(*r->sources));
	r->places = arena_alloc(s->arena, set->n * sizeof(*r->places));
	for (size_t i = 0; i < set->n; i++) {
		r->sources[i] = needs_add(needs, s->arena, NEED_SOURCE,
		    set->v[i].source);
		if (set->v[i].outer >= i)
			continue;
		r->places[i] = needs_add(needs, s->arena, NEED_BELOW,
		    set->v[set->v[i].outer].source);
		r->places[i]->below = set->v[i].below;
		r->places[i]->within = r->sources[set->v[i].outer];
	}
	mount_plan_paths(s, &s->run_policy->paths, needs);
}

bool
staged_more(struct decision_state *s, struct needs *needs)
{
	plan_records(s, needs);
	for (size_t i = 0; i < s->nrecords; i++) {
		struct planned_record *r = &s->records[i];

		if (r->need->state != NEED_MET || r->need->staged == NULL ||
		    r->need->staged->standing || r->sources != NULL)
			continue;
		if (!read_run_policy(s))
			return false;
		plan_sources(s, r, needs);
	}
	return true;
}

static bool
settle_mount(struct decision_state *s, const struct planned_record *r, size_t i,
    const char **reason)
{
	struct staged_mount *m = &r->need->staged->v[i];
	bool forced = m->forced && forces_mounts(s->run_policy);
	const char *source;

	if (!mount_source_found(s, r->sources[i], m->source, &source, reason))
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
	if (!forced && !gives_mounts(s->run_policy)) {
		*reason = "this host no longer lets you mount anything";
		return false;
	}
	if (!mount_path_allowed(s, &s->run_policy->paths, source, forced,
	    &m->read_only, reason))
		return false;
	m->read_only = m->read_only || !r->sources[i]->writable;
	m->fd = r->sources[i]->fd;
	return true;
}

static bool
settle_record(struct decision_state *s, const struct planned_record *r)
{
	const struct planned_container *c = &s->containers[r->container];
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
	s->binds = true;
	staged_add(s, set);
	return true;
}

void
staged_add(struct decision_state *s, struct staged *set)
{
	s->staged = arena_room(s->arena, s->staged, s->nstaged,
	    &s->staged_size, sizeof(*s->staged));
	s->staged[s->nstaged++] = set;
}

bool
staged_settle(struct decision_state *s)
{
	for (size_t i = 0; i < s->nrecords; i++) {
		if (!settle_record(s, &s->records[i]))
			return false;
	}
	return true;
}
