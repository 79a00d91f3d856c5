/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request/cli_read.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define WORDS_MAX 12

/* The parsed line as text: "--flag=value|...|-- operand|...". */
static const char *
parsed(const char *command, const char *const *words, const char **why)
{
	const struct docker_command *c = docker_command_named(command);
	struct flag_table table = flag_table_new(a, c);
	struct request line = { 0 };
	struct strv out = strv_new(a);
	struct fault f = { 0 };
	char *argv[WORDS_MAX + 1] = { 0 };
	int argc = 0;

	ck_assert_ptr_nonnull(c);
	for (; words[argc] != NULL; argc++)
		argv[argc] = arena_strdup(a, words[argc]);
	if (!cli_read_words(&line.flags, &line.operands, a, &table,
		c->interspersed, "X: ", argc, argv, &f)) {
		ck_assert_int_eq(f.kind, FAULT_REFUSED);
		*why = f.text;
		return NULL;
	}
	ck_assert_int_eq(f.kind, FAULT_NONE);
	for (size_t i = 0; i < line.flags.n; i++) {
		const struct used_flag *u = &line.flags.v[i];

		ck_assert_int_eq(u->origin, FLAG_USER);
		strv_pushf(
		    &out, "%s=%s", docker_flag_name(a, u->flag), u->value);
	}
	strv_push(&out, "--");
	for (size_t i = 0; i < line.operands.n; i++)
		strv_push(&out, line.operands.v[i]);
	return strv_join(&out, "|");
}

static const struct {
	const char *command;
	const char *words[WORDS_MAX + 1];
	const char *read;
} lines[] = {
	{ "run", { NULL }, "--" },
	/* an operand ends the flags: all behind it is verbatim */
	{ "run", { "alpine" }, "--|alpine" },
	{ "run", { "alpine", "--rm", "--", "-x" }, "--|alpine|--rm|--|-x" },
	{ "run", { "--rm", "alpine", "--rm" }, "--rm=true|--|alpine|--rm" },
	{ "run", { "", "--rm" }, "--||--rm" },
	{ "run", { "-", "--rm" }, "--|-|--rm" },
	{ "exec", { "web", "-it", "sh" }, "--|web|-it|sh" },
	{ "top", { "web", "-o", "pid" }, "--|web|-o|pid" },
	/* but not where docker goes on */
	{ "rm", { "web", "-f" }, "--force=true|--|web" },
	{ "rm", { "web", "-f", "db", "-v" },
	    "--force=true|--volumes=true|--|web|db" },
	{ "rm", { "", "-f" }, "--force=true|--|" },
	{ "cp", { "x:/a", "-", "-L" }, "--follow-link=true|--|x:/a|-" },
	{ "rm", { "web", "--", "-f", "--", "db" }, "--|web|-f|--|db" },
	/* -- is dropped where a flag may stand */
	{ "run", { "--", "alpine", "-x" }, "--|alpine|-x" },
	{ "run", { "--rm", "--", "--privileged" },
	    "--rm=true|--|--privileged" },
	{ "run", { "--" }, "--" },
	{ "run", { "--", "--", "a" }, "--|--|a" },
	/* long flags */
	{ "run", { "--env=A=b=c", "x" }, "--env=A=b=c|--|x" },
	{ "run", { "--env=", "x" }, "--env=|--|x" },
	{ "run", { "--env", "A", "x" }, "--env=A|--|x" },
	{ "run", { "--env", "", "x" }, "--env=|--|x" },
	{ "run", { "--name", "--privileged", "alpine" },
	    "--name=--privileged|--|alpine" },
	{ "run", { "-e", "--help", "alpine" }, "--env=--help|--|alpine" },
	{ "run", { "--env", "--", "alpine" }, "--env=--|--|alpine" },
	{ "run", { "-w", "--", "--privileged", "alpine" },
	    "--workdir=--|--privileged=true|--|alpine" },
	{ "run", { "--env", "-" }, "--env=-|--" },
	/* a bool never takes the next word */
	{ "run", { "--privileged", "true", "alpine" },
	    "--privileged=true|--|true|alpine" },
	{ "run", { "-i", "false", "alpine" },
	    "--interactive=true|--|false|alpine" },
	{ "run", { "--rm=1", "--init=t", "--tty=T", "--quiet=TRUE",
	    "--interactive=true", "--privileged=True", "x" },
	    "--rm=true|--init=true|--tty=true|--quiet=true|--interactive=true|"
	    "--privileged=true|--|x" },
	{ "run", { "--rm=0", "--init=f", "--tty=F", "--quiet=FALSE",
	    "--interactive=false", "--privileged=False", "x" },
	    "--rm=false|--init=false|--tty=false|--quiet=false|"
	    "--interactive=false|--privileged=false|--|x" },
	/* repeats stay, in order */
	{ "run", { "--rm", "--rm=false", "x" }, "--rm=true|--rm=false|--|x" },
	{ "run", { "-u", "0", "-u5:5", "x" }, "--user=0|--user=5:5|--|x" },
	/* other names of a flag */
	{ "run", { "--net=host", "--network=none", "--net", "x", "y" },
	    "--network=host|--network=none|--network=x|--|y" },
	{ "stop", { "--timeout=3", "--time=4", "-t5", "x" },
	    "--time=3|--time=4|--time=5|--|x" },
	/* clusters */
	{ "run", { "-it", "x" }, "--interactive=true|--tty=true|--|x" },
	{ "run", { "-itv/a:/b", "x" },
	    "--interactive=true|--tty=true|--volume=/a:/b|--|x" },
	{ "run", { "-itv", "/a:/b", "x" },
	    "--interactive=true|--tty=true|--volume=/a:/b|--|x" },
	{ "run", { "-itu0", "x" },
	    "--interactive=true|--tty=true|--user=0|--|x" },
	{ "run", { "-vit", "x" }, "--volume=it|--|x" },
	{ "run", { "-privileged", "x" }, "--publish=rivileged|--|x" },
	{ "run", { "-v/a", "x" }, "--volume=/a|--|x" },
	{ "run", { "-v=/a", "x" }, "--volume=/a|--|x" },
	{ "run", { "-v==/a", "x" }, "--volume==/a|--|x" },
	{ "run", { "-v=", "x" }, "--volume==|--|x" },
	{ "run", { "-iv=", "x" }, "--interactive=true|--volume==|--|x" },
	{ "run", { "-v", "", "x" }, "--volume=|--|x" },
	{ "run", { "-v", "-it", "x" }, "--volume=-it|--|x" },
	{ "run", { "-e-it", "x" }, "--env=-it|--|x" },
	{ "run", { "-it=false", "x" },
	    "--interactive=true|--tty=false|--|x" },
	{ "run", { "-i=1", "x" }, "--interactive=true|--|x" },
	{ "run", { "-etest.x", "x" }, "--env=test.x|--|x" },
	{ "run", { "-ttest", "x" },
	    "--tty=true|--tty=true|--env=st|--|x" },
	{ "run", { "-e\xc3\xa9", "x" }, "--env=\xc3\xa9|--|x" },
	/* a letter means what it means for that command */
	{ "ps", { "-f", "a=b", "-l" }, "--filter=a=b|--latest=true|--" },
	{ "run", { "-h", "box", "x" }, "--hostname=box|--|x" },
	{ "ps", { "-h" }, "--help=true|--" },
	{ "kill", { "-s", "9", "x" }, "--signal=9|--|x" },
	{ "login", { "-p", "x" }, "--password=x|--" },
	/* --help is a flag like others */
	{ "run", { "--help", "--privileged", "x" },
	    "--help=true|--privileged=true|--|x" },
	{ "run", { "--help=false", "x" }, "--help=false|--|x" },
};

START_TEST(valid_a_line_is_read_as_docker_reads_it)
{
	const char *why = NULL;
	const char *got = parsed(lines[_i].command, lines[_i].words, &why);

	ck_assert_msg(got != NULL, "%s", why);
	ck_assert_str_eq(got, lines[_i].read);
}
END_TEST

static const struct {
	const char *command;
	const char *words[4];
	const char *why;
} refused[] = {
	{ "run", { "--nosuch", "x" }, "X: --nosuch is not allowed" },
	{ "run", { "--nosuch=1" }, "X: --nosuch is not allowed" },
	{ "run", { "--priv" }, "X: --priv is not" }, /* no abbreviations */
	{ "run", { "--ENV=x" }, "X: --ENV is not" },
	{ "run", { "--cap_add=x" }, "X: --cap_add is not" },
	{ "run", { "--config=/x" }, "X: --config is not" },
	{ "run", { "--host=x" }, "X: --host is not" },
	{ "run", { "-H", "x" }, "X: -H is not" },
	{ "run", { "-D" }, "X: -D is not" },
	{ "run", { "-x" }, "X: -x is not" },
	{ "run", { "-ix" }, "X: -x is not" },
	{ "run", { "-i-" }, "X: -- is not" },
	{ "run", { "-\xc3\xa9" }, "X: -\xc3 is not" },
	{ "ps", { "-x" }, "X: -x is not" },
	{ "ps", { "--privileged" }, "X: --privileged is not" },
	{ "ps", { "x", "--privileged" }, "X: --privileged is not" },
	{ "exec", { "--rm", "x" }, "X: --rm is not" },
	{ "create", { "-d", "x" }, "X: -d is not" },
	/* bad syntax */
	{ "run", { "---x" }, "X: ---x is not a flag" },
	{ "run", { "---" }, "X: --- is not a flag" },
	{ "run", { "--=x" }, "X: --=x is not a flag" },
	{ "run", { "--=" }, "X: --= is not a flag" },
	{ "run", { "-=x" }, "X: -= is not" },
	/* what pflag drops silently */
	{ "run", { "-test.foo" }, "X: -test.foo is not a flag" },
	{ "run", { "-test.", "x" }, "X: -test. is not a flag" },
	{ "run", { "-itest.--privileged" },
	    "X: -itest.--privileged is not a flag" },
	{ "run", { "--test.v" }, "X: --test.v is not" },
	/* a value that is missing */
	{ "run", { "--env" }, "X: --env needs a value" },
	{ "run", { "-e" }, "X: -e needs a value" },
	{ "run", { "-ite" }, "X: -e needs a value" },
	{ "rm", { "web", "--nosuch" }, "X: --nosuch is not" },
	/* bools that are none */
	{ "run", { "--rm=" }, "X: --rm= is a bool" },
	{ "run", { "--rm=yes" }, "X: --rm=yes is a bool" },
	{ "run", { "--rm=TrUe" }, "X: --rm=TrUe is a bool" },
	{ "run", { "--rm= true" }, "X: --rm= true is a bool" },
	{ "run", { "-i=" }, "X: -= is not" },
	{ "run", { "-i=x" }, "X: -i=x is a bool" },
	{ "run", { "-it=x" }, "X: -t=x is a bool" },
	{ "run", { "-i=true=" }, "X: -i=true= is a bool" },
	/* errors beat help */
	{ "run", { "--help", "--nosuch" }, "X: --nosuch is not" },
};

START_TEST(deny_what_docker_would_guess_at_or_swallow)
{
	const char *why = NULL;
	const char *got = parsed(refused[_i].command, refused[_i].words, &why);

	ck_assert_msg(got == NULL, "%s", got);
	ck_assert_msg(strncmp(why, refused[_i].why, strlen(refused[_i].why)) ==
	    0, "%s", why);
}
END_TEST

START_TEST(valid_the_last_use_counts)
{
	const struct docker_command *run = docker_command_named("run");
	struct flag_table table = flag_table_new(a, run);
	char *argv[] = { arena_strdup(a, "--rm"), arena_strdup(a, "--net=a"),
		arena_strdup(a, "--rm=false"), arena_strdup(a, "--init") };
	struct request line = { 0 };
	struct fault f = { 0 };

	ck_assert(cli_read_words(
	    &line.flags, &line.operands, a, &table, false, "", 4, argv, &f));
	ck_assert(!used_flags_on(&line.flags, "rm"));
	ck_assert(used_flags_on(&line.flags, "init"));
	ck_assert(!used_flags_on(&line.flags, "privileged"));
	ck_assert(!used_flags_on(&line.flags, "network"));
	ck_assert_str_eq(used_flags_last(&line.flags, "network")->value, "a");
	ck_assert_ptr_null(used_flags_last(&line.flags, "net"));
	ck_assert_ptr_null(used_flags_last(&line.flags, "networ"));
	ck_assert_ptr_null(used_flags_last(&line.flags, "r"));
}
END_TEST

/* A flag that only the policy knows is read by the policy's word for it. */
START_TEST(valid_the_policy_s_own_flags_have_their_shape)
{
	const struct docker_command *run = docker_command_named("run");
	struct flag_table table = flag_table_new(a, run);
	struct flagset set = { 0 };
	char *argv[] = { arena_strdup(a, "-Zv"), arena_strdup(a, "--on"),
		arena_strdup(a, "--zap"), arena_strdup(a, "--on"),
		arena_strdup(a, "x") };
	struct request line = { 0 };
	struct fault f = { 0 };
	const char *reason;

	ck_assert(flagset_read(&set, &table, "-Z|--zap list, --on", &reason));
	ck_assert(cli_read_words(
	    &line.flags, &line.operands, a, &table, false, "", 5, argv, &f));
	ck_assert_uint_eq(line.flags.n, 3);
	ck_assert_str_eq(line.flags.v[0].value, "v");
	ck_assert_str_eq(line.flags.v[1].value, "true");
	ck_assert_str_eq(line.flags.v[2].value, "--on");
	ck_assert_str_eq(line.operands.v[0], "x");
}
END_TEST

START_TEST(limit_many_words)
{
	enum { MANY = 100000 };
	const struct docker_command *rm = docker_command_named("rm");
	struct flag_table table = flag_table_new(a, rm);
	char **argv = arena_alloc(a, MANY * sizeof(*argv));
	struct request line = { 0 };
	struct fault f = { 0 };

	for (int i = 0; i < MANY; i++)
		argv[i] = arena_strdup(a, i % 2 == 0 ? "-f" : "x");
	ck_assert(cli_read_words(
	    &line.flags, &line.operands, a, &table, true, "", MANY, argv, &f));
	ck_assert_uint_eq(line.flags.n, MANY / 2);
	ck_assert_uint_eq(line.operands.n, MANY / 2);
}
END_TEST

Suite *
cli_read_suite(void)
{
	Suite *s = suite_create("cli_read");
	TCase *t = tcase_of(s, "cli_read");

	EACH(t, valid_a_line_is_read_as_docker_reads_it, lines);
	EACH(t, deny_what_docker_would_guess_at_or_swallow, refused);
	ONE(t, valid_the_last_use_counts);
	ONE(t, valid_the_policy_s_own_flags_have_their_shape);
	ONE(t, limit_many_words);
	return s;
}
