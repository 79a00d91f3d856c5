/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/policy_key.h"

#include "core/policy/policy.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

START_TEST(valid_every_key_is_found_by_its_name_and_id)
{
	const struct policy_key *k = policy_key_get((enum key_id)_i);

	ck_assert_int_eq(k->id, _i);
	ck_assert_ptr_eq(policy_key_find(k->name), k);
	ck_assert_int_ne(k->where, 0);
	ck_assert_uint_gt(strlen(k->doc), 5);
	/* inih cuts names at 49 bytes, policy_lines.c has 40 */
	ck_assert_uint_lt(strlen(k->name), 33);
	ck_assert_str_eq(policy_key_near(k->name), k->name);
}
END_TEST

static const char *const unknown[] = { "", "whitelist", "Whitelist", "WHITE",
	"WHITELIST ", " WHITELIST", "WHITELISTS", "WHITELST", "KEY" };

START_TEST(junk_a_key_is_its_exact_name)
{
	ck_assert_ptr_null(policy_key_find(unknown[_i]));
}
END_TEST

static const struct {
	const char *name, *near;
} typos[] = {
	{ "WHITELST", "WHITELIST" },
	{ "WHITELISTS", "WHITELIST" },
	{ "WHITTELIST", "WHITELIST" },
	{ "whitelist", "WHITELIST" },
	{ "Blacklist", "BLACKLIST" },
	{ "BLAKLIST", "BLACKLIST" },
	{ "FORCE", "FORCED" },
	{ "DEFAULT", "DEFAULTS" },
	{ "ALLOWDIMAGES", "ALLOWEDIMAGES" },
	{ "RESTRICTEDIMAGE", "RESTRICTEDIMAGES" },
	{ "UIDMUSTMATCHED", "UIDMUSTMATCH" },
	{ "ERRORONBLACKLISTED", "ERROR_ON_BLACKLISTED" },
	{ "REQUIREGROUP", "REQUIREGROUPS" },
	{ "RUN_AS", "RUNAS" },
	{ "SOMETHINGELSE", NULL },
	{ "X", NULL },
	{ "", NULL },
	{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL }, /* 32 */
	{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL },
	{ "WHITELISTWHITELISTWHITELISTWHITELISTWHITELIST", NULL },
};

START_TEST(valid_a_near_miss_is_told)
{
	ck_assert_pstr_eq(policy_key_near(typos[_i].name), typos[_i].near);
}
END_TEST

static const struct {
	enum key_id id;
	enum key_where where;
	bool scalar;
} kinds[] = {
	{ KEY_WHITELIST, WHERE_BOTH, false },
	{ KEY_BLACKLIST, WHERE_BOTH, false },
	{ KEY_FORCED, WHERE_COMMAND, false },
	{ KEY_DEFAULTS, WHERE_COMMAND, false },
	{ KEY_ALLOWEDIMAGES, WHERE_COMMAND, false },
	{ KEY_RESTRICTEDIMAGES, WHERE_COMMAND, false },
	{ KEY_ALLOWEDVALUES, WHERE_COMMAND, false },
	{ KEY_RESTRICTEDVALUES, WHERE_COMMAND, false },
	{ KEY_MAXVALUES, WHERE_COMMAND, false },
	{ KEY_ALLOWEDPATHS, WHERE_COMMAND, false },
	{ KEY_RESTRICTEDPATHS, WHERE_COMMAND, false },
	{ KEY_ALLOWEDVOLUMES, WHERE_COMMAND, false },
	{ KEY_ALLOWEDPORTS, WHERE_COMMAND, false },
	{ KEY_UIDMUSTMATCH, WHERE_COMMAND, true },
	{ KEY_ROOTINSIDE, WHERE_COMMAND, true },
	{ KEY_MAXCONTAINERS, WHERE_COMMAND, true },
	{ KEY_OWNBYUSER, WHERE_MAIN, true },
	{ KEY_REQUIREGROUPS, WHERE_MAIN, true },
	{ KEY_ERROR_ON_BLACKLISTED, WHERE_MAIN, true },
	{ KEY_DOCKERPATH, WHERE_MAIN, true },
	{ KEY_DOCKERHOST, WHERE_MAIN, true },
	{ KEY_RUNAS, WHERE_MAIN, true },
	{ KEY_RESTRICTEDGROUPS, WHERE_MAIN, false },
	{ KEY_INCLUDE, WHERE_MAIN, false },
	{ KEY_CONTACT, WHERE_MAIN, true },
	{ KEY_AUDIT, WHERE_MAIN, true },
};

START_TEST(valid_where_a_key_stands_and_how_often)
{
	const struct policy_key *k = policy_key_get(kinds[_i].id);

	ck_assert_int_eq(k->where, kinds[_i].where);
	ck_assert_int_eq(policy_key_scalar(k), kinds[_i].scalar);
}
END_TEST

/* What holds by itself must be what a section could say, in one word. */
START_TEST(valid_every_standard_reads)
{
	const struct policy_key *k = policy_key_get((enum key_id)_i);
	struct fault f = { 0 };
	const char *text;

	if (k->standard == NULL)
		return;
	ck_assert(policy_key_scalar(k));
	ck_assert_int_ne(k->type, TYPE_NUMBER);
	text = arena_printf(a, "[%s]\n%s=%.*s\n", k->where == WHERE_MAIN
	    ? "main" : "command:run", k->name,
	    (int)strcspn(k->standard, "|"), k->standard);
	ck_assert_msg(policy_add(policy_new(a), "f", text, strlen(text), false,
	    &f), "%s", f.text);
}
END_TEST

Suite *
policy_key_suite(void)
{
	Suite *s = suite_create("policy_key");
	TCase *t = tcase_of(s, "policy_key");

	tcase_add_loop_test(t, valid_every_key_is_found_by_its_name_and_id, 0,
	    KEY_COUNT);
	EACH(t, junk_a_key_is_its_exact_name, unknown);
	EACH(t, valid_a_near_miss_is_told, typos);
	EACH(t, valid_where_a_key_stands_and_how_often, kinds);
	tcase_add_loop_test(t, valid_every_standard_reads, 0, KEY_COUNT);
	return s;
}
