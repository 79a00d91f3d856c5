/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/mounts.h"

#include "core/verdict/mounts_image.h"
#include "core/verdict/mounts_places.h"
#include "core/verdict/mounts_sources.h"
#include "core/verdict/value_limits.h"

#include <string.h>

static bool
is_mount(const struct docker_flag *f)
{
	return value_kind_has(f->kind, KIND_MOUNTS);
}

bool
mounts_refuse(struct state *s, const struct used_flag *f, const char *format,
    ...)
{
	va_list ap;
	const char *text;

	va_start(ap, format);
	text = arena_vprintf(s->arena, format, ap);
	va_end(ap);
	return state_refuse(s, "%s: %s", docker_flag_name(s->arena, f->flag),
	    text);
}

bool
mounts_refuse_accounts(struct state *s, const struct used_flag *f,
    const char *place)
{
	return mounts_refuse(s, f, "the engine opens '%s' of a container as "
	    "root, so only this host's own may be mounted there", place);
}

/* What is neither in source nor in target must stand in ALLOWEDVALUES. */
static bool
check_options(struct state *s, const struct used_flag *f,
    const struct mount *m)
{
	for (size_t i = 0; i < m->options.n; i++) {
		struct value_parts parts = { 0 };

		if (path_odd(m->options.v[i]))
			return mounts_refuse(s, f, "'%s' holds a path that is "
			    "not plain (no .., no //)", m->options.v[i]);
		if (!value_limits_part(s, f->flag,
			value_parts_add(&parts, s->arena, m->options.v[i]),
			true))
			return false;
	}
	return true;
}

static bool
plan_volume(struct state *s, const struct used_flag *f,
    struct planned_mount *p)
{
	if (f->origin == FLAG_USER &&
	    !value_limits_volume(s, p->mount.source))
		return false;
	p->volume = needs_add(s->needs, s->arena, NEED_VOLUME, p->mount.source);
	return true;
}

static bool
foreign_driver(const struct state *s)
{
	const struct used_flag *f = used_flags_last(s->flags,
	    "volume-driver");

	return f != NULL && *f->value != '\0' && strcmp(f->value, "local") != 0;
}

static bool
plan_one(struct state *s, size_t index)
{
	const struct used_flag *f = &s->flags->v[index];
	struct planned_mount p = { .flag = index, .outer = STAGED_NONE };
	const char *reason = NULL;

	p.verbatim = f->origin != FLAG_USER && !f->varies;
	if (!mount_read(&p.mount, s->arena, f->flag->kind, f->value, &reason)) {
		/* The administrator may say more than the user may. */
		if (!p.verbatim)
			return mounts_refuse(s, f, "%s", reason);
		if (p.mount.target == NULL)
			return true;
	}
	if (p.verbatim)
		p.mount.target = path_clean(s->arena, p.mount.target);
	else if (!path_target_valid(s->arena, p.mount.target,
	    &p.mount.target, &reason))
		return mounts_refuse(s, f, "%s", reason);
	if (!p.verbatim && !s->plain_mounts &&
	    path_is_accounts(p.mount.target) && p.mount.type != MOUNT_BIND)
		return mounts_refuse_accounts(s, f, p.mount.target);
	if (f->origin == FLAG_USER && !check_options(s, f, &p.mount))
		return false;
	if (!p.verbatim && p.mount.type == MOUNT_BIND)
		p.source = needs_add(s->needs, s->arena, NEED_SOURCE,
		    p.mount.source);
	if (!p.verbatim && p.mount.type == MOUNT_ANONYMOUS &&
	    foreign_driver(s))
		return mounts_refuse(s, f, "docker would copy the image's "
		    "files as root to wherever that driver keeps them: name "
		    "the volume");
	if (!p.verbatim && p.mount.type == MOUNT_VOLUME &&
	    !plan_volume(s, f, &p))
		return false;
	for (size_t i = 0; i < s->mounts->n; i++) {
		if (strcmp(s->mounts->v[i].mount.target, p.mount.target) == 0)
			return mounts_refuse(s, f, "'%s' is mounted at twice",
			    p.mount.target);
	}
	if (s->mounts->n == STAGED_MOUNTS_MAX)
		return state_refuse(s, "more than %d mounts",
		    STAGED_MOUNTS_MAX);
	ARENA_ADD(s->arena, s->mounts, p);
	return true;
}

size_t
mounts_around(const struct state *s, const char *place)
{
	size_t found = STAGED_NONE, longest = 0;

	for (size_t i = 0; i < s->mounts->n; i++) {
		const char *target = s->mounts->v[i].mount.target;

		if (path_below(target, place) == NULL ||
		    strlen(target) < longest)
			continue;
		longest = strlen(target);
		found = i;
	}
	return found;
}

/* (Of what lies in volumes: mounts_apart.c.) */
bool
mounts_plain_spelling(struct state *s, const char *place)
{
	const char *plain = path_unlinked(s->arena, place);

	for (size_t i = 0; i < s->mounts->n; i++) {
		const char *target = s->mounts->v[i].mount.target;
		const char *other = path_unlinked(s->arena, target);

		if (s->mounts->v[i].mount.type == MOUNT_BIND &&
		    path_below(other, plain) != NULL &&
		    path_below(target, place) == NULL)
			return state_refuse(s, "'%s' may lie in '%s', where "
			    "the image has a link: write both alike",
			    place, target);
	}
	return true;
}

/*
 * docker makes a place that is missing below a mount, as root, in whatever is
 * mounted there. So it must be there already. And where docker mounts something
 * at it, nobody may put a link in its place in the meantime: it would lead the
 * mount to /dev or /etc in the container, where root's programs write. What
 * undocker puts there itself follows no link.
 */
static bool
plan_place(struct state *s, const struct used_flag *f,
    const char *place, struct planned_mount *inner)
{
	size_t at = mounts_around(s, place);
	const struct planned_mount *outer;
	bool inside;

	if (!mounts_plain_spelling(s, place))
		return false;
	if (at == STAGED_NONE)
		return true;
	outer = &s->mounts->v[at];
	if (inner != NULL && mount_relabels(&outer->mount))
		return mounts_refuse(s, f, "'%s' lies in '%s', and its label "
		    "(z) would reach what is mounted there", place,
		    outer->mount.target);
	if (inner == NULL && (outer->mount.type == MOUNT_VOLUME ||
	    outer->mount.type == MOUNT_OTHER))
		return mounts_refuse(s, f, "'%s' lies in the volume at '%s', "
		    "and docker would create it there as root", place,
		    outer->mount.target);
	/* mounts_apart.c refuses what is mounted in a volume. */
	if (outer->mount.type != MOUNT_BIND)
		return true;
	inside = inner != NULL && inner->source != NULL &&
	    outer->source != NULL && !s->plain_mounts;
	if (inside)
		inner->outer = at;
	mounts_places_add(s, place, outer, !inside && inner != NULL &&
	    !s->plain_mounts);
	return true;
}

/* Root may mount as docker does, unless the policy speaks of mounts. */
static bool
mounts_checked(const struct state *s)
{
	const struct effective *e = s->effective;

	for (size_t i = 0; i < s->flags->n; i++) {
		if (is_mount(s->flags->v[i].flag) &&
		    value_limits_has(s, s->flags->v[i].flag))
			return true;
	}
	return s->caller->uid != 0 || e->paths.n > 0 || e->paths.bounded ||
	    e->allowed_volumes.n > 0;
}

bool
mounts_plan(struct state *s)
{
	bool checked = mounts_checked(s);
	bool enters = docker_command_has(s->command, TRAIT_ENTERS);

	s->mounts = arena_alloc(s->arena, sizeof(*s->mounts));
	for (size_t i = 0; checked && i < s->flags->n; i++) {
		if (is_mount(s->flags->v[i].flag) && !plan_one(s, i))
			return false;
	}
	mounts_image_plan(s);
	for (size_t i = 0; i < s->mounts->n; i++) {
		struct planned_mount *p = &s->mounts->v[i];

		if (p->source != NULL)
			mounts_sources_rules(s, &s->effective->paths);
		if (!plan_place(s, &s->flags->v[p->flag], p->mount.target, p))
			return false;
	}
	/* exec makes no directory. */
	for (size_t i = 0; checked && !enters && i < s->flags->n; i++) {
		const struct used_flag *f = &s->flags->v[i];
		const char *place, *reason;

		if (f->flag->kind != VALUE_WORKDIR ||
		    !path_target_valid(s->arena, f->value, &place, &reason))
			continue;
		if (!plan_place(s, f, place, NULL))
			return false;
	}
	return true;
}
