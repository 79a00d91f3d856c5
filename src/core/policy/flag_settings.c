/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/flag_settings.h"

#include "core/base/boolean.h"

#include <string.h>

struct flag_reader {
	struct arena *arena;
	const struct docker_command *command;
	const struct setting *setting;
	struct flag_settings *out;
	const struct words *words;
	size_t at; /* the word that is being read */
	const char **reason;
};

static bool
wrong(struct flag_reader *r, const char *format, const char *word)
{
	*r->reason = arena_printf(r->arena, "'%s' %s", word, format);
	return false;
}

static void
push(struct flag_reader *r, const struct docker_flag *f, struct word value)
{
	struct flag_settings *o = r->out;

	ARENA_ADD(r->arena, o, (struct flag_setting) { f, value, r->setting });
}

static struct word
literal(struct arena *a, const char *text)
{
	struct word w = { .pieces = arena_alloc(a, sizeof(*w.pieces)), .n = 1 };

	w.pieces[0].text = text;
	return w;
}

/* A bool with =VALUE: the value must be one. */
static bool
push_bool(struct flag_reader *r, const struct docker_flag *f,
    const struct word *value)
{
	bool on;

	if (value_words_vary(value) ||
	    !boolean_read(value_words_head(value), &on))
		return wrong(r, "is a bool, and its value is neither true nor "
		    "false", value_words_head(&r->words->v[r->at]));
	push(r, f, literal(r->arena, on ? "true" : "false"));
	return true;
}

/* A flag that takes a value, and has none attached: the next word is it. */
static bool
push_next(struct flag_reader *r, const struct docker_flag *f, const char *word)
{
	if (r->at + 1 == r->words->n ||
	    *value_words_head(&r->words->v[r->at + 1]) == '-')
		return wrong(r, "takes a value and has none (write = before a "
		    "value that begins with -)", word);
	push(r, f, r->words->v[++r->at]);
	return true;
}

static bool
known(struct flag_reader *r, const struct docker_flag *f, const char *word)
{
	return f != NULL || wrong(r, "is not a flag of this docker command",
	    word);
}

static bool
read_long(struct flag_reader *r, const struct word *w, const char *head)
{
	size_t n = strcspn(head, "=");
	const struct docker_flag *f;
	struct word value;

	f = docker_flag_long(r->command, head + 2, n - 2);
	if (!known(r, f, head))
		return false;
	if (head[n] == '\0' && w->n > 1)
		return wrong(r, "holds a variable in the flag's name", head);
	if (head[n] == '\0' && f->shape == FLAG_BOOL) {
		push(r, f, literal(r->arena, "true"));
		return true;
	}
	if (head[n] == '\0')
		return push_next(r, f, head);
	value = value_words_tail(r->arena, w, n + 1);
	if (f->shape == FLAG_BOOL)
		return push_bool(r, f, &value);
	push(r, f, value);
	return true;
}

/* -it, -u1000, -v/a:/b, -w$PWD, -i=false */
static bool
read_letters(struct flag_reader *r, const struct word *w, const char *head)
{
	size_t i = 1;
	struct word value;

	for (;; i++) {
		const struct docker_flag *f;
		bool last = head[i + 1] == '\0' && w->n == 1;

		f = docker_flag_letter(r->command, head[i]);
		if (!known(r, f, head))
			return false;
		if (head[i + 1] == '=') {
			/* docker takes a bare "-e=" for the value "=". */
			if (head[i + 2] == '\0' && w->n == 1)
				return wrong(r, "has an empty value", head);
			value = value_words_tail(r->arena, w, i + 2);
			if (f->shape == FLAG_BOOL)
				return push_bool(r, f, &value);
			push(r, f, value);
			return true;
		}
		if (f->shape != FLAG_BOOL) {
			if (last)
				return push_next(r, f, head);
			if (head[i + 1] == ' ' || head[i + 1] == '\t')
				return wrong(r, "is one word, and its value "
				    "would begin with a blank", head);
			push(r, f, value_words_tail(r->arena, w, i + 1));
			return true;
		}
		push(r, f, literal(r->arena, "true"));
		if (last)
			return true;
		if (head[i + 1] == '\0')
			return wrong(r, "holds a variable among its flags",
			    head);
	}
}

bool
flag_settings_read(struct flag_settings *out, struct arena *a,
    const struct docker_command *command, const struct setting *setting,
    const char **reason)
{
	struct words words = { 0 };
	struct flag_reader r = { .arena = a, .command = command,
		.setting = setting, .out = out, .words = &words,
		.reason = reason };

	if (!value_words_split(&words, a, setting->value, reason))
		return false;
	for (; r.at < words.n; r.at++) {
		const struct word *w = &words.v[r.at];
		const char *head = value_words_head(w);

		if (head[0] != '-')
			return wrong(&r, "is not a flag, and no flag before it "
			    "takes it", w->n > 0 ? w->pieces[0].text : "");
		if (head[1] == '\0' || strcmp(head, "--") == 0)
			return wrong(&r, "is not a flag", head);
		if (head[1] == '-' ? !read_long(&r, w, head)
		    : !read_letters(&r, w, head))
			return false;
	}
	return true;
}

void
flag_settings_keep_last(struct flag_settings *words, bool lists_add_up)
{
	size_t kept = 0;

	for (size_t i = 0; i < words->n; i++) {
		struct flag_setting *w = &words->v[i];
		size_t last = i;

		for (size_t j = i + 1; j < words->n; j++) {
			if (words->v[j].flag == w->flag)
				last = j;
		}
		if (last == i || (w->flag->shape == FLAG_LIST &&
		    (lists_add_up || section_same(w->setting->section,
			words->v[last].setting->section))))
			words->v[kept++] = *w;
	}
	words->n = kept;
}

/* Of --ulimit each name has a limit of its own. */
static bool
same_limit(const struct flag_setting *a, const struct flag_setting *b)
{
	const char *x = value_words_head(&a->value),
		   *y = value_words_head(&b->value);
	size_t n = strcspn(x, "=");

	return a->flag == b->flag && (a->flag->kind != VALUE_ULIMIT ||
	    (strncmp(x, y, n) == 0 && y[n] == x[n]));
}

void
flag_settings_keep_limits(struct flag_settings *words)
{
	size_t kept = 0;

	for (size_t i = 0; i < words->n; i++) {
		bool last = true;

		for (size_t j = i + 1; j < words->n; j++)
			last = last && !same_limit(&words->v[i], &words->v[j]);
		if (last)
			words->v[kept++] = words->v[i];
	}
	words->n = kept;
}
