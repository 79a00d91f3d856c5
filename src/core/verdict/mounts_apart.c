/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/mounts_apart.h"

#include "core/verdict/containers.h"
#include "core/verdict/mounts.h"
#include "core/verdict/mounts_image.h"

#include <string.h>

/* A place where something is mounted. */
struct spot {
	const char *place; /* cleaned */
	const char *said; /* "--volume: ", for messages */
	enum spot_kind {
		SPOT_OTHER,
		SPOT_BIND, /* of the user's; what he mounts in it is staged */
		SPOT_VOLUME, /* he can change it while something is mounted */
		SPOT_GIVEN, /* --volumes-from's: nobody looked at it */
		SPOT_WORKDIR, /* docker makes the directory, mounts nothing */
		SPOT_DOCKERS, /* docker itself mounts something there */
	} kind;
	const struct planned_container *from; /* with --volumes-from */
	bool volume; /* a SPOT_GIVEN that is one */
	bool fresh; /* a volume that is empty, and nobody else's */
	bool forced; /* FORCED's: no user chose the place */
};

struct spots {
	struct spot *v;
	size_t n, size;
};

static void
add(struct state *s, struct spots *all, const char *place,
    const char *said, enum spot_kind kind)
{
	ARENA_ADD(s->arena, all, (struct spot) {
		.place = path_clean(s->arena, place),
		.said = said,
		.kind = kind,
	});
}

/* What docker mounts by itself (/sbin/docker-init with --init). */
static void
add_dockers(struct state *s, struct spots *all)
{
	static const char *const places[] = { "/etc/hosts", "/etc/hostname",
		"/etc/resolv.conf", "/sbin/docker-init" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		add(s, all, places[i], "docker's own ", SPOT_DOCKERS);
}

static void
add_line(struct state *s, struct spots *all)
{
	for (size_t i = 0; i < s->mounts->n; i++) {
		const struct planned_mount *p = &s->mounts->v[i];
		const struct used_flag *f = &s->flags->v[p->flag];
		enum spot_kind kind = p->mount.type == MOUNT_TMPFS ||
			(p->mount.type == MOUNT_BIND && p->verbatim)
		    ? SPOT_OTHER
		    : p->mount.type == MOUNT_BIND ? SPOT_BIND : SPOT_VOLUME;

		add(s, all, p->mount.target, arena_printf(s->arena, "%s: ",
		    docker_flag_name(s->arena, f->flag)), kind);
		all->v[all->n - 1].fresh = p->mount.type == MOUNT_ANONYMOUS;
		all->v[all->n - 1].forced = f->origin != FLAG_USER;
	}
}

/* What a place of a container's is once it starts. */
static enum spot_kind
kind_in(const struct container *c, const char *place)
{
	return strv_has(&c->volumes, place) ? SPOT_VOLUME
	    : strv_has(&c->tmpfs, place) ? SPOT_OTHER : SPOT_BIND;
}

/* What a container has that starts again. */
static void
add_container(struct state *s, struct spots *all,
    const struct container *c)
{
	for (size_t i = 0; i < c->mounts.n; i++)
		add(s, all, c->mounts.v[i], "", kind_in(c, c->mounts.v[i]));
	for (size_t i = 0; i < c->volumes.n; i++)
		add(s, all, c->volumes.v[i], "", SPOT_VOLUME);
}

static void
add_place_given(struct state *s, struct spots *all,
    const struct planned_container *from, const char *place)
{
	enum spot_kind kind = kind_in(from->need->containers, place);

	/* A tmpfs comes empty, if at all. */
	add(s, all, place, "", kind == SPOT_OTHER ? kind : SPOT_GIVEN);
	all->v[all->n - 1].from = from;
	all->v[all->n - 1].volume = kind == SPOT_VOLUME;
}

static void
add_given(struct state *s, struct spots *all)
{
	for (size_t i = 0; i < s->containers->n; i++) {
		const struct planned_container *p = &s->containers->v[i];
		const struct container *c = p->need->containers;

		if (!containers_give_volumes(s, p) || c == NULL)
			continue;
		for (size_t k = 0; k < c->mounts.n; k++)
			add_place_given(s, all, p, c->mounts.v[k]);
		for (size_t k = 0; k < c->volumes.n; k++)
			add_place_given(s, all, p, c->volumes.v[k]);
	}
}

/* What the line mounts at the same place, docker mounts instead. */
static bool
replaced(const struct state *s, const struct spots *all,
    const char *place)
{
	for (size_t i = 0; i < s->mounts->n; i++) {
		if (s->mounts->v[i].mount.kind != VALUE_TMPFS &&
		    strcmp(s->mounts->v[i].mount.target, place) == 0)
			return true;
	}
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].kind == SPOT_GIVEN &&
		    strcmp(all->v[i].place, place) == 0)
			return true;
	}
	return false;
}

static const struct image_names *
image_seen(const struct state *s)
{
	const struct need *n = mounts_image_need(s);

	return n == NULL ? NULL : n->image;
}

static void
add_image(struct state *s, struct spots *all)
{
	const struct image_names *image = image_seen(s);

	for (size_t i = 0; image != NULL && i < image->volumes.n; i++) {
		const char *place = path_clean(s->arena, image->volumes.v[i]);

		if (replaced(s, all, place))
			continue;
		add(s, all, place, "the image: ", SPOT_VOLUME);
		all->v[all->n - 1].fresh = true;
	}
}

/* The line's, or else the image's. */
static void
add_workdir(struct state *s, struct spots *all)
{
	const struct used_flag *f = used_flags_last(s->flags, "workdir");
	const struct image_names *image = image_seen(s);

	if (f != NULL)
		add(s, all, f->value, "--workdir: ", SPOT_WORKDIR);
	else if (image != NULL && image->workdir != NULL &&
	    *image->workdir != '\0')
		add(s, all, image->workdir, "the image's working directory ",
		    SPOT_WORKDIR);
}

static bool
is_mounted(const struct spot *x)
{
	return x->kind != SPOT_WORKDIR && x->kind != SPOT_DOCKERS;
}

/* What two may not have at one place: docker would take either. */
static bool
same_place(struct state *s, const struct spot *a, const struct spot *b)
{
	if (a->kind != SPOT_GIVEN || !is_mounted(b) || *b->said == 't' ||
	    (b->from != NULL && strcmp(a->from->need->containers->id,
		b->from->need->containers->id) == 0))
		return false;
	return strcmp(path_unlinked(s->arena, a->place),
	    path_unlinked(s->arena, b->place)) == 0;
}

/* Also by the links that images usually have. */
static bool
lies_in(struct state *s, const struct spot *inner,
    const struct spot *outer)
{
	bool plainly = path_below(outer->place, inner->place) != NULL;

	if (!plainly && path_below(path_unlinked(s->arena, outer->place),
	    path_unlinked(s->arena, inner->place)) == NULL)
		return same_place(s, outer, inner);
	switch (outer->kind) {
	case SPOT_GIVEN:
		return true;
	case SPOT_VOLUME:
		return inner->kind != SPOT_WORKDIR || !outer->fresh;
	case SPOT_BIND:
		/* What is spelled alike was looked at: mounts.c. */
		return inner->kind == SPOT_DOCKERS ||
		    inner->kind == SPOT_GIVEN || !plainly;
	case SPOT_OTHER:
		return inner->kind == SPOT_GIVEN && inner->from != outer->from;
	case SPOT_WORKDIR:
	case SPOT_DOCKERS:
		break;
	}
	return false;
}

static bool
find_pair(struct state *s, const struct spots *all,
    const struct spot **outer, const struct spot **inner)
{
	for (size_t i = 0; i < all->n; i++) {
		for (size_t k = 0; k < all->n; k++) {
			*outer = &all->v[i];
			*inner = &all->v[k];
			if (lies_in(s, *inner, *outer))
				return true;
		}
	}
	return false;
}

static const char *
called(struct state *s, const struct spot *outer)
{
	if (outer->kind == SPOT_GIVEN && !outer->volume)
		return arena_printf(s->arena, "what container '%s' has",
		    outer->from->given);
	return outer->kind == SPOT_BIND ? "what is mounted"
	    : *outer->said == 't' ? "the image's volume" : "the volume";
}

static bool
refuse_pair(struct state *s, const struct spot *outer,
    const struct spot *inner)
{
	const struct spot *given = outer->kind == SPOT_GIVEN ? outer : inner;
	const struct spot *other = given == outer ? inner : outer;

	if (given->kind == SPOT_GIVEN && is_mounted(other) &&
	    *other->said != 't' && other->from != given->from)
		return state_refuse(s, "'%s' of container '%s' and the mount "
		    "at '%s' cannot be used together", given->place,
		    given->from->given, other->place);
	return state_refuse(s, "%s'%s' lies in %s at '%s', and docker would "
	    "create it there as root%s", inner->said, inner->place,
	    called(s, outer), outer->place,
	    inner->kind == SPOT_WORKDIR && *inner->said == 't'
		? ": say another with --workdir" : "");
}

/*
 * Of an image that nobody could look at: it may have a volume around each place
 * that does not lie right below /, where docker takes none, and a place in what
 * --volumes-from brings.
 */
static bool
settle_unseen(struct state *s, struct need *image, const struct spots *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct spot *x = &all->v[i];
		const char *why = image->absent ? "it is not on this host, "
		    "so pull it first, or run it once without mounts"
		    : need_why(image);

		if (x->kind == SPOT_GIVEN)
			return state_refuse(s, "the image may have places in "
			    "'%s' of container '%s': %s", x->place,
			    x->from->given, why);
		if (!x->forced && !path_is_top(s->arena, x->place))
			return state_refuse(s, "%s'%s' may lie in a volume of "
			    "the image's: %s", x->said, x->place, why);
	}
	return true;
}

/* What a new container would have. */
static bool
settle_new(struct state *s)
{
	const struct spot *outer, *inner;
	struct need *image = mounts_image_need(s);
	struct spots all = { 0 };

	add_line(s, &all);
	add_given(s, &all);
	if (image != NULL && image->state != NEED_MET &&
	    s->caller->uid != 0 && !settle_unseen(s, image, &all))
		return false;
	add_image(s, &all);
	add_workdir(s, &all);
	add_dockers(s, &all);
	return !find_pair(s, &all, &outer, &inner) ||
	    refuse_pair(s, outer, inner);
}

/* What start and restart would mount again. */
static bool
settle_again(struct state *s, const struct planned_container *p)
{
	const struct spot *outer, *inner;
	struct spots all = { 0 };

	add_container(s, &all, p->need->containers);
	add_dockers(s, &all);
	return !find_pair(s, &all, &outer, &inner) || state_refuse(s,
	    "container '%s': '%s' lies in %s at '%s', and docker would create "
	    "it there as root: make the container anew", p->given,
	    inner->place, called(s, outer), outer->place);
}

bool
mounts_apart_settle(struct state *s)
{
	if (!docker_command_has(s->command, TRAIT_REVIVES))
		return settle_new(s);
	for (size_t i = 0; i < s->containers->n; i++) {
		const struct planned_container *p = &s->containers->v[i];

		if (!p->in_flag && p->need->containers != NULL &&
		    !settle_again(s, p))
			return false;
	}
	return true;
}
