/* SPDX-License-Identifier: Apache-2.0 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/policy/pattern.h"

#include "core/base/ascii.h"
#include "core/policy/value_words.h"

#include <pcre2.h>
#include <stdio.h>
#include <string.h>

/* Ample for any image pattern; a pattern that needs more is a mistake. */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT 1024 /* KiB */

static void *
take(PCRE2_SIZE size, void *arena)
{
	return arena_alloc(arena, size);
}

static void
leave(void *p, void *arena)
{
	/* It goes with the arena. */
	(void)p;
	(void)arena;
}

/* Where a variable of the words begins in a pattern: a $ and a letter or _ */
static bool
at_variable(const char *s)
{
	return s[0] == '$' && (s[1] == '_' || ascii_letter(s[1]));
}

/* text with a \ before every byte that could mean something in a pattern. */
static const char *
literally(struct arena *a, const char *text)
{
	char *quoted = arena_alloc(a, strlen(text) * 2 + 1), *out = quoted;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x80 && ascii_span(text, "_") == 0)
			*out++ = '\\';
		*out++ = *text;
	}
	return quoted;
}

/* One variable: n bytes at s, the $ first. NULL: there is no such one. */
static const char *
variable_value(struct arena *a, const struct caller *c, const char *s, size_t n,
    const char **reason)
{
	struct words words = { 0 };
	struct strv values = strv_new(a);

	if (!value_words_split(&words, a, arena_strndup(a, s, n), reason))
		return NULL;
	if (value_words_have(&words.v[0], VAR_U_GROUPS)) {
		*reason = "$U_GROUPS is many and cannot stand in a pattern";
		return NULL;
	}
	if (c == NULL)
		return ".*";
	if (!value_words_expand(&words.v[0], a, c, "", &values, reason))
		return NULL;
	return literally(a, values.v[0]);
}

/* The pattern with the caller's variables in it; \$ stays as it is. */
static const char *
fill_in(struct arena *a, const char *pattern, const struct caller *c,
    const char **reason)
{
	struct strv parts = strv_new(a);
	const char *whole = pattern;
	bool quotes = strstr(pattern, "\\Q") != NULL;

	while (*pattern != '\0') {
		size_t n = 0;
		const char *value;

		while (pattern[n] != '\0' && !at_variable(pattern + n))
			n += pattern[n] == '\\' && pattern[n + 1] != '\0'
			    ? 2 : 1;
		strv_push(&parts, arena_strndup(a, pattern, n));
		pattern += n;
		if (*pattern == '\0')
			break;
		/* For somebody it may match anything. */
		if (c == NULL && (strstr(pattern, "(?") != NULL ||
		    strchr(pattern, '[') != NULL || strstr(whole, "(?") !=
		    NULL || strchr(whole, '[') != NULL))
			return ".*";
		if (quotes) {
			*reason = "\\Q and a variable cannot stand in one "
				  "pattern";
			return NULL;
		}
		n = 1 + ascii_span(pattern + 1, "_");
		value = variable_value(a, c, pattern, n, reason);
		if (value == NULL)
			return NULL;
		strv_push(&parts, value);
		pattern += n;
	}
	return strv_join(&parts, "");
}

static struct pcre2_real_code_8 *
compile(struct arena *a, const char *pattern, const char **reason)
{
	pcre2_general_context *general;
	pcre2_compile_context *context;
	pcre2_code *code;
	PCRE2_UCHAR text[128];
	PCRE2_SIZE where;
	int error;

	general = pcre2_general_context_create(take, leave, a);
	context = pcre2_compile_context_create(general);
	if (general == NULL || context == NULL) {
		*reason = "no memory for a pattern";
		return NULL;
	}
	(void)pcre2_set_parens_nest_limit(context, 50);
	code = pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern),
	    PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY |
	    PCRE2_DOTALL | /* no value escapes by a line end */
	    PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C,
	    &error, &where, context);
	if (code == NULL) {
		(void)pcre2_get_error_message(error, text, sizeof(text));
		*reason = arena_printf(a, "bad pattern '%s': %s (at byte %zu)",
		    pattern, (const char *)text, (size_t)where);
	}
	return code;
}

bool
patterns_add(struct patterns *out, struct arena *a,
    const struct setting *setting, const char *text, const struct caller *c,
    const char **reason)
{
	struct pattern p = { .setting = setting, .text = text };
	const char *filled;

	*reason = "a pattern is longer than 4096 bytes";
	if (strlen(text) > PATTERN_MAX)
		return false;
	filled = fill_in(a, text, c, reason);
	if (filled == NULL)
		return false;
	p.code = compile(a, filled, reason);
	if (p.code == NULL)
		return false;
	ARENA_ADD(a, out, p);
	return true;
}

bool
patterns_read(struct patterns *out, struct arena *a,
    const struct setting *setting, const struct caller *c, const char **reason)
{
	const char *s = setting->value + strspn(setting->value, " \t");

	while (*s != '\0') {
		size_t n = strcspn(s, " \t");

		if (!patterns_add(out, a, setting, arena_strndup(a, s, n), c,
			reason))
			return false;
		s += n;
		s += strspn(s, " \t");
	}
	return true;
}

/* One after the other; data is the room of them all. */
static enum pattern_result
match_each(const struct patterns *p, const char *text, pcre2_match_data *data,
    pcre2_match_context *context, const struct pattern **which)
{
	const size_t n = strlen(text);

	(void)pcre2_set_match_limit(context, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(context, DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(context, HEAP_LIMIT);
	for (size_t i = 0; i < p->n; i++) {
		int result;

		*which = &p->v[i];
		result = pcre2_match(p->v[i].code, (PCRE2_SPTR)text, n, 0, 0,
		    data, context);
		if (result >= 0)
			return PATTERN_MATCHES;
		if (result != PCRE2_ERROR_NOMATCH)
			return PATTERN_FAULT;
	}
	return PATTERN_NONE;
}

enum pattern_result
patterns_match(const struct patterns *p, const char *text,
    const struct pattern **which)
{
	struct arena *scratch;
	pcre2_general_context *general;
	pcre2_match_context *context;
	pcre2_match_data *data;
	enum pattern_result result = PATTERN_FAULT;

	if (p->n == 0)
		return PATTERN_NONE;
	*which = &p->v[0];
	/* PCRE2 takes 20 KB and more for a match: it goes with the answer. */
	scratch = arena_new();
	general = pcre2_general_context_create(take, leave, scratch);
	context = pcre2_match_context_create(general);
	/* Nobody asks what matched, only whether: one pair is enough. */
	data = pcre2_match_data_create(1, general);
	if (general != NULL && context != NULL && data != NULL)
		result = match_each(p, text, data, context, which);
	arena_free(scratch);
	return result;
}
