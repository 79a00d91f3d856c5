/* SPDX-License-Identifier: Apache-2.0 */
/* What nearly every suite has: an arena for each test, and tables. */
#ifndef UNDOCKER_FIXTURE_H
#define UNDOCKER_FIXTURE_H

#include "core/base/arena.h"

#include <check.h>

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* A loop test over a table, and a plain test. */
#define EACH(tcase, test, table) \
	tcase_add_loop_test(tcase, test, 0, ROWS(table))
#define ONE(tcase, test) tcase_add_test(tcase, test)

static struct arena *a;

static void
arena_begin(void)
{
	a = arena_new();
}

static void
arena_end(void)
{
	arena_free(a);
}

/* The argv of "undocker" and these words, as main gets it; *argc with both. */
static inline char **
argv_of(const char *const *words, int *argc)
{
	size_t n = 0;
	char **argv;

	while (words[n] != NULL)
		n++;
	argv = arena_alloc(a, (n + 2) * sizeof(*argv));
	argv[0] = arena_strdup(a, "undocker");
	for (size_t i = 0; i < n; i++)
		argv[i + 1] = arena_strdup(a, words[i]);
	*argc = (int)n + 1;
	return argv;
}

/* A test case of suite s whose tests find a new arena in a. */
static TCase *
tcase_of(Suite *s, const char *name)
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, arena_begin, arena_end);
	suite_add_tcase(s, t);
	return t;
}

#endif
