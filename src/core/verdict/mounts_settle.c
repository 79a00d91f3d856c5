/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/mounts_settle.h"

#include "core/docker/mount_flag.h"
#include "core/verdict/mounts.h"
#include "core/verdict/mounts_image.h"
#include "core/verdict/mounts_places.h"
#include "core/verdict/mounts_sources.h"
#include "core/verdict/value_limits.h"

#include <string.h>

/* ALLOWEDVALUES and RESTRICTEDVALUES, on what was found. */
static bool
value_allowed(struct state *s, const struct used_flag *f,
    const struct mount *m, const char *source)
{
	struct value_parts parts = { 0 };
	struct value_part *part = value_parts_add(&parts, s->arena,
	    mount_flag_text(s->arena, m, source));
	struct mount writable = *m;

	/* SOURCE:TARGET would read as another pair. */
	if (source != NULL && strchr(source, ':') != NULL &&
	    value_limits_has(s, f->flag))
		return mounts_refuse(s, f, "'%s' holds a colon, and this host "
		    "has rules for such values", source);
	writable.read_only = false;
	if (m->read_only)
		strv_push(&part->forms, mount_flag_text(s->arena, &writable,
		    source));
	return value_limits_part(s, f->flag, part, false);
}

/*
 * docker gets the path itself only where nobody but root can put something
 * else there until the container has it.
 */
static bool
wants_stage(const struct state *s, const struct planned_mount *p,
    const struct mount *m)
{
	size_t self = (size_t)(p - s->mounts->v);

	if (s->plain_mounts)
		return false;
	for (size_t i = 0; i < s->mounts->n; i++) {
		if (s->mounts->v[i].outer == self)
			return true;
	}
	/* What is mounted below later must not be writable either. */
	return !p->source->steady || p->outer != STAGED_NONE ||
	    (m->read_only && (p->source->holds_mounts ||
	    p->source->directory));
}

static struct settled_mount *
settle_flag(struct state *s, const struct planned_mount *p, const char *source)
{
	struct settled_mount *m = arena_alloc(s->arena, sizeof(*m));

	*m = (struct settled_mount) { .mount = p->mount, .source = source,
		.place = SETTLED_NO_PLACE };
	settlement_mount(s->line, p->flag, m);
	return m;
}

static bool
settle_bind(struct state *s, struct planned_mount *p)
{
	const struct used_flag *f = &s->flags->v[p->flag];
	struct mount *m = &p->mount;
	const char *source, *reason = NULL;

	if (!mounts_sources_found(s, p->source, m->source, &source, &reason) ||
	    !mounts_sources_allowed(s, &s->effective->paths, source,
	    f->origin == FLAG_FORCED, &m->read_only, &reason))
		return mounts_refuse(s, f, "%s", reason);
	/* What root owns may still hold what users say, such as a log. */
	if (!s->plain_mounts && path_is_accounts(m->target) &&
	    (!p->source->roots || strcmp(source, m->target) != 0))
		return mounts_refuse_accounts(s, f, m->target);
	m->read_only = m->read_only || !p->source->writable;
	if (f->origin == FLAG_USER && !value_allowed(s, f, m, source))
		return false;
	p->staged = wants_stage(s, p, m);
	if (p->staged && m->options.n > 0 && *m->options.v[0] == 'b')
		return mounts_refuse(s, f, "'%s' goes with a path only that "
		    "nobody but root can change", m->options.v[0]);
	if (s->per_user && m->read_only && p->source->holds_mounts)
		return mounts_refuse(s, f, "'%s' holds other mounts, which "
		    "your engine would not make read-only", m->source);
	if (s->caller->uid != 0)
		settlement_binds(s->line);
	settle_flag(s, p, source);
	return true;
}

/*
 * docker fills an empty volume with the image's files as root and by path,
 * while another container may hold it and put links there. Where it could be
 * led nowhere that the caller (root; an engine of his own) cannot go, only
 * what may be no plain volume is left as it is.
 */
static bool
wants_no_copy(const struct state *s, const struct planned_mount *p)
{
	return !s->plain_mounts || p->volume->state != NEED_MET ||
	    !p->volume->harmless || p->mount.options.n > 0;
}

/* The administrator's own words, which may say more than a user's. */
static void
settle_verbatim(struct state *s, const struct planned_mount *p)
{
	const struct used_flag *f = &s->flags->v[p->flag];
	const char *colon = strchr(f->value, ':');

	if (s->plain_mounts || p->mount.type != MOUNT_VOLUME ||
	    p->mount.source == NULL || p->mount.no_copy)
		return;
	settlement_value(s->line, p->flag, arena_printf(s->arena, "%s%s%s",
	    f->value, p->mount.kind == VALUE_MOUNT ? ","
		: strchr(colon + 1, ':') == NULL ? ":" : ",",
	    p->mount.kind == VALUE_MOUNT ? "volume-nocopy" : "nocopy"));
}

static bool
settle_one(struct state *s, struct planned_mount *p)
{
	const struct used_flag *f = &s->flags->v[p->flag];
	struct mount *m = &p->mount;

	if (p->verbatim) {
		settle_verbatim(s, p);
		return true;
	}
	if (p->source != NULL)
		return settle_bind(s, p);
	m->no_copy = m->no_copy || (p->volume != NULL && wants_no_copy(s, p));
	if (m->no_copy && p->volume->absent)
		strv_pushf(s->notes, "volume '%s' is new, empty and root's: "
		    "you can write in it once an administrator gives it to you "
		    "(a directory of yours: -v DIR:%s)", m->source, m->target);
	if (f->origin == FLAG_USER && !value_allowed(s, f, m, m->source))
		return false;
	settle_flag(s, p, m->source);
	return true;
}

/* Whether a mount of another flag is put into it, writable. */
static bool
holds_writable(const struct state *s, size_t outer)
{
	for (size_t i = 0; i < s->mounts->n; i++) {
		const struct planned_mount *p = &s->mounts->v[i];

		if (p->outer == outer && (!p->mount.read_only ||
		    holds_writable(s, i)))
			return true;
	}
	return false;
}

/*
 * Docker is told of a place that is known only once it is made. The mount is
 * read-only by itself; docker's own word for it would, with newer engines,
 * reach what is put into it, too.
 */
static void
settle_place(struct state *s, struct planned_mount *p, size_t index)
{
	struct settled_mount *m = settle_flag(s, p, p->source->resolved);

	p->stage_index = index;
	m->place = index;
	m->read_only_there = p->mount.read_only &&
	    !holds_writable(s, (size_t)(p - s->mounts->v));
	if (p->outer != STAGED_NONE)
		settlement_heard(s->line, p->flag, SETTLED_PEOPLE);
}

/* The staged mounts in an order in which each comes behind its outer one. */
static void
stage_all(struct state *s, size_t n)
{
	struct staged *set = arena_alloc(s->arena, sizeof(*set));

	set->v = arena_alloc(s->arena, n * sizeof(*set->v));
	while (set->n < n) {
		struct planned_mount *next = NULL;

		for (size_t i = 0; i < s->mounts->n; i++) {
			struct planned_mount *p = &s->mounts->v[i];

			if (p->staged && p->stage_index == STAGED_NONE &&
			    (next == NULL || strlen(p->mount.target) <
			    strlen(next->mount.target)))
				next = p;
		}
		set->v[set->n] = (struct staged_mount) {
			.source = next->source->resolved,
			.read_only = next->mount.read_only,
			.forced = s->flags->v[next->flag].origin == FLAG_FORCED,
			.outer = STAGED_NONE,
			.fd = next->source->fd,
		};
		if (next->outer != STAGED_NONE) {
			const struct planned_mount *o =
			    &s->mounts->v[next->outer];

			set->v[set->n].outer = o->stage_index;
			set->v[set->n].below = path_below(o->mount.target,
			    next->mount.target);
		}
		settle_place(s, next, set->n++);
	}
	settlement_staged(s->line, s->arena, set);
}

/* A question about mounts that nobody looked at is a refusal. */
static bool
all_known(struct state *s)
{
	const struct path_rules *rules = &s->effective->paths;

	if (!mounts_image_known(s))
		return state_refuse(s, "nobody looked at the image");
	for (size_t i = 0; i < rules->n; i++) {
		if (rules->v[i].need != NULL &&
		    rules->v[i].need->state == NEED_OPEN)
			return state_refuse(s, "nobody looked at '%s' (%s:%u)",
			    rules->v[i].path, rules->v[i].setting->file,
			    rules->v[i].setting->line);
	}
	return true;
}

bool
mounts_settle(struct state *s)
{
	size_t staged = 0;

	for (size_t i = 0; i < s->mounts->n; i++) {
		s->mounts->v[i].stage_index = STAGED_NONE;
		if (!settle_one(s, &s->mounts->v[i]))
			return false;
		staged += s->mounts->v[i].staged;
	}
	if (!mounts_places_settle(s) || !all_known(s))
		return false;
	if (staged > 0)
		stage_all(s, staged);
	return true;
}
