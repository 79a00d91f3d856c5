/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/ps_words.h"

#include <string.h>

#define BSD "aux" /* which processes, and u's columns; e would show variables */

enum {
	PID = 0, /* its index in columns */
};

/*
 * The engine splits ps's lines at blanks and takes the field below PID. One
 * field is what no user can give a blank: a column that can have one stands
 * behind the PID, or it could hold the PID of another process's line.
 */
static const struct {
	const char *name;
	bool one_field;
} columns[] = {
	{ "pid", true }, { "ppid", true }, { "pgid", true }, { "user", true },
	{ "uid", true }, { "stat", true }, { "tty", false }, { "time", true },
	{ "etime", true }, { "pcpu", true }, { "pmem", true }, { "rss", true },
	{ "vsz", true }, { "nice", true }, { "comm", false },
	{ "args", false },
};

enum { NCOLUMNS = sizeof(columns) / sizeof(columns[0]) };

struct ps {
	struct arena *arena;
	const char **reason;
	bool bsd[sizeof(BSD) - 1];
	bool every, full; /* -e, -f */
	bool seen[NCOLUMNS];
	struct strv list; /* the columns of -o, in order */
};

static bool
wrong(struct ps *ps, const char *reason)
{
	*ps->reason = reason;
	return false;
}

static const char *
column_names(struct arena *a)
{
	struct strv names = strv_new(a);

	for (size_t i = 0; i < NCOLUMNS; i++)
		strv_push(&names, columns[i].name);
	return strv_join(&names, ",");
}

static bool
not_offered(struct ps *ps, const char *word)
{
	return wrong(ps, arena_printf(ps->arena, "'%s': the engine runs ps as "
	    "root on this host, so only aux, -ef and -o COLUMN,... are offered "
	    "(%s); for more run ps inside: undocker exec CONTAINER ps", word,
	    column_names(ps->arena)));
}

/* A column by its name, n bytes of it. */
static bool
add_column(struct ps *ps, const char *name, size_t n)
{
	size_t i = 0;

	while (i < NCOLUMNS && (strlen(columns[i].name) != n ||
	    memcmp(columns[i].name, name, n) != 0))
		i++;
	if (i == NCOLUMNS)
		return not_offered(ps, arena_strndup(ps->arena, name, n));
	if (ps->seen[i])
		return wrong(ps, arena_printf(ps->arena,
		    "'%s' is a column already", columns[i].name));
	if (!columns[i].one_field && !ps->seen[PID])
		return wrong(ps, arena_printf(ps->arena, "'%s' must stand "
		    "behind pid, by which the engine knows the container's "
		    "processes", columns[i].name));
	ps->seen[i] = true;
	strv_push(&ps->list, columns[i].name);
	return true;
}

static bool
read_columns(struct ps *ps, const char *list)
{
	size_t n = strcspn(list, ",");

	while (add_column(ps, list, n)) {
		if (list[n] == '\0')
			return true;
		list += n + 1;
		n = strcspn(list, ",");
	}
	return false;
}

static void
read_bsd(struct ps *ps, const char *word)
{
	for (size_t i = 0; i < sizeof(BSD) - 1; i++)
		ps->bsd[i] = ps->bsd[i] || strchr(word, BSD[i]) != NULL;
}

/* The letters behind a -; next is the word behind, which *taken if -o has it. */
static bool
read_letters(struct ps *ps, const char *word, const char *next, bool *taken)
{
	for (const char *c = word + 1; *c != '\0'; c++) {
		if (*c == 'o') {
			*taken = c[1] == '\0';
			if (*taken && next == NULL)
				return wrong(ps, "-o needs columns");
			return read_columns(ps, *taken ? next : c + 1);
		}
		if (*c != 'e' && *c != 'f')
			return not_offered(ps, word);
		*(*c == 'e' ? &ps->every : &ps->full) = true;
	}
	return true;
}

/* *taken: the next word was this one's, too. */
static bool
read_word(struct ps *ps, const char *word, const char *next, bool *taken)
{
	*taken = false;
	/* Many write -aux, and ps reads it so. */
	if (strcmp(word, "-" BSD) == 0)
		word++;
	if (*word != '\0' && word[strspn(word, BSD)] == '\0') {
		read_bsd(ps, word);
		return true;
	}
	if (word[0] != '-' || word[1] == '\0')
		return not_offered(ps, word);
	return read_letters(ps, word, next, taken);
}

static void
print_words(const struct ps *ps, struct strv *out)
{
	char bsd[sizeof(BSD)] = "";
	size_t n = 0;

	for (size_t i = 0; i < sizeof(BSD) - 1; i++) {
		if (ps->bsd[i])
			bsd[n++] = BSD[i];
	}
	if (n > 0)
		strv_push(out, arena_strndup(ps->arena, bsd, n));
	if (ps->list.n > 0) {
		strv_push(out, ps->every ? "-eo" : "-o");
		strv_push(out, strv_join(&ps->list, ","));
	} else if (ps->every || ps->full) {
		strv_push(out, !ps->full ? "-e" : ps->every ? "-ef" : "-f");
	}
}

bool
ps_words(struct strv *out, struct arena *a, const char *const *words,
    size_t n, const char **reason)
{
	struct ps ps = { .arena = a, .reason = reason, .list = strv_new(a) };
	bool bsd, taken;

	for (size_t i = 0; i < n; i += taken ? 2 : 1) {
		if (!read_word(&ps, words[i], i + 1 < n ? words[i + 1] : NULL,
		    &taken))
			return false;
	}
	bsd = ps.bsd[0] || ps.bsd[1] || ps.bsd[2];
	/* ps would read both as letters of one kind, or refuse them. */
	if ((bsd && (ps.every || ps.full)) ||
	    (ps.list.n > 0 && (ps.full || ps.bsd[1])))
		return wrong(&ps, "of aux, -ef and -o only one can be given "
		    "(ax goes with -o)");
	if (ps.list.n > 0 && !ps.seen[PID])
		return wrong(&ps, "-o needs the column pid, by which the "
		    "engine knows the container's processes");
	print_words(&ps, out);
	return true;
}
