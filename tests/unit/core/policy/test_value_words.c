/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/value_words.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static const gid_t gids[] = { 20, 30, 40 };

static struct caller
ann(void)
{
	return (struct caller) { .uid = 1000, .gid = 1001, .user = "ann",
		.group = "staff", .home = "/home/ann", .cwd = "/home/ann/w d",
		.gids = gids, .ngids = 3,
		.u_groups = gids, .nu_groups = 3 };
}

/* Splits and expands value for c; the words with | between. NULL: *reason. */
static const char *
expanded(const char *value, const struct caller *c, const char *separators,
    const char **reason)
{
	struct words words = { 0 };
	struct strv out = strv_new(a);

	*reason = NULL;
	if (!value_words_split(&words, a, value, reason))
		return NULL;
	for (size_t i = 0; i < words.n; i++) {
		if (!value_words_expand(
			&words.v[i], a, c, separators, &out, reason))
			return NULL;
	}
	return strv_join(&out, "|");
}

static const struct {
	const char *value, *words;
} split[] = {
	{ "", "" },
	{ "  \t ", "" },
	{ "a", "a" },
	{ " a \t b  ", "a|b" },
	{ "'a b' c", "a b|c" },
	{ "\"a b\" c", "a b|c" },
	{ "a'b c'd", "ab cd" },
	{ "'a'\"b\"c", "abc" },
	{ "'a\"b'", "a\"b" },
	{ "\"a'b\"", "a'b" },
	{ "''", "" },
	{ "a '' b", "a||b" },
	{ "a \"\" b", "a||b" },
	{ "'' ''", "|" },
	{ "''a", "a" },
	{ "$USER", "ann" },
	{ "$USERNAME", "ann" },
	{ "$U_UID:$U_GID", "1000:1001" },
	{ "$GROUP", "staff" },
	{ "$HOME/x", "/home/ann/x" },
	{ "$PWD", "/home/ann/w d" },
	{ "'$USER'", "ann" },
	{ "\"$USER\"", "ann" },
	{ "x'$HOME'\"$USER\"y", "x/home/annanny" },
	{ "$USER-$USER", "ann-ann" },
	{ "$USER$GROUP", "annstaff" },
	{ "$USER.x", "ann.x" },
	{ "\\$USER", "$USER" },
	{ "'\\$USER'", "$USER" },
	{ "\"\\$USER\"", "$USER" },
	{ "\\\\$USER", "\\$USER" },
	{ "a\\b", "a\\b" },
	{ "a\\", "a\\" },
	{ "\\'a b\\'", "\\a b\\" }, /* a backslash hides no quote */
	{ "$", "$" },
	{ "a$", "a$" },
	{ "$1", "$1" },
	{ "$$", "$$" },
	{ "$-", "$-" },
	{ "$ USER", "$|USER" },
	{ "${USER}", "${USER}" },
	{ "$(id)", "$(id)" },
	{ "`id`", "`id`" },
	{ "a;b|c&d", "a;b|c&d" },
	{ "~", "~" },
	{ "*", "*" },
	{ "#x", "#x" },
	{ "\xff\xc3\xa9", "\xff\xc3\xa9" },
	{ "a\nb", "a\nb" },
};

START_TEST(valid_words_are_split_at_blanks_outside_quotes)
{
	struct caller c = ann();
	const char *reason;
	const char *got = expanded(split[_i].value, &c, "", &reason);

	ck_assert_msg(got != NULL, "%s: %s", split[_i].value, reason);
	ck_assert_str_eq(got, split[_i].words);
}
END_TEST

static const struct {
	const char *value, *reason;
} junk[] = {
	{ "'", "not closed" },
	{ "\"", "not closed" },
	{ "'a", "not closed" },
	{ "a'", "not closed" },
	{ "a \"b c", "not closed" },
	{ "'a\"", "not closed" },
	{ "\"a'", "not closed" },
	{ "$FOO", "unknown variable $FOO" },
	{ "$user", "unknown variable $user" },
	{ "$USERX", "unknown variable $USERX" },
	{ "$USER_", "unknown variable $USER_" },
	{ "$USE", "unknown variable $USE " },
	{ "$U", "unknown variable $U " },
	{ "$_", "unknown variable $_ " },
	{ "$PATH", "unknown variable $PATH" },
	{ "'$FOO'", "unknown variable $FOO" },
	{ "\"$FOO\"", "unknown variable $FOO" },
	{ "a $U_GROUP b", "unknown variable $U_GROUP " },
};

START_TEST(junk_open_quotes_and_unknown_variables_are_errors)
{
	struct caller c = ann();
	const char *reason;

	ck_assert_ptr_null(expanded(junk[_i].value, &c, "", &reason));
	ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "%s: %s",
	    junk[_i].value, reason);
}
END_TEST

START_TEST(valid_u_groups_repeats_the_word_for_each_group)
{
	struct caller c = ann();
	const char *reason;

	ck_assert_str_eq(expanded("--group-add=$U_GROUPS", &c, "", &reason),
	    "--group-add=20|--group-add=30|--group-add=40");
	ck_assert_str_eq(expanded("$U_GROUPS.$U_GROUPS.$USER", &c, "", &reason),
	    "20.20.ann|30.30.ann|40.40.ann");
	c.nu_groups = 1;
	ck_assert_str_eq(expanded("a '$U_GROUPS' b", &c, "", &reason),
	    "a|20|b");
	c.nu_groups = 0;
	ck_assert_str_eq(expanded("a x$U_GROUPS b", &c, "", &reason), "a|b");
}
END_TEST

/* No value of a variable is ever split, unquoted or expanded again. */
static const char *const nasty[] = { "x' --privileged -v '", "/a b/c", "\"",
	"'", "$HOME", "\\$USER", "a\tb", "a\nb", "-v", "--privileged", "*",
	"\xff", "$U_GROUPS", " ", "a|b" };

START_TEST(valid_a_directory_s_name_stays_one_word)
{
	struct caller c = ann();
	struct words words = { 0 };
	struct strv out = strv_new(a);
	const char *reason = NULL;

	c.cwd = nasty[_i];
	ck_assert(
	    value_words_split(&words, a, "-v '$PWD' \"$PWD\" $PWD", &reason));
	ck_assert_uint_eq(words.n, 4);
	for (size_t i = 0; i < words.n; i++)
		ck_assert(
		    value_words_expand(&words.v[i], a, &c, "", &out, &reason));
	ck_assert_uint_eq(out.n, 4);
	for (size_t i = 1; i < out.n; i++)
		ck_assert_str_eq(out.v[i], nasty[_i]);
}
END_TEST

START_TEST(deny_a_working_directory_that_is_gone)
{
	struct caller c = ann();
	const char *reason;

	c.cwd = NULL;
	ck_assert_ptr_null(expanded("$PWD:/w", &c, "", &reason));
	ck_assert_msg(strstr(reason, "working directory is gone") != NULL, "%s",
	    reason);
	ck_assert_str_eq(expanded("$HOME", &c, "", &reason), "/home/ann");
}
END_TEST

START_TEST(deny_what_the_accounts_do_not_say)
{
	struct caller c = ann();
	const char *reason;

	c.group = NULL;
	c.home = "";
	ck_assert_ptr_null(expanded("x$GROUP", &c, "", &reason));
	ck_assert_msg(strstr(reason, "$GROUP") != NULL, "%s", reason);
	ck_assert_ptr_null(expanded("$HOME/x", &c, "", &reason));
	ck_assert_ptr_null(expanded("''$HOME", &c, "", &reason));
}
END_TEST

START_TEST(deny_a_separator_in_a_variable_but_not_in_the_text)
{
	struct caller c = ann();
	const char *reason;

	c.cwd = "/a:b";
	ck_assert_ptr_null(expanded("$PWD:/w:ro", &c, ":", &reason));
	ck_assert_msg(strstr(reason, "$PWD is '/a:b', and ':' would") != NULL,
	    "%s", reason);
	ck_assert_str_eq(expanded("$PWD:/w:ro", &c, ",", &reason),
	    "/a:b:/w:ro");
	c.cwd = "/a,b";
	ck_assert_ptr_null(expanded("src=$PWD,dst=/w", &c, ",\"\r\n", &reason));
	ck_assert_str_eq(expanded("$PWD:/w:ro", &c, ":", &reason),
	    "/a,b:/w:ro");
	c.cwd = "/a\nb";
	ck_assert_ptr_null(expanded("src=$PWD", &c, ",\"\r\n", &reason));
}
END_TEST

START_TEST(deny_a_separator_in_one_of_many_groups_words)
{
	struct caller c = ann();
	const char *reason;

	c.user = "a:b";
	ck_assert_ptr_null(expanded("$USER-$U_GROUPS", &c, ":", &reason));
	c.user = "ab";
	ck_assert_str_eq(expanded("$USER-$U_GROUPS", &c, ":", &reason),
	    "ab-20|ab-30|ab-40");
}
END_TEST

START_TEST(valid_ids_are_unsigned)
{
	struct caller c = ann();
	const char *reason;

	c.uid = 4294967294U;
	c.gid = 4294967293U;
	ck_assert_str_eq(expanded("$U_UID $U_GID", &c, "", &reason),
	    "4294967294|4294967293");
}
END_TEST

START_TEST(valid_head_and_tail_of_a_word)
{
	struct words words = { 0 };
	struct word tail;
	struct strv out = strv_new(a);
	struct caller c = ann();
	const char *reason;

	ck_assert(
	    value_words_split(&words, a, "--w=$HOME/x $PWD '' --e=", &reason));
	ck_assert_uint_eq(words.n, 4);
	ck_assert_str_eq(value_words_head(&words.v[0]), "--w=");
	ck_assert_str_eq(value_words_head(&words.v[1]), "");
	ck_assert_str_eq(value_words_head(&words.v[2]), "");
	ck_assert(value_words_vary(&words.v[0]));
	ck_assert(!value_words_vary(&words.v[2]));
	ck_assert(!value_words_vary(&words.v[3]));
	ck_assert(value_words_have(&words.v[0], VAR_HOME));
	ck_assert(!value_words_have(&words.v[0], VAR_PWD));

	tail = value_words_tail(a, &words.v[0], 4);
	ck_assert_str_eq(value_words_head(&tail), "");
	ck_assert(value_words_expand(&tail, a, &c, "", &out, &reason));
	tail = value_words_tail(a, &words.v[0], 2);
	ck_assert_str_eq(value_words_head(&tail), "w=");
	/* The word itself is as it was. */
	ck_assert_str_eq(value_words_head(&words.v[0]), "--w=");
	tail = value_words_tail(a, &words.v[3], 4);
	ck_assert(value_words_expand(&tail, a, &c, "", &out, &reason));
	tail = value_words_tail(a, &words.v[2], 0);
	ck_assert(value_words_expand(&tail, a, &c, "", &out, &reason));
	ck_assert_str_eq(strv_join(&out, "|"), "/home/ann/x||");
}
END_TEST

START_TEST(limit_long_values_of_many_words)
{
	char *value = arena_alloc(a, 65536);
	struct words words = { 0 };
	const char *reason;

	for (size_t i = 0; i < 65535; i++)
		value[i] = i % 2 == 0 ? 'x' : ' ';
	ck_assert(value_words_split(&words, a, value, &reason));
	ck_assert_uint_eq(words.n, 32768);
	for (size_t i = 0; i + 5 <= 65535; i += 5)
		memcpy(value + i, "$USER", 5);
	words = (struct words) { 0 };
	ck_assert(value_words_split(&words, a, value, &reason));
	ck_assert_uint_gt(words.v[0].n, 10000);
}
END_TEST

Suite *
value_words_suite(void)
{
	Suite *s = suite_create("value_words");
	TCase *t = tcase_of(s, "words");

	EACH(t, valid_words_are_split_at_blanks_outside_quotes, split);
	EACH(t, junk_open_quotes_and_unknown_variables_are_errors, junk);
	ONE(t, valid_u_groups_repeats_the_word_for_each_group);
	EACH(t, valid_a_directory_s_name_stays_one_word, nasty);
	ONE(t, deny_a_working_directory_that_is_gone);
	ONE(t, deny_what_the_accounts_do_not_say);
	ONE(t, deny_a_separator_in_a_variable_but_not_in_the_text);
	ONE(t, deny_a_separator_in_one_of_many_groups_words);
	ONE(t, valid_ids_are_unsigned);
	ONE(t, valid_head_and_tail_of_a_word);
	ONE(t, limit_long_values_of_many_words);
	return s;
}
