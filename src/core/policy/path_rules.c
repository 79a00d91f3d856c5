/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/path_rules.h"

#include "core/docker/mount.h"
#include "core/policy/value_words.h"

#include <string.h>

#define READ_ONLY ":ro"
#define NAMES 3 /* of a rule's path, at the most */

/* Cuts the :ro off, which is the policy's text and never a variable's. */
static struct word
cut_read_only(struct arena *a, const struct word *w, bool *read_only)
{
	struct word cut = *w;
	const struct piece *last = w->n > 0 ? &w->pieces[w->n - 1] : NULL;
	size_t n = last != NULL && last->variable == VAR_NONE
	    ? strlen(last->text) : 0, tail = strlen(READ_ONLY);

	*read_only = n >= tail && strcmp(last->text + n - tail, READ_ONLY) == 0;
	if (!*read_only)
		return cut;
	cut.pieces = arena_alloc(a, w->n * sizeof(*cut.pieces));
	memcpy(cut.pieces, w->pieces, w->n * sizeof(*cut.pieces));
	cut.pieces[w->n - 1].text = arena_strndup(a, last->text, n - tail);
	if (n == tail)
		cut.n--;
	return cut;
}

/* Paths begin with / or with a variable that does. */
static bool
is_path(const struct word *w)
{
	enum variable first = w->n > 0 ? w->pieces[0].variable : VAR_NONE;

	for (size_t i = 0; i < w->n; i++) {
		if (w->pieces[i].variable == VAR_NONE &&
		    path_has_dot_dot(w->pieces[i].text))
			return false;
	}
	return first == VAR_HOME || first == VAR_PWD ||
	       *value_words_head(w) == '/';
}

static void
add_rule(struct path_rules *out, struct arena *a, const struct setting *s,
    const char *path, bool read_only)
{
	bool allows = s->key->id == KEY_ALLOWEDPATHS;

	ARENA_ADD(a, out, (struct path_rule) { .path = path, .setting = s,
		.grade = read_only ? PATH_READ_ONLY
		    : allows ? PATH_WRITABLE : PATH_REFUSED });
	if (allows)
		strv_pushf(&out->allowed, "%s%s", path,
		    read_only ? READ_ONLY : "");
}

/*
 * An account whose home is / would be given the whole host by ALLOWEDPATHS of
 * $HOME: what a variable makes of it must be more than that.
 */
static bool
add_word(struct path_rules *out, struct arena *a, const struct setting *s,
    const struct word *w, const struct caller *c, const char **reason)
{
	struct strv values = strv_new(a);
	bool read_only, varies = value_words_vary(w);
	struct word path = cut_read_only(a, w, &read_only);

	if (!is_path(&path)) {
		*reason = "absolute paths without .. are wanted";
		return false;
	}
	if (c == NULL)
		return true;
	if (!value_words_expand(&path, a, c, "", &values, reason))
		return false;
	for (size_t i = 0; i < values.n; i++) {
		const char *cleaned = path_clean(a, values.v[i]);

		if (values.v[i][0] != '/' || path_has_dot_dot(values.v[i])) {
			*reason = arena_printf(a, "'%s' is not an absolute "
			    "path without ..", values.v[i]);
			return false;
		}
		if (!varies || strcmp(cleaned, "/") != 0 ||
		    s->key->id != KEY_ALLOWEDPATHS)
			add_rule(out, a, s, cleaned, read_only);
	}
	return true;
}

bool
path_rules_read(struct path_rules *out, struct arena *a,
    const struct setting *setting, const struct caller *c,
    const char **reason)
{
	struct words words = { 0 };

	if (!value_words_split(&words, a, setting->value, reason))
		return false;
	if (out->allowed.arena == NULL)
		out->allowed = strv_new(a);
	out->bounded = out->bounded || setting->key->id == KEY_ALLOWEDPATHS;
	for (size_t i = 0; i < words.n; i++) {
		if (!add_word(out, a, setting, &words.v[i], c, reason))
			return false;
	}
	return true;
}

/* The names of a rule's path: as it is written, and where it leads. */
static const char *
rule_path(const struct path_rule *r, size_t which)
{
	if (which == 0)
		return r->path;
	if (r->need == NULL || r->need->state != NEED_MET)
		return NULL;
	return which == 1 ? r->need->resolved : r->need->resolved_all;
}

static bool
is_below(const char *dir, const char *path)
{
	return strcmp(dir, "/") == 0 ? strcmp(path, "/") != 0
	    : path_below(dir, path) != NULL;
}

static bool
restricts(const struct path_rule *r)
{
	return r->setting->key->id == KEY_RESTRICTEDPATHS;
}

/* The length of the rule's longer name that covers the path; 0: none does. */
static size_t
covers(const struct path_rule *r, const char *path)
{
	size_t longest = 0;

	for (size_t which = 0; which < NAMES; which++) {
		const char *dir = rule_path(r, which);

		if (dir != NULL && strlen(dir) > longest &&
		    (strcmp(dir, path) == 0 || is_below(dir, path)))
			longest = strlen(dir);
	}
	return longest;
}

/* What holds for a path itself, whatever is below it. */
static enum path_grade
grade_of(const struct path_rules *rules, const char *path,
    const struct path_rule **by)
{
	enum path_grade grade = rules->bounded ? PATH_REFUSED : PATH_WRITABLE;
	const struct path_rule *restriction = NULL;
	size_t allowed = 0, restricted = 0;

	*by = NULL;
	for (size_t i = 0; i < rules->n; i++) {
		const struct path_rule *r = &rules->v[i];
		size_t n = restricts(r) ? 0 : covers(r, path);

		if (n == 0 || n < allowed ||
		    (n == allowed && r->grade <= grade))
			continue;
		allowed = n;
		grade = r->grade;
		*by = r;
	}
	for (size_t i = 0; i < rules->n; i++) {
		const struct path_rule *r = &rules->v[i];
		size_t n = restricts(r) ? covers(r, path) : 0;

		if (n == 0 || n < allowed || n < restricted ||
		    (n == restricted && r->grade >= restriction->grade))
			continue;
		restricted = n;
		restriction = r;
	}
	if (restriction != NULL && restriction->grade < grade) {
		grade = restriction->grade;
		*by = restriction;
	}
	return grade;
}

bool
path_rules_cover(const struct path_rule *r, const char *path)
{
	return covers(r, path) > 0;
}

enum path_grade
path_rules_grade(const struct path_rules *rules, const char *path,
    const struct path_rule **by)
{
	enum path_grade grade = grade_of(rules, path, by);

	for (size_t i = 0; i < rules->n * NAMES; i++) {
		const char *dir = rule_path(&rules->v[i / NAMES], i % NAMES);
		const struct path_rule *r;
		enum path_grade below;

		if (dir == NULL || !is_below(path, dir))
			continue;
		below = grade_of(rules, dir, &r);
		if (below < grade) {
			grade = below;
			*by = r;
		}
	}
	return grade;
}
