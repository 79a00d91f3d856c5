/* SPDX-License-Identifier: Apache-2.0 */
/* Limits that are not there, or that a user gets round. */
#include "check/policy/lint.h"
#include "core/docker/quantity.h"

#include <string.h>

/* What a container takes from a whole host if nothing limits it. */
static const char *const needed[] = { "memory", "pids-limit" };

/* Whether w's own section says what the flag is; else w->general tells. */
static bool
answers_for(const struct lint_who *w, const char *flag)
{
	return lint_creates(w) && (w->general == NULL ||
	    lint_word(&w->forced, flag) != NULL ||
	    lint_word(&w->defaults, flag) != NULL);
}

/* --memory=0 and --pids-limit=-1 are no limits. */
static bool
endless(const struct flag_setting *word)
{
	enum value_kind kind = quantity_kind_of(word->flag);
	int64_t number;

	return !value_words_vary(&word->value) &&
	    quantity_read(kind, value_words_head(&word->value), &number) &&
	    quantity_endless(kind, number);
}

/* FORCED comes behind DEFAULTS. */
static bool
limited(const struct lint_who *w, const char *flag)
{
	const struct flag_setting *word = lint_forced_by(w, flag);

	if (word == NULL)
		word = lint_default(w, flag);
	return word != NULL && !endless(word);
}

static bool
missing_limit(const struct lint_who *w, const char *flag)
{
	return answers_for(w, flag) && !limited(w, flag) &&
	    (lint_max(w, flag) == NULL || lint_forced_by(w, flag) != NULL);
}

/* A cgroup that the administrator chose has limits of its own. */
static bool
elsewhere(const struct lint_who *w)
{
	return lint_forced_by(w, "cgroup-parent") != NULL;
}

static void
find_no_limits(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	struct strv missing = strv_new(l->arena);

	if (!lint_creates(w) || elsewhere(w))
		return;
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (missing_limit(w, needed[i]))
			strv_pushf(&missing, "--%s", needed[i]);
	}
	if (missing.n > 0)
		lint_warn_section(l, w, arena_printf(l->arena,
		    "no limit on %s: %s", strv_join(&missing, " and on "),
		    r->sentence));
}

/* MAXVALUES looks at what is asked for; who asks for nothing has no limit. */
static void
find_max_alone(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	for (size_t i = 0; lint_creates(w) && !elsewhere(w) &&
	    i < sizeof(needed) / sizeof(needed[0]); i++) {
		const struct flag_setting *max = lint_max(w, needed[i]);

		/* The general section's is said there. */
		if (max != NULL && !limited(w, needed[i]) &&
		    lint_forced_by(w, needed[i]) == NULL &&
		    section_same(max->setting->section, w->section))
			lint_warn(l, max->setting, arena_printf(l->arena,
			    "MAXVALUES=--%s", needed[i]), r->sentence);
	}
}

/* A limit by default, which a flag of the user's own lifts. */
static void
find_default_lifted(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	for (size_t i = 0; lint_creates(w) && i < w->white.n; i++) {
		const struct docker_flag *f = w->white.v[i].flag;
		const char *name = docker_flag_name(l->arena, f);
		bool limit = value_kind_has(f->kind, KIND_ENDLESS);

		if (limit && lint_flags_may_give(w, f) &&
		    !lint_flags_bounded(l, w, f) && name[1] == '-' &&
		    lint_default(w, name + 2) != NULL &&
		    lint_max(w, name + 2) == NULL)
			lint_warn(l, w->white.v[i].setting, name, r->sentence);
	}
}

/* A quota with a limit of its own, of the period that is always the same. */
static bool
quota_limited(struct lint *l, const struct lint_who *w,
    const struct docker_flag *f)
{
	const char *period = "cpu-period";

	return lint_flag_is(f, "cpu-quota") &&
	    (lint_max(w, "cpu-quota") != NULL || lint_flags_bounded(l, w, f)) &&
	    !lint_flags_offered(w, docker_flag_long(w->command, period,
	    strlen(period)));
}

/* The other way to say how many CPUs. */
static void
find_cpu_quota(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	for (size_t i = 0; w->command != NULL && i < w->white.n; i++) {
		const struct docker_flag *f = w->white.v[i].flag;

		if ((lint_flag_is(f, "cpu-quota") ||
			lint_flag_is(f, "cpu-period")) &&
		    lint_flags_may_give(w, f) && lint_max(w, "cpus") != NULL &&
		    !quota_limited(l, w, f))
			lint_warn(l, w->white.v[i].setting,
			    docker_flag_name(l->arena, f), r->sentence);
	}
}

/* What --memory does not count is swap, which --memory-swap is for. */
static void
find_swap(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	for (size_t i = 0; w->command != NULL && i < w->white.n; i++) {
		const struct docker_flag *f = w->white.v[i].flag;

		if (lint_creates(w) && lint_flag_is(f, "memory-swap") &&
		    lint_flags_may_give(w, f) &&
		    lint_max(w, "memory") != NULL &&
		    lint_max(w, "memory-swap") == NULL &&
		    !lint_flags_bounded(l, w, f))
			lint_warn(l, w->white.v[i].setting, "--memory-swap",
			    r->sentence);
	}
}

/* update has no rules but its own. */
static void
find_other_cpus(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	for (size_t i = 0; lint_is(w, "update") && i < w->white.n; i++) {
		const struct docker_flag *f = w->white.v[i].flag;
		bool set = (lint_flag_is(f, "cpuset-cpus") && l->cpus_set) ||
		    (lint_flag_is(f, "cpuset-mems") && l->mems_set) ||
		    (lint_flag_is(f, "cpu-period") && l->quota_set);

		if (set && lint_flags_may_give(w, f) &&
		    !lint_flags_bounded(l, w, f))
			lint_warn(l, w->white.v[i].setting,
			    docker_flag_name(l->arena, f), r->sentence);
	}
}

static bool
counts(const struct lint_who *w)
{
	return w != NULL && w->first[KEY_MAXCONTAINERS] != NULL;
}

/* Whether run or create counts the containers of those whom section s is for */
static bool
counted(const struct lint *l, const struct section *s)
{
	static const char *const creating[] = { "run", "create" };

	for (size_t i = 0; i < sizeof(creating) / sizeof(creating[0]); i++) {
		const struct docker_command *c = docker_command_named(
		    creating[i]);

		if (counts(lint_who_of(l, c, SECTION_COMMAND, NULL)) ||
		    counts(lint_who_of(l, c, s->kind, s->who)))
			return true;
	}
	return false;
}

/* Whether somebody's containers are counted by run, and not by w. */
static bool
somebody_uncounted(const struct lint *l, const struct lint_who *w)
{
	if (counts(w))
		return false;
	if (counted(l, w->section))
		return true;
	for (size_t i = 0; w->section->kind == SECTION_COMMAND && i < l->n;
	    i++) {
		const struct section *s = l->whos[i]->section;

		if (lint_creates(l->whos[i]) && counts(l->whos[i]) &&
		    !counts(lint_who_of(l, w->command, s->kind, s->who)))
			return true;
	}
	return false;
}

static void
find_uncounted(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (docker_command_has(w->command, TRAIT_REVIVES) &&
	    w->general == NULL && somebody_uncounted(l, w))
		lint_warn_section(l, w, r->sentence);
}

/*
 * A limit for each container bounds nothing while their number is free. The
 * general section answers for those whom no other one bounds.
 */
static void
find_any_number(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (lint_creates(w) && w->general == NULL && !counts(w) &&
	    !elsewhere(w))
		lint_warn_section(l, w, r->sentence);
}

static const struct lint_rule rules[] = {
	{ find_no_limits, "one container can take all that this host "
	    "has (say DEFAULTS or FORCED)" },
	{ find_max_alone, "who gives no such flag has no limit at all (say "
	    "DEFAULTS, too)" },
	{ find_default_lifted, "DEFAULTS is a limit that a user lifts by "
	    "giving the flag (say MAXVALUES, too)" },
	{ find_cpu_quota, "it gives more CPUs than MAXVALUES=--cpus allows; "
	    "take it out" },
	{ find_swap, "it gives swap, which MAXVALUES=--memory does not count "
	    "(say MAXVALUES=--memory-swap, too)" },
	{ find_other_cpus, "a user can change what run and create say of it in "
	    "FORCED or DEFAULTS (take it out)" },
	{ find_uncounted, "MAXCONTAINERS in a section of run or create does "
	    "not bind it, and it makes containers run, too (say MAXCONTAINERS "
	    "here)" },
	{ find_any_number, "a user may have any number of running containers, "
	    "so the limits of one bound nothing (say MAXCONTAINERS)" },
};

void
lint_limits(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
