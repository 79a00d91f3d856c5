/* SPDX-License-Identifier: Apache-2.0 */
#include "core/list/list_flag.h"

#include <string.h>

static const char *
type_word(const struct docker_flag *f)
{
	const char *word = value_kind_word(f->kind);

	return word != NULL ? word : f->shape == FLAG_LIST ? "LIST" : "VALUE";
}

const char *
list_flag_head(const struct listing *l, const struct docker_flag *f)
{
	struct strv names = strv_new(l->arena);

	if (f->letter != '\0')
		strv_pushf(&names, "-%c", f->letter);
	for (const char *name = f->names; *name != '\0';) {
		size_t n = strcspn(name, "|");

		strv_pushf(&names, "--%.*s", (int)n, name);
		name += n + (name[n] == '|');
	}
	return f->shape == FLAG_BOOL ? strv_join(&names, ", ")
	    : arena_printf(l->arena, "%s %s", strv_join(&names, ", "),
		  type_word(f));
}

const char *
list_flag_words(const struct listing *l, const struct flag_settings *words,
    const struct docker_flag *f)
{
	struct strv texts = strv_new(l->arena);

	for (size_t i = 0; i < words->n; i++) {
		const struct flag_setting *w = &words->v[i];
		struct strv values = strv_new(l->arena);
		const char *reason;

		if (f != NULL && w->flag != f)
			continue;
		if (!value_words_expand(
			&w->value, l->arena, l->caller, "", &values, &reason))
			strv_push(&values, "?");
		for (size_t k = 0; k < values.n; k++)
			strv_pushf(&texts, "%s%s%s",
			    f == NULL ? docker_flag_name(l->arena, w->flag)
				      : "",
			    f == NULL ? "=" : "", values.v[k]);
	}
	return texts.n == 0 ? NULL : strv_join(&texts, " ");
}

/* What the host sets, whatever the user gives; NULL: the choice is his. */
static const char *
fixed_value(const struct listing *l, const struct docker_flag *f)
{
	const struct caller *c = l->caller;

	if (f->kind == VALUE_USER && c->uid != 0 && !l->e->root_inside &&
	    docker_command_has(l->e->command, TRAIT_CREATES | TRAIT_ENTERS))
		return arena_printf(l->arena, "%lu:%lu",
		    (unsigned long)c->uid, (unsigned long)c->gid);
	return value_kind_has(f->kind, KIND_ADDS_UP) ? NULL
					: list_flag_words(l, &l->e->forced, f);
}

static void
add_patterns(const struct listing *l, struct strv *remarks, const char *what,
    const struct patterns *p)
{
	if (p != NULL)
		strv_pushf(remarks, "%s %s", what,
		    listing_patterns(l, p, p->n));
}

static bool
publishes(const struct docker_flag *f)
{
	return f->kind == VALUE_PORT || docker_flag_is(f, "publish-all");
}

/* Rules that are there without a policy's word, until it says its own. */
static const char *
built_in_values(const struct listing *l, const struct docker_flag *f)
{
	if (l->caller->uid == 0 ||
	    value_rules_of(&l->e->allowed_values, f) != NULL)
		return NULL;
	if (f->kind == VALUE_VOLUME_DRIVER)
		return "one of: local";
	return f->kind == VALUE_VOLUME_OPTION ? "none is allowed" : NULL;
}

const char *
list_flag_remarks(const struct listing *l, const struct docker_flag *f)
{
	const struct effective *e = l->e;
	const char *fixed = fixed_value(l, f);
	const char *most = list_flag_words(l, &e->max, f);
	const char *unless = list_flag_words(l, &e->defaults, f);
	struct strv remarks = strv_new(l->arena);

	if (fixed != NULL)
		return arena_printf(l->arena, "fixed: %s", fixed);
	if (most != NULL)
		strv_pushf(&remarks, "at most %s", most);
	if (unless != NULL)
		strv_pushf(&remarks, "%s unless given", unless);
	add_patterns(l, &remarks, "one of:",
	    value_rules_of(&e->allowed_values, f));
	if (built_in_values(l, f) != NULL)
		strv_push(&remarks, built_in_values(l, f));
	add_patterns(l, &remarks, "not:",
	    value_rules_of(&e->restricted_values, f));
	if (publishes(f) && e->ports.setting != NULL)
		strv_pushf(&remarks, "host ports: %s", e->ports.n == 0 ? "none"
		    : e->ports.text);
	if (value_kind_has(f->kind, KIND_BINDS))
		strv_push(&remarks, "paths and volumes: see below");
	return strv_join(&remarks, "; ");
}
