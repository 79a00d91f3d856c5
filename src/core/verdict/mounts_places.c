/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/mounts_places.h"

struct planned_place {
	const char *place;
	const char *mounted; /* the mount's target that it lies below */
	struct need *need;
};

struct mounts_places {
	struct planned_place *v;
	size_t n, size;
};

void
mounts_places_add(struct state *s, const char *place,
    const struct planned_mount *outer, bool steady)
{
	struct need *n = needs_add(s->needs, s->arena, NEED_BELOW,
	    outer->mount.source);

	n->below = path_below(outer->mount.target, place);
	n->within = outer->source;
	n->wants_steady = steady;
	if (s->mounts_places == NULL)
		s->mounts_places = arena_alloc(s->arena,
		    sizeof(*s->mounts_places));
	ARENA_ADD(s->arena, s->mounts_places, (struct planned_place) {
	    .place = place, .mounted = outer->mount.target, .need = n });
}

bool
mounts_places_settle(struct state *s)
{
	const struct mounts_places *all = s->mounts_places;

	for (size_t i = 0; all != NULL && i < all->n; i++) {
		const struct planned_place *p = &all->v[i];

		if (p->need->state != NEED_MET)
			return state_refuse(s, "'%s' cannot be used below what "
			    "is mounted at '%s': %s (docker would create it "
			    "there as root, or follow a link)", p->place,
			    p->mounted, need_why(p->need));
	}
	return true;
}
