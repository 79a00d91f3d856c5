/* SPDX-License-Identifier: Apache-2.0 */
/* --unlist: what the effective policy lets the caller do, for people. */
#include "core/state.h"
#include "core/u_groups.h"

#include <string.h>

static const char *
flag_list(struct arena *a, const struct flagset *white,
    const struct flagset *black)
{
	struct strv names = strv_new(a);

	for (size_t i = 0; i < white->n; i++) {
		const struct docker_flag *f = white->v[i];

		if (flagset_has(black, f))
			continue;
		if (f->letter != '\0' && *f->names != '\0')
			strv_pushf(&names, "-%c|%s", f->letter,
			    flag_name(a, f));
		else
			strv_push(&names, flag_name(a, f));
	}
	return strv_join(&names, " ");
}

static void
add_patterns(struct strv *lines, const char *what, const struct patterns *p)
{
	struct strv texts = strv_new(lines->arena);

	for (size_t i = 0; i < p->n; i++)
		strv_push(&texts, p->v[i].text);
	if (texts.n > 0)
		strv_pushf(lines, "    %s: %s", what, strv_join(&texts, " "));
}

static void
add_flags(struct strv *lines, const char *what, const struct flag_words *words,
    const struct caller *c)
{
	struct strv texts = strv_new(lines->arena);

	for (size_t i = 0; i < words->n; i++) {
		struct strv values = strv_new(lines->arena);
		const char *reason;

		if (!word_expand(&words->v[i].value, lines->arena, c, "",
			&values, &reason))
			strv_push(&values, "?");
		for (size_t k = 0; k < values.n; k++)
			strv_pushf(&texts, "%s=%s", flag_name(lines->arena,
			    words->v[i].flag), values.v[k]);
	}
	if (texts.n > 0)
		strv_pushf(lines, "    %s: %s", what, strv_join(&texts, " "));
}

static void
add_rules(struct strv *lines, const char *what, const struct value_rules *rules)
{
	struct strv texts = strv_new(lines->arena);

	for (size_t i = 0; i < rules->n; i++) {
		const struct value_rule *r = &rules->v[i];

		for (size_t k = 0; k < r->patterns.n; k++)
			strv_pushf(&texts, "%s=%s", flag_name(lines->arena,
			    r->flag), r->patterns.v[k].text);
	}
	if (texts.n > 0)
		strv_pushf(lines, "    %s: %s", what, strv_join(&texts, " "));
}

/* Only what the policy gives: where it leads is nobody's to learn here. */
static void
add_paths(struct strv *lines, const struct path_rules *rules)
{
	struct strv restricted = strv_new(lines->arena);

	for (size_t i = 0; i < rules->n; i++) {
		const struct path_rule *r = &rules->v[i];

		if (r->setting->key->id == KEY_RESTRICTEDPATHS)
			strv_pushf(&restricted, "%s%s", r->path,
			    r->grade == PATH_READ_ONLY ? ":ro" : "");
	}
	if (rules->bounded)
		strv_pushf(lines, "    paths: %s",
		    strv_join(&rules->allowed, " "));
	if (restricted.n > 0)
		strv_pushf(lines, "    paths refused: %s",
		    strv_join(&restricted, " "));
}

static void
add_command(struct strv *lines, const struct effective *e,
    const struct caller *c)
{
	const char *flags = flag_list(lines->arena, &e->white, &e->black);

	strv_push(lines, e->command->name);
	if (*flags != '\0')
		strv_pushf(lines, "    flags: %s", flags);
	add_flags(lines, "added unless given", &e->defaults, c);
	add_flags(lines, "always added", &e->forced, c);
	add_flags(lines, "at most", &e->max, c);
	add_rules(lines, "values", &e->allowed_values);
	add_rules(lines, "values refused", &e->restricted_values);
	add_paths(lines, &e->paths);
	add_patterns(lines, "volumes", &e->allowed_volumes);
	if (e->ports_text != NULL)
		strv_pushf(lines, "    host ports: %s", e->ports_text);
	add_patterns(lines, "images", &e->allowed_images);
	add_patterns(lines, "images refused", &e->restricted_images);
}

bool
decision_list(struct decision *d, struct arena *a, struct policy *p,
    const struct caller *c, struct strv *lines)
{
	struct effective main = { 0 };
	struct caller filled;

	*d = (struct decision) { 0 };
	d->notes = strv_new(a);
	d->trace = strv_new(a);
	*lines = strv_new(a);
	if (!u_groups_fill(&filled, a, p, c, &d->fault))
		return false;
	c = &filled;
	if (!effective_main(&main, &d->settings, a, p, c, &d->fault))
		return false;
	for (size_t i = 0; docker_command_at(i) != NULL; i++) {
		struct effective e = { 0 };

		if (!effective_command(&e, a, p, c, docker_command_at(i),
			&d->trace, &d->fault))
			return false;
		if (e.sections > 0)
			add_command(lines, &e, c);
	}
	if (lines->n == 0)
		strv_push(lines, "nothing: no section of the policy is for "
		    "you");
	return true;
}
