/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/strmap.h"

#include "fixture.h"
#include "suites.h"

#include <stdint.h>

static int values[50000];

START_TEST(valid_a_new_key_has_null_and_keeps_what_is_put_there)
{
	struct strmap m = strmap_new(a);
	void **slot = strmap_at(&m, "key");

	ck_assert_ptr_null(*slot);
	*slot = &values[0];
	ck_assert_ptr_eq(*strmap_at(&m, arena_strdup(a, "key")), &values[0]);
	ck_assert_uint_eq(m.n, 1);
}
END_TEST

START_TEST(valid_near_keys_are_different_keys)
{
	static const char *const keys[] = { "", "a", "A", "aa", "a ", " a",
		"a\n", "\xff", "a\xff" };
	struct strmap m = strmap_new(a);

	for (int i = 0; i < ROWS(keys); i++) {
		void **slot = strmap_at(&m, keys[i]);

		ck_assert_ptr_null(*slot);
		*slot = &values[i];
	}
	for (int i = 0; i < ROWS(keys); i++)
		ck_assert_ptr_eq(*strmap_at(&m, keys[i]), &values[i]);
}
END_TEST

START_TEST(limit_50000_keys_are_all_found)
{
	struct strmap m = strmap_new(a);

	for (int i = 0; i < ROWS(values); i++) {
		void **slot = strmap_at(&m, arena_printf(a, "key %d", i));

		ck_assert_ptr_null(*slot);
		*slot = &values[i];
	}
	ck_assert_uint_eq(m.n, 50000);
	for (int i = ROWS(values); i-- > 0;)
		ck_assert_ptr_eq(*strmap_at(&m, arena_printf(a, "key %d", i)),
		    &values[i]);
	ck_assert_uint_eq(m.n, 50000);
	ck_assert_uint_ge(m.size, 100000);
}
END_TEST

START_TEST(valid_asking_adds_nothing)
{
	struct strmap m = strmap_new(a);

	ck_assert_ptr_null(strmap_get(&m, "a"));
	*strmap_at(&m, "a") = &values[1];
	ck_assert_ptr_eq(strmap_get(&m, "a"), &values[1]);
	ck_assert_ptr_null(strmap_get(&m, "b"));
	ck_assert_uint_eq(m.n, 1);
}
END_TEST

Suite *
strmap_suite(void)
{
	Suite *s = suite_create("strmap");
	TCase *t = tcase_of(s, "strmap");

	ONE(t, valid_a_new_key_has_null_and_keeps_what_is_put_there);
	ONE(t, valid_near_keys_are_different_keys);
	ONE(t, valid_asking_adds_nothing);
	ONE(t, limit_50000_keys_are_all_found);
	return s;
}
