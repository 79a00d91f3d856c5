/* SPDX-License-Identifier: Apache-2.0 */
#include "core/state.h"

#include <string.h>

static bool
is_mount(const struct docker_flag *f)
{
	return f->kind == VALUE_VOLUME || f->kind == VALUE_MOUNT ||
	    f->kind == VALUE_TMPFS;
}

static bool
refuse(struct decision_state *s, const struct used_flag *f, const char *reason)
{
	return state_refuse(s, "%s: %s", flag_name(s->arena, f->flag), reason);
}

static bool
plan_one(struct decision_state *s, size_t index, struct needs *needs)
{
	const struct used_flag *f = &s->flags.v[index];
	struct planned_mount p = { .flag = index };
	const char *reason = NULL;

	p.verbatim = f->origin != FLAG_USER && !f->varies;
	if (!mount_read(&p.mount, s->arena, f->flag->kind, f->value, &reason)) {
		/* The administrator may say more than the user may. */
		if (!p.verbatim)
			return refuse(s, f, reason);
		if (p.mount.target == NULL)
			return true;
	}
	if (p.verbatim)
		p.mount.target = mount_clean(s->arena, p.mount.target);
	if (!p.verbatim && !mount_target_valid(s->arena, p.mount.target,
		&p.mount.target, &reason))
		return refuse(s, f, reason);
	if (!p.verbatim && p.mount.type == MOUNT_BIND)
		p.source = needs_add(needs, s->arena, NEED_SOURCE,
		    p.mount.source);
	s->mounts = arena_room(s->arena, s->mounts, s->nmounts,
	    &s->mounts_size, sizeof(*s->mounts));
	s->mounts[s->nmounts++] = p;
	return true;
}

/*
 * docker makes a place that is missing below a mount, as root, in whatever is
 * mounted there. So it must be there already. And where something is mounted
 * at it, nobody may put a link in its place in the meantime: it would lead the
 * mount to /dev or /etc in the container, where root's programs write.
 */
static bool
plan_place(struct decision_state *s, const struct used_flag *f,
    const char *place, struct needs *needs)
{
	bool mounted_at = f->flag->kind != VALUE_WORKDIR;

	for (size_t i = 0; i < s->nmounts; i++) {
		const struct planned_mount *outer = &s->mounts[i];
		const char *below = mount_below(outer->mount.target, place);
		struct planned_place p = { .place = place };

		/* Read-only or not: what is mounted in a source may not be. */
		if (below == NULL)
			continue;
		if (outer->mount.type == MOUNT_VOLUME)
			return refuse(s, f, arena_printf(s->arena, "'%s' lies "
			    "in the volume at '%s', and docker would create "
			    "it there as root: not supported yet", place,
			    outer->mount.target));
		if (outer->mount.type != MOUNT_BIND)
			continue;
		p.mounted = outer->mount.target;
		p.need = needs_add(needs, s->arena, NEED_BELOW,
		    outer->mount.source);
		p.need->below = below;
		p.need->wants_steady = mounted_at;
		s->places = arena_room(s->arena, s->places, s->nplaces,
		    &s->places_size, sizeof(*s->places));
		s->places[s->nplaces++] = p;
	}
	return true;
}

bool
mount_plan(struct decision_state *s, struct needs *needs)
{
	bool checked = s->caller->uid != 0;

	for (size_t i = 0; checked && i < s->flags.n; i++) {
		if (is_mount(s->flags.v[i].flag) && !plan_one(s, i, needs))
			return false;
	}
	for (size_t i = 0; i < s->nmounts; i++) {
		if (!plan_place(s, &s->flags.v[s->mounts[i].flag],
			s->mounts[i].mount.target, needs))
			return false;
	}
	for (size_t i = 0; checked && i < s->flags.n; i++) {
		const struct used_flag *f = &s->flags.v[i];
		const char *place, *reason;

		/* exec makes no directory. */
		if (f->flag->kind != VALUE_WORKDIR ||
		    strcmp(s->command->name, "exec") == 0 ||
		    !mount_target_valid(s->arena, f->value, &place, &reason))
			continue;
		if (!plan_place(s, f, place, needs))
			return false;
	}
	return true;
}

static bool
settle_one(struct decision_state *s, const struct planned_mount *p)
{
	const struct used_flag *f = &s->flags.v[p->flag];
	struct mount m = p->mount;
	const char *source = m.source;

	if (p->verbatim)
		return true;
	if (p->source != NULL) {
		if (p->source->state != NEED_MET ||
		    p->source->resolved == NULL)
			return refuse(s, f, arena_printf(s->arena, "'%s': %s",
			    m.source, need_why(p->source)));
		source = p->source->resolved;
		if (mount_is_kernels(source) &&
		    mount_below("/dev/shm", source) == NULL)
			return refuse(s, f, arena_printf(s->arena, "'%s' is the "
			    "kernel's (/proc, /sys, /dev)", source));
		if (source[0] != '/' || source[strcspn(source, "\r\n")] != '\0')
			return refuse(s, f, arena_printf(s->arena, "'%s' "
			    "cannot be mounted by that name", source));
		m.read_only = m.read_only || !p->source->writable;
		if (m.read_only && p->source->holds_mounts)
			return refuse(s, f, arena_printf(s->arena, "'%s' holds "
			    "other mounts, and making those read-only is not "
			    "supported yet", m.source));
	}
	s->shown[p->flag] = s->given[p->flag] =
	    mount_flag(s->arena, &m, source);
	return true;
}

bool
mount_settle(struct decision_state *s)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		if (!settle_one(s, &s->mounts[i]))
			return false;
	}
	for (size_t i = 0; i < s->nplaces; i++) {
		const struct planned_place *p = &s->places[i];

		if (p->need->state != NEED_MET)
			return state_refuse(s, "'%s' cannot be used below what "
			    "is mounted at '%s': %s (docker would create it "
			    "there as root, or follow a link)", p->place,
			    p->mounted, need_why(p->need));
	}
	return true;
}
