/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the accounts know a policy's groups, and whether it is sound as a
   whole, and not for one caller only. */
#include "core/policy/effective.h"
#include "core/policy/group_variable.h"

bool
effective_check_groups(struct arena *a, const struct policy *p,
    const struct docker_command *command, struct fault *f)
{
	bool require = policy_groups_required(p), sound = true;

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		if (s->kind != SECTION_GROUP ||
		    (command != NULL && s->command != command))
			continue;
		if (s->group->state == GROUP_UNASKED)
			sound = policy_complain(p, f, s->file, s->line,
			    arena_printf(a, "nobody looked up group '%s'",
			    s->who));
		else if (require && s->group->state != GROUP_KNOWN)
			sound = policy_complain(p, f, s->file, s->line,
			    arena_printf(a, "the accounts do not know group "
			    "'%s' (REQUIREGROUPS=false lets such sections be)",
			    s->who));
		if (!sound && !policy_collects(p))
			return false;
	}
	return sound;
}

/* RESTRICTEDGROUPS, name by name: what enforcement says without a line. */
static bool
restricted_group_known(struct policy *p, const struct setting *s,
    const char *name, struct fault *f)
{
	return policy_groups_named(p, name)->state == GROUP_KNOWN ||
	    policy_complain(p, f, s->file, s->line, arena_printf(p->arena,
	    "RESTRICTEDGROUPS: the accounts do not know group '%s' "
	    "(REQUIREGROUPS=false lets such names be)", name));
}

static bool
restricted_groups_known(struct policy *p, struct fault *f)
{
	bool known = true;

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t k = 0; k < s->n; k++) {
			struct words words = { 0 };
			const char *reason;

			if (s->settings[k].key->id != KEY_RESTRICTEDGROUPS ||
			    !value_words_split(&words, p->arena,
				s->settings[k].value, &reason))
				continue;
			for (size_t w = 0; w < words.n; w++)
				known =
				    restricted_group_known(p, &s->settings[k],
					value_words_head(&words.v[w]), f) &&
				    known;
		}
	}
	return known;
}

/* Only a policy that uses $U_GROUPS asks the accounts for them. */
static bool
check_u_groups(struct caller *filled, struct arena *a, struct policy *p,
    const struct caller *c, struct fault *f)
{
	if (policy_collects(p) && policy_uses(p, "$U_GROUPS") &&
	    policy_groups_required(p) && !restricted_groups_known(p, f)) {
		*filled = *c;
		return false;
	}
	return group_variable_fill(filled, a, p, c, f);
}

bool
effective_check(struct arena *a, struct policy *p, const struct caller *c,
    struct fault *f)
{
	struct settings settings = { 0 };
	struct effective main = { 0 };
	struct caller filled;
	bool sound = check_u_groups(&filled, a, p, c, f);

	if (!sound && !policy_collects(p))
		return false;
	sound = effective_main(&main, &settings, a, p, &filled, f) && sound;
	if (!sound && !policy_collects(p))
		return false;
	sound = effective_check_groups(a, p, NULL, f) && sound;
	for (size_t i = 0; i < p->n; i++) {
		struct effective e = { 0 };

		if (!sound && !policy_collects(p))
			return false;
		sound = (p->sections[i]->command == NULL ||
		    effective_section(&e, a, p, p->sections[i], &filled, f)) &&
		    sound;
	}
	return sound;
}
