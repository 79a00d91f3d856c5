/* SPDX-License-Identifier: Apache-2.0 */
/* Sections for whom nobody is, and what is lost with a group. */
#include "check/policy/lint.h"

#include <string.h>

static void
find_no_user(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct section *s = w->section;

	if (s->kind == SECTION_USER &&
	    strmap_get(&l->unknown_users, s->who) != NULL)
		lint_warn_section(l, w, arena_printf(l->arena,
		    "the accounts do not know user '%s': %s", s->who,
		    r->sentence));
}

/* With REQUIREGROUPS=true it is an error, which is told elsewhere. */
static void
find_no_group(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct section *s = w->section;

	if (s->kind == SECTION_GROUP && s->group->state != GROUP_KNOWN &&
	    !l->requires_groups)
		lint_warn_section(l, w, arena_printf(l->arena,
		    "the accounts do not know group '%s': %s", s->who,
		    r->sentence));
}

/* ALLOWEDIMAGES gives, but where nobody else has it it takes all others. */
static bool
takes_away(const struct setting *s)
{
	switch (s->key->id) {
	case KEY_BLACKLIST:
	case KEY_FORCED:
	case KEY_DEFAULTS:
	case KEY_ALLOWEDIMAGES:
	case KEY_RESTRICTEDIMAGES:
	case KEY_RESTRICTEDVALUES:
	case KEY_RESTRICTEDPATHS:
	case KEY_MAXVALUES:
	case KEY_MAXCONTAINERS:
		return true;
	default: /* UIDMUSTMATCH=true goes without saying, but for lists */
		return false;
	}
}

/*
 * Who loses his group loses its section: the command, where no other section
 * offers it to him.
 */
static void
find_lost(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	if (w->section->kind != SECTION_GROUP || w->general == NULL ||
	    l->requires_groups)
		return;
	for (size_t key = 0; key < KEY_COUNT; key++) {
		const struct setting *s = w->first[key];

		if (s != NULL && takes_away(s) &&
		    w->general->first[key] == NULL)
			lint_warn(l, s, s->key->name, r->sentence);
	}
}

static const struct lint_rule rules[] = {
	{ find_no_user, "this section applies to nobody" },
	{ find_no_group, "this section applies to nobody" },
	{ find_lost, "it stands in a group's section only, and is lost with "
	    "REQUIREGROUPS=false when the accounts do not know the group (say "
	    "true, or say it for everybody, too)" },
};

void
lint_accounts(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
