/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/fault.h"

#include "fixture.h"
#include "suites.h"

START_TEST(valid_a_fault_says_its_kind_and_reason_and_is_false)
{
	struct fault f = { 0 };

	ck_assert(!fault_set(&f, a, FAULT_POLICY, "%s:%d", "file", 12));
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	ck_assert_str_eq(f.text, "file:12");
}
END_TEST

START_TEST(duplicate_the_first_fault_is_the_one_that_is_told)
{
	struct fault f = { 0 };

	ck_assert(!fault_set(&f, a, FAULT_REFUSED, "first"));
	ck_assert(!fault_set(&f, a, FAULT_POLICY, "second"));
	ck_assert_int_eq(f.kind, FAULT_REFUSED);
	ck_assert_str_eq(f.text, "first");
}
END_TEST

START_TEST(valid_the_user_s_bytes_are_no_format)
{
	struct fault f = { 0 };

	fault_set(&f, a, FAULT_REFUSED, "'%s'", "%s%n%d\n");
	ck_assert_str_eq(f.text, "'%s%n%d\n'");
}
END_TEST

Suite *
fault_suite(void)
{
	Suite *s = suite_create("fault");
	TCase *t = tcase_of(s, "fault");

	ONE(t, valid_a_fault_says_its_kind_and_reason_and_is_false);
	ONE(t, duplicate_the_first_fault_is_the_one_that_is_told);
	ONE(t, valid_the_user_s_bytes_are_no_format);
	return s;
}
