/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/group_variable.h"

#include "core/policy/section.h"

#include "fixture.h"
#include "policy_world.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#define USES "[command:run]\nFORCED=--group-add=$U_GROUPS\n"

/* Answers for all groups that are asked for; how many. */
static size_t
answer(struct policy *p)
{
	static const struct group_known known[] = { { "root", 0 },
		{ "docker", 999 }, { "sudo", 27 }, { "wheel", 10 },
		{ "staff", 50 }, { "lab", 51 }, { "lab two", 52 },
		{ "wheels", 50 } };

	return groups_answer(p, "run", known, ROWS(known));
}

/* "50,51" */
static struct caller
caller_of(const char *text)
{
	gid_t *gids = arena_alloc(a, 32 * sizeof(*gids));
	struct caller c = { .uid = 1000, .gid = 1000, .user = "ann",
		.gids = gids };

	while (*text != '\0') {
		char *end;

		gids[c.ngids++] = (gid_t)strtoul(text, &end, 10);
		text = end + (*end == ',');
	}
	return c;
}

static const char *
text_of(const gid_t *gids, size_t n)
{
	struct strv texts = strv_new(a);

	for (size_t i = 0; i < n; i++)
		strv_pushf(&texts, "%lu", (unsigned long)gids[i]);
	return strv_join(&texts, " ");
}

static const struct {
	const char *policy, *gids, *left;
} rows[] = {
	{ USES, "50,51", "50 51" },
	{ USES, "", "" },
	/* what makes root stays out, wherever it stands */
	{ USES, "999", "" },
	{ USES, "50,999,51", "50 51" },
	{ USES, "999,50,27,51,10", "50 51" },
	{ USES, "0,50", "50" },
	/* a list of one's own takes the place of ours */
	{ "[main]\nRESTRICTEDGROUPS=lab\n" USES, "50,51,999", "50 999" },
	{ "[main]\nRESTRICTEDGROUPS=lab\n" USES, "0,51", "" },
	{ "[main]\nRESTRICTEDGROUPS=lab \"lab two\" staff\n" USES,
	    "50,51,52,53", "53" },
	{ "[main]\nRESTRICTEDGROUPS=lab\nRESTRICTEDGROUPS=staff\n" USES,
	    "50,51,52", "52" },
	{ "[main]\nRESTRICTEDGROUPS=\n" USES, "50,999", "50" },
	/* by the number, whatever the name */
	{ "[main]\nRESTRICTEDGROUPS=wheels\n" USES, "50,51", "51" },
	{ "[main]\nREQUIREGROUPS=false\nRESTRICTEDGROUPS=nosuch\n" USES,
	    "50,51", "50 51" },
	/* nobody wants to know */
	{ "[command:run]\n", "50,51", "" },
};

START_TEST(valid_what_makes_root_is_left_out)
{
	struct policy *p = policy_sound(rows[_i].policy);
	struct caller c = caller_of(rows[_i].gids), out;
	struct fault f = { 0 };
	const char *left;

	(void)answer(p);
	ck_assert_msg(group_variable_fill(&out, a, p, &c, &f), "%s", f.text);
	left = text_of(out.u_groups, out.nu_groups);
	ck_assert_msg(strcmp(left, rows[_i].left) == 0, "%s of %s: %s",
	    rows[_i].gids, rows[_i].policy, left);
	/* The caller himself is as he was. */
	ck_assert_str_eq(out.user, "ann");
	ck_assert_uint_eq(out.ngids, c.ngids);
	ck_assert_ptr_eq(out.gids, c.gids);
}
END_TEST

START_TEST(deny_groups_that_nobody_looked_up)
{
	struct policy *p = policy_sound(USES);
	struct caller c = caller_of("50,999"), out;
	struct fault f = { 0 };

	ck_assert(!group_variable_fill(&out, a, p, &c, &f));
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	ck_assert(strstr(f.text, "nobody looked up group 'root'") != NULL);
}
END_TEST

START_TEST(valid_groups_are_asked_for_where_they_matter)
{
	struct policy *p = policy_sound("[command:run]\nFORCED=--rm\n");

	ck_assert_uint_eq(answer(p), 0);
	p = policy_sound(USES);
	ck_assert_uint_gt(answer(p), 10);
	ck_assert_uint_eq(answer(p), 0);
	p = policy_sound("[main]\nRESTRICTEDGROUPS=lab staff lab\n" USES);
	ck_assert_uint_eq(answer(p), 2);
}
END_TEST

Suite *
group_variable_suite(void)
{
	Suite *s = suite_create("group_variable");
	TCase *t = tcase_of(s, "u_groups");

	EACH(t, valid_what_makes_root_is_left_out, rows);
	ONE(t, deny_groups_that_nobody_looked_up);
	ONE(t, valid_groups_are_asked_for_where_they_matter);
	return s;
}
