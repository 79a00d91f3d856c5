/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/lint.h"

#include "check/policy/lint_pattern.h"
#include "core/policy/value_rules.h"

#include <string.h>

static const char *
who_name(struct arena *a, const struct docker_command *c,
    enum section_kind kind, const char *who)
{
	return arena_printf(a, "%s\n%u\n%s", c == NULL ? "" : c->name,
	    (unsigned)kind, who == NULL ? "" : who);
}

const struct lint_who *
lint_who_of(const struct lint *l, const struct docker_command *c,
    enum section_kind kind, const char *who)
{
	return strmap_get(&l->by_name, who_name(l->arena, c, kind, who));
}

static struct lint_who *
who_at(struct lint *l, const struct section *s)
{
	void **slot = strmap_at(&l->by_name,
	    who_name(l->arena, s->command, s->kind, s->who));
	struct lint_who *w = *slot;

	if (w == NULL) {
		*slot = w = arena_alloc(l->arena, sizeof(*w));
		w->section = s;
		w->command = s->command;
		l->whos = arena_room(l->arena, l->whos, l->n, &l->size,
		    sizeof(struct lint_who *));
		l->whos[l->n++] = w;
	}
	w->sections = arena_room(l->arena, w->sections, w->nsections,
	    &w->sections_size, sizeof(const struct section *));
	w->sections[w->nsections++] = s;
	w->faulty = w->faulty || s->faulty;
	return w;
}

static void
add_flag(struct lint *l, struct lint_flags *out, struct lint_flag flag)
{
	ARENA_ADD(l->arena, out, flag);
}

static const char *
flag_key(struct arena *a, const struct docker_command *c,
    const struct docker_flag *f)
{
	return arena_printf(a, "%s\n%p", c == NULL ? "" : c->name,
	    (const void *)f);
}

/* A table a command would remember flags of others' making. */
static void
add_specs(struct lint *l, struct lint_who *w, const struct setting *s,
    bool white)
{
	struct flagset set = { 0 };
	const char *reason;

	if (l->table.command != w->command || l->table.arena == NULL)
		l->table = flag_table_new(l->arena, w->command);
	l->table.extra = NULL;
	l->table.n = l->table.size = 0;
	(void)flagset_read(&set, &l->table, s->value, &reason);
	for (size_t i = 0; i < set.n; i++) {
		struct lint_flag flag = { .flag = set.v[i], .setting = s,
			.known = true };

		for (size_t k = 0; k < l->table.n; k++)
			flag.known = flag.known &&
			    l->table.extra[k] != set.v[i];
		add_flag(l, white ? &w->white : &w->black, flag);
		if (white)
			*strmap_at(&l->granted, flag_key(l->arena, w->command,
			    set.v[i])) = w;
	}
}

/* Word by word, because a rule keeps no place of its own. */
static void
add_values(struct lint *l, struct lint_who *w, const struct setting *s)
{
	const char *at = s->value + strspn(s->value, " \t"), *reason;

	while (*at != '\0') {
		size_t n = strcspn(at, " \t");
		struct setting one = *s;
		struct value_rules rules = { 0 };

		one.value = arena_strndup(l->arena, at, n);
		if (value_rules_read(&rules, l->arena, w->command, &one, NULL,
			false, &reason) && rules.n == 1)
			add_flag(l, s->key->id == KEY_ALLOWEDVALUES
			    ? &w->allowed : &w->restricted,
			    (struct lint_flag) { .flag = rules.v[0].flag,
			    .setting = s, .known = true,
			    .pattern = one.value + strcspn(one.value, "=") + 1
			    });
		at += n;
		at += strspn(at, " \t");
	}
}

static void
add_setting(struct lint *l, struct lint_who *w, const struct setting *s)
{
	struct flag_settings *words = s->key->id == KEY_FORCED ? &w->forced :
	    s->key->id == KEY_DEFAULTS ? &w->defaults : &w->max;
	const char *reason;

	if (w->first[s->key->id] == NULL)
		w->first[s->key->id] = s;
	switch (s->key->type) {
	case TYPE_SPECS:
		add_specs(l, w, s, s->key->id == KEY_WHITELIST);
		break;
	case TYPE_FLAGS:
	case TYPE_LIMITS:
		(void)flag_settings_read(
		    words, l->arena, w->command, s, &reason);
		break;
	case TYPE_VALUES:
		add_values(l, w, s);
		break;
	default: /* what matters of it stands in first[] */
		break;
	}
}

struct lint
lint_begin(struct findings *f, const struct policy *p,
    const struct lint_facts *facts)
{
	struct lint l = { .arena = f->arena, .findings = f, .policy = p,
		.facts = facts };

	l.by_name = l.granted = l.unknown_users = l.rooted =
	    strmap_new(l.arena);
	for (size_t i = 0; i < p->n; i++) {
		struct lint_who *w = who_at(&l, p->sections[i]);

		for (size_t k = 0; k < p->sections[i]->n; k++)
			add_setting(&l, w, &p->sections[i]->settings[k]);
	}
	for (size_t i = 0; i < l.n; i++) {
		if (l.whos[i]->section->kind != SECTION_COMMAND)
			l.whos[i]->general = lint_who_of(&l,
			    l.whos[i]->command, SECTION_COMMAND, NULL);
	}
	for (size_t i = 0; facts->unknown_users != NULL &&
	    i < facts->unknown_users->n; i++)
		*strmap_at(&l.unknown_users, facts->unknown_users->v[i]) = f;
	return l;
}

bool
lint_is(const struct lint_who *w, const char *command)
{
	return w->command != NULL && strcmp(w->command->name, command) == 0;
}

bool
lint_creates(const struct lint_who *w)
{
	return docker_command_has(w->command, TRAIT_CREATES);
}

const struct setting *
lint_says(const struct lint_who *w, enum key_id key)
{
	if (w->first[key] != NULL || w->general == NULL)
		return w->first[key];
	return w->general->first[key];
}

bool
lint_true(const struct lint_who *w, enum key_id key)
{
	const struct setting *s = w->first[key];

	return (s != NULL && strcmp(s->value, "true") == 0) ||
	    (w->general != NULL && lint_true(w->general, key));
}

bool
lint_flag_is(const struct docker_flag *f, const char *name)
{
	size_t n = strcspn(f->names, "|");

	return strlen(name) == n && strncmp(name, f->names, n) == 0;
}

const struct flag_setting *
lint_word(const struct flag_settings *words, const char *flag)
{
	for (size_t i = words->n; i > 0; i--) {
		if (lint_flag_is(words->v[i - 1].flag, flag))
			return &words->v[i - 1];
	}
	return NULL;
}

const struct flag_setting *
lint_forced_by(const struct lint_who *w, const char *flag)
{
	const struct flag_setting *own = lint_word(&w->forced, flag);

	return own != NULL || w->general == NULL ? own
	    : lint_forced_by(w->general, flag);
}

const struct flag_setting *
lint_default(const struct lint_who *w, const char *flag)
{
	const struct flag_setting *own = lint_word(&w->defaults, flag);

	return own != NULL || w->general == NULL ? own
	    : lint_default(w->general, flag);
}

const struct flag_setting *
lint_max(const struct lint_who *w, const char *flag)
{
	const struct flag_setting *own = lint_word(&w->max, flag);

	return own != NULL || w->general == NULL ? own
	    : lint_max(w->general, flag);
}

bool
lint_forces(const struct lint_who *w, const char *flag, const char *value)
{
	const struct flag_setting *word = lint_forced_by(w, flag);

	return word != NULL && !value_words_vary(&word->value) &&
	    strcmp(value_words_head(&word->value), value) == 0;
}

void
lint_each(struct lint *l, const struct lint_who *w, enum key_id key,
    lint_judge *judge, const struct lint_rule *r)
{
	if (w->first[key] == NULL)
		return;
	for (size_t i = 0; i < w->nsections; i++) {
		const struct section *s = w->sections[i];

		for (size_t k = 0; k < s->n; k++) {
			struct strv words;

			if (s->settings[k].key->id != key)
				continue;
			words = lint_pattern_split(l->arena,
			    s->settings[k].value);
			for (size_t n = 0; n < words.n; n++)
				judge(l, &s->settings[k], words.v[n], r);
		}
	}
}

void
lint_rules_try(struct lint *l, const struct lint_who *w,
    const struct lint_rule *rules, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rules[i].find(l, w, &rules[i]);
}

void
lint_warn(struct lint *l, const struct setting *s, const char *subject,
    const char *sentence)
{
	findings_add(l->findings, SEVERITY_WARNING, s->file, s->line, "%s: %s",
	    subject, sentence);
}

void
lint_warn_section(
    struct lint *l, const struct lint_who *w, const char *sentence)
{
	findings_add(l->findings, SEVERITY_WARNING, w->section->file,
	    w->section->line, "%s: %s", w->command == NULL ? "main" :
	    w->command->name, sentence);
}

bool
lint_granted(const struct lint *l, const struct docker_command *c,
    const struct docker_flag *f)
{
	return strmap_get(&l->granted, flag_key(l->arena, c, f)) != NULL;
}
