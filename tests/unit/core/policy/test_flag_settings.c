/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/flag_settings.h"

#include "core/policy/flagset.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static const gid_t gids[] = { 20, 30 };

static const struct caller ann = { .uid = 1000, .gid = 1001, .user = "ann",
	.group = "staff", .home = "/home/ann", .cwd = "/w", .gids = gids,
	.ngids = 2, .u_groups = gids, .nu_groups = 2 };

/* The flags as they are put on the line, with | between; NULL: *reason. */
static const char *
flags(const char *value, const char **reason)
{
	const struct docker_command *run = docker_command_named("run");
	struct setting setting = { .key = policy_key_get(KEY_FORCED),
		.value = value, .file = "f", .line = 1 };
	struct flag_settings words = { 0 };
	struct strv out = strv_new(a);

	if (!flag_settings_read(&words, a, run, &setting, reason))
		return NULL;
	for (size_t i = 0; i < words.n; i++) {
		struct strv values = strv_new(a);

		ck_assert_ptr_eq(words.v[i].setting, &setting);
		ck_assert(value_words_expand(
		    &words.v[i].value, a, &ann, "", &values, reason));
		for (size_t k = 0; k < values.n; k++)
			strv_pushf(&out, "%s=%s",
			    docker_flag_name(a, words.v[i].flag), values.v[k]);
	}
	return strv_join(&out, "|");
}

static const struct {
	const char *value, *flags;
} good[] = {
	{ "", "" },
	{ "--rm", "--rm=true" },
	{ "--rm --init", "--rm=true|--init=true" },
	{ "--rm=false --init=T", "--rm=false|--init=true" },
	{ "-i=0", "--interactive=false" },
	{ "-it", "--interactive=true|--tty=true" },
	{ "-it=0", "--interactive=true|--tty=false" },
	{ "--env=A=b", "--env=A=b" },
	{ "--env A=b", "--env=A=b" },
	{ "-e A=b", "--env=A=b" },
	{ "-eA=b", "--env=A=b" },
	{ "-e=A=b", "--env=A=b" },
	{ "-e==", "--env==" },
	{ "--env=", "--env=" },
	{ "--env ''", "--env=" },
	{ "-e 'A=b c'", "--env=A=b c" },
	{ "'-eA=b c'", "--env=A=b c" },
	{ "\"--env=A=b c\"", "--env=A=b c" },
	{ "--env='A=b c'", "--env=A=b c" },
	{ "--env=-x", "--env=-x" },
	{ "-e-x", "--env=-x" },
	{ "--env=--privileged --rm", "--env=--privileged|--rm=true" },
	{ "-u1000", "--user=1000" },
	{ "-u $U_UID:$U_GID", "--user=1000:1001" },
	{ "-u$U_UID:$U_GID", "--user=1000:1001" },
	{ "-u=$U_UID", "--user=1000" },
	{ "--user=$U_UID:$U_GID", "--user=1000:1001" },
	{ "-itu$U_UID", "--interactive=true|--tty=true|--user=1000" },
	{ "-w$PWD", "--workdir=/w" },
	{ "-w $PWD", "--workdir=/w" },
	{ "-v/a:/b", "--volume=/a:/b" },
	{ "-itv/a:/b:ro --rm",
	    "--interactive=true|--tty=true|--volume=/a:/b:ro|--rm=true" },
	{ "-v $HOME:$HOME", "--volume=/home/ann:/home/ann" },
	{ "-v '$HOME':\"$HOME\"", "--volume=/home/ann:/home/ann" },
	{ "--group-add=$U_GROUPS", "--group-add=20|--group-add=30" },
	{ "--group-add $U_GROUPS", "--group-add=20|--group-add=30" },
	{ "--net host", "--network=host" },
	{ "-e \\$USER", "--env=$USER" },
	{ "--name test.x", "--name=test.x" },
};

START_TEST(valid_words_are_flags_with_their_values_bound)
{
	const char *reason = NULL;
	const char *got = flags(good[_i].value, &reason);

	ck_assert_msg(got != NULL, "%s: %s", good[_i].value, reason);
	ck_assert_str_eq(got, good[_i].flags);
}
END_TEST

static const struct {
	const char *value, *reason;
} junk[] = {
	/* a dangling flag would eat what stands behind FORCED */
	{ "-e", "takes a value and has none" },
	{ "--env", "takes a value and has none" },
	{ "--rm -e", "takes a value and has none" },
	{ "-ite", "takes a value and has none" },
	{ "-e --rm", "takes a value and has none" },
	{ "-e -x", "takes a value and has none" },
	{ "--env -", "takes a value and has none" },
	{ "--env --", "takes a value and has none" },
	{ "-e '-x'", "takes a value and has none" },
	{ "-e=", "has an empty value" },
	{ "-e='' --rm", "has an empty value" },
	{ "-ite=", "has an empty value" },
	/* operands and -- */
	{ "alpine", "'alpine' is not a flag, and no flag before it" },
	{ "--rm true", "'true' is not a flag, and no flag before it" },
	{ "--rm alpine --init", "'alpine' is not a flag" },
	{ "-it alpine", "'alpine' is not a flag" },
	{ "-e A b", "'b' is not a flag" },
	{ "--env=A b", "'b' is not a flag" },
	{ "''", "'' is not a flag" },
	{ "--rm ''", "'' is not a flag" },
	{ "$USER", "'USER' is not a flag" },
	{ "-e A $HOME", "'HOME' is not a flag" },
	{ "--", "'--' is not a flag" },
	{ "--rm --", "'--' is not a flag" },
	{ "-- --rm", "'--' is not a flag" },
	{ "-", "'-' is not a flag" },
	{ "--rm -", "'-' is not a flag" },
	/* bools */
	{ "--rm=", "is a bool" },
	{ "--rm=yes", "is a bool" },
	{ "--rm=TrUe", "is a bool" },
	{ "--rm=$USER", "is a bool" },
	{ "--rm=tr$USER", "is a bool" },
	{ "--rm=true$USER", "is a bool" },
	{ "-i=", "has an empty value" },
	{ "-i=x", "is a bool" },
	{ "-i=$USER", "is a bool" },
	/* flags that docker does not have */
	{ "--nosuch", "is not a flag of this docker command" },
	{ "--nosuch=1", "is not a flag of this docker command" },
	{ "-x", "is not a flag of this docker command" },
	{ "-ix", "is not a flag of this docker command" },
	{ "--config=/x", "is not a flag of this docker command" },
	{ "--ENV=A", "is not a flag of this docker command" },
	{ "--=x", "is not a flag of this docker command" },
	{ "---rm", "is not a flag of this docker command" },
	{ "'--env A'", "is not a flag of this docker command" },
	{ "\"--rm --init\"", "is not a flag of this docker command" },
	{ "-=x", "is not a flag of this docker command" },
	{ "'-e A'", "would begin with a blank" },
	{ "'-ite\tA'", "would begin with a blank" },
	/* variables where a flag's name is wanted */
	{ "-$USER", "is not a flag" },
	{ "--$USER", "is not a flag" },
	{ "--env$USER=x", "a variable in the flag's name" },
	{ "--env$USER", "a variable in the flag's name" },
	{ "--rm$USER", "a variable in the flag's name" },
	{ "--r$USER", "is not a flag of this docker command" },
	{ "-it$USER", "a variable among its flags" },
	{ "-i$U_UID", "a variable among its flags" },
	/* words that are none */
	{ "--rm 'x", "not closed" },
	{ "-e $NOSUCH", "unknown variable" },
};

START_TEST(junk_whatever_is_not_a_whole_flag_is_refused)
{
	const char *reason = NULL;
	const char *got = flags(junk[_i].value, &reason);

	ck_assert_msg(got == NULL, "%s: %s", junk[_i].value, got);
	ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "%s: %s",
	    junk[_i].value, reason);
}
END_TEST

START_TEST(valid_settings_add_up_in_order)
{
	const struct docker_command *run = docker_command_named("run");
	struct setting one = { .value = "--rm" }, two = { .value = "-e A" };
	struct flag_settings words = { 0 };
	const char *reason;

	ck_assert(flag_settings_read(&words, a, run, &one, &reason));
	ck_assert(flag_settings_read(&words, a, run, &two, &reason));
	ck_assert_uint_eq(words.n, 2);
	ck_assert_ptr_eq(words.v[0].setting, &one);
	ck_assert_ptr_eq(words.v[1].setting, &two);
}
END_TEST

START_TEST(deny_a_flag_of_another_command)
{
	const struct docker_command *ps = docker_command_named("ps");
	struct setting s = { .value = "--rm" };
	struct flag_settings words = { 0 };
	const char *reason;

	ck_assert(!flag_settings_read(&words, a, ps, &s, &reason));
	s.value = "-f x=y -a";
	ck_assert(flag_settings_read(&words, a, ps, &s, &reason));
}
END_TEST

/* A value from a variable must not say more than one value. */
static const struct {
	const char *flag, *bytes;
} separators[] = {
	{ "volume", ":" },
	{ "tmpfs", ":" },
	{ "user", ":" },
	{ "volumes-from", ":" },
	{ "link", ":" },
	{ "device", ":" },
	{ "ulimit", ":" },
	{ "mount", ",\"\r\n" },
	{ "gpus", ",\"\r\n" },
	{ "publish", ":-/=," },
	{ "network", ":=,\"\r\n" },
	{ "pid", ":=,\"\r\n" },
	{ "ipc", ":=,\"\r\n" },
	{ "env", "" },
	{ "label", "" },
	{ "name", "" },
	{ "workdir", "" },
	{ "hostname", "" },
};

START_TEST(deny_each_flag_knows_its_separators)
{
	const char *name = separators[_i].flag;

	ck_assert_str_eq(value_kind_separators(docker_flag_long(
	    docker_command_named("run"), name, strlen(name))->kind),
	    separators[_i].bytes);
}
END_TEST

Suite *
flag_settings_suite(void)
{
	Suite *s = suite_create("flag_settings");
	TCase *t = tcase_of(s, "flag_words");

	EACH(t, valid_words_are_flags_with_their_values_bound, good);
	EACH(t, junk_whatever_is_not_a_whole_flag_is_refused, junk);
	ONE(t, valid_settings_add_up_in_order);
	ONE(t, deny_a_flag_of_another_command);
	EACH(t, deny_each_flag_knows_its_separators, separators);
	return s;
}
