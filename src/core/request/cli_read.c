/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request/cli_read.h"

#include "core/base/boolean.h"
#include "core/policy/offered.h"

#include <string.h>

struct parsing {
	struct used_flags *flags;
	struct arena *arena;
	const struct flag_table *table;
	const char *where;
	int argc;
	char *const *argv;
	int at;
	struct fault *fault;
};

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
	used_flags_add(p->flags, p->arena, (struct used_flag) {
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
	used_flags_add(p->flags, p->arena,
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
cli_read_words(struct used_flags *flags, struct strv *operands,
    struct arena *a, const struct flag_table *table, bool interspersed,
    const char *where, int argc, char *const *argv, struct fault *f)
{
	struct parsing p = { .flags = flags, .arena = a, .table = table,
		.where = where, .argc = argc, .argv = argv, .fault = f };
	bool may_be_flag = true;

	*operands = strv_new(a);
	for (; p.at < argc; p.at++) {
		const char *word = argv[p.at];

		if (may_be_flag && strcmp(word, "--") == 0) {
			may_be_flag = false;
		} else if (!may_be_flag || word[0] != '-' || word[1] == '\0') {
			strv_push(operands, word);
			may_be_flag = may_be_flag && interspersed;
		} else if (word[1] == '-' ? !parse_long(&p, word)
		    : !parse_letters(&p, word)) {
			return false;
		}
	}
	return true;
}

static bool
misspelt(struct arena *a, struct fault *f, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What no docker would take. */
static bool
misspelt(struct arena *a, struct fault *f, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	f->misspelt |= f->kind == FAULT_NONE;
	(void)fault_set(f, a, FAULT_REFUSED, "%s",
	    arena_vprintf(a, format, ap));
	va_end(ap);
	return false;
}

/* The words before the command that are docker's, without undocker's own. */
static bool
read_global(struct request *r, struct arena *a, const struct effective *e,
    const struct invocation *i, struct fault *f)
{
	struct strv operands;
	char **words = arena_alloc(a, ((size_t)i->argc + 1) * sizeof(*words));
	int n = 0;

	for (int at = 1; at < i->command_at;) {
		int take = invocation_flag_words(i->argv[at]);

		if (invocation_own_word(i->argv[at])) {
			at++;
			continue;
		}
		while (take-- > 0 && at < i->command_at)
			words[n++] = i->argv[at++];
	}
	if (!cli_read_words(&r->global, &operands, a, &e->global_flags, false,
		"", n, words, f))
		return false;
	return operands.n == 0 || misspelt(a, f, "'%s' cannot stand before the "
	    "command", operands.v[0]);
}

bool
cli_read(struct request *r, struct arena *a, const struct effective *e,
    const struct policy *p, const struct caller *c, const struct invocation *i,
    struct fault *f)
{
	int words = 0, at;

	*r = (struct request) { .operands = strv_new(a) };
	if (!read_global(r, a, e, i, f))
		return false;
	if (i->command_at == i->argc)
		return true;
	r->command = invocation_command(i, &words);
	if (r->command == NULL)
		return misspelt(a, f, "'%s' is not a docker command that "
		    "undocker knows; this host offers: %s",
		    i->argv[i->command_at], offered_commands(a, p, c));
	at = i->command_at + words;
	return cli_read_words(&r->flags, &r->operands, a, &e->flags,
	    r->command->interspersed, arena_printf(a, "%s: ",
		r->command->name), i->argc - at, i->argv + at, f);
}
