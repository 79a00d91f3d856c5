/* SPDX-License-Identifier: Apache-2.0 */
/* What the image mounts and makes by itself. */
#include "core/verdict/state.h"

#include <string.h>

static const char *
image_operand(const struct decision_state *s)
{
	bool optional;

	return s->operands.n > 0 && operand_letter(s->command->operands, 0,
	    &optional) == 'I' ? s->operands.v[0] : NULL;
}

/* A place of the image's in a mount of the caller's. */
static bool
plan_image_place(struct decision_state *s, const char *place, bool mounted_at,
    struct needs *needs)
{
	size_t at = mount_around(s, place);
	struct planned_place p = { .place = place };

	if (!mount_plain_spelling(s, place))
		return false;
	for (size_t i = 0; mounted_at && i < s->nmounts; i++) {
		if (strcmp(s->mounts[i].mount.target, place) != 0)
			continue;
		/* docker does not know that something is mounted there. */
		return s->mounts[i].outer == STAGED_NONE || state_refuse(s,
		    "'%s' cannot lie in '%s': the image has a volume there, "
		    "which docker would mount over it", place,
		    s->mounts[s->mounts[i].outer].mount.target);
	}
	if (at == STAGED_NONE || s->mounts[at].mount.type != MOUNT_BIND)
		return true;
	p.mounted = s->mounts[at].mount.target;
	p.need = needs_add(needs, s->arena, NEED_BELOW,
	    s->mounts[at].mount.source);
	p.need->below = mount_below(p.mounted, place);
	p.need->within = s->mounts[at].source;
	p.need->wants_steady = mounted_at && !s->plain_mounts;
	s->places = arena_room(s->arena, s->places, s->nplaces,
	    &s->places_size, sizeof(*s->places));
	s->places[s->nplaces++] = p;
	return true;
}

static bool
is_nested(const struct decision_state *s)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		if (s->mounts[i].outer != STAGED_NONE)
			return true;
	}
	return false;
}

/* What the caller mounts of the host's. */
static bool
has_binds(const struct decision_state *s)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		if (s->mounts[i].source != NULL)
			return true;
	}
	return false;
}

/* A tmpfs right below / lies in nothing, and nobody can change a fresh one. */
static bool
is_apart(struct decision_state *s, const struct mount *m)
{
	return m->type == MOUNT_TMPFS && mount_is_top(s->arena, m->target);
}

/* Root may mount as docker does, but what undocker is to put together. */
static bool
wants_image(struct decision_state *s)
{
	if (s->caller->uid == 0)
		return has_binds(s);
	for (size_t i = 0; i < s->nmounts; i++) {
		if (!is_apart(s, &s->mounts[i].mount))
			return true;
	}
	for (size_t i = 0; i < s->ncontainers; i++) {
		if (container_gives_volumes(s, &s->containers[i]))
			return true;
	}
	return false;
}

void
mount_plan_image(struct decision_state *s, struct needs *needs)
{
	if (image_operand(s) != NULL && wants_image(s))
		s->image = needs_add(needs, s->arena, NEED_IMAGE,
		    image_operand(s));
}

/*
 * docker makes the places of the image's own volumes and its working directory,
 * too. Of an image that is yet to come nobody knows them.
 */
bool
mount_more(struct decision_state *s, struct needs *needs)
{
	const struct need *n = s->image;
	const struct image_names *image;
	const char *dir;

	if (n == NULL || n->state == NEED_OPEN || s->image_planned)
		return true;
	s->image_planned = true;
	if (n->state == NEED_FAILED && (n->absent || !has_binds(s)))
		return !is_nested(s) || state_refuse(s, "image '%s' must be on "
		    "this host already where mounts lie in each other",
		    image_operand(s));
	if (n->state != NEED_MET || n->image == NULL)
		return state_refuse(s, "image '%s': %s", image_operand(s),
		    need_why(s->image));
	image = n->image;
	for (size_t i = 0; i < image->volumes.n; i++) {
		if (!plan_image_place(s, mount_clean(s->arena,
			image->volumes.v[i]), true, needs))
			return false;
	}
	dir = image->workdir == NULL || *image->workdir == '\0' ||
	    used_flags_last(&s->flags, "workdir") != NULL ? NULL
	    : mount_clean(s->arena, image->workdir);
	return dir == NULL || plan_image_place(s, dir, false, needs);
}
