/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/flagset.h"

#include "core/base/strv.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static struct flag_table
table_of(const char *command)
{
	return flag_table_new(a, command == NULL ? NULL
	    : docker_command_named(command));
}

/* The names of the flags of the set, with blanks between. */
static const char *
names(const struct flagset *set)
{
	struct strv v = strv_new(a);

	for (size_t i = 0; i < set->n; i++)
		strv_push(&v, docker_flag_name(a, set->v[i]));
	return strv_join(&v, " ");
}

static const struct {
	const char *command, *specs, *names;
} specs[] = {
	{ "run", "--rm", "--rm" },
	{ "run", "--env list", "--env" },
	{ "run", "-e list", "--env" },
	{ "run", "-e|--env list", "--env" },
	{ "run", "--env|-e list", "--env" },
	{ "run", "  -e  |  --env   list  ", "--env" },
	{ "run", "\t-e\t|\t--env\tlist\t", "--env" },
	{ "run", "-e|--env list,--rm , -i|--interactive", "--env --rm "
	    "--interactive" },
	{ "run", "\"-e|--env list\",'--rm'", "--env --rm" },
	{ "run", "\"--name string\" , \"-t\"", "--name --tty" },
	{ "run", "\"--rm,--name string\"", "--rm --name" },
	{ "run", "--rm,--rm,--rm", "--rm" },
	{ "run", "-e list,--env list", "--env" },
	{ "run", "--net list", "--network" },
	{ "run", "--net|--network list", "--network" },
	{ "stop", "-t|--time|--timeout int", "--time" },
	{ NULL, "-D|--debug,--log-level string", "--debug --log-level" },
	/* the words that mean a list */
	{ "run", "--volume list,--mount mount,--network network,--gpus "
	    "gpu-request,--ulimit ulimit,--sysctl map,--publish port,"
	    "--security-opt strings", "--volume --mount --network --gpus "
	    "--ulimit --sysctl --publish --security-opt" },
	{ "ps", "-f|--filter filter", "--filter" },
	{ "build", "--secret secret,--cache-from pref,--ssh config",
	    "--secret --cache-from --ssh" },
	/* any other word means one value */
	{ "run", "-m|--memory bytes,--cpus decimal,--pids-limit int,"
	    "--health-interval duration,--user string,--name foo",
	    "--memory --cpus --pids-limit --health-interval --user --name" },
	/* flags that docker may get later */
	{ "run", "--brand-new string", "--brand-new" },
	{ "run", "-Z", "-Z" },
	{ "run", "-Z|--zap", "--zap" },
	{ "run", "-Z|--zap,--zap,-Z", "--zap" },
	{ "run", "--zap|--zop list", "--zap" },
};

START_TEST(valid_specs_name_flags)
{
	struct flag_table t = table_of(specs[_i].command);
	struct flagset set = { 0 };
	const char *reason = NULL;

	ck_assert_msg(flagset_read(&set, &t, specs[_i].specs, &reason),
	    "%s: %s", specs[_i].specs, reason);
	ck_assert_str_eq(names(&set), specs[_i].names);
}
END_TEST

static const struct {
	const char *command, *specs, *reason;
} junk[] = {
	{ "run", "", "'' is not a flag" },
	{ "run", " ", "'' is not a flag" },
	{ "run", ",", "'' is not a flag" },
	{ "run", "--rm,", "'' is not a flag" },
	{ "run", "--rm, ", "'' is not a flag" },
	{ "run", ",--rm", "'' is not a flag" },
	{ "run", "--rm,,--init", "'' is not a flag" },
	{ "run", "rm", "'rm' is not a flag" },
	{ "run", "-", "'-' is not a flag" },
	{ "run", "--", "'--' is not a flag" },
	{ "run", "---rm", "'---rm' is not a flag" },
	{ "run", "-it", "'-it' is not a flag" },
	{ "run", "-env list", "'-env' is not a flag" },
	{ "run", "--rm=true", "'--rm=true' is not a flag" },
	{ "run", "--env=list", "'--env=list' is not a flag" },
	{ "run", "-e|", "'' is not a flag" },
	{ "run", "|--env list", "'' is not a flag" },
	{ "run", "-e||--env list", "'' is not a flag" },
	{ "run", "-e|-f list", "'-f' is not a flag" },
	{ "run", "-e list|--env", "'-e list' is not a flag" },
	{ "run", "--rm --init", "'--init' is not a type word" },
	{ "run", "--env list list", "'list list' is not a type word" },
	{ "run", "--env list string", "is not a type word" },
	{ "run", "--env $USER", "'$USER' is not a type word" },
	{ "run", "--caf\xc3\xa9", "is not a flag" },
	{ "run", "--a*", "is not a flag" },
	{ "run", "\"--rm", "a \" is not closed" },
	{ "run", "--rm'", "a ' is not closed" },
	{ "run", "\"--rm'", "a \" is not closed" },
	/* against docker's table */
	{ "run", "--rm bool", "docker's --rm takes no value" },
	{ "run", "--rm list", "docker's --rm takes no value" },
	{ "run", "--env", "docker's --env may be repeated" },
	{ "run", "-e", "docker's --env may be repeated" },
	{ "run", "--env string", "docker's --env may be repeated" },
	{ "run", "--name", "docker's --name takes one value" },
	{ "run", "--name list", "docker's --name takes one value" },
	{ "run", "-e|--name list", "not names of one flag" },
	{ "run", "-e|--volume list", "not names of one flag" },
	{ "run", "--env|--volume list", "not names of one flag" },
	{ "run", "-Z|--env list", "not names of one flag" },
	{ "run", "-e|--zap list", "not names of one flag" },
	{ "run", "--env|--zap list", "not names of one flag" },
	{ "stop", "-t", "docker's --time takes one value" },
	{ "stop", "-t|--tty", "not names of one flag" },
	{ NULL, "-H|--host string", "docker's --host may be repeated" },
	/* against what the policy says of its own flags */
	{ "run", "--zap,--zap list", "in another form" },
	{ "run", "--zap list,--zap string", "in another form" },
	{ "run", "-Z|--zap,-Y|--zap", "in another form" },
};

START_TEST(junk_bad_specs_are_refused)
{
	struct flag_table t = table_of(junk[_i].command);
	struct flagset set = { 0 };
	const char *reason = "";

	ck_assert_msg(!flagset_read(&set, &t, junk[_i].specs, &reason), "%s",
	    junk[_i].specs);
	ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "%s: %s",
	    junk[_i].specs, reason);
}
END_TEST

START_TEST(valid_a_spec_grants_the_flag_and_not_the_spelling)
{
	struct flag_table t = table_of("run");
	struct flagset set = { 0 };
	const char *reason;

	ck_assert(flagset_read(&set, &t, "--volume list", &reason));
	ck_assert(flagset_has(&set, flag_table_letter(&t, 'v')));
	ck_assert(flagset_has(&set, flag_table_long(&t, "volume", 6)));
	ck_assert(!flagset_has(&set, flag_table_letter(&t, 'e')));
	ck_assert(!flagset_has(&set, flag_table_long(&t, "mount", 5)));
}
END_TEST

START_TEST(valid_a_new_flag_is_found_by_all_its_names)
{
	struct flag_table t = table_of("run");
	struct flagset set = { 0 };
	const struct docker_flag *f;
	const char *reason;

	ck_assert(flagset_read(&set, &t, "-Z|--zap|--zop list", &reason));
	f = flag_table_letter(&t, 'Z');
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(f->shape, FLAG_LIST);
	ck_assert_int_eq(f->kind, VALUE_PLAIN);
	ck_assert_ptr_eq(flag_table_long(&t, "zap", 3), f);
	ck_assert_ptr_eq(flag_table_long(&t, "zop", 3), f);
	ck_assert_ptr_null(flag_table_long(&t, "za", 2));
	ck_assert_ptr_null(flag_table_long(&t, "zapp", 4));
	ck_assert_ptr_null(flag_table_long(&t, "zap|zop", 7));
	ck_assert_ptr_null(flag_table_long(&t, "", 0));
	ck_assert_ptr_null(flag_table_letter(&t, '\0'));
}
END_TEST

START_TEST(valid_specs_that_share_a_name_are_one_flag)
{
	struct flag_table t = table_of("run");
	struct flagset white = { 0 }, black = { 0 };
	const char *reason;

	ck_assert(flagset_read(&white, &t, "--zap list", &reason));
	ck_assert(flagset_read(&black, &t, "-Z|--zap list", &reason));
	ck_assert(flagset_has(&black, flag_table_long(&t, "zap", 3)));
	ck_assert(flagset_has(&black, flag_table_letter(&t, 'Z')));
	ck_assert(flagset_has(&white, flag_table_letter(&t, 'Z')));
	ck_assert_str_eq(
	    docker_flag_name(a, flag_table_letter(&t, 'Z')), "--zap");
}
END_TEST

/*
 * Two flags that a later spec makes one: what was said of either must not be
 * lost, so it is an error or one flag, never two.
 */
static const char *const joined[] = { "--zap|--zop list", "--zop|--zap list",
	"-Z|--zop list" };

START_TEST(deny_a_blacklisted_flag_does_not_get_out_under_a_joined_name)
{
	struct flag_table t = table_of("run");
	struct flagset white = { 0 }, black = { 0 };
	const char *reason;

	ck_assert(flagset_read(&white, &t, "-Z list,--zap list", &reason));
	ck_assert(flagset_read(&black, &t, "--zop list", &reason));
	if (!flagset_read(&white, &t, joined[_i], &reason))
		return;
	ck_assert(flagset_has(&black, flag_table_long(&t, "zop", 3)));
}
END_TEST

START_TEST(valid_tables_do_not_share_their_own_flags)
{
	struct flag_table one = table_of("run"), two = table_of("run");
	struct flagset set = { 0 };
	const char *reason;

	ck_assert(flagset_read(&set, &one, "--zap", &reason));
	ck_assert_ptr_null(flag_table_long(&two, "zap", 3));
	ck_assert(flagset_read(&set, &two, "--zap list", &reason));
}
END_TEST

START_TEST(valid_a_set_that_is_read_twice_adds_up)
{
	struct flag_table t = table_of("run");
	struct flagset set = { 0 };
	const char *reason;

	for (int i = 0; i < 3; i++) {
		ck_assert(flagset_read(&set, &t, "--rm,--zap", &reason));
		ck_assert(flagset_read(&set, &t, "--init", &reason));
	}
	ck_assert_str_eq(names(&set), "--rm --zap --init");
}
END_TEST

START_TEST(limit_many_specs)
{
	struct flag_table t = table_of("run");
	struct flagset set = { 0 };
	struct strv v = strv_new(a);
	const char *reason;

	for (int i = 0; i < 2000; i++)
		strv_pushf(&v, i % 2 == 0 ? "--new-%d list" : "--rm", i);
	ck_assert(flagset_read(&set, &t, strv_join(&v, ", "), &reason));
	ck_assert_uint_eq(set.n, 1001);
}
END_TEST

Suite *
flagset_suite(void)
{
	Suite *s = suite_create("flagset");
	TCase *t = tcase_of(s, "flagspec");

	EACH(t, valid_specs_name_flags, specs);
	EACH(t, junk_bad_specs_are_refused, junk);
	ONE(t, valid_a_spec_grants_the_flag_and_not_the_spelling);
	ONE(t, valid_a_new_flag_is_found_by_all_its_names);
	ONE(t, valid_specs_that_share_a_name_are_one_flag);
	EACH(t, deny_a_blacklisted_flag_does_not_get_out_under_a_joined_name,
	    joined);
	ONE(t, valid_tables_do_not_share_their_own_flags);
	ONE(t, valid_a_set_that_is_read_twice_adds_up);
	ONE(t, limit_many_specs);
	return s;
}
