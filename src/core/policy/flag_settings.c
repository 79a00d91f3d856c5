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

const char *
value_kind_separators(const struct docker_flag *f)
{
	switch (f->kind) {
	case VALUE_VOLUME:
	case VALUE_TMPFS:
	case VALUE_USER:
	case VALUE_CONTAINER:
	case VALUE_DEVICE:
	case VALUE_ULIMIT:
	case VALUE_RESTART:
		return ":";
	case VALUE_VOLUME_OPTION:
		return ",:";
	case VALUE_PORT:
		return ":-/=,";
	case VALUE_MOUNT:
	case VALUE_GPUS:
		return ",\"\r\n";
	case VALUE_NETWORK:
	case VALUE_NAMESPACE:
		return ":=,\"\r\n";
	case VALUE_PLAIN:
	case VALUE_SIZE:
	case VALUE_COUNT:
	case VALUE_NUMBER:
	case VALUE_DECIMAL:
	case VALUE_DURATION:
	case VALUE_ENV:
	case VALUE_ENV_FILE:
	case VALUE_LABEL:
	case VALUE_LABEL_FILE:
	case VALUE_NEW_NAME:
	case VALUE_WORKDIR:
	case VALUE_GROUP:
	case VALUE_CAPABILITY:
	case VALUE_SECURITY:
	case VALUE_FILTER:
	case VALUE_PS_FORMAT:
	case VALUE_STOP_TIME:
	case VALUE_CHANGE:
	case VALUE_VOLUME_DRIVER:
	case VALUE_HOST:
	case VALUE_CGROUP:
	case VALUE_SYSCTL:
	case VALUE_STORAGE:
	case VALUE_DRIVER:
	case VALUE_ANNOTATION:
	case VALUE_RATE:
	case VALUE_FILE:
		break;
	}
	return "";
}

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

	o->v = arena_room(r->arena, o->v, o->n, &o->size, sizeof(*o->v));
	o->v[o->n++] = (struct flag_setting) { f, value, r->setting };
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

	if (value_words_vary(value) || !boolean_read(value_words_head(value), &on))
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
