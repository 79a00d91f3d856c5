/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/group_variable.h"

#include "core/policy/section.h"

#include <string.h>

static bool
is_restricted(struct policy *p, const struct strv *names, gid_t gid)
{
	if (gid == 0)
		return true;
	for (size_t i = 0; i < names->n; i++) {
		const struct policy_group *g = policy_groups_named(p,
		    names->v[i]);

		if (g->state == GROUP_KNOWN && g->gid == gid)
			return true;
	}
	return false;
}

bool
group_variable_fill(struct caller *out, struct arena *a, struct policy *p,
    const struct caller *c, struct fault *f)
{
	gid_t *gids = arena_alloc(a, (c->ngids + 1) * sizeof(*gids));
	struct strv names;
	bool written;

	memcpy(out, c, sizeof(*out));
	out->u_groups = gids;
	out->nu_groups = 0;
	if (!policy_uses(p, "$U_GROUPS"))
		return true;
	names = policy_groups_restricted(p, &written);
	for (size_t i = 0; i < names.n; i++) {
		enum group_state state = policy_groups_named(p,
		    names.v[i])->state;

		if (state == GROUP_UNASKED)
			return fault_set(f, a, FAULT_POLICY,
			    "nobody looked up group '%s'", names.v[i]);
		/* With the directory down it would be passed on. */
		if (written && state != GROUP_KNOWN &&
		    policy_groups_required(p))
			return fault_set(f, a, FAULT_POLICY, "RESTRICTEDGROUPS:"
			    " the accounts do not know group '%s' "
			    "(REQUIREGROUPS=false lets such names be)",
			    names.v[i]);
	}
	for (size_t i = 0; i < c->ngids; i++) {
		if (!is_restricted(p, &names, c->gids[i]))
			gids[out->nu_groups++] = c->gids[i];
	}
	return true;
}
