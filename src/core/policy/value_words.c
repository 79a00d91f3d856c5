/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/value_words.h"

#include "core/base/ascii.h"

#include <string.h>

static const struct {
	const char *name;
	enum variable variable;
} variables[] = {
	{ "USER", VAR_USER },
	{ "USERNAME", VAR_USER },
	{ "U_UID", VAR_U_UID },
	{ "GROUP", VAR_GROUP },
	{ "U_GID", VAR_U_GID },
	{ "HOME", VAR_HOME },
	{ "PWD", VAR_PWD },
	{ "U_CGROUP", VAR_U_CGROUP },
	{ "U_GROUPS", VAR_U_GROUPS },
};

/* A word that is being read: its pieces so far and the literal text's end. */
struct builder {
	struct arena *arena;
	struct words *out;
	char *text; /* room for all that is left of the value */
	size_t used;
	struct word word;
	size_t size;
	bool open; /* a word has begun, though it may be empty: '' */
};

static void
add_piece(struct builder *b, enum variable variable, const char *text)
{
	struct word *w = &b->word;

	w->pieces = arena_room(b->arena, w->pieces, w->n, &b->size,
	    sizeof(*w->pieces));
	w->pieces[w->n++] = (struct piece) { variable, text };
}

static void
end_text(struct builder *b)
{
	if (b->used > 0)
		add_piece(b, VAR_NONE,
		    arena_strndup(b->arena, b->text, b->used));
	b->used = 0;
}

static void
end_word(struct builder *b)
{
	struct words *out = b->out;

	end_text(b);
	if (!b->open)
		return;
	ARENA_ADD(b->arena, out, b->word);
	b->word = (struct word) { 0 };
	b->size = 0;
	b->open = false;
}

static bool
name_byte(char c, bool first)
{
	return c == '_' || ascii_letter(c) || (!first && ascii_digit(c));
}

/* Reads the variable at s (behind the $). NULL: there is no such variable. */
static const char *
read_variable(struct builder *b, const char *s, const char **reason)
{
	size_t n = 0;

	while (name_byte(s[n], n == 0))
		n++;
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		if (strlen(variables[i].name) == n &&
		    strncmp(variables[i].name, s, n) == 0) {
			end_text(b);
			add_piece(b, variables[i].variable, variables[i].name);
			return s + n;
		}
	}
	*reason = arena_printf(b->arena, "unknown variable $%.*s (known: $USER "
	    "$U_UID $GROUP $U_GID $HOME $PWD $U_GROUPS $U_CGROUP; \\$ is a "
	    "dollar)",
	    (int)n, s);
	return NULL;
}

bool
value_words_split(struct words *out, struct arena *a, const char *value,
    const char **reason)
{
	struct builder b = { .arena = a, .out = out };
	char quote = '\0';
	const char *s = value;

	b.text = arena_alloc(a, strlen(value) + 1);
	while (*s != '\0') {
		if (quote == '\0' && (*s == ' ' || *s == '\t')) {
			end_word(&b);
			s++;
			continue;
		}
		b.open = true;
		if (quote != '\0' && *s == quote) {
			quote = '\0';
			s++;
		} else if (quote == '\0' && (*s == '\'' || *s == '"')) {
			quote = *s++;
		} else if (*s == '$' && name_byte(s[1], true)) {
			s = read_variable(&b, s + 1, reason);
			if (s == NULL)
				return false;
		} else {
			if (*s == '\\' && s[1] == '$')
				s++;
			b.text[b.used++] = *s++;
		}
	}
	if (quote != '\0') {
		*reason = arena_printf(a, "a %c is not closed", quote);
		return false;
	}
	end_word(&b);
	return true;
}

const char *
value_words_head(const struct word *w)
{
	return w->n > 0 && w->pieces[0].variable == VAR_NONE
	    ? w->pieces[0].text : "";
}

struct word
value_words_tail(struct arena *a, const struct word *w, size_t n)
{
	struct word tail = { .n = w->n };

	if (w->n == 0 || n == 0)
		return *w;
	tail.pieces = arena_alloc(a, w->n * sizeof(*tail.pieces));
	memcpy(tail.pieces, w->pieces, w->n * sizeof(*tail.pieces));
	tail.pieces[0].text += n;
	if (*tail.pieces[0].text == '\0') {
		tail.pieces++;
		tail.n--;
	}
	return tail;
}

bool
value_words_have(const struct word *w, enum variable variable)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->pieces[i].variable == variable)
			return true;
	}
	return false;
}

bool
value_words_vary(const struct word *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->pieces[i].variable != VAR_NONE)
			return true;
	}
	return false;
}

/* What one piece stands for; gid is the group of this turn. NULL: nothing. */
static const char *
piece_text(const struct piece *p, struct arena *a, const struct caller *c,
    gid_t gid)
{
	switch (p->variable) {
	case VAR_NONE:
		return p->text;
	case VAR_USER:
		return c->user;
	case VAR_U_UID:
		return arena_printf(a, "%lu", (unsigned long)c->uid);
	case VAR_GROUP:
		return c->group;
	case VAR_U_GID:
		return arena_printf(a, "%lu", (unsigned long)c->gid);
	case VAR_HOME:
		return c->home;
	case VAR_PWD:
		return c->cwd;
	case VAR_U_CGROUP:
		return c->cgroup;
	case VAR_U_GROUPS:
		return arena_printf(a, "%lu", (unsigned long)gid);
	}
	return NULL;
}

static bool
expand_once(const struct word *w, struct arena *a, const struct caller *c,
    gid_t gid, const char *separators, struct strv *out, const char **reason)
{
	struct strv texts = strv_new(a);

	for (size_t i = 0; i < w->n; i++) {
		const struct piece *p = &w->pieces[i];
		const char *text = piece_text(p, a, c, gid);

		if (text == NULL || *text == '\0') {
			*reason = arena_printf(a, p->variable == VAR_PWD
			    ? "$%s: your working directory is gone"
			    : p->variable == VAR_U_CGROUP
			    ? "$%s: the kernel does not say it"
			    : "$%s: the accounts do not say it", p->text);
			return false;
		}
		if (p->variable != VAR_NONE &&
		    text[strcspn(text, separators)] != '\0') {
			*reason = arena_printf(a, "$%s is '%s', and '%c' would "
			    "change the meaning there", p->text, text,
			    text[strcspn(text, separators)]);
			return false;
		}
		strv_push(&texts, text);
	}
	strv_push(out, strv_join(&texts, ""));
	return true;
}

bool
value_words_expand(const struct word *w, struct arena *a,
    const struct caller *c, const char *separators, struct strv *out,
    const char **reason)
{
	if (!value_words_have(w, VAR_U_GROUPS))
		return expand_once(w, a, c, 0, separators, out, reason);
	for (size_t i = 0; i < c->nu_groups; i++) {
		if (!expand_once(w, a, c, c->u_groups[i], separators, out,
			reason))
			return false;
	}
	return true;
}
