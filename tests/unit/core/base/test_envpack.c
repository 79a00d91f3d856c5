/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/envpack.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

/* A vector as environ is one. */
static char *const *
environment(const struct strv *v)
{
	char **env = arena_alloc(a, (v->n + 1) * sizeof(*env));

	for (size_t i = 0; i < v->n; i++)
		env[i] = arena_strdup(a, v->v[i]);
	return env;
}

static struct strv
vector(const char *first, const char *second, const char *third)
{
	struct strv v = strv_new(a);

	if (first != NULL)
		strv_push(&v, first);
	if (second != NULL)
		strv_push(&v, second);
	if (third != NULL)
		strv_push(&v, third);
	return v;
}

static void
round_trip(const struct strv *env, size_t pieces)
{
	struct strv packed = envpack(a, environment(env)), back;

	ck_assert_uint_eq(packed.n, pieces);
	for (size_t i = 0; i < packed.n; i++) {
		const char *name = arena_printf(a, "UNDOCKER_ENV_%zu=", i);

		ck_assert(strncmp(packed.v[i], name, strlen(name)) == 0);
		ck_assert_uint_lt(strlen(packed.v[i]), 128 * 1024 - 1);
	}
	ck_assert(envpack_open(a, environment(&packed), &back));
	ck_assert_uint_eq(back.n, env->n);
	for (size_t i = 0; i < env->n; i++)
		ck_assert_str_eq(back.v[i], env->v[i]);
}

START_TEST(valid_an_empty_environment_is_no_piece)
{
	struct strv env = strv_new(a);

	round_trip(&env, 0);
}
END_TEST

START_TEST(valid_variables_come_back_byte_for_byte)
{
	struct strv env = vector("A=1", "B=\x01\x7f\x80\xff\n\t'\"$\\", "C=");
	char all[256];

	for (int i = 1; i < 256; i++)
		all[i - 1] = (char)i;
	all[255] = '\0';
	strv_push(&env, all);
	strv_push(&env, "odd");
	strv_push(&env, "=odd");
	strv_push(&env, "A=2");
	round_trip(&env, 1);
}
END_TEST

START_TEST(valid_every_length_modulo_three_comes_back)
{
	struct strv env = strv_new(a);
	char *text = arena_alloc(a, 70);

	for (int i = 0; i < 69; i++) {
		text[i] = (char)('0' + i);
		env.n = 0;
		strv_push(&env, text);
		round_trip(&env, 1);
	}
}
END_TEST

START_TEST(valid_a_big_environment_goes_over_several_pieces)
{
	struct strv env = strv_new(a);

	for (int i = 0; i < 2000; i++)
		strv_pushf(&env, "VARIABLE_%d=%0100d", i, i);
	strv_push(&env, "LAST=1");
	/* 2000 times some 116 bytes, four digits for each three */
	round_trip(&env, 5);
}
END_TEST

START_TEST(valid_a_single_variable_may_be_longer_than_a_piece)
{
	struct strv env = strv_new(a);
	char *big = arena_alloc(a, 200 * 1024);

	memset(big, 'x', 200 * 1024 - 1);
	big[1] = '=';
	strv_push(&env, big);
	round_trip(&env, 5);
}
END_TEST

START_TEST(valid_a_text_as_long_as_a_piece_makes_one_piece)
{
	struct strv env = strv_new(a);
	char *big = arena_alloc(a, ENVPACK_PIECE / 4 * 3);

	memset(big, 'x', ENVPACK_PIECE / 4 * 3 - 1);
	strv_push(&env, big);
	round_trip(&env, 1);
	strv_push(&env, "");
	round_trip(&env, 2);
}
END_TEST

/* Whoever packs has no pieces of his own in the environment of others. */
START_TEST(deny_pieces_that_were_there_before_are_left_out)
{
	struct strv env = vector("UNDOCKER_ENV_0=QQ", "A=1",
	    "UNDOCKER_ENV_1=x");
	struct strv packed = envpack(a, environment(&env)), back;

	ck_assert_uint_eq(packed.n, 1);
	ck_assert(envpack_open(a, environment(&packed), &back));
	ck_assert_uint_eq(back.n, 1);
	ck_assert_str_eq(back.v[0], "A=1");
}
END_TEST

START_TEST(valid_other_variables_are_not_the_caller_s)
{
	struct strv env = vector("LD_PRELOAD=x", "UNDOCKER_ENV=x", "PATH=/");
	struct strv back;

	ck_assert(envpack_open(a, environment(&env), &back));
	ck_assert_uint_eq(back.n, 0);
	strv_push(&env, "UNDOCKER_ENV_0=QT0xAA"); /* A=1 and a NUL */
	ck_assert(envpack_open(a, environment(&env), &back));
	ck_assert_uint_eq(back.n, 1);
	ck_assert_str_eq(back.v[0], "A=1");
}
END_TEST

START_TEST(valid_the_order_of_the_environment_does_not_matter)
{
	struct strv env = vector("UNDOCKER_ENV_1=0x", "UNDOCKER_ENV_2=AA",
	    "UNDOCKER_ENV_0=QT");
	struct strv back;

	ck_assert(envpack_open(a, environment(&env), &back));
	ck_assert_uint_eq(back.n, 1);
	ck_assert_str_eq(back.v[0], "A=1");
}
END_TEST

static const struct {
	const char *why, *first, *second;
} junk[] = {
	{ "no piece 0", "UNDOCKER_ENV_1=QT0xAA", NULL },
	{ "piece 1 is missing", "UNDOCKER_ENV_0=QT0xAA", "UNDOCKER_ENV_2=QQ" },
	{ "two of one number", "UNDOCKER_ENV_0=QT0xAA",
	    "UNDOCKER_ENV_0=QT0xAA" },
	{ "no number", "UNDOCKER_ENV_=QT0xAA", NULL },
	{ "a number in another form", "UNDOCKER_ENV_00=QT0xAA", NULL },
	{ "a negative number", "UNDOCKER_ENV_-1=QT0xAA", NULL },
	{ "a name for a number", "UNDOCKER_ENV_X=QT0xAA", NULL },
	{ "an odd variable beside", "UNDOCKER_ENV_0=QT0xAA",
	    "UNDOCKER_ENV_FOO=1" },
	{ "no =", "UNDOCKER_ENV_0", NULL },
	{ "empty", "UNDOCKER_ENV_0=", NULL },
	{ "an empty piece behind", "UNDOCKER_ENV_0=QT0xAA",
	    "UNDOCKER_ENV_2=" },
	{ "a digit that is none", "UNDOCKER_ENV_0=QT0!AA", NULL },
	{ "padding", "UNDOCKER_ENV_0=QQAA==", NULL },
	{ "the other alphabet's +", "UNDOCKER_ENV_0=QT0xAA+A", NULL },
	{ "the other alphabet's /", "UNDOCKER_ENV_0=QT0xAA/A", NULL },
	{ "a blank", "UNDOCKER_ENV_0=QT0x AA", NULL },
	{ "a line end", "UNDOCKER_ENV_0=QT0xAA\n", NULL },
	{ "a byte that is not ASCII", "UNDOCKER_ENV_0=QT0xAA\xff", NULL },
	{ "bits behind the last byte", "UNDOCKER_ENV_0=QT0xAB", NULL },
	{ "a digit too many", "UNDOCKER_ENV_0=QUIAA", NULL },
	{ "a digit too few", "UNDOCKER_ENV_0=QT0xA", NULL },
	{ "no NUL at the end", "UNDOCKER_ENV_0=QT0x", NULL },
	{ "the last variable without a NUL", "UNDOCKER_ENV_0=QT0xAEI9Mg",
	    NULL },
};

START_TEST(junk_what_is_not_whole_is_refused)
{
	struct strv env = vector("HOME=/x", junk[_i].first, junk[_i].second);
	struct strv back;

	ck_assert_msg(!envpack_open(a, environment(&env), &back), "%s",
	    junk[_i].why);
}
END_TEST

Suite *
envpack_suite(void)
{
	Suite *s = suite_create("envpack");
	TCase *t = tcase_of(s, "envpack");

	ONE(t, valid_an_empty_environment_is_no_piece);
	ONE(t, valid_variables_come_back_byte_for_byte);
	ONE(t, valid_every_length_modulo_three_comes_back);
	ONE(t, valid_a_big_environment_goes_over_several_pieces);
	ONE(t, valid_a_single_variable_may_be_longer_than_a_piece);
	ONE(t, valid_a_text_as_long_as_a_piece_makes_one_piece);
	ONE(t, deny_pieces_that_were_there_before_are_left_out);
	ONE(t, valid_other_variables_are_not_the_caller_s);
	ONE(t, valid_the_order_of_the_environment_does_not_matter);
	EACH(t, junk_what_is_not_whole_is_refused, junk);
	return s;
}
