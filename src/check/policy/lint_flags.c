/* SPDX-License-Identifier: Apache-2.0 */
/* What WHITELISTs give, by the table of dangers and by docker's own. */
#include "check/policy/danger.h"
#include "check/policy/lint.h"
#include "check/policy/lint_probe.h"

#include <string.h>

static bool
holds(const struct lint_flags *flags, const struct docker_flag *f)
{
	for (size_t i = 0; i < flags->n; i++) {
		if (flags->v[i].flag == f)
			return true;
	}
	return false;
}

static void
add_patterns(struct strv *out, const struct lint_who *w,
    const struct docker_flag *f)
{
	for (size_t i = 0; i < w->allowed.n; i++) {
		if (w->allowed.v[i].flag == f)
			strv_push(out, w->allowed.v[i].pattern);
	}
}

/* Patterns for anything name nothing. */
bool
lint_flags_bounded(
    struct lint *l, const struct lint_who *w, const struct docker_flag *f)
{
	struct strv patterns = strv_new(l->arena);

	if (w->general != NULL)
		add_patterns(&patterns, w->general, f);
	add_patterns(&patterns, w, f);
	return patterns.n > 0 && !lint_probe_flag(l->arena, f, &patterns);
}

bool
lint_flags_restricted(const struct lint_who *w, const struct docker_flag *f)
{
	return holds(&w->restricted, f) ||
	    (w->general != NULL && lint_flags_restricted(w->general, f));
}

static bool
forced_away(const struct lint_who *w, const struct docker_flag *f)
{
	for (size_t i = 0; i < w->forced.n; i++) {
		if (w->forced.v[i].flag == f)
			return !value_kind_has(f->kind, KIND_ADDS_UP);
	}
	return w->general != NULL && forced_away(w->general, f);
}

bool
lint_flags_may_give(const struct lint_who *w, const struct docker_flag *f)
{
	return !holds(&w->black, f) && !forced_away(w, f) &&
	    (w->general == NULL || !holds(&w->general->black, f));
}

bool
lint_flags_offered(const struct lint_who *w, const struct docker_flag *f)
{
	return lint_flags_may_give(w, f) && (holds(&w->white, f) ||
	    (w->general != NULL && holds(&w->general->white, f)));
}

/* A file of labels is bound by what is said of labels. */
static bool
labels_ruled(struct lint *l, const struct lint_who *w)
{
	const struct docker_flag *label = docker_flag_long(w->command, "label",
	    5);

	return label != NULL && (lint_flags_bounded(l, w, label) ||
				    lint_flags_restricted(w, label));
}

static bool
limited(const struct lint_who *w, const struct docker_flag *f)
{
	for (size_t i = 0; i < w->max.n; i++) {
		if (w->max.v[i].flag == f)
			return true;
	}
	return w->general != NULL && limited(w->general, f);
}

static bool
cured(struct lint *l, const struct lint_who *w, const struct docker_flag *f,
    enum danger_cure cure)
{
	switch (cure) {
	case CURE_VALUES:
		return lint_flags_bounded(l, w, f);
	case CURE_LIMIT:
		return lint_flags_bounded(l, w, f) || limited(w, f);
	case CURE_RULE:
		return labels_ruled(l, w);
	case CURE_PATHS:
		return lint_says(w, KEY_ALLOWEDPATHS) != NULL;
	case CURE_PORTS:
		return lint_says(w, KEY_ALLOWEDPORTS) != NULL;
	case CURE_IMAGES: /* of commands: lint_commands.c */
	case CURE_NONE:
	case CURE_NEVER:
		break;
	}
	return false;
}

/* What to write instead. */
static const char *
advice(struct arena *a, const struct danger *d, const struct docker_flag *f)
{
	const char *name = docker_flag_name(a, f);

	switch (d->cure) {
	case CURE_NEVER:
		return "take it out: undocker refuses it in any case";
	case CURE_VALUES:
		return arena_printf(a, "say ALLOWEDVALUES=%s=PATTERN", name);
	case CURE_LIMIT:
		return arena_printf(a, "say MAXVALUES=%s=LIMIT", name);
	case CURE_RULE:
		return "say ALLOWEDVALUES=--label=PATTERN";
	case CURE_PATHS:
		return "say ALLOWEDPATHS";
	case CURE_PORTS:
		return "say ALLOWEDPORTS";
	case CURE_IMAGES:
	case CURE_NONE:
		break;
	}
	return "take it out";
}

const char *
lint_flags_spelled(struct arena *a, const struct docker_flag *f)
{
	if (f->letter == '\0' || *f->names == '\0')
		return docker_flag_name(a, f);
	return arena_printf(a, "-%c|%s", f->letter, docker_flag_name(a, f));
}

/*
 * Of a command that nobody can use the flags are no matter; nor is --user where
 * the built-in one stands behind it.
 */
static bool
idle(const struct lint *l, const struct lint_who *w,
    const struct docker_flag *f)
{
	return docker_command_has(w->command, TRAIT_ROOTS) ||
	       (f->kind == VALUE_USER &&
		   strmap_get(&l->rooted, w->command->name) == NULL);
}

static void
find_dangers(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	(void)r;
	for (size_t i = 0; i < w->white.n; i++) {
		const struct docker_flag *f = w->white.v[i].flag;
		const struct danger *d = danger_of(w->command, f);

		if (d == NULL || idle(l, w, f) || !lint_flags_may_give(w, f) ||
		    cured(l, w, f, d->cure))
			continue;
		lint_warn(l, w->white.v[i].setting,
		    lint_flags_spelled(l->arena, f),
		    arena_printf(
			l->arena, "%s (%s)", d->why, advice(l->arena, d, f)));
	}
}

/* The installed docker is asked elsewhere, where there is one. */
static void
find_unknown(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const char *name = w->command == NULL ? "" : w->command->name;

	for (size_t i = 0; l->facts->client == NULL && i < w->white.n; i++) {
		if (w->white.v[i].known)
			continue;
		lint_warn(l, w->white.v[i].setting, lint_flags_spelled(l->arena,
		    w->white.v[i].flag), arena_printf(l->arena,
		    "docker%s%s has no such flag, %s", *name == '\0' ? "" : " ",
		    name, r->sentence));
	}
}

/* Whether a rule for the flag is one for another that somebody may give. */
static bool
stands_for_other(const struct lint *l, const struct docker_command *c,
    const struct docker_flag *f)
{
	const char *other = lint_flag_is(f, "env") ? "env-file" :
	    lint_flag_is(f, "label") ? "label-file" : NULL;

	return other != NULL && lint_granted(l, c,
	    docker_flag_long(c, other, strlen(other)));
}

static void
find_vain_values(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	for (size_t i = 0; i < w->allowed.n; i++) {
		const struct docker_flag *f = w->allowed.v[i].flag;

		if ((i == 0 || w->allowed.v[i - 1].flag != f) &&
		    !lint_granted(l, w->command, f) &&
		    !stands_for_other(l, w->command, f))
			lint_warn(l, w->allowed.v[i].setting,
			    arena_printf(l->arena, "ALLOWEDVALUES of %s",
			    docker_flag_name(l->arena, f)), r->sentence);
	}
}

static const struct lint_rule rules[] = {
	{ find_dangers, "" }, /* danger.def has the sentences */
	{ find_unknown, "as far as undocker knows (take it out)" },
	{ find_vain_values, "gives nothing, because no WHITELIST of this "
	    "command has the flag (put it there, too)" },
};

void
lint_flags(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
