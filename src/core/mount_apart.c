/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is mounted below a volume. runc makes the place of a mount as root,
 * and an old one follows, on the host, a link that the volume's user puts there
 * in that moment. So of all that a container has, whoever says it (the command
 * line, FORCED, --volumes-from, the image, docker itself), no two lie so.
 */
#include "core/state.h"

#include <string.h>

/* A place where something is mounted. */
struct spot {
	const char *place; /* cleaned */
	const char *said; /* "--volume: ", for messages */
	enum spot_kind {
		SPOT_OTHER,
		SPOT_BIND, /* of the user's; what he mounts in it is staged */
		SPOT_VOLUME, /* he can change it while something is mounted */
		SPOT_DOCKERS, /* docker itself mounts something there */
	} kind;
	bool forced; /* FORCED's: no user chose the place */
};

struct spots {
	struct spot *v;
	size_t n, size;
};

static void
add(struct decision_state *s, struct spots *all, const char *place,
    const char *said, enum spot_kind kind)
{
	all->v = arena_room(s->arena, all->v, all->n, &all->size,
	    sizeof(*all->v));
	all->v[all->n++] = (struct spot) {
		.place = mount_clean(s->arena, place),
		.said = said,
		.kind = kind,
	};
}

/* What docker mounts by itself (/sbin/docker-init with --init). */
static void
add_dockers(struct decision_state *s, struct spots *all)
{
	static const char *const places[] = { "/etc/hosts", "/etc/hostname",
		"/etc/resolv.conf", "/sbin/docker-init" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		add(s, all, places[i], "docker's own ", SPOT_DOCKERS);
}

static void
add_line(struct decision_state *s, struct spots *all)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		const struct planned_mount *p = &s->mounts[i];
		const struct used_flag *f = &s->flags.v[p->flag];
		enum spot_kind kind = p->mount.type == MOUNT_TMPFS ||
			(p->mount.type == MOUNT_BIND && p->verbatim)
		    ? SPOT_OTHER
		    : p->mount.type == MOUNT_BIND ? SPOT_BIND : SPOT_VOLUME;

		add(s, all, p->mount.target, arena_printf(s->arena, "%s: ",
		    flag_name(s->arena, f->flag)), kind);
		all->v[all->n - 1].forced = f->origin != FLAG_USER;
	}
}

static void
add_container(struct decision_state *s, struct spots *all,
    const struct container *c)
{
	for (size_t i = 0; i < c->mounts.n; i++)
		add(s, all, c->mounts.v[i], "", SPOT_OTHER);
	for (size_t i = 0; i < c->volumes.n; i++)
		add(s, all, c->volumes.v[i], "", SPOT_VOLUME);
}

/* What the line mounts at the same place, docker mounts instead. */
static bool
replaced(const struct decision_state *s, const char *place)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		if (s->mounts[i].mount.kind != VALUE_TMPFS &&
		    strcmp(s->mounts[i].mount.target, place) == 0)
			return true;
	}
	return false;
}

static void
add_image(struct decision_state *s, struct spots *all)
{
	const struct image_names *image = s->image == NULL ? NULL
	    : s->image->image;

	for (size_t i = 0; image != NULL && i < image->volumes.n; i++) {
		const char *place = mount_clean(s->arena, image->volumes.v[i]);

		if (!replaced(s, place))
			add(s, all, place, "the image: ", SPOT_VOLUME);
	}
}

/* Also by the links that images usually have. */
static bool
lies_in(struct decision_state *s, const struct spot *inner,
    const struct spot *outer)
{
	if (outer->kind != SPOT_VOLUME && (outer->kind != SPOT_BIND ||
	    inner->kind != SPOT_DOCKERS))
		return false;
	return mount_below(outer->place, inner->place) != NULL ||
	    mount_below(mount_unlinked(s->arena, outer->place),
		mount_unlinked(s->arena, inner->place)) != NULL;
}

static bool
find_pair(struct decision_state *s, const struct spots *all,
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
called(const struct spot *outer)
{
	return outer->kind == SPOT_BIND ? "what is mounted"
	    : *outer->said == 't' ? "the image's volume" : "the volume";
}

/*
 * Of an image that nobody could look at: it may have a volume around each place
 * that does not lie right below /, where docker takes none.
 */
static bool
settle_unseen(struct decision_state *s, const struct spots *all)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].forced ||
		    mount_is_top(s->arena, all->v[i].place))
			continue;
		return state_refuse(s, "%s'%s' may lie in a volume of the "
		    "image's: %s", all->v[i].said, all->v[i].place,
		    s->image->absent ? "it is not on this host, so pull it "
			"first, or run it once without mounts"
			: need_why(s->image));
	}
	return true;
}

/* What a new container would have. */
static bool
settle_new(struct decision_state *s)
{
	const struct spot *outer, *inner;
	struct spots all = { 0 };

	add_line(s, &all);
	for (size_t i = 0; i < s->ncontainers; i++) {
		if (container_gives_volumes(s, &s->containers[i]))
			add_container(s, &all, s->containers[i].need->containers);
	}
	if (s->image != NULL && s->image->state != NEED_MET &&
	    s->caller->uid != 0 && !settle_unseen(s, &all))
		return false;
	add_image(s, &all);
	add_dockers(s, &all);
	return !find_pair(s, &all, &outer, &inner) || state_refuse(s,
	    "%s'%s' lies in %s at '%s', and docker would create it there as "
	    "root", inner->said, inner->place, called(outer), outer->place);
}

/* What start and restart would mount again. */
static bool
settle_again(struct decision_state *s, const struct planned_container *p)
{
	const struct spot *outer, *inner;
	struct spots all = { 0 };

	add_container(s, &all, p->need->containers);
	add_dockers(s, &all);
	return !find_pair(s, &all, &outer, &inner) || state_refuse(s,
	    "container '%s': '%s' lies in the volume at '%s', and docker would "
	    "create it there as root: make the container anew", p->given,
	    inner->place, outer->place);
}

bool
mount_settle_apart(struct decision_state *s)
{
	if (!command_starts_again(s->command))
		return settle_new(s);
	for (size_t i = 0; i < s->ncontainers; i++) {
		const struct planned_container *p = &s->containers[i];

		if (!p->in_flag && p->need->containers != NULL &&
		    !settle_again(s, p))
			return false;
	}
	return true;
}
