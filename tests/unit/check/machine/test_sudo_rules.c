/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/sudo_rules.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define RT "/usr/bin/undocker-rt"

/* The pieces of cvtsudoers' JSON. */
#define SUDOERS(defaults, specs) \
	"{\"Defaults\":[" defaults "],\"User_Specs\":[" specs "]}"
#define ALL_USERS "{\"username\":\"ALL\"}"
#define SPEC_ON(users, hosts, options, runas, commands) \
	"{\"User_List\":[" users "],\"Host_List\":[" hosts "]," \
	"\"Cmnd_Specs\":[{\"Options\":[" options "]," runas \
	"\"Commands\":[" commands "]}]}"
#define SPEC(users, options, runas, commands) \
	SPEC_ON(users, "{\"hostname\":\"ALL\"}", options, runas, commands)
#define NOPASSWD "{\"authenticate\":false}"
#define COMMAND(path) "{\"command\":\"" path "\"}"
#define BOB "{\"username\":\"bob\"}"
#define GROUP(name) "\"runasgroups\":[{\"usergroup\":\"" name "\"}],"
#define OTHER "/opt/x/undocker-rt"
#define LINK "/lnk/undocker-rt"
#define RULE SPEC(ALL_USERS, NOPASSWD, "", COMMAND(RT))
#define AS(who) "\"runasusers\":[{\"username\":\"" who "\"}],"
#define FOR(binding, options) \
	"{\"Binding\":[" binding "],\"Options\":[" options "]}"
#define GENERAL(options) "{\"Options\":[" options "]}"
#define LIST(key, operation, patterns) \
	"{\"operation\":\"list_" operation "\",\"" key "\":[" patterns "]}"
#define KEEP(operation, patterns) LIST("env_keep", operation, patterns)
/* What the shipped file has. */
#define SHIPPED \
	FOR(COMMAND(RT), "{\"env_reset\":true},{\"setenv\":false}") "," \
	FOR(COMMAND(RT), KEEP("assign", "\"UNDOCKER_ENV_*\",\"NO_COLOR\""))

/* error and warning: parts of the one there is; NULL: there is none. */
static const struct row {
	const char *json;
	const char *error;
	const char *warning;
} rows[] = {
	{ SUDOERS(SHIPPED, RULE), NULL, NULL },

	/* rules */
	{ SUDOERS("", ""), "no rule that lets users run", NULL },
	{ SUDOERS("", SPEC(ALL_USERS, NOPASSWD, "", COMMAND("/usr/bin/id"))),
	    "no rule that lets users run", NULL },
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, "", "", COMMAND(RT))), NULL,
	    "asks everybody for a password" },
	{ SUDOERS(GENERAL("{\"authenticate\":false}") "," SHIPPED,
	    SPEC(ALL_USERS, "", "", COMMAND(RT))), NULL, NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"usergroup\":\"lab\"}", "", "",
	    COMMAND("/usr/bin/undocker-*"))), NULL, "asks %lab for" },
	{ SUDOERS(SHIPPED, SPEC("{\"usergroup\":\"lab\"}", "", "", COMMAND(RT))
	    "," RULE), NULL, NULL },
	{ SUDOERS(SHIPPED, SPEC("{\"userid\":7}", "", AS("ALL"), COMMAND("ALL"))
	    "," RULE), NULL, NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"userid\":7}", "", AS("ALL"),
	    COMMAND("ALL"))), NULL, "asks #7 for a password" },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"root\"}", "",
	    AS("ALL"), COMMAND("ALL"))), NULL, NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"bob\"}", "",
	    AS("carol"), COMMAND("ALL"))), NULL, NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"bob\"}", NOPASSWD,
	    AS("carol"), COMMAND(RT))), "of bob lets " RT " run as another",
	    NULL },
	{ SUDOERS(GENERAL("{\"runas_default\":\"bob\"}") "," SHIPPED, SPEC(
	    ALL_USERS, NOPASSWD, AS("root"), COMMAND(RT))), NULL, NULL },
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, NOPASSWD, "", COMMAND("/usr/bin/"))),
	    NULL, "run /usr/bin/docker" },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"bob\"}", NOPASSWD, "",
	    COMMAND("/usr/bin/docker ps"))), NULL, "sudo lets bob run" },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"bob\"}", NOPASSWD, "",
	    "{\"command\":\"/usr/bin/docker\",\"negated\":true}")), NULL,
	    NULL },
	{ SUDOERS(SHIPPED, SPEC_ON(ALL_USERS, "{\"hostname\":\"other\"}",
	    NOPASSWD, "", COMMAND(RT))), "no rule that lets", NULL },
	{ SUDOERS(SHIPPED, SPEC_ON(ALL_USERS, "{\"hostname\":\"lab*\"}",
	    NOPASSWD, "", COMMAND(RT))), NULL, NULL },
	{ SUDOERS(SHIPPED, SPEC_ON(ALL_USERS, "{\"hostname\":\"ALL\"},"
	    "{\"hostname\":\"lab1\",\"negated\":true}", NOPASSWD, "",
	    COMMAND(RT))), "no rule that lets", NULL },

	/* tags: they win over the shipped Defaults */
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"bob\"}",
	    NOPASSWD ",{\"setenv\":true}", "", COMMAND(RT " run *"))),
	    "rule of bob for " RT " has SETENV", NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC("{\"username\":\"bob\"}",
	    NOPASSWD ",{\"setenv\":true}", "", COMMAND("/usr/bin/id"))), NULL,
	    NULL },
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, NOPASSWD ",{\"noexec\":true}", "",
	    COMMAND(RT))), "NOEXEC or INTERCEPT", NULL },

	/* Defaults, and their order */
	{ SUDOERS(GENERAL("{\"setenv\":true}") "," SHIPPED, RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," GENERAL("{\"setenv\":true}"), RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), "{\"setenv\":true}"), RULE),
	    "have setenv", NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT " ps"), "{\"setenv\":true}"),
	    RULE), "have setenv", NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND("/usr/bin/id"), "{\"setenv\":true}"),
	    RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND("ALL") ",{\"command\":\"" RT "\","
	    "\"negated\":true}", "{\"setenv\":true}"), RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR("{\"username\":\"bob\"}",
	    "{\"noexec\":true}"), RULE), "have noexec", NULL },
	{ SUDOERS(SHIPPED "," FOR("{\"hostname\":\"other\"}",
	    "{\"noexec\":true}"), RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR("{\"networkaddr\":\"10.0.0.0/8\"}",
	    "{\"noexec\":true}"), RULE), "have noexec", NULL },
	{ SUDOERS(FOR("{\"hostname\":\"lab1\"}", "{\"noexec\":true}") ","
	    GENERAL("{\"noexec\":false}") "," SHIPPED, RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), "{\"env_reset\":false}"), RULE),
	    "have !env_reset", NULL },
	{ SUDOERS(SHIPPED "," GENERAL("{\"intercept\":true}"), RULE),
	    "have intercept", NULL },
	{ SUDOERS(SHIPPED "," GENERAL("{\"requiretty\":true}"), RULE), NULL,
	    "have requiretty" },

	/* env_keep */
	{ SUDOERS(GENERAL(KEEP("add", "\"*\"")) "," SHIPPED, RULE), NULL,
	    NULL },
	{ SUDOERS(SHIPPED "," GENERAL(KEEP("add", "\"*\"")), RULE), NULL,
	    NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), KEEP("add", "\"*\"")), RULE),
	    "env_keep has '*'", NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), KEEP("add", "\"L*=x\"")), RULE),
	    "env_keep has 'L*=x'", NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), KEEP("add", "\"LC_*\"")), RULE),
	    NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), KEEP("add", "\"LOCPATH\"")
	    "," KEEP("remove", "\"LOCPATH\"")), RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), KEEP("add", "\"LOC*\"")
	    "," KEEP("remove", "\"LOCPATH\"")), RULE), "has 'LOC*'", NULL },
	/* once, though those for users are read twice */
	{ SUDOERS(FOR(BOB, KEEP("add", "\"LD_AUDIT\"")) "," FOR(COMMAND(RT),
	    "{\"setenv\":false}," KEEP("add", "\"UNDOCKER_ENV_*\"")), RULE),
	    "env_keep has 'LD_AUDIT'", NULL },
	/* sudo sets its own, whatever it keeps */
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), KEEP("add", "\"SUDO_*\",\"SUDO_UID\"")),
	    RULE), NULL, NULL },
	{ SUDOERS(SHIPPED "," FOR(COMMAND(RT), "{\"env_keep\":false}"), RULE),
	    NULL, "lacks UNDOCKER_ENV_*" },
	{ SUDOERS(GENERAL(LIST("env_check", "add", "\"LD_AUDIT\"")) ","
	    SHIPPED, RULE), "env_check has 'LD_AUDIT'", NULL },
	{ SUDOERS(GENERAL(LIST("env_check", "add", "\"LD_AUDIT\"")) ","
	    GENERAL("{\"env_check\":false}") "," SHIPPED, RULE), NULL, NULL },

	/* variables from files */
	{ SUDOERS(SHIPPED "," GENERAL("{\"env_file\":\"/tmp/x\"}"), RULE),
	    "env_file /tmp/x is writable by everybody", NULL },
	{ SUDOERS(SHIPPED "," FOR(BOB, "{\"restricted_env_file\":\"/tmp/x\"}"),
	    RULE), "env_file /tmp/x is writable by everybody", NULL },
	{ SUDOERS(SHIPPED "," GENERAL("{\"env_file\":\"/etc/environment\"}"),
	    RULE), NULL, NULL },

	/* the same name elsewhere is not the runtime, the same file is */
	{ SUDOERS("", SPEC(ALL_USERS, NOPASSWD, "", COMMAND(OTHER))),
	    "no rule that lets users run", NULL },
	{ SUDOERS("", SPEC(ALL_USERS, NOPASSWD, "", COMMAND("/opt/x/"))),
	    "no rule that lets users run", NULL },
	{ SUDOERS("", SPEC(ALL_USERS, NOPASSWD, "", COMMAND("/opt/x/undocker-*"))),
	    "no rule that lets users run", NULL },
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, NOPASSWD, "", COMMAND(LINK))), NULL,
	    NULL },
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, NOPASSWD, "", COMMAND("/lnk/"))),
	    NULL, NULL },
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, NOPASSWD, "",
	    COMMAND("/lnk/undocker-*"))), NULL, NULL },
	{ SUDOERS(GENERAL("{\"setenv\":true}") "," FOR(COMMAND(OTHER),
	    "{\"setenv\":false}," KEEP("assign", "\"UNDOCKER_ENV_*\"")) ","
	    FOR(COMMAND(RT), KEEP("assign", "\"UNDOCKER_ENV_*\"")), RULE),
	    "have setenv", NULL },
	{ SUDOERS(GENERAL("{\"setenv\":true}") "," FOR(COMMAND(LINK),
	    "{\"setenv\":false}," KEEP("assign", "\"UNDOCKER_ENV_*\"")), RULE),
	    NULL, NULL },
	{ SUDOERS(GENERAL(KEEP("add", "\"LD_AUDIT\"")) "," FOR(COMMAND(OTHER),
	    KEEP("assign", "\"UNDOCKER_ENV_*\"")) "," FOR(COMMAND(RT),
	    KEEP("add", "\"UNDOCKER_ENV_*\"")), RULE),
	    "env_keep has 'LD_AUDIT'", NULL },

	/* whom one user's commands run as is nothing to the others */
	{ SUDOERS(FOR(BOB, "{\"runas_default\":\"operator\"}") "," SHIPPED, RULE),
	    NULL, NULL },
	{ SUDOERS(GENERAL("{\"runas_default\":\"operator\"}") "," SHIPPED, SPEC(
	    BOB, NOPASSWD, "", COMMAND(RT)) "," SPEC(ALL_USERS, NOPASSWD,
	    AS("root"), COMMAND(RT))), "as another user than root", NULL },

	/* the engine's group is root, too */
	{ SUDOERS(SHIPPED, RULE "," SPEC(BOB, NOPASSWD, GROUP("docker"),
	    COMMAND("/usr/bin/docker"))), NULL, "with the engine's group" },
	{ SUDOERS(SHIPPED, RULE "," SPEC(BOB, NOPASSWD, GROUP("#60"),
	    COMMAND("ALL"))), NULL, "with the engine's group" },
	{ SUDOERS(SHIPPED, RULE "," SPEC(BOB, NOPASSWD, AS("carol") GROUP("ALL"),
	    COMMAND("/usr/local/bin/docker"))), NULL, "the engine's group" },
	{ SUDOERS(SHIPPED, RULE "," SPEC(BOB, NOPASSWD, GROUP("lab"),
	    COMMAND("/usr/bin/docker"))), NULL, NULL },

	/* everybody is root */
	{ SUDOERS(SHIPPED, SPEC(ALL_USERS, NOPASSWD, AS("ALL"), COMMAND("ALL"))),
	    "lets everybody run every command as root: ", NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC(ALL_USERS, "", AS("ALL"),
	    COMMAND("ALL"))), "as root, by their own passwords", NULL },
	{ SUDOERS(SHIPPED, RULE "," SPEC(ALL_USERS, NOPASSWD, AS("ALL"),
	    COMMAND("ALL") ",{\"command\":\"" RT "\",\"negated\":true}")),
	    "run every command as root: ", NULL },
	{ SUDOERS(GENERAL("{\"targetpw\":true}") "," SHIPPED, SPEC(ALL_USERS, "",
	    AS("ALL"), COMMAND("ALL")) "," RULE), NULL, NULL },

	/* Without a rule there is nobody whom the Defaults let in. */
	{ SUDOERS(GENERAL("{\"env_reset\":false}"), ""), "no rule", NULL },
};

/* /lnk is a link to the directory of the runtime. */
static bool
is_link(const char *path, const char *program)
{
	return strncmp(path, "/lnk/", 5) == 0 && strcmp(program, RT) == 0;
}

static const char *
untrusted(struct arena *arena, const char *path)
{
	(void)arena;
	return strncmp(path, "/tmp/", 5) == 0 ? "is writable by everybody"
					      : NULL;
}

static const struct sudo_facts facts = { .file = "sudoers", .program = RT,
	.same = is_link, .untrusted = untrusted, .gid = 60,
	.docker = "/usr/bin/docker", .host = "lab1.example", .needed = true };

static const char *
one_of(const struct findings *f, enum severity severity)
{
	const char *text = NULL;

	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].severity != severity)
			continue;
		ck_assert_msg(text == NULL, "two of them: %s; %s", text,
		    f->v[i].text);
		text = f->v[i].text;
	}
	return text;
}

static void
expect(const struct findings *f, enum severity severity, const char *part)
{
	const char *text = one_of(f, severity);

	if (part == NULL)
		ck_assert_msg(text == NULL, "found: %s", text);
	else
		ck_assert_msg(text != NULL && strstr(text, part) != NULL,
		    "'%s' is not in: %s", part, text == NULL ? "" : text);
}

START_TEST(found_what_the_rules_give)
{
	const struct row *row = &rows[_i];
	struct findings f = findings_new(a);

	ck_assert_msg(sudo_rules(&f, row->json, strlen(row->json), &facts),
	    "no JSON: %s", row->json);
	expect(&f, SEVERITY_ERROR, row->error);
	expect(&f, SEVERITY_WARNING, row->warning);
}
END_TEST

static const char *const unsound[] = { "", "[]", "{", "{\"Defaults\":[}", "7" };

START_TEST(refused_what_is_no_object)
{
	struct findings f = findings_new(a);

	ck_assert(!sudo_rules(&f, unsound[_i], strlen(unsound[_i]), &facts));
	ck_assert_uint_eq(f.n, 0);
}
END_TEST

/* Members of other types than they should be are as if they were not there. */
START_TEST(junk_of_other_types_is_passed_over)
{
	static const char json[] = "{\"Defaults\":{\"a\":1},\"User_Specs\":[7,"
	    "{\"User_List\":\"x\",\"Cmnd_Specs\":[{\"Commands\":[1,{}]}]}]}";
	struct findings f = findings_new(a);

	ck_assert(sudo_rules(&f, json, sizeof(json) - 1, &facts));
	expect(&f, SEVERITY_ERROR, "no rule");
}
END_TEST

/* What sudo logs besides: a note, unless it is told to leave that be. */
START_TEST(noted_what_sudo_logs_itself)
{
	static const char loud[] = SUDOERS(SHIPPED, RULE);
	static const char quiet[] = SUDOERS(SHIPPED "," FOR(COMMAND(RT),
	    "{\"log_allowed\":false}"), RULE);
	static const char other[] = SUDOERS(SHIPPED "," FOR(COMMAND(OTHER),
	    "{\"log_allowed\":false}"), RULE);
	struct findings f = findings_new(a), g = findings_new(a);
	struct findings h = findings_new(a);

	ck_assert(sudo_rules(&f, loud, sizeof(loud) - 1, &facts));
	expect(&f, SEVERITY_NOTE, "write !log_allowed");
	ck_assert(sudo_rules(&g, quiet, sizeof(quiet) - 1, &facts));
	expect(&g, SEVERITY_NOTE, NULL);
	ck_assert(sudo_rules(&h, other, sizeof(other) - 1, &facts));
	expect(&h, SEVERITY_NOTE, "write !log_allowed");
}
END_TEST

START_TEST(valid_the_shim_needs_no_rule)
{
	struct sudo_facts shim = facts;
	struct findings f = findings_new(a);

	shim.needed = false;
	ck_assert(sudo_rules(&f, "{}", 2, &shim));
	ck_assert_uint_eq(f.n, 0);
}
END_TEST

START_TEST(valid_rules_may_come_from_elsewhere)
{
	struct sudo_facts more = facts;
	struct findings f = findings_new(a);

	more.elsewhere = "sss";
	ck_assert(sudo_rules(&f, "{}", 2, &more));
	expect(&f, SEVERITY_ERROR, NULL);
	expect(&f, SEVERITY_WARNING, "do those from sss?");
	expect(&f, SEVERITY_NOTE, "rules from sss");
}
END_TEST

Suite *
sudo_rules_suite(void)
{
	Suite *s = suite_create("sudo_rules");
	TCase *t = tcase_of(s, "rules");

	EACH(t, found_what_the_rules_give, rows);
	EACH(t, refused_what_is_no_object, unsound);
	ONE(t, junk_of_other_types_is_passed_over);
	ONE(t, noted_what_sudo_logs_itself);
	ONE(t, valid_the_shim_needs_no_rule);
	ONE(t, valid_rules_may_come_from_elsewhere);
	return s;
}
