/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/caller.h"

#include "fixture.h"
#include "suites.h"

static const gid_t gids[] = { 20, 4294967294U };

static struct caller
ann(void)
{
	static const char *const env[] = { "A=1", "AB=2", "A=3", "EMPTY=",
		"NAME", "=odd", "EQ=a=b" };
	struct caller c = { .gid = 10, .gids = gids, .ngids = 2 };

	c.env = strv_new(a);
	for (int i = 0; i < ROWS(env); i++)
		strv_push(&c.env, env[i]);
	return c;
}

START_TEST(valid_primary_and_supplementary_groups_count)
{
	struct caller c = ann();

	ck_assert(caller_in_group(&c, 10));
	ck_assert(caller_in_group(&c, 20));
	ck_assert(caller_in_group(&c, 4294967294U));
}
END_TEST

START_TEST(deny_other_groups_do_not_count)
{
	struct caller c = ann();

	ck_assert(!caller_in_group(&c, 0));
	ck_assert(!caller_in_group(&c, 30));
	c.ngids = 1;
	ck_assert(!caller_in_group(&c, 4294967294U));
}
END_TEST

static const struct {
	const char *name;
	size_t n;
	const char *value;
} variables[] = {
	{ "A", 1, "1" },
	{ "AB", 2, "2" },
	{ "AB", 1, "1" },
	{ "EMPTY", 5, "" },
	{ "EQ", 2, "a=b" },
	{ "", 0, "odd" },
	{ "NAME", 4, NULL },
	{ "a", 1, NULL },
	{ "ABC", 3, NULL },
	{ "EMPT", 4, NULL },
};

START_TEST(valid_a_variable_is_found_by_its_whole_name)
{
	struct caller c = ann();
	const char *value = caller_env(&c, variables[_i].name, variables[_i].n);

	if (variables[_i].value == NULL)
		ck_assert_ptr_null(value);
	else
		ck_assert_pstr_eq(value, variables[_i].value);
}
END_TEST

START_TEST(valid_no_environment_holds_nothing)
{
	struct caller c = { 0 };

	ck_assert_ptr_null(caller_env(&c, "A", 1));
}
END_TEST

Suite *
caller_suite(void)
{
	Suite *s = suite_create("caller");
	TCase *t = tcase_of(s, "caller");

	ONE(t, valid_primary_and_supplementary_groups_count);
	ONE(t, deny_other_groups_do_not_count);
	EACH(t, valid_a_variable_is_found_by_its_whole_name, variables);
	ONE(t, valid_no_environment_holds_nothing);
	return s;
}
