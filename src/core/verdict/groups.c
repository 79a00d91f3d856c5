/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/groups.h"

#include "core/policy/images_brought.h"

/*
 * docker looks up a number of --group-add among the names of the image's groups
 * first, so that its maker says which gid it is.
 */
bool
groups_check(struct state *s)
{
	const struct section *by;

	if (s->plain_mounts || s->effective->allowed_images.n > 0)
		return true;
	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *f = &s->flags->v[i];

		if (f->flag->kind != VALUE_GROUP)
			continue;
		by = images_brought(s->arena, s->policy, s->caller);
		return by == NULL || state_refuse(s, "%s: an image may give "
		    "that number another group's gid, and this host lets users "
		    "bring images ([%s], %s:%u): it takes an ALLOWEDIMAGES for "
		    "'%s'", state_flag_word(s, f), by->title, by->file,
		    by->line, s->command->name);
	}
	return true;
}
