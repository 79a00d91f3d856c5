/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/effective.h"

#include "fixture.h"
#include "policy_world.h"
#include "suites.h"

#include <string.h>

/* Groups are named after their gids: ten twenty thirty forty; others unknown */
static struct policy *
policy_of(const char *text)
{
	static const struct group_known known[] = { { "ten", 10 },
		{ "twenty", 20 }, { "thirty", 30 }, { "forty", 40 } };
	struct policy *p = policy_sound(text);

	groups_answer(p, NULL, known, ROWS(known));
	return p;
}

/* False: f says why. */
static bool
merge(struct effective *e, const char *text, const struct caller *c,
    const char *command, struct fault *f)
{
	struct policy *p = policy_of(text);
	struct settings settings = { 0 };

	*e = (struct effective) { 0 };
	*f = (struct fault) { 0 };
	return effective_main(e, &settings, a, p, c, f) &&
	    effective_command(e, a, p, c, docker_command_named(command),
		f);
}

static struct effective
merged(const char *text, const char *command)
{
	struct caller c = ann();
	struct effective e;
	struct fault f;

	ck_assert_msg(merge(&e, text, &c, command, &f), "%s", f.text);
	return e;
}

/* "--env=A --env=B", without variables */
static const char *
flags(const struct flag_settings *words)
{
	struct caller c = ann();
	struct strv out = strv_new(a);

	for (size_t i = 0; i < words->n; i++) {
		struct strv values = strv_new(a);
		const char *reason;

		ck_assert(value_words_expand(
		    &words->v[i].value, a, &c, "", &values, &reason));
		strv_pushf(&out, "%s=%s", docker_flag_name(a, words->v[i].flag),
		    strv_join(&values, "+"));
	}
	return strv_join(&out, " ");
}

static const char *
names(const struct flagset *set)
{
	struct strv out = strv_new(a);

	for (size_t i = 0; i < set->n; i++)
		strv_push(&out, docker_flag_name(a, set->v[i]));
	return strv_join(&out, " ");
}

static const char *
texts(const struct patterns *p)
{
	struct strv out = strv_new(a);

	for (size_t i = 0; i < p->n; i++)
		strv_push(&out, p->v[i].text);
	return strv_join(&out, " ");
}

static const struct {
	const char *title;
	bool applies;
} sections[] = {
	{ "command:run", true },
	{ "command:run group:ten", true }, /* the primary group */
	{ "command:run group:twenty", true },
	{ "command:run group:thirty", true },
	{ "command:run group:forty", false },
	{ "command:run user:ann", true },
	{ "command:run user:bob", false },
	{ "command:run user:Ann", false },
	{ "command:run user:anna", false },
	{ "command:run user:an", false },
	{ "command:run user:1000", false },
	{ "command:run group:ann", false },
	{ "command:run user:ten", false },
	{ "command:exec", false },
	{ "command:create", false },
	{ "command:container run", true },
	{ "main", false },
};

START_TEST(valid_a_command_is_allowed_where_a_section_applies)
{
	struct effective e = merged(arena_printf(a,
	    "[main]\nREQUIREGROUPS=false\n[%s]\n", sections[_i].title), "run");

	ck_assert_uint_eq(e.rules.n, sections[_i].applies ? 1 : 0);
}
END_TEST

START_TEST(deny_an_empty_policy_offers_nothing)
{
	ck_assert_uint_eq(merged("", "run").rules.n, 0);
	ck_assert_uint_eq(merged("[main]\nWHITELIST=-D\n", "run").rules.n, 0);
}
END_TEST

static const char shuffled[] =
    "[command:run user:ann]\nALLOWEDIMAGES=u\nFORCED=-e U\nWHITELIST=--tty\n"
    "[command:run group:thirty]\nALLOWEDIMAGES=g30\nFORCED=-e G30\n"
    "[command:run]\nALLOWEDIMAGES=all1 all2\nFORCED=-e ALL\nWHITELIST=--rm\n"
    "[command:run group:forty]\nALLOWEDIMAGES=g40\nFORCED=-e G40\n"
    "[command:run group:ten]\nALLOWEDIMAGES=g10\nFORCED=-e G10\n"
    "[command:run]\nALLOWEDIMAGES=all3\nFORCED=-e ALL3\nWHITELIST=--init\n"
    "[command:run user:bob]\nALLOWEDIMAGES=bob\nFORCED=-e BOB\n";

START_TEST(valid_general_then_groups_in_file_order_then_user)
{
	struct effective e = merged(shuffled, "run");

	ck_assert_uint_eq(e.rules.n, 5);
	ck_assert_str_eq(texts(&e.allowed_images), "all1 all2 all3 g30 g10 u");
	ck_assert_str_eq(flags(&e.forced),
	    "--env=ALL --env=ALL3 --env=G30 --env=G10 --env=U");
	ck_assert_str_eq(names(&e.white), "--rm --init --tty");
}
END_TEST

START_TEST(valid_lists_accumulate)
{
	struct effective e = merged("[command:run]\nWHITELIST=--rm\n"
	    "WHITELIST=--rm,-i|--interactive\nBLACKLIST=--privileged\n"
	    "RESTRICTEDIMAGES=a\nRESTRICTEDIMAGES=b c\n"
	    "[command:run]\nBLACKLIST=-u|--user string\nRESTRICTEDIMAGES=d\n"
	    "[command:run user:ann]\nWHITELIST=--tty\nRESTRICTEDIMAGES=e\n"
	    "BLACKLIST=--privileged,--init\n", "run");

	ck_assert_str_eq(names(&e.white), "--rm --interactive --tty");
	ck_assert_str_eq(names(&e.black), "--privileged --user --init");
	ck_assert_str_eq(texts(&e.restricted_images), "a b c d e");
}
END_TEST

static const struct {
	const char *text, *forced, *defaults;
} specific[] = {
	/* of a single-valued flag the most specific stays */
	{ "[command:run]\nFORCED=-m 1g\nDEFAULTS=-m 1g\n"
	  "[command:run user:ann]\nFORCED=-m 3g\nDEFAULTS=-m 3g\n"
	  "[command:run group:twenty]\nFORCED=-m 2g\nDEFAULTS=-m 2g\n",
	    "--memory=3g", "--memory=3g" },
	/* several groups: the last in the file */
	{ "[command:run group:thirty]\nFORCED=-m 3g\nDEFAULTS=-m 3g\n"
	  "[command:run group:twenty]\nFORCED=-m 2g\nDEFAULTS=-m 2g\n"
	  "[command:run group:forty]\nFORCED=-m 4g\nDEFAULTS=-m 4g\n"
	  "[command:run]\nFORCED=-m 1g\nDEFAULTS=-m 1g\n",
	    "--memory=2g", "--memory=2g" },
	/* bools, too, and other spellings of the flag */
	{ "[command:run]\nFORCED=--rm -it\nDEFAULTS=--rm=false\n"
	  "[command:run user:ann]\nFORCED=-i=false\nDEFAULTS=--rm\n",
	    "--rm=true --tty=true --interactive=false", "--rm=true" },
	{ "[command:run]\nFORCED=--user=1:1 --rm\n"
	  "[command:run user:ann]\nFORCED=-u 2:2\n",
	    "--rm=true --user=2:2", "" },
	/* within one section: the last */
	{ "[command:run]\nFORCED=-m 1g -m 2g\nFORCED=-m 3g\n",
	    "--memory=3g", "" },
	/* lists in FORCED add up */
	{ "[command:run]\nFORCED=-e A -v /a:/a\n"
	  "[command:run user:ann]\nFORCED=-e B\n",
	    "--env=A --volume=/a:/a --env=B", "" },
	{ "[command:run]\nFORCED=-e A -e A\n", "--env=A --env=A", "" },
	/* lists in DEFAULTS: the most specific section's, all of them */
	{ "[command:run]\nDEFAULTS=--dns=1 --dns=2 --rm\n"
	  "[command:run user:ann]\nDEFAULTS=--dns=3 --dns=4\n",
	    "", "--rm=true --dns=3 --dns=4" },
	{ "[command:run]\nDEFAULTS=--dns=1\n[command:run]\nDEFAULTS=--dns=2\n",
	    "", "--dns=1 --dns=2" },
	{ "[command:run group:ten]\nDEFAULTS=--dns=1\n"
	  "[command:run group:twenty]\nDEFAULTS=--dns=2\n",
	    "", "--dns=2" },
	{ "[command:run]\nDEFAULTS=--dns=1 -e A\n"
	  "[command:run user:ann]\nDEFAULTS=--dns=2\n",
	    "", "--env=A --dns=2" },
	/* an empty value is no value */
	{ "[command:run]\nFORCED=-m 1g\n[command:run user:ann]\nFORCED=\n",
	    "--memory=1g", "" },
	/* $U_GROUPS */
	{ "[command:run]\nFORCED=--group-add=$U_GROUPS\n",
	    "--group-add=20+30", "" },
};

START_TEST(valid_the_most_specific_wins)
{
	struct effective e = merged(specific[_i].text, "run");

	ck_assert_str_eq(flags(&e.forced), specific[_i].forced);
	ck_assert_str_eq(flags(&e.defaults), specific[_i].defaults);
}
END_TEST

static const struct {
	const char *text;
	bool must_match, stands;
} uid_must_match[] = {
	{ "[command:rm]\n", true, false },
	{ "[command:rm]\nUIDMUSTMATCH=\n", true, false },
	{ "[command:rm]\nUIDMUSTMATCH=true\n", true, true },
	{ "[command:rm]\nUIDMUSTMATCH=false\n", false, false },
	/* for one user only */
	{ "[command:rm]\n[command:rm user:ann]\nUIDMUSTMATCH=false\n", false,
	    false },
	{ "[command:rm]\n[command:rm user:bob]\nUIDMUSTMATCH=false\n", true,
	    false },
	{ "[command:rm]\n[command:rm group:twenty]\nUIDMUSTMATCH=false\n",
	    false, false },
	{ "[command:rm]\n[command:rm group:forty]\nUIDMUSTMATCH=false\n", true,
	    false },
	{ "[command:rm]\n[command:exec]\nUIDMUSTMATCH=false\n", true, false },
	/* once on it stays on, whatever is more specific */
	{ "[command:rm]\nUIDMUSTMATCH=true\n"
	  "[command:rm user:ann]\nUIDMUSTMATCH=false\n", true, true },
	{ "[command:rm]\nUIDMUSTMATCH=false\n"
	  "[command:rm user:ann]\nUIDMUSTMATCH=true\n", true, true },
	{ "[command:rm user:ann]\nUIDMUSTMATCH=false\n"
	  "[command:rm]\nUIDMUSTMATCH=true\n", true, true },
	{ "[command:rm group:ten]\nUIDMUSTMATCH=true\n"
	  "[command:rm group:twenty]\nUIDMUSTMATCH=false\n", true, true },
	{ "[command:rm group:forty]\nUIDMUSTMATCH=true\n"
	  "[command:rm]\nUIDMUSTMATCH=false\n", false, false },
};

START_TEST(deny_uidmustmatch_is_on_unless_it_is_off_everywhere)
{
	struct effective e = merged(uid_must_match[_i].text, "rm");

	ck_assert_int_eq(e.uid_must_match, uid_must_match[_i].must_match);
	ck_assert_int_eq(e.uid_stands, uid_must_match[_i].stands);
}
END_TEST

static const struct {
	const char *text;
	bool root_inside;
} root_inside[] = {
	{ "[command:run]\n", false },
	{ "[command:run]\nROOTINSIDE=\n", false },
	{ "[command:run]\nROOTINSIDE=true\n", true },
	{ "[command:run]\nROOTINSIDE=false\n", false },
	{ "[command:run]\nROOTINSIDE=true\n"
	  "[command:run user:ann]\nROOTINSIDE=false\n", false },
	{ "[command:run user:ann]\nROOTINSIDE=false\n"
	  "[command:run]\nROOTINSIDE=true\n", false },
	{ "[command:run]\n[command:run user:ann]\nROOTINSIDE=true\n", true },
	{ "[command:run]\n[command:run user:bob]\nROOTINSIDE=true\n", false },
	{ "[command:run]\n[command:exec]\nROOTINSIDE=true\n", false },
};

START_TEST(deny_rootinside_is_off_unless_the_most_specific_says_so)
{
	ck_assert_int_eq(merged(root_inside[_i].text, "run").root_inside,
	    root_inside[_i].root_inside);
}
END_TEST

static const struct {
	const char *text;
	const char *fault; /* NULL: none */
} requires[] = {
	{ "[command:run group:nosuch]\n", "f:1: the accounts do not know group "
	    "'nosuch'" },
	{ "[command:run]\n[command:run group:nosuch]\n", "f:2: the accounts" },
	{ "[main]\nREQUIREGROUPS=true\n[command:run group:nosuch]\n",
	    "f:3: the accounts do not know" },
	{ "[main]\nREQUIREGROUPS=false\n[command:run group:nosuch]\n", NULL },
	{ "[command:run group:nosuch]\n[main]\nREQUIREGROUPS=false\n", NULL },
	{ "[command:run group:forty]\n", NULL },
	/* other commands' sections restrict nothing here */
	{ "[command:run]\n[command:exec group:nosuch]\n", NULL },
	{ "[command:run]\n[command:run user:nosuch]\n", NULL },
};

START_TEST(deny_a_group_that_the_accounts_do_not_know)
{
	struct caller c = ann();
	struct effective e;
	struct fault f;
	bool good = merge(&e, requires[_i].text, &c, "run", &f);

	if (requires[_i].fault == NULL) {
		ck_assert_msg(good, "%s", f.text);
		return;
	}
	ck_assert(!good);
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	ck_assert_msg(strncmp(f.text, requires[_i].fault,
	    strlen(requires[_i].fault)) == 0, "%s", f.text);
}
END_TEST

/* Not looked up is not the same as not a member. */
START_TEST(deny_a_group_that_nobody_looked_up)
{
	static const char text[] = "[main]\nREQUIREGROUPS=false\n"
				   "[command:run group:twenty]\n";
	struct policy *p = policy_new(a);
	struct caller c = ann();
	struct effective e = { 0 };
	struct fault f = { 0 };

	ck_assert(policy_add(p, "f", text, strlen(text), false, &f));
	ck_assert(!effective_applies(p->sections[1], &c));
	ck_assert(!effective_command(&e, a, p, &c, docker_command_named("run"),
	    &f));
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	ck_assert_ptr_nonnull(strstr(f.text, "nobody looked up group"));
}
END_TEST

/* gid 0 of a group that is not known is not root's. */
START_TEST(deny_an_unknown_group_is_nobody_s)
{
	static const char text[] = "[main]\nREQUIREGROUPS=false\n"
				   "[command:run group:nosuch]\n";
	struct caller root = { .uid = 0, .gid = 0, .user = "root" };
	struct effective e;
	struct fault f;

	ck_assert(merge(&e, text, &root, "run", &f));
	ck_assert_uint_eq(e.rules.n, 0);
}
END_TEST

static const struct {
	const char *text;
	const char *docker, *engine;
	bool per_user, as_root, audit;
	const char *contact;
} mains[] = {
	{ "", "/usr/bin/docker", "unix:///var/run/docker.sock", false, false,
	    true, NULL },
	{ "[main]\nDOCKERPATH=/opt/docker\n", "/opt/docker",
	    "unix:///var/run/docker.sock", false, false, true, NULL },
	{ "[main]\nDOCKERPATH='/opt/my docker'\n", "/opt/my docker",
	    "unix:///var/run/docker.sock", false, false, true, NULL },
	{ "[main]\nDOCKERHOST=unix:///run/user/$U_UID/docker.sock\n",
	    "/usr/bin/docker", "unix:///run/user/1000/docker.sock", true,
	    false, true, NULL },
	{ "[main]\nDOCKERHOST=unix:///run/\\$U_UID\n", "/usr/bin/docker",
	    "unix:///run/$U_UID", false, false, true, NULL },
	{ "[main]\nRUNAS=root\nAUDIT=off\nCONTACT=ask 'us'\n",
	    "/usr/bin/docker", "unix:///var/run/docker.sock", false, true,
	    false, "ask 'us'" },
	{ "[main]\nRUNAS=caller\n[main]\nAUDIT=syslog\n", "/usr/bin/docker",
	    "unix:///var/run/docker.sock", false, false, true, NULL },
};

START_TEST(valid_main_settings_and_their_defaults)
{
	struct settings s = { 0 };
	struct effective e = { 0 };
	struct caller c = ann();
	struct fault f = { 0 };

	ck_assert(effective_main(&e, &s, a, policy_of(mains[_i].text), &c,
	    &f));
	ck_assert_str_eq(s.docker, mains[_i].docker);
	ck_assert_str_eq(s.engine, mains[_i].engine);
	ck_assert_int_eq(s.engine_per_user, mains[_i].per_user);
	ck_assert_int_eq(s.as_root, mains[_i].as_root);
	ck_assert_int_eq(!s.unaudited, mains[_i].audit);
	ck_assert_pstr_eq(s.contact, mains[_i].contact);
}
END_TEST

/* A user's name with a slash leads to no other socket. */
START_TEST(deny_a_variable_that_changes_the_engine_s_path)
{
	struct settings s = { 0 };
	struct effective e = { 0 };
	struct caller c = ann();
	struct fault f = { 0 };

	c.user = "../x";
	ck_assert(!effective_main(&e, &s, a,
	    policy_of("[main]\nDOCKERHOST=unix:///run/$USER.sock\n"), &c, &f));
	ck_assert_int_eq(f.kind, FAULT_POLICY);
}
END_TEST

START_TEST(valid_main_flags_and_booleans)
{
	struct effective e = merged("[main]\nWHITELIST=-D|--debug\n"
	    "BLACKLIST=-l string\nERROR_ON_BLACKLISTED=false\nOWNBYUSER=true\n"
	    "[command:run]\n", "run");

	ck_assert_str_eq(names(&e.global_white), "--debug");
	ck_assert_str_eq(names(&e.global_black), "--log-level");
	ck_assert_uint_eq(e.white.n, 0);
	ck_assert(!e.error_on_blacklisted);
	ck_assert(e.own_by_user);
	e = merged("[command:run]\n", "run");
	ck_assert(e.error_on_blacklisted);
	ck_assert(!e.own_by_user);
}
END_TEST

/* What sections say of docker's unknown flags must agree. */
START_TEST(junk_specs_of_two_sections_that_contradict)
{
	struct caller c = ann();
	struct effective e;
	struct fault f;

	ck_assert(!merge(&e, "[command:run]\nWHITELIST=--zap\n"
	    "[command:run user:ann]\nBLACKLIST=--zap list\n", &c, "run", &f));
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	ck_assert_msg(strncmp(f.text, "f:4: BLACKLIST: ", 16) == 0, "%s",
	    f.text);
	/* a section for somebody else is no matter */
	ck_assert(merge(&e, "[command:run]\nWHITELIST=--zap\n"
	    "[command:run user:bob]\nBLACKLIST=--zap list\n", &c, "run", &f));
}
END_TEST

START_TEST(junk_bad_patterns_of_sections_that_apply)
{
	struct caller c = ann();
	struct effective e;
	struct fault f;

	ck_assert(!merge(&e, "[command:run]\nALLOWEDIMAGES=a [\n", &c, "run",
	    &f));
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	ck_assert_msg(strncmp(f.text, "f:2: ALLOWEDIMAGES: bad pattern", 31) ==
	    0, "%s", f.text);
	ck_assert(merge(&e, "[command:run]\n[command:run user:bob]\n"
	    "ALLOWEDIMAGES=a [\n", &c, "run", &f));
}
END_TEST

START_TEST(valid_the_rules_name_the_sections)
{
	struct policy *p = policy_of(shuffled);
	struct effective e = { 0 };
	struct caller c = ann();
	struct fault f = { 0 };

	ck_assert(effective_command(&e, a, p, &c, docker_command_named("run"),
	    &f));
	ck_assert_uint_eq(e.rules.n, 5);
	ck_assert_str_eq(e.rules.v[4], "[command:run user:ann] (f:1)");
}
END_TEST

Suite *
effective_suite(void)
{
	Suite *s = suite_create("effective");
	TCase *t = tcase_of(s, "effective");

	EACH(t, valid_a_command_is_allowed_where_a_section_applies, sections);
	ONE(t, deny_an_empty_policy_offers_nothing);
	ONE(t, valid_general_then_groups_in_file_order_then_user);
	ONE(t, valid_lists_accumulate);
	EACH(t, valid_the_most_specific_wins, specific);
	EACH(t, deny_uidmustmatch_is_on_unless_it_is_off_everywhere,
	    uid_must_match);
	EACH(t, deny_rootinside_is_off_unless_the_most_specific_says_so,
	    root_inside);
	EACH(t, deny_a_group_that_the_accounts_do_not_know, requires);
	ONE(t, deny_a_group_that_nobody_looked_up);
	ONE(t, deny_an_unknown_group_is_nobody_s);
	EACH(t, valid_main_settings_and_their_defaults, mains);
	ONE(t, deny_a_variable_that_changes_the_engine_s_path);
	ONE(t, valid_main_flags_and_booleans);
	ONE(t, junk_specs_of_two_sections_that_contradict);
	ONE(t, junk_bad_patterns_of_sections_that_apply);
	ONE(t, valid_the_rules_name_the_sections);
	return s;
}
