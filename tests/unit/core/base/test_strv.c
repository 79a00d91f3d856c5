/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/strv.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

START_TEST(valid_a_new_vector_is_empty_and_joins_to_nothing)
{
	struct strv v = strv_new(a);

	ck_assert_uint_eq(v.n, 0);
	ck_assert(!strv_has(&v, ""));
	ck_assert_str_eq(strv_join(&v, ","), "");
}
END_TEST

START_TEST(valid_null_stands_behind_the_last_at_every_length)
{
	struct strv v = strv_new(a);
	const char *const word = "x";

	for (size_t n = 1; n < 100; n++) {
		strv_push(&v, word);
		ck_assert_uint_eq(v.n, n);
		ck_assert_ptr_eq(v.v[n - 1], word);
		ck_assert_uint_gt(v.size, n);
		ck_assert_ptr_null(v.v[n]);
	}
	/* also where others stood */
	v.n = 3;
	strv_push(&v, word);
	ck_assert_ptr_null(v.v[4]);
}
END_TEST

START_TEST(valid_pushf_prints)
{
	struct strv v = strv_new(a);

	strv_pushf(&v, "%s=%d", "a", 1);
	ck_assert_str_eq(v.v[0], "a=1");
	ck_assert_ptr_null(v.v[1]);
}
END_TEST

START_TEST(valid_has_compares_whole_strings)
{
	struct strv v = strv_new(a);

	strv_push(&v, "one");
	strv_push(&v, "two");
	ck_assert(strv_has(&v, "two"));
	ck_assert(!strv_has(&v, "tw"));
	ck_assert(!strv_has(&v, "twoo"));
	ck_assert(!strv_has(&v, ""));
}
END_TEST

START_TEST(valid_join_puts_the_separator_between_only)
{
	struct strv v = strv_new(a);

	strv_push(&v, "a");
	ck_assert_str_eq(strv_join(&v, ", "), "a");
	strv_push(&v, "");
	strv_push(&v, "b");
	ck_assert_str_eq(strv_join(&v, ", "), "a, , b");
	ck_assert_str_eq(strv_join(&v, ""), "ab");
}
END_TEST

START_TEST(valid_join_is_as_long_as_its_parts)
{
	struct strv v = strv_new(a);

	for (int i = 0; i < 20000; i++)
		strv_push(&v, "0123456789");
	ck_assert_uint_eq(strlen(strv_join(&v, "-")), 20000 * 11 - 1);
}
END_TEST

Suite *
strv_suite(void)
{
	Suite *s = suite_create("strv");
	TCase *t = tcase_of(s, "strv");

	ONE(t, valid_a_new_vector_is_empty_and_joins_to_nothing);
	ONE(t, valid_null_stands_behind_the_last_at_every_length);
	ONE(t, valid_pushf_prints);
	ONE(t, valid_has_compares_whole_strings);
	ONE(t, valid_join_puts_the_separator_between_only);
	ONE(t, valid_join_is_as_long_as_its_parts);
	return s;
}
