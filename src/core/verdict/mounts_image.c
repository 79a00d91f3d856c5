/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/mounts_image.h"

#include "core/verdict/containers.h"
#include "core/verdict/mounts.h"
#include "core/verdict/mounts_places.h"

#include <string.h>

struct mounts_image {
	struct need *need;
	bool planned;
};

struct need *
mounts_image_need(const struct state *s)
{
	return s->mounts_image == NULL ? NULL : s->mounts_image->need;
}

bool
mounts_image_known(const struct state *s)
{
	return s->mounts_image == NULL || s->mounts_image->planned;
}

static const char *
image_operand(const struct state *s)
{
	bool optional;

	return s->operands->n > 0 && docker_command_operand(s->command, 0,
	    &optional) == 'I' ? s->operands->v[0] : NULL;
}

/* A place of the image's in a mount of the caller's. */
static bool
plan_image_place(struct state *s, const char *place, bool mounted_at)
{
	size_t at = mounts_around(s, place);

	if (!mounts_plain_spelling(s, place))
		return false;
	for (size_t i = 0; mounted_at && i < s->mounts->n; i++) {
		if (strcmp(s->mounts->v[i].mount.target, place) != 0)
			continue;
		/* docker does not know that something is mounted there. */
		return s->mounts->v[i].outer == STAGED_NONE || state_refuse(s,
		    "'%s' cannot lie in '%s': the image has a volume there, "
		    "which docker would mount over it", place,
		    s->mounts->v[s->mounts->v[i].outer].mount.target);
	}
	if (at == STAGED_NONE || s->mounts->v[at].mount.type != MOUNT_BIND)
		return true;
	mounts_places_add(s, place, &s->mounts->v[at],
	    mounted_at && !s->plain_mounts);
	return true;
}

static bool
is_nested(const struct state *s)
{
	for (size_t i = 0; i < s->mounts->n; i++) {
		if (s->mounts->v[i].outer != STAGED_NONE)
			return true;
	}
	return false;
}

/* What the caller mounts of the host's. */
static bool
has_binds(const struct state *s)
{
	for (size_t i = 0; i < s->mounts->n; i++) {
		if (s->mounts->v[i].source != NULL)
			return true;
	}
	return false;
}

/* A tmpfs right below / lies in nothing, and nobody can change a fresh one. */
static bool
is_apart(struct state *s, const struct mount *m)
{
	return m->type == MOUNT_TMPFS && path_is_top(s->arena, m->target);
}

/* Root may mount as docker does, but what undocker is to put together. */
static bool
wants_image(struct state *s)
{
	if (s->caller->uid == 0)
		return has_binds(s);
	for (size_t i = 0; i < s->mounts->n; i++) {
		if (!is_apart(s, &s->mounts->v[i].mount))
			return true;
	}
	for (size_t i = 0; i < s->containers->n; i++) {
		if (containers_give_volumes(s, &s->containers->v[i]))
			return true;
	}
	return false;
}

void
mounts_image_plan(struct state *s)
{
	if (image_operand(s) == NULL || !wants_image(s))
		return;
	s->mounts_image = arena_alloc(s->arena, sizeof(*s->mounts_image));
	s->mounts_image->need = needs_add(s->needs, s->arena, NEED_IMAGE,
	    image_operand(s));
}

/*
 * docker makes the places of the image's own volumes and its working directory,
 * too. Of an image that is yet to come nobody knows them.
 */
bool
mounts_image_more(struct state *s)
{
	struct need *n = mounts_image_need(s);
	const struct image_names *image;
	const char *dir;

	if (n == NULL || n->state == NEED_OPEN || s->mounts_image->planned)
		return true;
	s->mounts_image->planned = true;
	if (n->state == NEED_FAILED && (n->absent || !has_binds(s)))
		return !is_nested(s) || state_refuse(s, "image '%s' must be on "
		    "this host already where mounts lie in each other",
		    image_operand(s));
	if (n->state != NEED_MET || n->image == NULL)
		return state_refuse(s, "image '%s': %s", image_operand(s),
		    need_why(n));
	image = n->image;
	for (size_t i = 0; i < image->volumes.n; i++) {
		if (!plan_image_place(s, path_clean(s->arena,
			image->volumes.v[i]), true))
			return false;
	}
	dir = image->workdir == NULL || *image->workdir == '\0' ||
	    used_flags_last(s->flags, "workdir") != NULL ? NULL
	    : path_clean(s->arena, image->workdir);
	return dir == NULL || plan_image_place(s, dir, false);
}
