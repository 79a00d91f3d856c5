/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a key, a flag and a command do that are one row each: linked with a core
 * that has the rows of tests/rows/run, and with nothing else.
 */
#include "core/policy/effective.h"
#include "core/policy/offered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed;

static void
expect(bool good, const char *what)
{
	if (good)
		return;
	printf("not so: %s\n", what);
	failed++;
}

/* NULL: the text could be read. */
static const char *
read_policy(struct policy **p, struct arena *a, const char *text)
{
	struct fault f = { 0 };

	*p = policy_new(a);
	return policy_add(*p, "f", text, strlen(text), false, &f) ? NULL
	    : f.text;
}

static bool
refused(struct arena *a, const char *text, const char *why)
{
	struct policy *p;
	const char *said = read_policy(&p, a, text);

	if (said != NULL && strcmp(said, why) == 0)
		return true;
	printf("'%s', and not '%s'\n", said == NULL ? "(it was read)" : said,
	    why);
	return false;
}

/* What the policy says to alice of a command. */
static struct effective
merged(struct arena *a, const char *text, const char *command)
{
	const struct docker_command *c = docker_command_named(command);
	const struct caller alice = { .uid = 1000, .gid = 1000,
		.user = "alice" };
	struct settings settings = { 0 };
	struct effective e = { 0 };
	struct policy *p;
	struct fault f = { 0 };
	const char *said = read_policy(&p, a, text);

	if (said != NULL || c == NULL ||
	    !effective_main(&e, &settings, a, p, &alice, &f) ||
	    !effective_command(&e, a, p, &alice, c, &f)) {
		printf("%s: %s\n", command, said != NULL ? said
		    : f.text != NULL ? f.text : "there is no such command");
		exit(1);
	}
	return e;
}

static void
try_key(struct arena *a)
{
	expect(!merged(a, "[command:run]\n", "run").new_key, "the default");
	expect(merged(a, "[command:run]\nNEWKEY=true\n", "run").new_key,
	    "everybody's section");
	expect(!merged(a, "[command:run user:alice]\nNEWKEY=false\n"
	    "[command:run]\nNEWKEY=true\n", "run").new_key,
	    "the most specific section wins");
	expect(!merged(a, "[command:run user:bob]\nNEWKEY=true\n", "run")
	    .new_key, "another's section");
	expect(refused(a, "[command:run]\nNEWKEY=yes\n",
	    "f:2: NEWKEY: 'yes' is neither true nor false"), "its words");
	expect(refused(a, "[command:run]\nNEWKEY=true\nNEWKEY=true\n",
	    "f:3: NEWKEY stands in this section already (f:2)"), "once");
	expect(refused(a, "[main]\nNEWKEY=true\n",
	    "f:2: NEWKEY stands in [command:...] sections only"), "its place");
	expect(refused(a, "[command:run]\nNEWKEYS=true\n",
	    "f:2: unknown key 'NEWKEYS' (did you mean NEWKEY?)"),
	    "it is listed where a key is misspelt");
}

static void
try_flag(struct arena *a)
{
	struct effective e = merged(a, "[command:run]\n"
	    "WHITELIST=--new-flag bytes\nMAXVALUES=--new-flag=2g\n"
	    "FORCED=--new-flag=1g\n", "run");
	const struct docker_flag *shut = docker_flag_long(e.command,
	    "shut-flag", strlen("shut-flag"));

	expect(e.flags.n == 0 && e.white.n == 1 &&
	    e.white.v[0]->kind == VALUE_SIZE, "docker has the flag");
	expect(e.forced.n == 1 && e.forced.v[0].flag == e.white.v[0],
	    "FORCED has it");
	expect(e.max.n == 1, "it can be limited");
	expect(refused(a, "[command:create]\nFORCED=--new-flag=1g\n",
	    "f:2: FORCED: '--new-flag=1g' is not a flag of this docker "
	    "command"), "it is run's only");
	expect(shut != NULL && strcmp(shut->never, "it is shut") == 0,
	    "and why no policy can give it");
}

static void
try_command(struct arena *a)
{
	struct effective e = merged(a, "[command:new]\nWHITELIST=--help\n"
	    "UIDMUSTMATCH=false\n", "new");
	const struct caller alice = { .uid = 1000 }, root = { .uid = 0 };
	int words = 0;

	expect(e.rules.n == 1 && e.white.n == 1, "a section can offer it");
	expect(docker_command_find("container", "new", &words) == e.command &&
	    words == 2, "its other name");
	expect(strcmp(e.command->operands, "C+") == 0, "its operands");
	expect(docker_command_has(e.command, TRAIT_ROOTS) &&
	    !docker_command_has(e.command, TRAIT_ENTERS), "its traits");
	expect(offered_in_vain(e.command, &alice) &&
	    !offered_in_vain(e.command, &root), "and what they bring");
}

int
main(void)
{
	struct arena *a = arena_new();

	try_key(a);
	try_flag(a);
	try_command(a);
	arena_free(a);
	return failed == 0 ? 0 : 1;
}
