/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts and places: what must be known of the world for them. */
#include "core/verdict/state.h"

#include <string.h>

static bool
is_mount(const struct docker_flag *f)
{
	return f->kind == VALUE_VOLUME || f->kind == VALUE_MOUNT ||
	    f->kind == VALUE_TMPFS;
}

bool
mount_refuse(struct decision_state *s, const struct used_flag *f,
    const char *reason)
{
	return state_refuse(s, "%s: %s", flag_name(s->arena, f->flag), reason);
}

/* What is neither in source nor in target must stand in ALLOWEDVALUES. */
static bool
check_options(struct decision_state *s, const struct used_flag *f,
    const struct mount *m)
{
	for (size_t i = 0; i < m->options.n; i++) {
		struct value_parts parts = { 0 };

		if (mount_path_odd(m->options.v[i]))
			return mount_refuse(s, f, arena_printf(s->arena,
			    "'%s' holds a path that is not plain (no .., no "
			    "//)", m->options.v[i]));
		if (!limit_part(s, f->flag, value_part_add(&parts, s->arena,
			m->options.v[i]), true))
			return false;
	}
	return true;
}

static bool
plan_volume(struct decision_state *s, const struct used_flag *f,
    struct planned_mount *p, struct needs *needs)
{
	if (f->origin == FLAG_USER &&
	    !limit_volume(s, p->mount.source))
		return false;
	p->volume = needs_add(needs, s->arena, NEED_VOLUME, p->mount.source);
	return true;
}

static bool
foreign_driver(const struct decision_state *s)
{
	const struct used_flag *f = used_flags_last(&s->flags,
	    "volume-driver");

	return f != NULL && *f->value != '\0' && strcmp(f->value, "local") != 0;
}

static bool
plan_one(struct decision_state *s, size_t index, struct needs *needs)
{
	const struct used_flag *f = &s->flags.v[index];
	struct planned_mount p = { .flag = index, .outer = STAGED_NONE };
	const char *reason = NULL;

	p.verbatim = f->origin != FLAG_USER && !f->varies;
	if (!mount_read(&p.mount, s->arena, f->flag->kind, f->value, &reason)) {
		/* The administrator may say more than the user may. */
		if (!p.verbatim)
			return mount_refuse(s, f, reason);
		if (p.mount.target == NULL)
			return true;
	}
	if (p.verbatim)
		p.mount.target = mount_clean(s->arena, p.mount.target);
	else if (!mount_target_valid(s->arena, p.mount.target,
	    &p.mount.target, &reason))
		return mount_refuse(s, f, reason);
	if (!p.verbatim && !s->plain_mounts &&
	    mount_is_accounts(p.mount.target) && p.mount.type != MOUNT_BIND)
		return mount_refuse_accounts(s, f, p.mount.target);
	if (f->origin == FLAG_USER && !check_options(s, f, &p.mount))
		return false;
	if (!p.verbatim && p.mount.type == MOUNT_BIND)
		p.source = needs_add(needs, s->arena, NEED_SOURCE,
		    p.mount.source);
	if (!p.verbatim && p.mount.type == MOUNT_ANONYMOUS &&
	    foreign_driver(s))
		return mount_refuse(s, f, "docker would copy the image's files "
		    "as root to wherever that driver keeps them: name the "
		    "volume");
	if (!p.verbatim && p.mount.type == MOUNT_VOLUME &&
	    !plan_volume(s, f, &p, needs))
		return false;
	for (size_t i = 0; i < s->nmounts; i++) {
		if (strcmp(s->mounts[i].mount.target, p.mount.target) == 0)
			return mount_refuse(s, f, arena_printf(s->arena, "'%s' "
			    "is mounted at twice", p.mount.target));
	}
	if (s->nmounts == STAGED_MOUNTS_MAX)
		return state_refuse(s, "more than %d mounts",
		    STAGED_MOUNTS_MAX);
	s->mounts = arena_room(s->arena, s->mounts, s->nmounts,
	    &s->mounts_size, sizeof(*s->mounts));
	s->mounts[s->nmounts++] = p;
	return true;
}

size_t
mount_around(const struct decision_state *s, const char *place)
{
	size_t found = STAGED_NONE, longest = 0;

	for (size_t i = 0; i < s->nmounts; i++) {
		const char *target = s->mounts[i].mount.target;

		if (mount_below(target, place) == NULL ||
		    strlen(target) < longest)
			continue;
		longest = strlen(target);
		found = i;
	}
	return found;
}

/*
 * A place in a mount by a link of the image's would be looked for elsewhere
 * than docker puts it. (Of what lies in volumes: mount_apart.c.)
 */
bool
mount_plain_spelling(struct decision_state *s, const char *place)
{
	const char *plain = mount_unlinked(s->arena, place);

	for (size_t i = 0; i < s->nmounts; i++) {
		const char *target = s->mounts[i].mount.target;
		const char *other = mount_unlinked(s->arena, target);

		if (s->mounts[i].mount.type == MOUNT_BIND &&
		    mount_below(other, plain) != NULL &&
		    mount_below(target, place) == NULL)
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
plan_place(struct decision_state *s, const struct used_flag *f,
    const char *place, struct planned_mount *inner, struct needs *needs)
{
	size_t at = mount_around(s, place);
	struct planned_place p = { .place = place };
	const struct planned_mount *outer;

	if (!mount_plain_spelling(s, place))
		return false;
	if (at == STAGED_NONE)
		return true;
	outer = &s->mounts[at];
	if (inner != NULL && mount_relabels(&outer->mount))
		return mount_refuse(s, f, arena_printf(s->arena, "'%s' lies in "
		    "'%s', and its label (z) would reach what is mounted there",
		    place, outer->mount.target));
	if (inner == NULL && (outer->mount.type == MOUNT_VOLUME ||
	    outer->mount.type == MOUNT_OTHER))
		return mount_refuse(s, f, arena_printf(s->arena, "'%s' lies in "
		    "the volume at '%s', and docker would create it there as "
		    "root", place, outer->mount.target));
	/* mount_apart.c refuses what is mounted in a volume. */
	if (outer->mount.type != MOUNT_BIND)
		return true;
	p.mounted = outer->mount.target;
	p.need = needs_add(needs, s->arena, NEED_BELOW, outer->mount.source);
	p.need->below = mount_below(outer->mount.target, place);
	p.need->within = outer->source;
	if (inner != NULL && inner->source != NULL && outer->source != NULL &&
	    !s->plain_mounts)
		inner->outer = at;
	else
		p.need->wants_steady = inner != NULL && !s->plain_mounts;
	s->places = arena_room(s->arena, s->places, s->nplaces,
	    &s->places_size, sizeof(*s->places));
	s->places[s->nplaces++] = p;
	return true;
}

/* Where the policy's own paths lead, once anything is to be mounted. */
void
mount_plan_paths(struct decision_state *s, struct path_rules *rules,
    struct needs *needs)
{
	for (size_t i = 0; i < rules->n; i++) {
		struct path_rule *r = &rules->v[i];

		if (r->need != NULL)
			continue;
		r->need = needs_add(needs, s->arena, NEED_PATH, r->path);
		r->need->wants_all = r->grade == PATH_REFUSED;
	}
}

/* Root may mount as docker does, unless the policy speaks of mounts. */
static bool
mounts_checked(const struct decision_state *s)
{
	const struct effective *e = &s->effective;

	for (size_t i = 0; i < s->flags.n; i++) {
		if (is_mount(s->flags.v[i].flag) &&
		    limit_has_rules(s, s->flags.v[i].flag))
			return true;
	}
	return s->caller->uid != 0 || e->paths.n > 0 || e->paths.bounded ||
	    e->allowed_volumes.n > 0;
}

bool
mount_plan(struct decision_state *s, struct needs *needs)
{
	bool checked = mounts_checked(s);
	bool enters = strcmp(s->command->name, "exec") == 0;

	for (size_t i = 0; checked && i < s->flags.n; i++) {
		if (is_mount(s->flags.v[i].flag) && !plan_one(s, i, needs))
			return false;
	}
	mount_plan_image(s, needs);
	for (size_t i = 0; i < s->nmounts; i++) {
		struct planned_mount *p = &s->mounts[i];

		if (p->source != NULL)
			mount_plan_paths(s, &s->effective.paths, needs);
		if (!plan_place(s, &s->flags.v[p->flag], p->mount.target, p,
			needs))
			return false;
	}
	/* exec makes no directory. */
	for (size_t i = 0; checked && !enters && i < s->flags.n; i++) {
		const struct used_flag *f = &s->flags.v[i];
		const char *place, *reason;

		if (f->flag->kind != VALUE_WORKDIR ||
		    !mount_target_valid(s->arena, f->value, &place, &reason))
			continue;
		if (!plan_place(s, f, place, NULL, needs))
			return false;
	}
	return true;
}
