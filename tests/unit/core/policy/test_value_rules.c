/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/value_rules.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static const struct caller ann = { .uid = 1000, .gid = 1001, .user = "a.n",
	.group = "ann", .home = "/home/ann", .cwd = "/w" };

static const struct docker_flag *
flag_of(const char *command, const char *name)
{
	return docker_flag_long(docker_command_named(command), name,
	    strlen(name));
}

static bool
read_rules(struct value_rules *rules, const char *command, const char *words,
    const struct caller *c, bool compile, const char **reason)
{
	struct setting *setting = arena_alloc(a, sizeof(*setting));

	*setting = (struct setting) { .value = words, .file = "f", .line = 1 };
	*reason = "";
	return value_rules_read(rules, a, docker_command_named(command),
	    setting, c, compile, reason);
}

static const struct {
	const char *words, *flag, *value;
	enum pattern_result result;
} good[] = {
	/* a rule is for the flag, whichever name stands in it */
	{ "--memory=1g", "memory", "1g", PATTERN_MATCHES },
	{ "-m=1g", "memory", "1g", PATTERN_MATCHES },
	{ "--net=lab", "network", "lab", PATTERN_MATCHES },
	{ "--network=lab", "net", "lab", PATTERN_MATCHES },
	{ "--dns-opt=x", "dns-option", "x", PATTERN_MATCHES },
	{ "-c=5", "cpu-shares", "5", PATTERN_MATCHES },
	/* several words, several rules of one flag */
	{ "--memory=1g -m=2g", "memory", "2g", PATTERN_MATCHES },
	{ "-m=1g --name=x -m=2g", "memory", "1g", PATTERN_MATCHES },
	{ "  --memory=1g\t--name=x ", "name", "x", PATTERN_MATCHES },
	{ "--memory=1g", "memory", "2g", PATTERN_NONE },
	{ "-m=1g --name=2g", "memory", "2g", PATTERN_NONE },
	/* the pattern begins behind the first = */
	{ "--env=A=.*", "env", "A=b", PATTERN_MATCHES },
	{ "-e=A==", "env", "A==", PATTERN_MATCHES },
	{ "--entrypoint=", "entrypoint", "", PATTERN_MATCHES },
	{ "--entrypoint=", "entrypoint", "x", PATTERN_NONE },
	{ "--name=-x", "name", "-x", PATTERN_MATCHES },
	/* anchored, with all bytes */
	{ "--name=x", "name", "xy", PATTERN_NONE },
	{ "--name=x", "name", "x\n", PATTERN_NONE },
	{ "--name=x.*", "name", "x\ny", PATTERN_MATCHES },
	{ "--name=a\\x20b", "name", "a b", PATTERN_MATCHES },
	/* variables are text */
	{ "--name=$USER-.*", "name", "a.n-x", PATTERN_MATCHES },
	{ "--name=$USER-.*", "name", "abn-x", PATTERN_NONE },
	{ "--user=$U_UID:$U_GID", "user", "1000:1001", PATTERN_MATCHES },
};

START_TEST(valid_words_are_rules_of_flags)
{
	struct value_rules rules = { 0 };
	const struct pattern *which;
	const struct patterns *p;
	const char *reason;

	ck_assert_msg(read_rules(&rules, "run", good[_i].words, &ann, true,
	    &reason), "%s: %s", good[_i].words, reason);
	p = value_rules_of(&rules, flag_of("run", good[_i].flag));
	ck_assert_msg(p != NULL, "%s", good[_i].words);
	ck_assert_msg(patterns_match(p, good[_i].value, &which) ==
	    good[_i].result, "%s on '%s'", good[_i].words, good[_i].value);
}
END_TEST

START_TEST(valid_a_flag_without_a_word_has_no_rule)
{
	struct value_rules rules = { 0 };
	const char *reason;

	ck_assert_ptr_null(value_rules_of(&rules, flag_of("run", "name")));
	ck_assert(read_rules(&rules, "run", "", &ann, true, &reason));
	ck_assert(read_rules(&rules, "run", " \t ", &ann, true, &reason));
	ck_assert_uint_eq(rules.n, 0);
	ck_assert(read_rules(&rules, "run", "-m=1", &ann, true, &reason));
	ck_assert_ptr_null(value_rules_of(&rules, flag_of("run", "name")));
	ck_assert_ptr_null(value_rules_of(&rules,
	    flag_of("run", "memory-swap")));
}
END_TEST

START_TEST(valid_settings_add_up)
{
	struct value_rules rules = { 0 };
	const char *reason;

	ck_assert(read_rules(&rules, "run", "-m=1 --name=x", &ann, true,
	    &reason));
	ck_assert(read_rules(&rules, "run", "--memory=2", &ann, true,
	    &reason));
	ck_assert_uint_eq(rules.n, 2);
	ck_assert_uint_eq(value_rules_of(&rules,
	    flag_of("run", "memory"))->n, 2);
}
END_TEST

static const struct {
	const char *command, *words, *reason;
} bad[] = {
	{ "run", "memory=1g", "'memory=1g' is not --flag=PATTERN" },
	{ "run", "--memory", "'--memory' is not --flag=PATTERN" },
	{ "run", "-m", "'-m' is not --flag=PATTERN" },
	{ "run", "--memory 1g", "'--memory' is not --flag=PATTERN" },
	{ "run", "--name=x y", "'y' is not --flag=PATTERN" },
	{ "run", "=x", "'=x' is not --flag=PATTERN" },
	{ "run", "-=x", "'-' is not a flag of this docker command" },
	{ "run", "--=x", "'--' is not a flag of this docker command" },
	{ "run", "---name=x", "'---name' is not a flag" },
	{ "run", "-it=x", "'-it' is not a flag" },
	{ "run", "-Z=x", "'-Z' is not a flag" },
	{ "run", "-memory=x", "'-memory' is not a flag" },
	{ "run", "--m=x", "'--m' is not a flag" },
	{ "run", "--Memory=x", "'--Memory' is not a flag" },
	{ "run", "--mem=x", "'--mem' is not a flag" },
	{ "ps", "--memory=x", "'--memory' is not a flag" },
	{ "exec", "--volume=x", "'--volume' is not a flag" },
	{ "run", "--name=(", "bad pattern '('" },
	{ "run", "--name=$NOSUCH", "unknown variable $NOSUCH" },
	{ "run", "--name=$U_GROUPS", "$U_GROUPS is many" },
};

START_TEST(deny_what_is_no_rule)
{
	struct value_rules rules = { 0 };
	const char *reason;

	ck_assert_msg(!read_rules(&rules, bad[_i].command, bad[_i].words, &ann,
	    true, &reason), "%s", bad[_i].words);
	ck_assert_msg(strncmp(reason, bad[_i].reason,
	    strlen(bad[_i].reason)) == 0, "%s: %s", bad[_i].words, reason);
}
END_TEST

START_TEST(valid_patterns_can_wait_but_flags_cannot)
{
	struct value_rules rules = { 0 };
	const char *reason;

	ck_assert(read_rules(&rules, "run", "--name=( -m=$NOSUCH", NULL, false,
	    &reason));
	ck_assert(!read_rules(&rules, "run", "--nosuch=x", NULL, false,
	    &reason));
	ck_assert(!read_rules(&rules, "run", "--name", NULL, false, &reason));
}
END_TEST

Suite *
value_rules_suite(void)
{
	Suite *s = suite_create("value_rules");
	TCase *t = tcase_of(s, "value_rules");

	EACH(t, valid_words_are_rules_of_flags, good);
	ONE(t, valid_a_flag_without_a_word_has_no_rule);
	ONE(t, valid_settings_add_up);
	EACH(t, deny_what_is_no_rule, bad);
	ONE(t, valid_patterns_can_wait_but_flags_cannot);
	return s;
}
