/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request/cli_read.h"

#include "core/base/boolean.h"

#include <string.h>

struct parsing {
	struct command_line *line;
	struct arena *arena;
	const struct flag_table *table;
	const char *where;
	int argc;
	char *const *argv;
	int at;
	struct fault *fault;
};

void
used_flags_add(struct used_flags *flags, struct arena *a, struct used_flag flag)
{
	flags->v = arena_room(a, flags->v, flags->n, &flags->size,
	    sizeof(*flags->v));
	flags->v[flags->n++] = flag;
}

const struct used_flag *
used_flags_last(const struct used_flags *flags, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = flags->n; i-- > 0;) {
		const char *names = flags->v[i].flag->names;

		if (strncmp(names, name, n) == 0 &&
		    (names[n] == '\0' || names[n] == '|'))
			return &flags->v[i];
	}
	return NULL;
}

bool
used_flags_on(const struct used_flags *flags, const char *name)
{
	const struct used_flag *f = used_flags_last(flags, name);

	return f != NULL && strcmp(f->value, "true") == 0;
}

static bool
refuse(struct parsing *p, const char *format, const char *what)
{
	p->fault->misspelt |= p->fault->kind == FAULT_NONE;
	return fault_set(p->fault, p->arena, FAULT_REFUSED, "%s%s %s",
	    p->where, what, format);
}

static bool
unknown(struct parsing *p, const char *what)
{
	return refuse(p, "is not allowed (docker has no such flag there that "
	    "undocker knows)", what);
}

/* shown is how the user spelled the flag. */
static bool
add_bool(struct parsing *p, const struct docker_flag *f, const char *value,
    const char *shown)
{
	bool on = true;

	if (value != NULL && !boolean_read(value, &on))
		return refuse(p, "is a bool: =true or =false, or nothing",
		    arena_printf(p->arena, "%s=%s", shown, value));
	used_flags_add(&p->line->flags, p->arena, (struct used_flag) {
	    .flag = f, .value = on ? "true" : "false" });
	return true;
}

/* value NULL: it is the next word, whatever that is. */
static bool
add_value(struct parsing *p, const struct docker_flag *f, const char *value,
    const char *shown)
{
	if (value == NULL) {
		if (p->at + 1 == p->argc)
			return refuse(p, "needs a value", shown);
		value = p->argv[++p->at];
	}
	used_flags_add(&p->line->flags, p->arena,
	    (struct used_flag) { .flag = f, .value = value });
	return true;
}

static bool
parse_long(struct parsing *p, const char *word)
{
	const char *name = word + 2, *value = NULL;
	size_t n = strcspn(name, "=");
	const struct docker_flag *f;
	char *shown = arena_printf(p->arena, "--%.*s", (int)n, name);

	if (name[0] == '-' || n == 0)
		return refuse(p, "is not a flag", word);
	if (name[n] == '=')
		value = name + n + 1;
	f = flag_table_long(p->table, name, n);
	if (f == NULL)
		return unknown(p, shown);
	return f->shape == FLAG_BOOL ? add_bool(p, f, value, shown)
				     : add_value(p, f, value, shown);
}

/*
 * A cluster of short flags. pflag's own quirks: a = behind a letter gives the
 * value of that letter, bool or not, unless nothing follows the =, when it is
 * the value itself; and what begins with "test." is dropped silently.
 */
static bool
parse_letters(struct parsing *p, const char *word)
{
	for (const char *rest = word + 1; *rest != '\0'; rest++) {
		char shown[3] = { '-', *rest, '\0' };
		const struct docker_flag *f;

		if (strncmp(rest, "test.", 5) == 0)
			return refuse(p, "is not a flag", word);
		f = flag_table_letter(p->table, *rest);
		if (f == NULL)
			return unknown(p, shown);
		if (rest[1] == '=' && rest[2] != '\0')
			return f->shape == FLAG_BOOL
			    ? add_bool(p, f, rest + 2, shown)
			    : add_value(p, f, rest + 2, shown);
		if (f->shape != FLAG_BOOL)
			return add_value(p, f,
			    rest[1] == '\0' ? NULL : rest + 1, shown);
		if (!add_bool(p, f, NULL, shown))
			return false;
	}
	return true;
}

bool
command_line_parse(struct command_line *line, struct arena *a,
    const struct flag_table *table, bool interspersed, const char *where,
    int argc, char *const *argv, struct fault *f)
{
	struct parsing p = { .line = line, .arena = a, .table = table,
		.where = where, .argc = argc, .argv = argv, .fault = f };
	bool flags = true;

	line->operands = strv_new(a);
	for (; p.at < argc; p.at++) {
		const char *word = argv[p.at];

		if (flags && strcmp(word, "--") == 0) {
			flags = false;
		} else if (!flags || word[0] != '-' || word[1] == '\0') {
			strv_push(&line->operands, word);
			flags = flags && interspersed;
		} else if (word[1] == '-' ? !parse_long(&p, word)
		    : !parse_letters(&p, word)) {
			return false;
		}
	}
	return true;
}
