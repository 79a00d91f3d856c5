/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What run forbids and create does not: start makes it run. Each command has
 * rules of its own, and create's are easily forgotten.
 */
#include "check/policy/lint.h"
#include "core/docker/quantity.h"

#include <string.h>

/* run and create as two see them, and what only run has. */
struct pair {
	struct lint *lint;
	const struct lint_who *run, *create;
	struct strv lacks;
};

static void
lack(struct pair *p, const char *key, const char *flag)
{
	const char *text = flag == NULL ? key
	    : arena_printf(p->lint->arena, "%s=--%s", key, flag);

	if (!strv_has(&p->lacks, text))
		strv_push(&p->lacks, text);
}

/* The long name of a flag that create knows, too, or NULL. */
static const char *
name_of(const struct pair *p, const struct docker_flag *f)
{
	size_t n = strcspn(f->names, "|");

	return docker_flag_long(p->create->command, f->names, n) != f ? NULL
	    : arena_strndup(p->lint->arena, f->names, n);
}

/* What is put into a container binds it no closer. */
static bool
gives(const struct docker_flag *f)
{
	return value_kind_has(f->kind, KIND_BINDS) ||
	    f->kind == VALUE_GROUP || f->kind == VALUE_LABEL ||
	    f->kind == VALUE_WORKDIR;
}

static void
compare_forced(struct pair *p)
{
	for (size_t i = 0; i < p->run->forced.n; i++) {
		const struct docker_flag *f = p->run->forced.v[i].flag;
		const char *name = name_of(p, f);

		if (name == NULL || gives(f) ||
		    lint_forced_by(p->create, name) != NULL ||
		    (strcmp(name, "pull") == 0 &&
		    lint_says(p->create, KEY_ALLOWEDIMAGES) != NULL) ||
		    (value_kind_has(f->kind, KIND_QUANTITY) &&
		    lint_default(p->create, name) != NULL))
			continue;
		lack(p, "FORCED", name);
	}
}

static void
compare_limits(struct pair *p)
{
	for (size_t i = 0; i < p->run->defaults.n; i++) {
		const struct docker_flag *f = p->run->defaults.v[i].flag;
		const char *name = name_of(p, f);

		if (name != NULL && value_kind_has(f->kind, KIND_QUANTITY) &&
		    lint_default(p->create, name) == NULL &&
		    lint_forced_by(p->create, name) == NULL)
			lack(p, "DEFAULTS", name);
	}
	for (size_t i = 0; i < p->run->max.n; i++) {
		const struct docker_flag *f = p->run->max.v[i].flag;
		const char *name = name_of(p, f);

		if (name != NULL && lint_flags_offered(p->create, f) &&
		    lint_max(p->create, name) == NULL &&
		    !lint_flags_bounded(p->lint, p->create, f))
			lack(p, "MAXVALUES", name);
	}
}

static void
compare_values(struct pair *p)
{
	for (size_t i = 0; i < p->run->allowed.n; i++) {
		const struct docker_flag *f = p->run->allowed.v[i].flag;
		const char *name = name_of(p, f);

		if (name != NULL && lint_flags_offered(p->create, f) &&
		    lint_flags_bounded(p->lint, p->run, f) &&
		    !lint_flags_bounded(p->lint, p->create, f))
			lack(p, "ALLOWEDVALUES", name);
	}
	for (size_t i = 0; i < p->run->restricted.n; i++) {
		const struct docker_flag *f = p->run->restricted.v[i].flag;
		const char *name = name_of(p, f);

		if (name != NULL && lint_flags_offered(p->create, f) &&
		    !lint_flags_restricted(p->create, f))
			lack(p, "RESTRICTEDVALUES", name);
	}
}

static bool
offers_one(const struct pair *p, const char *flag, const char *other)
{
	const struct docker_command *c = p->create->command;

	return lint_flags_offered(
		   p->create, docker_flag_long(c, flag, strlen(flag))) ||
	       lint_flags_offered(
		   p->create, docker_flag_long(c, other, strlen(other)));
}

static void
compare_keys(struct pair *p)
{
	static const struct {
		enum key_id key;
		const char *flag, *other; /* that it is about; NULL: images */
	} keys[] = {
		{ KEY_ALLOWEDIMAGES, NULL, NULL },
		{ KEY_RESTRICTEDIMAGES, NULL, NULL },
		{ KEY_ALLOWEDPATHS, "volume", "mount" },
		{ KEY_RESTRICTEDPATHS, "volume", "mount" },
		{ KEY_ALLOWEDVOLUMES, "volume", "mount" },
		{ KEY_ALLOWEDPORTS, "publish", "publish-all" },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const struct setting *s = p->run->first[keys[i].key];

		if (s != NULL && lint_says(p->create, keys[i].key) == NULL &&
		    (keys[i].flag == NULL ||
		    offers_one(p, keys[i].flag, keys[i].other)))
			lack(p, s->key->name, NULL);
	}
}

static bool
started_as(const struct lint *l, enum section_kind kind, const char *who)
{
	return lint_who_of(l, docker_command_named("start"), kind, who) !=
	    NULL || lint_who_of(l, docker_command_named("restart"), kind,
	    who) != NULL;
}

/* Whether start or restart is offered to those whom w is for, or some. */
static bool
started(const struct lint *l, const struct lint_who *w)
{
	if (started_as(l, SECTION_COMMAND, NULL) ||
	    started_as(l, w->section->kind, w->section->who))
		return true;
	for (size_t i = 0; w->section->kind == SECTION_COMMAND && i < l->n; i++)
		if (docker_command_has(l->whos[i]->command, TRAIT_REVIVES))
			return true;
	return false;
}

static void
compare(struct lint *l, const struct lint_who *run,
    const struct lint_who *create, const struct lint_who *at,
    const char *sentence)
{
	struct pair p = { .lint = l, .run = run, .create = create,
		.lacks = strv_new(l->arena) };

	if (run->faulty || create->faulty || !started(l, at))
		return;
	compare_forced(&p);
	compare_limits(&p);
	compare_values(&p);
	compare_keys(&p);
	if (p.lacks.n > 0)
		lint_warn_section(l, at, arena_printf(l->arena,
		    "%s lacks %s, which %s: %s", at == create ? "it" : "create",
		    strv_join(&p.lacks, ", "), at == create ? "run has" :
		    "stands here", sentence));
}

/*
 * Sections of one name are compared; run's for somebody for whom create has
 * none, with create's for everybody, and the other way round.
 */
static void
find_laxer(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	const struct docker_command *run = docker_command_named("run");
	const struct docker_command *create = docker_command_named("create");
	const struct section *s = w->section;
	const struct lint_who *other;

	if (lint_is(w, "create")) {
		other = lint_who_of(l, run, s->kind, s->who);
		if (other == NULL && w->general == NULL)
			other = lint_who_of(l, run, SECTION_COMMAND, NULL);
		if (other != NULL)
			compare(l, other, w, w, r->sentence);
	} else if (lint_is(w, "run") && w->general != NULL &&
	    lint_who_of(l, create, s->kind, s->who) == NULL) {
		other = lint_who_of(l, create, SECTION_COMMAND, NULL);
		if (other != NULL)
			compare(l, w, other, w, r->sentence);
	}
}

static const struct lint_rule rules[] = {
	{ find_laxer, "start runs what create made (say it for create, too)" },
};

void
lint_create(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
