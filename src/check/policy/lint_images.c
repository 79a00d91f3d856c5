/* SPDX-License-Identifier: Apache-2.0 */
/* Which images users can run or name, and the patterns that say it. */
#include "check/policy/lint.h"
#include "check/policy/lint_pattern.h"
#include "check/policy/lint_probe.h"
#include "core/policy/images_brought.h"

#include <string.h>

/*
 * Without a list of images and with a registry in reach the user chooses what
 * bytes the engine unpacks. Of somebody's section it is said if that forces
 * another --pull.
 */
static void
find_any_image(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (lint_creates(w) && (w->general == NULL ||
	    lint_word(&w->forced, "pull") != NULL) &&
	    lint_says(w, KEY_ALLOWEDIMAGES) == NULL &&
	    !lint_forces(w, "pull", "never"))
		lint_warn_section(l, w, r->sentence);
}

static void
find_deny_list(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct setting *s = w->first[KEY_RESTRICTEDIMAGES];

	if (s != NULL && lint_says(w, KEY_ALLOWEDIMAGES) == NULL)
		lint_warn(l, s, "RESTRICTEDIMAGES", r->sentence);
}

/* The commands that fetch, or give names; of the others' images none is new. */
static bool
brings(const struct lint_who *w)
{
	return lint_is(w, "pull") || lint_is(w, "import") ||
	    lint_is(w, "tag") ||
	    (lint_creates(w) && !lint_forces(w, "pull", "never"));
}

static void
judge_start(struct lint *l, const struct setting *s, const char *pattern,
    const struct lint_rule *r)
{
	if (lint_pattern_any_start(pattern))
		lint_warn(l, s, arena_printf(l->arena, "'%s'", pattern),
		    r->sentence);
}

static void
find_any_registry(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (brings(w))
		lint_each(l, w, KEY_ALLOWEDIMAGES, judge_start, r);
}

static void
judge_dots(struct lint *l, const struct setting *s, const char *pattern,
    const struct lint_rule *r)
{
	const char *escaped = lint_pattern_escaped(l->arena, pattern);

	if (escaped != NULL)
		lint_warn(l, s, arena_printf(l->arena, "'%s'", pattern),
		    arena_printf(l->arena, "%s (write %s)", r->sentence,
			escaped));
}

/* In RESTRICTEDIMAGES it only takes away more. */
static void
find_dots(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	lint_each(l, w, KEY_ALLOWEDIMAGES, judge_dots, r);
}

/* What would be refused at every start that has the flag. */
static void
find_groups(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct flag_setting *word = lint_word(&w->forced, "group-add");
	const struct setting *s = word == NULL ? NULL : word->setting;
	struct caller c = lint_probe_caller();

	if (word == NULL &&
	    (word = lint_word(&w->defaults, "group-add")) != NULL)
		s = word->setting;
	for (size_t i = 0; s == NULL && i < w->white.n; i++) {
		if (lint_flag_is(w->white.v[i].flag, "group-add") &&
		    lint_flags_may_give(w, w->white.v[i].flag))
			s = w->white.v[i].setting;
	}
	if (lint_creates(w) && s != NULL &&
	    lint_says(w, KEY_ALLOWEDIMAGES) == NULL &&
	    images_brought(l->arena, l->policy, &c) != NULL)
		lint_warn(l, s, "--group-add", r->sentence);
}

static const struct lint_rule rules[] = {
	{ find_groups, "it is refused where users bring images, which may give "
	    "a number another group's gid (say ALLOWEDIMAGES)" },
	{ find_any_image, "users run images of their own choice, and who "
	    "makes an image can get this host's disks by it (say "
	    "ALLOWEDIMAGES, or FORCED=--pull=never)" },
	{ find_deny_list, "a list of what is forbidden is never whole: the "
	    "same image has other names (say ALLOWEDIMAGES, too)" },
	{ find_any_registry, "the pattern begins with anything, so that it "
	    "allows images of any registry and anybody's (begin it with the "
	    "name)" },
	{ find_dots, "a dot stands for any byte, other names match, too" },
};

void
lint_images(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
