/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/text.h"

#include "core/base/reason.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

START_TEST(among)
{
	const char *run = "run";

	ck_assert(TEXT_AMONG(run, "create", "run"));
	ck_assert(!TEXT_AMONG(run, "create", "runs", "ru", ""));
	ck_assert(TEXT_AMONG("", "x", ""));
	ck_assert(text_is("volume|v", 6, "volume"));
	ck_assert(!text_is("volume|v", 5, "volume"));
	ck_assert(!text_is("volume", 6, "vol"));
}
END_TEST

START_TEST(reason)
{
	const char *why = NULL;

	ck_assert(!reason_set(&why, a, "'%s' is not %d", "x", 1));
	ck_assert_str_eq(why, "'x' is not 1");
}
END_TEST

START_TEST(list)
{
	struct pair { int a, b; };
	struct { struct pair *v; size_t n, size; } pairs = { 0 };

	for (int i = 0; i < 100; i++)
		ARENA_ADD(a, &pairs, (struct pair) { .a = i, .b = -i });
	ck_assert_uint_eq(pairs.n, 100);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(pairs.v[i].b, -i);
}
END_TEST

Suite *
text_suite(void)
{
	Suite *s = suite_create("text");
	TCase *t = tcase_of(s, "text");

	ONE(t, among);
	ONE(t, reason);
	ONE(t, list);
	return s;
}
