/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/section.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define HUNDRED "0123456789012345678901234567890123456789" \
		"0123456789012345678901234567890123456789" \
		"01234567890123456789"

static const struct {
	const char *title;
	enum section_kind kind;
	const char *command, *who;
} good[] = {
	{ "main", SECTION_MAIN, NULL, NULL },
	{ "command:run", SECTION_COMMAND, "run", NULL },
	{ "command: run ", SECTION_COMMAND, "run", NULL },
	{ "command:container run", SECTION_COMMAND, "run", NULL },
	{ "command:container\trun", SECTION_COMMAND, "run", NULL },
	{ "command:image ls", SECTION_COMMAND, "images", NULL },
	{ "command:container list", SECTION_COMMAND, "ps", NULL },
	{ "command:remove", SECTION_COMMAND, "rm", NULL },
	{ "command:network  ls", SECTION_COMMAND, "network ls", NULL },
	{ "command:volume create", SECTION_COMMAND, "volume create", NULL },
	{ "command:run group:staff", SECTION_GROUP, "run", "staff" },
	{ "command:run  group:staff", SECTION_GROUP, "run", "staff" },
	{ "command:run\tgroup:staff", SECTION_GROUP, "run", "staff" },
	{ "command:run group: staff", SECTION_GROUP, "run", "staff" },
	{ "command:run user:ann", SECTION_USER, "run", "ann" },
	{ "command:container run user:ann", SECTION_USER, "run", "ann" },
	{ "command:network ls user:ann", SECTION_USER, "network ls", "ann" },
	{ "command:run group:domain users@corp.example", SECTION_GROUP, "run",
	    "domain users@corp.example" },
	{ "command:run user:CORP\\ann lee", SECTION_USER, "run",
	    "CORP\\ann lee" },
	{ "command:run group:group:x", SECTION_GROUP, "run", "group:x" },
	{ "command:run group:user:x", SECTION_GROUP, "run", "user:x" },
	{ "command:run user:0", SECTION_USER, "run", "0" },
	{ "command:run group:" HUNDRED HUNDRED, SECTION_GROUP, "run",
	    HUNDRED HUNDRED },
	{ "command:run group:" HUNDRED HUNDRED HUNDRED, SECTION_GROUP, "run",
	    HUNDRED HUNDRED HUNDRED },
};

START_TEST(valid_titles_say_command_and_whose)
{
	struct section s = { 0 };
	const char *reason = NULL;

	ck_assert_msg(section_read_title(&s, a, good[_i].title, &reason),
	    "%s: %s", good[_i].title, reason);
	ck_assert_int_eq(s.kind, good[_i].kind);
	ck_assert_pstr_eq(s.command == NULL ? NULL : s.command->name,
	    good[_i].command);
	ck_assert_pstr_eq(s.who, good[_i].who);
	ck_assert_str_eq(s.title, good[_i].title);
}
END_TEST

static const struct {
	const char *title, *reason;
} junk[] = {
	{ "", "unknown section []" },
	{ "Main", "unknown section [Main]" },
	{ "MAIN", "unknown section" },
	{ "main x", "unknown section" },
	{ "run", "unknown section" },
	{ "command", "unknown section" },
	{ "command run", "unknown section" },
	{ "Command:run", "unknown section" },
	{ "group:staff", "unknown section" },
	{ "user:ann", "unknown section" },
	{ "command:", "docker has no command ''" },
	{ "command: ", "docker has no command ''" },
	{ "command:nosuch", "docker has no command 'nosuch'" },
	{ "command:RUN", "docker has no command 'RUN'" },
	{ "command:container", "docker has no command 'container'" },
	{ "command:container nosuch", "docker has no command" },
	{ "command:run,exec", "docker has no command" },
	{ "command:run alpine", "docker has no command 'run alpine'" },
	{ "command:group:staff", "docker has no command" },
	{ "command: group:staff", "docker has no command ''" },
	{ "command: user:ann", "docker has no command ''" },
	/* a slip in group: must not make the section everybody's */
	{ "command:run staff", "docker has no command" },
	{ "command:run Group:staff", "docker has no command" },
	{ "command:run grp:staff", "docker has no command" },
	{ "command:run group staff", "docker has no command" },
	{ "command:container run staff", "docker has no command" },
	{ "command:container run Group:staff", "docker has no command" },
	{ "command:container run group staff", "docker has no command" },
	{ "command:network ls grp:staff", "docker has no command" },
	{ "command:volume create users:staff", "docker has no command" },
	{ "command:run group:", "which?" },
	{ "command:run user:", "which?" },
	{ "command:run user: \t", "which?" },
	{ "command:run user:ann group:staff", "which?" },
	{ "command:run group:staff user:ann", "which?" },
	{ "command:run user:ann user:bob", "which?" },
	/* root by themselves */
	{ "command:plugin", "cannot be offered" },
	{ "command:plugin install", "docker has no command 'plugin install'" },
	{ "command:swarm", "cannot be offered" },
	{ "command:system dial-stdio", "cannot be offered" },
	{ "command:context user:ann", "cannot be offered" },
	{ "command:buildx", "cannot be offered" },
};

START_TEST(junk_titles_are_refused)
{
	struct section s = { 0 };
	const char *reason = "";

	ck_assert_msg(!section_read_title(&s, a, junk[_i].title, &reason),
	    "[%s] is read as one for %s", junk[_i].title,
	    s.who == NULL ? "everybody" : s.who);
	if (strcmp(junk[_i].title, "command:plugin install") != 0)
		ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "%s",
		    reason);
}
END_TEST

START_TEST(too_long_a_title_has_at_most_1024_bytes)
{
	struct section s = { 0 };
	const char *reason = "";
	char *title = arena_alloc(a, 1100);

	memset(title, 'x', 1024);
	memcpy(title, "command:run user:", 17);
	ck_assert(section_read_title(&s, a, title, &reason));
	ck_assert_uint_eq(strlen(s.who), 1024 - 17);
	title[1024] = 'x';
	ck_assert(!section_read_title(&s, a, title, &reason));
	ck_assert_msg(strstr(reason, "longer than 1024") != NULL, "%s",
	    reason);
}
END_TEST

static const struct {
	const char *one, *two;
	bool same;
} pairs[] = {
	{ "main", "main", true },
	{ "command:run", "command:container run", true },
	{ "command:run group:a", "command:container run  group:a", true },
	{ "command:run user:a", "command:run user:a", true },
	{ "command:run", "main", false },
	{ "command:run", "command:exec", false },
	{ "command:run", "command:run user:a", false },
	{ "command:run group:a", "command:run user:a", false },
	{ "command:run group:a", "command:run group:A", false },
	{ "command:run group:a", "command:run group:ab", false },
	{ "command:run group:a", "command:exec group:a", false },
};

START_TEST(valid_same_names_are_one_section)
{
	struct section one = { 0 }, two = { 0 };
	const char *reason;

	ck_assert(section_read_title(&one, a, pairs[_i].one, &reason));
	ck_assert(section_read_title(&two, a, pairs[_i].two, &reason));
	ck_assert_int_eq(section_same(&one, &two), pairs[_i].same);
	ck_assert_int_eq(section_same(&two, &one), pairs[_i].same);
}
END_TEST

Suite *
section_suite(void)
{
	Suite *s = suite_create("section");
	TCase *t = tcase_of(s, "section");

	EACH(t, valid_titles_say_command_and_whose, good);
	EACH(t, junk_titles_are_refused, junk);
	ONE(t, too_long_a_title_has_at_most_1024_bytes);
	EACH(t, valid_same_names_are_one_section, pairs);
	return s;
}
