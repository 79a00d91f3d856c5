/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/boolean.h"

#include "fixture.h"
#include "suites.h"

static const char *const yes[] = { "1", "t", "T", "TRUE", "true", "True" };
static const char *const no[] = { "0", "f", "F", "FALSE", "false", "False" };
static const char *const neither[] = { "", "yes", "no", "on", "off", "TrUe",
	"tRUE", "fALSE", "2", "-1", "01", " true", "true ", "truee", "tru",
	"\n", "true\n" };

START_TEST(valid_six_words_are_true)
{
	bool value = false;

	ck_assert(boolean_read(yes[_i], &value));
	ck_assert(value);
}
END_TEST

START_TEST(valid_six_words_are_false)
{
	bool value = true;

	ck_assert(boolean_read(no[_i], &value));
	ck_assert(!value);
}
END_TEST

START_TEST(junk_anything_else_is_no_boolean)
{
	bool value = true;

	ck_assert_msg(!boolean_read(neither[_i], &value), "'%s'", neither[_i]);
	ck_assert(value);
}
END_TEST

Suite *
boolean_suite(void)
{
	Suite *s = suite_create("boolean");
	TCase *t = tcase_of(s, "boolean");

	EACH(t, valid_six_words_are_true, yes);
	EACH(t, valid_six_words_are_false, no);
	EACH(t, junk_anything_else_is_no_boolean, neither);
	return s;
}
