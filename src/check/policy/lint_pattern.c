/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/lint_pattern.h"

#include "check/policy/lint.h"
#include "check/policy/lint_probe.h"
#include "core/base/ascii.h"

#include <string.h>

struct strv
lint_pattern_split(struct arena *a, const char *value)
{
	struct strv patterns = strv_new(a);

	value += strspn(value, " \t");
	while (*value != '\0') {
		size_t n = strcspn(value, " \t");

		strv_push(&patterns, arena_strndup(a, value, n));
		value += n;
		value += strspn(value, " \t");
	}
	return patterns;
}

bool
lint_pattern_any_start(const char *pattern)
{
	while (*pattern == '(' || *pattern == '^')
		pattern++;
	return pattern[0] == '.' && (pattern[1] == '*' || pattern[1] == '+');
}

/* How many bytes the item at s has: a class, \Q..\E, \x, or one byte. */
static size_t
item_size(const char *s)
{
	const char *end;

	if (s[0] == '\\' && s[1] == 'Q') {
		end = strstr(s, "\\E");
		return end == NULL ? strlen(s) : (size_t)(end - s) + 2;
	}
	if (s[0] == '\\')
		return s[1] == '\0' ? 1 : 2;
	if (s[0] == '[') {
		/* A ] that comes first is one of the class. */
		size_t n = s[1] == '^' ? 2 : 1;

		n += s[n] == ']';
		while (s[n] != '\0' && s[n] != ']')
			n += s[n] == '\\' && s[n + 1] != '\0' ? 2 : 1;
		return n + (s[n] == ']');
	}
	return 1;
}

static bool
name_byte(char c)
{
	return ascii_letter(c) || ascii_digit(c) || c == '_' || c == '-';
}

const char *
lint_pattern_escaped(struct arena *a, const char *pattern)
{
	char *out = arena_alloc(a, strlen(pattern) * 2 + 1), *end = out;
	bool name = false, found = false; /* name: the item before is of one */

	while (*pattern != '\0') {
		size_t n = item_size(pattern);

		if (*pattern == '.' && name && (name_byte(pattern[1]) ||
		    pattern[1] == '[')) {
			*end++ = '\\';
			found = true;
		}
		name = n == 1 && name_byte(*pattern);
		memcpy(end, pattern, n);
		end += n;
		pattern += n;
	}
	return found ? out : NULL;
}

const char *
lint_pattern_quantified(struct arena *a, const char *pattern)
{
	while (*pattern != '\0') {
		size_t n = item_size(pattern);

		if (*pattern == '$' && (ascii_letter(pattern[1]) ||
		    pattern[1] == '_')) {
			n = 1 + ascii_span(pattern + 1, "_");
			if (pattern[n] != '\0' &&
			    strchr("*+?{", pattern[n]) != NULL)
				return arena_strndup(a, pattern, n + 1);
		}
		pattern += n;
	}
	return NULL;
}

/* What stands behind a variable, cut to the item and its quantifier. */
static const char *
next_item(struct arena *a, const char *pattern)
{
	size_t n = item_size(pattern);

	if (pattern[n] != '\0' && strchr("*+?", pattern[n]) != NULL)
		n++;
	return arena_strndup(a, pattern, n);
}

/* The variable (n bytes) and what it goes on with, or NULL. */
static const char *
goes_on(struct arena *a, const char *variable, size_t n)
{
	const char *behind = variable + n, *item;

	while (*behind == '(')
		behind += strncmp(behind, "(?:", 3) == 0 ? 3 : 1;
	if (*behind == '\0' || strchr(".[\\", *behind) == NULL)
		return NULL;
	item = next_item(a, behind);
	if (!lint_probe_goes_on(a, item, strncmp(variable, "$U_", 3) == 0))
		return NULL;
	return arena_printf(a, "%.*s%s", (int)(behind - variable), variable,
	    item);
}

const char *
lint_pattern_going_on(struct arena *a, const char *pattern)
{
	while (*pattern != '\0') {
		size_t n = item_size(pattern);

		if (*pattern == '$' && (ascii_letter(pattern[1]) ||
		    pattern[1] == '_')) {
			const char *found;

			n = 1 + ascii_span(pattern + 1, "_");
			found = goes_on(a, pattern, n);
			if (found != NULL)
				return found;
		}
		pattern += n;
	}
	return NULL;
}

/* In RESTRICTEDVALUES and RESTRICTEDIMAGES it only takes away more. */
static void
judge_going_on(struct lint *l, const struct setting *s, const char *word,
    const struct lint_rule *r)
{
	const char *found = lint_pattern_going_on(l->arena, word);

	if (found != NULL)
		lint_warn(l, s, found, r->sentence);
}

static void
find_going_on(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	static const enum key_id keys[] = { KEY_ALLOWEDIMAGES,
		KEY_ALLOWEDVALUES, KEY_ALLOWEDVOLUMES };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		lint_each(l, w, keys[i], judge_going_on, r);
}

static void
find_quantified(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	for (size_t i = 0; i < w->nsections; i++) {
		const struct section *s = w->sections[i];

		for (size_t k = 0; k < s->n; k++) {
			const struct setting *set = &s->settings[k];
			bool patterns = set->key->type == TYPE_PATTERNS ||
			    set->key->type == TYPE_VALUES;
			const char *found = !patterns ? NULL :
			    lint_pattern_quantified(l->arena, set->value);

			if (found != NULL)
				lint_warn(l, set, found, r->sentence);
		}
	}
}

static const struct lint_rule rules[] = {
	{ find_quantified, "the last sign is about the variable's last byte "
	    "alone (write parentheses around the variable)" },
	{ find_going_on, "others' names begin with it, too, as 1000 does with "
	    "100 (write - or / behind the variable)" },
};

void
lint_patterns(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
