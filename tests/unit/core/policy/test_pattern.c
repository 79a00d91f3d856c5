/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/pattern.h"

#include "fixture.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

/* What arenas took from libc so far. */
static size_t taken;

void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);

void *
__wrap_calloc(size_t n, size_t size)
{
	taken += n * size;
	return __real_calloc(n, size);
}

static const struct caller ann = { .uid = 1000, .gid = 1001, .user = "ann",
	.group = "domain users", .home = "/home/ann", .cwd = "/w" };

/* What the patterns say to the text; -1: they could not be read. */
static int
match(const char *patterns, const struct caller *c, const char *text)
{
	struct setting setting = { .value = patterns, .file = "f", .line = 1 };
	struct patterns p = { 0 };
	const struct pattern *which = NULL;
	enum pattern_result result;
	const char *reason;

	if (!patterns_read(&p, a, &setting, c, &reason))
		return -1;
	result = patterns_match(&p, text, &which);
	return (int)result;
}

static const struct {
	const char *patterns, *text;
} hits[] = {
	{ "alpine", "alpine" },
	{ "alpine:.*", "alpine:3.19" },
	{ "a|alpine|b", "alpine" },
	{ "^alpine$", "alpine" },
	{ "x alpine y", "alpine" },
	{ "  \t alpine\t", "alpine" },
	{ ".*", "" },
	{ "a.b", "a:b" },
	{ "a\\.b", "a.b" },
	{ "a\\x20b", "a b" },
	{ "[a-z]+/[^/]+", "ann/x" },
	{ "(?i)ALPINE", "alpine" },
	{ "(?:a|b)+c?", "abab" },
	{ "alp(?=ine)ine", "alpine" },
	{ "a\\$", "a$" },
	{ "a$", "a" },
	{ "$", "" },
	{ "a[$]", "a$" },
	{ "a$1|b", "b" },
	{ "'a'", "'a'" }, /* no quoting */
	{ "\"a\"", "\"a\"" },
	{ "#a", "#a" },
	{ "caf\xc3\xa9", "caf\xc3\xa9" },
	{ "caf..", "caf\xc3\xa9" }, /* bytes, not characters */
	/* variables */
	{ "$USER/.*", "ann/x" },
	{ "reg.example/$USER/app:.*", "reg.example/ann/app:1" },
	{ "u$U_UID-$U_GID", "u1000-1001" },
	{ "$HOME.*", "/home/ann/x" },
	{ "$USER$USER", "annann" },
	{ "\\\\$USER", "\\ann" },
	{ "$USER.x", "ann.x" },
	{ "($USER|bob)/x", "ann/x" },
	{ "\\$USER", "$USER" },
	{ "[\\$]USER", "$USER" },
	{ "(a)(b)\\2", "abb" },
	/* a line end is a byte like any other */
	{ "a.b", "a\nb" },
	{ ".*", "a\nb" },
	{ ".*", "a\n" },
	{ ".*b", "\r\n\nb" },
	{ "[^b]*", "a\n" },
};

START_TEST(valid_patterns_match_whole_texts)
{
	ck_assert_msg(match(hits[_i].patterns, &ann, hits[_i].text) ==
	    PATTERN_MATCHES, "%s on '%s'", hits[_i].patterns, hits[_i].text);
}
END_TEST

static const struct {
	const char *patterns, *text;
} misses[] = {
	{ "", "alpine" },
	{ " ", "alpine" },
	{ "alpine", "" },
	{ "alpine", "alpinex" },
	{ "alpine", "xalpine" },
	{ "alpine", "Alpine" },
	{ "alpine", "evil/alpine" },
	/* each side of a | is anchored at both ends */
	{ "a|b", "ax" },
	{ "a|b", "xb" },
	{ "a|b", "ab" },
	{ "alpine|", "x" },
	{ "a|alpine|b", "alpinex" },
	{ "(a|ab)", "abc" },
	{ "^a$|^b$", "ax" },
	{ "(?m)^a$", "a\nb" },
	{ "(?s).", "ab" },
	{ "al(*ACCEPT)pine", "alx" },
	{ "al\\Kpine", "alpinex" },
	{ "x?(?=alpine)", "alpine" },
	/* line ends */
	{ "a", "a\n" },
	{ "a$", "a\n" },
	{ "[^a]\\N", "b\n" },
	{ "(?-s)a.b", "a\nb" },
	{ "(?m)a$", "a\n" },
	{ "a\\Z", "a\n" },
	/* variables are text */
	{ "$USER/.*", "annx/x" },
	{ "$USER/.*", "ann" },
	{ "\\$USER", "ann" },
	{ "a\\.b", "axb" },
};

START_TEST(deny_anything_less_or_more_is_no_match)
{
	ck_assert_msg(match(misses[_i].patterns, &ann, misses[_i].text) ==
	    PATTERN_NONE, "%s on '%s'", misses[_i].patterns, misses[_i].text);
}
END_TEST

static const char *const junk[] = { "(", ")", "[", "a(b", "*", "+a", "?",
	"a{2,1}", "[z-a]", "\\", "(?<n>", "(?P<n", "(?z)", "\\g{9}", "\\1",
	"a(?R", "(?C", "\\C", "(*UTF)a", "(*UTF8)a", "(*NOSUCH)a", "[[:x:]]",
	"alpine (", "$NOSUCH", "$_", "$USERx", "x$U_GROUPS", "$U_GROUPS",
	"$path", "\\E\\x{fff}", "(*LIMIT_MATCH=x)a" };

START_TEST(junk_bad_patterns_are_refused)
{
	struct setting setting = { .value = junk[_i] };
	struct patterns p = { 0 };
	const char *reason = NULL;

	ck_assert_msg(!patterns_read(&p, a, &setting, &ann, &reason), "%s",
	    junk[_i]);
	ck_assert_ptr_nonnull(reason);
}
END_TEST

START_TEST(junk_the_reason_names_the_pattern)
{
	struct setting setting = { .value = "alpine b(ad ok" };
	struct patterns p = { 0 };
	const char *reason = NULL;

	ck_assert(!patterns_read(&p, a, &setting, &ann, &reason));
	ck_assert_msg(strstr(reason, "bad pattern 'b(ad'") != NULL, "%s",
	    reason);
	setting.value = "alpine $NOSUCH/x";
	ck_assert(!patterns_read(&p, a, &setting, &ann, &reason));
	ck_assert_msg(strstr(reason, "unknown variable $NOSUCH") != NULL, "%s",
	    reason);
}
END_TEST

/* Whatever is in a variable stands for itself and nothing else. */
static const char *const nasty[] = { ".*", "a|b", "(", ")", "[a-z]", "\\",
	"a\\", "\\E.*", "\\Q", "\\Qa\\E.*", "$", "^", "a{0,9}", "x' y", "a\tb",
	"a\nb", "a#b", "(?i)a", "$USER", "\\$USER", "-", "a.b@corp", "D\\ann",
	"\xc3\xa9\xff", "'", "\"", "a b", "]" };

START_TEST(deny_a_variable_s_value_is_no_pattern)
{
	static const char *const forms[] = { "x$USER/y", "x(?:$USER)/y",
		"(?x)x$USER/y", "nothing|x$USER/y" };
	struct caller c = ann;
	const char *same = arena_printf(a, "x%s/y", nasty[_i]);

	c.user = nasty[_i];
	for (int i = 0; i < ROWS(forms); i++) {
		ck_assert_msg(match(forms[i], &c, same) == PATTERN_MATCHES,
		    "%s with '%s'", forms[i], nasty[_i]);
		ck_assert_int_eq(match(forms[i], &c, "xQQQ/y"), PATTERN_NONE);
		ck_assert_int_eq(match(forms[i], &c, "xa/y"), PATTERN_NONE);
		ck_assert_int_eq(match(forms[i], &c, "x/y"), PATTERN_NONE);
	}
}
END_TEST

/* Between \Q and \E the backslashes before a value would be text themselves. */
START_TEST(deny_a_variable_between_q_and_e)
{
	ck_assert_int_eq(match("\\Q$USER\\E/x", &ann, "ann/x"), -1);
	ck_assert_int_eq(match("$USER\\Q.\\E", &ann, "ann."), -1);
	ck_assert_int_eq(match("\\Qa.b\\E", &ann, "a.b"), PATTERN_MATCHES);
	ck_assert_int_eq(match("\\Qa.b\\E", &ann, "axb"), PATTERN_NONE);
}
END_TEST

START_TEST(deny_a_variable_that_is_not_there)
{
	struct caller c = ann;

	c.cwd = NULL;
	ck_assert_int_eq(match("$PWD.*", &c, "/w"), -1);
	c.group = NULL;
	ck_assert_int_eq(match("alpine $GROUP", &c, "alpine"), -1);
	ck_assert_int_eq(match("alpine", &c, "alpine"), PATTERN_MATCHES);
}
END_TEST

START_TEST(valid_the_first_that_matches_is_told)
{
	struct setting one = { .value = "a b", .line = 1 };
	struct setting two = { .value = "b b", .line = 2 };
	struct patterns p = { 0 };
	const struct pattern *which = NULL;
	const char *reason;

	ck_assert(patterns_read(&p, a, &one, &ann, &reason));
	ck_assert(patterns_read(&p, a, &two, &ann, &reason));
	ck_assert_uint_eq(p.n, 4);
	ck_assert_int_eq(patterns_match(&p, "b", &which), PATTERN_MATCHES);
	ck_assert_ptr_eq(which, &p.v[1]);
	ck_assert_ptr_eq(which->setting, &one);
	ck_assert_str_eq(which->text, "b");
}
END_TEST

#define MANY 2000

/* PCRE2's room for a match is many times a pattern's. */
START_TEST(limit_the_memory_of_many_patterns)
{
	struct strv texts = strv_new(a);
	struct setting setting = { .line = 1 };
	struct patterns p = { 0 };
	const struct pattern *which = NULL;
	const char *reason;

	for (unsigned i = 0; i < MANY; i++)
		strv_pushf(&texts, "registry%u.example.org/team/.*:.*", i);
	setting.value = strv_join(&texts, " ");
	taken = 0;
	ck_assert(patterns_read(&p, a, &setting, &ann, &reason));
	ck_assert_uint_gt(taken, 0);
	ck_assert_uint_lt(taken, MANY * 2048);
	taken = 0;
	ck_assert_int_eq(patterns_match(&p, "alpine", &which), PATTERN_NONE);
	ck_assert_uint_gt(taken, 0);
	ck_assert_uint_lt(taken, 256 * 1024);
}
END_TEST

static const char *const slow[] = { "(a+)+$", "(a+)+", "(a|a)*", "(a|aa)+",
	"(.*a){25}", "(a?){30}a{30}", "((a*)*)*", "(?:(?:a+)+)+c?",
	"(?=(a+)+$)a+" };

START_TEST(limit_a_catastrophic_pattern_is_a_fault_and_not_no_match)
{
	char text[65];
	int result;

	memset(text, 'a', 64);
	text[63] = 'b';
	text[64] = '\0';
	result = match(slow[_i], &ann, text);
	ck_assert_msg(result == PATTERN_FAULT, "%s: %d", slow[_i], result);
}
END_TEST

/* Some hundred thousand steps are too many already. */
START_TEST(limit_the_steps_of_a_match)
{
	char text[64] = "";

	memset(text, 'a', 29);
	text[28] = 'b';
	ck_assert_int_eq(match("(a|aa)+", &ann, text), PATTERN_FAULT);
	text[5] = 'b';
	text[6] = '\0';
	ck_assert_int_eq(match("(a|aa)+", &ann, text), PATTERN_NONE);
}
END_TEST

/* The fault is not hidden by a pattern that would match behind it. */
START_TEST(limit_a_fault_is_told_even_where_another_would_match)
{
	char text[65];

	memset(text, 'a', 64);
	text[63] = 'b';
	text[64] = '\0';
	ck_assert_int_eq(match("(a|aa)+ .*", &ann, text), PATTERN_FAULT);
	ck_assert_int_eq(match(".* (a|aa)+", &ann, text), PATTERN_MATCHES);
}
END_TEST

/* A pattern cannot lift the limits. */
START_TEST(limit_a_pattern_cannot_lift_the_limits)
{
	char text[65];

	memset(text, 'a', 64);
	text[63] = 'b';
	text[64] = '\0';
	ck_assert_int_eq(match("(*LIMIT_MATCH=4000000000)(a|aa)+", &ann, text),
	    PATTERN_FAULT);
	ck_assert_int_eq(match("(*LIMIT_MATCH=1)(a|b)*", &ann, text),
	    PATTERN_FAULT);
}
END_TEST

START_TEST(limit_plain_patterns_do_long_texts)
{
	char *text = arena_alloc(a, 5001);

	memset(text, 'a', 5000);
	ck_assert_int_eq(match("[a-z]+", &ann, text), PATTERN_MATCHES);
	ck_assert_int_eq(match(".*b", &ann, text), PATTERN_NONE);
	ck_assert_int_eq(match("a*:latest", &ann, text), PATTERN_NONE);
}
END_TEST

START_TEST(too_long_a_pattern_has_at_most_4096_bytes)
{
	char *text = arena_alloc(a, PATTERN_MAX + 2);

	memset(text, 'a', PATTERN_MAX);
	ck_assert_int_eq(match(text, &ann, text), PATTERN_MATCHES);
	text[PATTERN_MAX] = 'a';
	ck_assert_int_eq(match(text, &ann, "x"), -1);
}
END_TEST

START_TEST(too_long_nesting_and_repeats_are_refused)
{
	char deep[300] = "";

	memset(deep, '(', 50);
	strcpy(deep + 50, "a");
	memset(deep + 51, ')', 50);
	ck_assert_int_eq(match(deep, &ann, "a"), PATTERN_MATCHES);
	memset(deep, '(', 51);
	strcpy(deep + 51, "a");
	memset(deep + 52, ')', 51);
	ck_assert_int_eq(match(deep, &ann, "a"), -1);
	ck_assert_int_eq(match("(((a{1,1000}){1,1000}){1,1000}){1,1000}", &ann,
	    "a"), -1);
}
END_TEST

START_TEST(limit_many_patterns)
{
	struct strv v = strv_new(a);

	for (int i = 0; i < 5000; i++)
		strv_pushf(&v, "reg%d.example/.*", i);
	ck_assert_int_eq(match(strv_join(&v, " "), &ann, "reg4999.example/x"),
	    PATTERN_MATCHES);
	ck_assert_int_eq(match(strv_join(&v, " "), &ann, "reg5000.example/x"),
	    PATTERN_NONE);
}
END_TEST

Suite *
pattern_suite(void)
{
	Suite *s = suite_create("pattern");
	TCase *t = tcase_of(s, "pattern");

	EACH(t, valid_patterns_match_whole_texts, hits);
	EACH(t, deny_anything_less_or_more_is_no_match, misses);
	EACH(t, junk_bad_patterns_are_refused, junk);
	ONE(t, junk_the_reason_names_the_pattern);
	EACH(t, deny_a_variable_s_value_is_no_pattern, nasty);
	ONE(t, deny_a_variable_between_q_and_e);
	ONE(t, deny_a_variable_that_is_not_there);
	ONE(t, valid_the_first_that_matches_is_told);
	ONE(t, limit_the_memory_of_many_patterns);
	EACH(t, limit_a_catastrophic_pattern_is_a_fault_and_not_no_match,
	    slow);
	ONE(t, limit_the_steps_of_a_match);
	ONE(t, limit_a_fault_is_told_even_where_another_would_match);
	ONE(t, limit_a_pattern_cannot_lift_the_limits);
	ONE(t, limit_plain_patterns_do_long_texts);
	ONE(t, too_long_a_pattern_has_at_most_4096_bytes);
	ONE(t, too_long_nesting_and_repeats_are_refused);
	ONE(t, limit_many_patterns);
	return s;
}
