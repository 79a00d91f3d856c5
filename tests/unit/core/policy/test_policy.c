/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/policy.h"

#include "core/policy/section.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define RUN "[command:run]\n"
#define MAIN "[main]\n"

/* The fault of the policy, or NULL: it is sound. */
static const char *
fault_of(const char *text)
{
	struct fault f = { 0 };

	if (policy_add(policy_new(a), "f", text, strlen(text), false, &f)) {
		ck_assert_int_eq(f.kind, FAULT_NONE);
		return NULL;
	}
	ck_assert_int_eq(f.kind, FAULT_POLICY);
	return f.text;
}

static const char *const good[] = {
	"",
	MAIN,
	RUN,
	"[command:run group:a b]\n[command:run user:ann]\n",
	MAIN "WHITELIST=-D|--debug\nBLACKLIST=-l|--log-level string\n",
	RUN "WHITELIST=-e|--env list, --rm\nBLACKLIST=--privileged\n",
	RUN "WHITELIST=--rm\nWHITELIST=--init\nFORCED=-e A\nFORCED=-e B\n",
	RUN "WHITELIST=--rm\n" RUN "WHITELIST=--rm\nFORCED=--rm\n",
	RUN "FORCED=-u $U_UID:$U_GID -v '$HOME:/h'\nDEFAULTS=--rm\n",
	RUN "MAXVALUES=--memory=16g --cpus=4\nALLOWEDPATHS=$HOME /data:ro\n",
	RUN "ALLOWEDVALUES=--network=none\nALLOWEDPORTS=8000-8999\n",
	RUN "MAXCONTAINERS=999999999\n",
	RUN "MAXCONTAINERS=0\n",
	RUN "UIDMUSTMATCH=true\nROOTINSIDE=false\n",
	MAIN "OWNBYUSER=true\nREQUIREGROUPS=false\nERROR_ON_BLACKLISTED=true\n",
	MAIN "DOCKERPATH=/usr/bin/docker\nDOCKERHOST=unix:///run/d.sock\n",
	MAIN "DOCKERPATH=\"/opt/my docker\"\n",
	MAIN "DOCKERHOST=unix:///run/user/$U_UID/docker.sock\n",
	MAIN "DOCKERHOST=tcp://127.0.0.1:2375\n",
	MAIN "RUNAS=root\nAUDIT=off\nCONTACT=ask it-help@x, \"or\" 'not\n",
	MAIN "RUNAS=caller\nAUDIT=syslog\n",
	MAIN "INCLUDE=/etc/undocker.d/*.conf /x\nINCLUDE='/a b'\n",
	/* an empty value is as if the key were absent */
	RUN "UIDMUSTMATCH=\nUIDMUSTMATCH=\nUIDMUSTMATCH=true\nUIDMUSTMATCH=\n",
	RUN "WHITELIST=\nFORCED=\nMAXCONTAINERS=\nALLOWEDIMAGES=\n",
	MAIN "DOCKERPATH=\nRUNAS=\nINCLUDE=\n",
	/* one setting each in sections that are not the same */
	RUN "UIDMUSTMATCH=true\n[command:exec]\nUIDMUSTMATCH=true\n",
	RUN "UIDMUSTMATCH=true\n[command:run user:a]\nUIDMUSTMATCH=false\n",
	"[command:run user:a]\nUIDMUSTMATCH=true\n"
	"[command:run group:a]\nUIDMUSTMATCH=true\n"
	"[command:run user:b]\nUIDMUSTMATCH=true\n",
	"[command:network ls]\nUIDMUSTMATCH=true\n"
	"[command:network rm]\nUIDMUSTMATCH=true\n",
	/* patterns are compiled where they apply */
	RUN "ALLOWEDIMAGES=alpine:.* [\n",
};

START_TEST(valid_sound_policies)
{
	const char *fault = fault_of(good[_i]);

	ck_assert_msg(fault == NULL, "%s", fault);
}
END_TEST

static const struct {
	const char *text, *fault;
} junk[] = {
	/* keys */
	{ MAIN "WHITELST=--rm\n",
	    "f:2: unknown key 'WHITELST' (did you mean WHITELIST?)" },
	{ RUN "forced=--rm\n",
	    "f:2: unknown key 'forced' (did you mean FORCED?)" },
	{ RUN "SOMETHINGELSE=1\n", "f:2: unknown key 'SOMETHINGELSE'" },
	{ RUN "SOMETHINGELSE=\n", "f:2: unknown key 'SOMETHINGELSE'" },
	{ MAIN "FORCED=--rm\n", "f:2: FORCED stands in [command:...] sect" },
	{ MAIN "DEFAULTS=\n", "f:2: DEFAULTS stands in [command:...]" },
	{ MAIN "ALLOWEDIMAGES=x\n", "f:2: ALLOWEDIMAGES stands in [comm" },
	{ MAIN "UIDMUSTMATCH=true\n", "f:2: UIDMUSTMATCH stands in [comm" },
	{ MAIN "ROOTINSIDE=true\n", "f:2: ROOTINSIDE stands in [command" },
	{ RUN "DOCKERPATH=/x\n", "f:2: DOCKERPATH stands in [main]" },
	{ RUN "RUNAS=root\n", "f:2: RUNAS stands in [main] sections only" },
	{ RUN "INCLUDE=/x\n", "f:2: INCLUDE stands in [main]" },
	{ RUN "OWNBYUSER=true\n", "f:2: OWNBYUSER stands in [main]" },
	{ "[command:run user:a]\nAUDIT=off\n", "f:2: AUDIT stands in [main]" },
	/* sections */
	{ "[Main]\n", "f:1: unknown section [Main]" },
	{ "[command:nosuch]\n", "f:1: docker has no command 'nosuch'" },
	{ "[command:plugin]\n", "f:1: 'plugin' cannot be offered" },
	{ "[command:run group:]\n", "f:1: a section is for one group" },
	{ "[command:container run staff]\n", "f:1: docker has no command" },
	/* a scalar twice in one section */
	{ RUN "UIDMUSTMATCH=true\nUIDMUSTMATCH=true\n",
	    "f:3: UIDMUSTMATCH stands in this section already (f:2)" },
	{ RUN "UIDMUSTMATCH=true\n" MAIN RUN "\nUIDMUSTMATCH=false\n",
	    "f:6: UIDMUSTMATCH stands in this section already (f:2)" },
	{ RUN "ROOTINSIDE=true\n[command:container run]\nROOTINSIDE=false\n",
	    "f:4: ROOTINSIDE stands in this section already (f:2)" },
	{ "[command:run user:a]\nMAXCONTAINERS=1\n"
	  "[command:run  user: a]\nMAXCONTAINERS=2\n",
	    "f:4: MAXCONTAINERS stands in this section already (f:2)" },
	{ MAIN "DOCKERPATH=/a\n" MAIN "DOCKERPATH=/b\n",
	    "f:4: DOCKERPATH stands in this section already (f:2)" },
	{ MAIN "CONTACT=a\nCONTACT=b\n", "f:3: CONTACT stands in this" },
	{ MAIN "REQUIREGROUPS=true\nREQUIREGROUPS=false\n", "f:3: REQUIRE" },
	/* booleans are exactly true or false */
	{ RUN "UIDMUSTMATCH=True\n", "f:2: UIDMUSTMATCH: 'True' is neither" },
	{ RUN "UIDMUSTMATCH=yes\n", "f:2: UIDMUSTMATCH: 'yes' is neither" },
	{ RUN "ROOTINSIDE=1\n", "f:2: ROOTINSIDE: '1' is neither true" },
	{ RUN "ROOTINSIDE=truefalse\n", "f:2: ROOTINSIDE: 'truefalse'" },
	{ RUN "ROOTINSIDE=\"true\"\n", "f:2: ROOTINSIDE: '\"true\"' is" },
	{ RUN "ROOTINSIDE=true # sure\n", "f:2: ROOTINSIDE: 'true # sure'" },
	{ MAIN "OWNBYUSER=t\n", "f:2: OWNBYUSER: 't' is neither" },
	{ MAIN "REQUIREGROUPS=FALSE\n", "f:2: REQUIREGROUPS: 'FALSE'" },
	{ MAIN "ERROR_ON_BLACKLISTED=no\n", "f:2: ERROR_ON_BLACKLISTED" },
	/* numbers */
	{ RUN "MAXCONTAINERS=-1\n", "f:2: MAXCONTAINERS: '-1' is not" },
	{ RUN "MAXCONTAINERS=1k\n", "f:2: MAXCONTAINERS: '1k' is not" },
	{ RUN "MAXCONTAINERS=0x10\n", "f:2: MAXCONTAINERS: '0x10' is not" },
	{ RUN "MAXCONTAINERS=1 2\n", "f:2: MAXCONTAINERS: '1 2' is not" },
	{ RUN "MAXCONTAINERS=1000000000\n", "f:2: MAXCONTAINERS: '1000" },
	/* specs, flags, words */
	{ RUN "WHITELIST=--env\n", "f:2: WHITELIST: docker's --env may" },
	{ RUN "WHITELIST=--rm,\n", "f:2: WHITELIST: '' is not a flag" },
	{ MAIN "WHITELIST=--host string\n", "f:2: WHITELIST: docker's" },
	{ "[command:ps]\nBLACKLIST=-f string\n", "f:2: BLACKLIST: docker's" },
	{ RUN "FORCED=-e\n", "f:2: FORCED: '-e' takes a value" },
	{ RUN "FORCED=alpine\n", "f:2: FORCED: 'alpine' is not a flag" },
	{ RUN "FORCED=--\n", "f:2: FORCED: '--' is not a flag" },
	{ RUN "FORCED=-e $NOSUCH\n", "f:2: FORCED: unknown variable" },
	{ RUN "DEFAULTS=--rm=maybe\n", "f:2: DEFAULTS: '--rm=maybe' is" },
	{ RUN "DEFAULTS='--rm\n", "f:2: DEFAULTS: a ' is not closed" },
	{ RUN "MAXVALUES=--memory\n", "f:2: MAXVALUES: '--memory' takes" },
	{ RUN "MAXVALUES=--nosuch=1\n", "f:2: MAXVALUES: '--nosuch=1' is" },
	{ RUN "ALLOWEDPATHS='/x\n", "f:2: ALLOWEDPATHS: a ' is not" },
	{ RUN "ALLOWEDPATHS=$NOSUCH/x\n", "f:2: ALLOWEDPATHS: unknown" },
	{ "[command:ps]\nFORCED=--rm\n", "f:2: FORCED: '--rm' is not a flag" },
	/* texts */
	{ MAIN "DOCKERPATH=docker\n", "f:2: DOCKERPATH: an absolute path" },
	{ MAIN "DOCKERPATH=./docker\n", "f:2: DOCKERPATH: an absolute" },
	{ MAIN "DOCKERPATH=/a /b\n", "f:2: DOCKERPATH: one word" },
	{ MAIN "DOCKERPATH=''\n", "f:2: DOCKERPATH: an absolute path" },
	{ MAIN "DOCKERPATH=$HOME/docker\n", "f:2: DOCKERPATH: no variable" },
	{ MAIN "DOCKERPATH=/x/$USER\n", "f:2: DOCKERPATH: no variable" },
	{ MAIN "DOCKERPATH='/x\n", "f:2: DOCKERPATH: a ' is not closed" },
	{ MAIN "DOCKERHOST=/run/d.sock\n", "f:2: DOCKERHOST: an address" },
	{ MAIN "DOCKERHOST=unix://run/d.sock\n", "f:2: DOCKERHOST: an add" },
	{ MAIN "DOCKERHOST=ssh://root@x\n", "f:2: DOCKERHOST: an address" },
	{ MAIN "DOCKERHOST=fd://\n", "f:2: DOCKERHOST: an address" },
	{ MAIN "DOCKERHOST=$HOME/x\n", "f:2: DOCKERHOST: an address" },
	{ MAIN "DOCKERHOST=unix:///a b\n", "f:2: DOCKERHOST: one word" },
	{ MAIN "RUNAS=ann\n", "f:2: RUNAS: caller or root is wanted" },
	{ MAIN "RUNAS=Root\n", "f:2: RUNAS: caller or root is wanted" },
	{ MAIN "RUNAS=$USER\n", "f:2: RUNAS: no variable" },
	{ MAIN "AUDIT=on\n", "f:2: AUDIT: syslog or off" },
	{ MAIN "AUDIT=off off\n", "f:2: AUDIT: one word" },
	{ MAIN "INCLUDE=x.conf\n", "f:2: absolute paths without" },
	{ MAIN "INCLUDE=/x $HOME/y\n", "f:2: absolute paths without" },
	{ MAIN "INCLUDE=/etc/$USER.conf\n", "f:2: absolute paths without" },
	{ MAIN "INCLUDE=/x ''\n", "f:2: absolute paths without" },
	{ MAIN "INCLUDE='/x\n", "f:2: INCLUDE: a ' is not closed" },
	/* the lines themselves */
	{ "WHITELIST=--rm\n", "f:1: a setting before" },
	{ RUN " FORCED=--rm\n", "f:2: an indented line" },
	/* the first fault is the one that is told */
	{ RUN "NOSUCHKEYATALL=1\nFORCED=-e\n", "f:2: unknown key" },
};

START_TEST(junk_a_policy_error_has_file_line_and_reason)
{
	const char *fault = fault_of(junk[_i].text);

	ck_assert_msg(fault != NULL, "%s", junk[_i].text);
	ck_assert_msg(strncmp(fault, junk[_i].fault, strlen(junk[_i].fault)) ==
	    0, "%s", fault);
}
END_TEST

static bool
add(struct policy *p, const char *name, const char *text, bool included,
    struct fault *f)
{
	*f = (struct fault) { 0 };
	return policy_add(p, name, text, strlen(text), included, f);
}

START_TEST(duplicate_a_scalar_in_another_file_is_told_with_both_places)
{
	struct policy *p = policy_new(a);
	struct fault f;

	ck_assert(add(p, "one", RUN "ROOTINSIDE=true\n", false, &f));
	ck_assert(add(p, "two", "[command:exec]\nROOTINSIDE=true\n", true,
	    &f));
	ck_assert(!add(p, "two", "\n" RUN "ROOTINSIDE=false\n", true, &f));
	ck_assert_str_eq(f.text,
	    "two:3: ROOTINSIDE stands in this section already (one:2)");
}
END_TEST

START_TEST(deny_an_included_file_cannot_include)
{
	struct policy *p = policy_new(a);
	struct fault f;

	ck_assert(add(p, "one", MAIN "INCLUDE=/b /a\nINCLUDE=/c\n", false,
	    &f));
	ck_assert_str_eq(strv_join(policy_includes(p), " "), "/b /a /c");
	ck_assert(!add(p, "two", MAIN "INCLUDE=/d\n", true, &f));
	ck_assert_str_eq(f.text, "two:2: an included file cannot include");
	ck_assert_str_eq(strv_join(policy_includes(p), " "), "/b /a /c");
	ck_assert(add(p, "three", MAIN "INCLUDE=\n", true, &f));
}
END_TEST

START_TEST(valid_sections_stand_in_the_order_of_the_files)
{
	struct policy *p = policy_new(a);
	struct fault f;

	ck_assert(add(p, "one", MAIN RUN "FORCED=--rm\nWHITELIST=\n", false,
	    &f));
	ck_assert(add(p, "two", "[command:run group:g]\n\nDEFAULTS= -i \n",
	    true, &f));
	ck_assert_uint_eq(p->n, 3);
	ck_assert_int_eq(p->sections[0]->kind, SECTION_MAIN);
	ck_assert_uint_eq(p->sections[1]->n, 1); /* the empty one is absent */
	ck_assert_str_eq(p->sections[1]->settings[0].key->name, "FORCED");
	ck_assert_ptr_eq(p->sections[1]->settings[0].section, p->sections[1]);
	ck_assert_str_eq(p->sections[2]->file, "two");
	ck_assert_uint_eq(p->sections[2]->line, 1);
	ck_assert_str_eq(p->sections[2]->settings[0].value, "-i");
	ck_assert_uint_eq(p->sections[2]->settings[0].line, 3);
	ck_assert_str_eq(p->sections[2]->group->name, "g");
}
END_TEST

static const char groups_text[] =
    "[command:run group:b]\n[command:run group:a]\n[command:run group:b]\n"
    "[command:container run group:c]\n[command:exec group:d]\n"
    "[command:exec group:a]\n[command:exec user:u]\n[command:ps]\n";

static const struct {
	const char *command, *names;
} groups[] = {
	{ "run", "b a c" },
	{ "exec", "d a" },
	{ "ps", "" },
	{ "rm", "b a c d" }, /* none for it: who may do anything? */
	{ NULL, "b a c d" },
};

START_TEST(valid_groups_are_named_once_each)
{
	struct policy *p = policy_new(a);
	struct strv names = strv_new(a);
	struct policy_group **v;
	struct fault f;
	size_t n = 99;

	ck_assert(add(p, "f", groups_text, false, &f));
	v = policy_groups(p, groups[_i].command, &n);
	for (size_t i = 0; i < n; i++) {
		strv_push(&names, v[i]->name);
		v[i]->state = GROUP_KNOWN;
	}
	ck_assert_str_eq(strv_join(&names, " "), groups[_i].names);
	for (size_t i = 0; i < p->n; i++) {
		if (p->sections[i]->kind == SECTION_GROUP &&
		    strv_has(&names, p->sections[i]->who))
			ck_assert_int_eq(p->sections[i]->group->state,
			    GROUP_KNOWN);
	}
}
END_TEST

/* One answer is the answer for all sections of the group. */
START_TEST(valid_a_group_of_many_sections_is_one)
{
	struct policy *p = policy_new(a);
	struct fault f;

	ck_assert(add(p, "f", groups_text, false, &f));
	ck_assert_ptr_eq(p->sections[0]->group, p->sections[2]->group);
	ck_assert_ptr_eq(p->sections[1]->group, p->sections[5]->group);
	ck_assert_ptr_ne(p->sections[0]->group, p->sections[1]->group);
	ck_assert_int_eq(p->sections[0]->group->state, GROUP_UNASKED);
}
END_TEST

/* Once asked for, a group is not asked for again; unanswered it is unknown. */
START_TEST(valid_groups_are_asked_for_once)
{
	struct policy *p = policy_new(a);
	struct policy_group **v;
	struct fault f;
	size_t n;

	ck_assert(add(p, "f", groups_text, false, &f));
	v = policy_groups(p, "exec", &n);
	ck_assert_uint_eq(n, 2);
	v[0]->state = GROUP_KNOWN;
	ck_assert_int_eq(v[1]->state, GROUP_UNKNOWN);
	v = policy_groups(p, "run", &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(v[0]->name, "b");
	ck_assert_str_eq(v[1]->name, "c");
	(void)policy_groups(p, NULL, &n);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(valid_whether_the_caller_s_groups_are_used_at_all)
{
	struct policy *p = policy_new(a);
	struct fault f;

	ck_assert(!policy_uses(p, "$U_GROUPS"));
	ck_assert(add(p, "f", RUN "FORCED=-u $U_GID\n# $U_GROUPS\n", false,
	    &f));
	ck_assert(!policy_uses(p, "$U_GROUPS"));
	ck_assert(add(p, "g", "[command:ps]\nWHITELIST=-a|--all\n" RUN
	    "FORCED=--rm --group-add='$U_GROUPS'\n", false, &f));
	ck_assert(policy_uses(p, "$U_GROUPS"));
}
END_TEST

/* The bytes may go once they are read. */
START_TEST(valid_the_bytes_are_copied)
{
	struct policy *p = policy_new(a);
	char text[] = "[command:run user:ann]\nFORCED=--rm\n", name[] = "one";
	struct fault f = { 0 };

	ck_assert(policy_add(p, name, text, strlen(text), false, &f));
	memset(text, 'x', sizeof(text));
	memset(name, 'x', sizeof(name));
	ck_assert_str_eq(p->sections[0]->who, "ann");
	ck_assert_str_eq(p->sections[0]->settings[0].value, "--rm");
	ck_assert_str_eq(p->sections[0]->settings[0].file, "one");
}
END_TEST

START_TEST(limit_10000_sections)
{
	struct strv v = strv_new(a);
	struct policy *p = policy_new(a);
	struct fault f;
	size_t n;

	for (int i = 0; i < 10000; i++)
		strv_pushf(&v, "[command:run group:g%d]\nWHITELIST=--rm\n"
		    "UIDMUSTMATCH=true\n", i);
	ck_assert(add(p, "f", strv_join(&v, ""), false, &f));
	(void)policy_groups(p, "run", &n);
	ck_assert_uint_eq(n, 10000);
	ck_assert(!add(p, "f", "[command:run group:g9999]\n"
	    "UIDMUSTMATCH=true\n", false, &f));
}
END_TEST

Suite *
policy_suite(void)
{
	Suite *s = suite_create("policy");
	TCase *t = tcase_of(s, "policy");

	tcase_set_timeout(t, 30);
	EACH(t, valid_sound_policies, good);
	EACH(t, junk_a_policy_error_has_file_line_and_reason, junk);
	ONE(t, duplicate_a_scalar_in_another_file_is_told_with_both_places);
	ONE(t, deny_an_included_file_cannot_include);
	ONE(t, valid_sections_stand_in_the_order_of_the_files);
	EACH(t, valid_groups_are_named_once_each, groups);
	ONE(t, valid_a_group_of_many_sections_is_one);
	ONE(t, valid_groups_are_asked_for_once);
	ONE(t, valid_whether_the_caller_s_groups_are_used_at_all);
	ONE(t, valid_the_bytes_are_copied);
	ONE(t, limit_10000_sections);
	return s;
}
