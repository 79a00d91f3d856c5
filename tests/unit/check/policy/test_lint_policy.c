/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of warnings are golden: tests/cases/findings. */
#include "check/policy/lint_policy.h"

#include "check/policy/lint_pattern.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static const struct {
	const char *pattern, *escaped; /* NULL: no dot means a dot */
} dots[] = {
	{ "ubuntu:14.04", "ubuntu:14\\.04" },
	{ "a.b.c/d:.*", "a\\.b\\.c/d:.*" },
	{ "a\\.b.c", "a\\.b\\.c" },
	{ "3.[0-9]+", "3\\.[0-9]+" },
	{ "(x.y|z)", "(x\\.y|z)" },
	{ "\\Qa.b\\Ec.d", "\\Qa.b\\Ec\\.d" },
	{ "alpine:.*", NULL },
	{ "a.*b", NULL },
	{ "a.+b", NULL },
	{ "a.?b", NULL },
	{ "a.{2}b", NULL },
	{ "a\\.b", NULL },
	{ "a[.]b", NULL },
	{ "[a.b]c", NULL },
	{ "[]a.b]c", NULL },
	{ "[^]a.b]c", NULL },
	{ "\\Qa.b\\E", NULL },
	{ "\\Qa.b", NULL },
	{ "a.", NULL },
	{ ".a", NULL },
	{ "a\\", NULL },
	{ "[", NULL },
	{ "", NULL },
};

START_TEST(valid_dots)
{
	ck_assert_pstr_eq(lint_pattern_escaped(a, dots[_i].pattern),
	    dots[_i].escaped);
}
END_TEST

static const struct {
	const char *pattern;
	bool any;
} starts[] = {
	{ ".*", true }, { ".+x", true }, { "(.*/a|b)", true }, { "^.*", true },
	{ "a.*", false }, { ".a", false }, { "\\.*", false }, { "[.]*", false },
	{ "", false },
};

START_TEST(valid_starts)
{
	ck_assert(lint_pattern_any_start(starts[_i].pattern) == starts[_i].any);
}
END_TEST

static const struct {
	const char *pattern, *found;
} quantified[] = {
	{ "$USER?", "$USER?" }, { "a/$U_UID*b", "$U_UID*" },
	{ "$USER-$HOME+", "$HOME+" }, { "$USER{2}", "$USER{" },
	{ "$USER", NULL }, { "($USER)?", NULL }, { "\\$USER?", NULL },
	{ "a$?", NULL }, { "[$]USER?", NULL }, { "$USER.*", NULL },
};

START_TEST(valid_quantified)
{
	ck_assert_pstr_eq(lint_pattern_quantified(a,
	    quantified[_i].pattern), quantified[_i].found);
}
END_TEST

static const struct {
	const char *pattern, *found;
} going_on[] = {
	{ "$USER.*", "$USER.*" }, { "a/$U_UID.+", "$U_UID.+" },
	{ "$USER.", "$USER." }, { "$U_UID\\w*", "$U_UID\\w*" },
	{ "$U_UID[0-9]*", "$U_UID[0-9]*" }, { "$USER[a-z]+x", "$USER[a-z]+" },
	{ "$U_UID(.*|x)", "$U_UID(.*" }, { "$USER(?:.*)", "$USER(?:.*" },
	{ "$U_UID-.*$USER.+", "$USER.+" },
	{ "$U_UID", NULL }, { "$U_UID-.*", NULL }, { "$USER/.*", NULL },
	{ "$U_UID[-_].*", NULL }, { "$U_UID[a-z]*", NULL },
	{ "$USER\\..*", NULL }, { "\\$USER.*", NULL }, { ".*", NULL },
};

START_TEST(valid_going_on)
{
	ck_assert_pstr_eq(lint_pattern_going_on(a, going_on[_i].pattern),
	    going_on[_i].found);
}
END_TEST

static struct policy *
policy_of(const char *text, struct policy_faults *faults)
{
	struct policy *p = policy_new(a);
	struct fault fault = { 0 };
	size_t n = 0;

	*faults = (struct policy_faults) { .arena = a };
	policy_collect(p, faults);
	(void)policy_add(p, "f", text, strlen(text), false, &fault);
	ck_assert_int_eq(fault.kind, FAULT_NONE);
	(void)policy_groups(p, NULL, &n);
	return p;
}

START_TEST(valid_users)
{
	struct policy_faults faults;
	struct policy *p = policy_of("[command:run user:b]\n"
	    "[command:run user:a]\n[command:ps user:b]\n[command:ps group:c]\n"
	    "[command:ps]\n[main]\n", &faults);
	struct strv users = lint_policy_users(a, p);

	ck_assert_str_eq(strv_join(&users, " "), "b a");
}
END_TEST

/* File and line are data; nothing is taken apart again. */
START_TEST(valid_faults)
{
	struct policy_faults faults;
	struct policy *p = policy_of("[command:run]\nWRONG=1\n"
	    "ALLOWEDIMAGES=a: *: b(\n[command:run group:gone]\n", &faults);
	struct findings f = findings_new(a);

	ck_assert_uint_eq(faults.n, 1);
	ck_assert_str_eq(faults.v[0].file, "f");
	ck_assert_uint_eq(faults.v[0].line, 2);
	ck_assert_str_eq(faults.v[0].reason, "unknown key 'WRONG'");
	lint_policy_faults(&f, p, &faults);
	ck_assert_uint_eq(f.n, 3);
	findings_sort(&f);
	ck_assert_str_eq(finding_line(a, &f.v[0]),
	    "f:2: error: unknown key 'WRONG'");
	ck_assert_uint_eq(f.v[1].line, 3);
	ck_assert_uint_eq(f.v[2].line, 4);
}
END_TEST

/* A file of nothing but faults is not read to its end. */
START_TEST(valid_faults_are_not_all_told)
{
	static const char *const bad[] = { "WRONG=1\n", "wrong\n" };
	struct strv text = strv_new(a);
	struct policy_faults faults;

	strv_push(&text, "[command:run]\n");
	for (int i = 0; i < POLICY_FAULTS_MAX; i++)
		strv_push(&text, bad[_i]);
	(void)policy_of(strv_join(&text, ""), &faults);
	ck_assert_uint_eq(faults.n, POLICY_FAULTS_MAX);
	ck_assert_ptr_null(strstr(faults.v[faults.n - 1].reason, "and more"));
	for (int i = 0; i < 5000; i++)
		strv_push(&text, bad[_i]);
	(void)policy_of(strv_join(&text, ""), &faults);
	ck_assert_uint_eq(faults.n, POLICY_FAULTS_MAX + 1);
	ck_assert_str_eq(faults.v[POLICY_FAULTS_MAX].reason,
	    "and more, of which nothing is said");
	ck_assert_uint_eq(faults.v[POLICY_FAULTS_MAX].line,
	    POLICY_FAULTS_MAX + 2);
}
END_TEST

/* No look at all others for each section. */
START_TEST(valid_many_sections)
{
	struct strv text = strv_new(a);
	struct policy_faults faults;
	struct findings f = findings_new(a);
	struct lint_facts facts = { 0 };
	struct policy *p;

	for (int i = 0; i < 4000; i++)
		strv_pushf(&text, "[command:run user:u%d]\n"
		    "WHITELIST=--privileged, -v|--volume list\n"
		    "[command:start user:u%d]\n[command:pull user:u%d]\n",
		    i, i, i);
	p = policy_of(strv_join(&text, ""), &faults);
	lint_policy_faults(&f, p, &faults);
	ck_assert_uint_eq(f.n, 0);
	lint_policy(&f, p, &facts);
	findings_sort(&f);
	ck_assert_uint_eq(f.n, 24000);
}
END_TEST

Suite *
lint_policy_suite(void)
{
	Suite *s = suite_create("lint_policy");
	TCase *t = tcase_of(s, "patterns");

	EACH(t, valid_dots, dots);
	EACH(t, valid_starts, starts);
	EACH(t, valid_quantified, quantified);
	EACH(t, valid_going_on, going_on);
	t = tcase_of(s, "policies");
	ONE(t, valid_users);
	ONE(t, valid_faults);
	tcase_add_loop_test(t, valid_faults_are_not_all_told, 0, 2);
	ONE(t, valid_many_sections);
	return s;
}
