/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/additions.h"

#include "core/request/cli_read.h"

#include "fixture.h"
#include "policy_world.h"
#include "suites.h"

#include <string.h>

#define WORDS_MAX 8
#define RUN4 "--user=1000:10 --cap-drop=ALL --security-opt=no-new-privileges " \
	     "--label=undocker.uid=1000"

/* The final flags of a command under a policy; NULL: f. */
static const char *
composed(const char *policy, const char *command, const char *const *words,
    const struct caller *c, struct strv *notes, struct fault *f)
{
	const struct docker_command *dc = docker_command_named(command);
	struct policy *p = policy_new(a);
	struct effective e = { 0 };
	struct strv out = strv_new(a);
	struct request line = { 0 };
	struct used_flags flags = { 0 };
	char *argv[WORDS_MAX] = { 0 };
	int argc = 0;

	*f = (struct fault) { 0 };
	*notes = strv_new(a);
	for (; words[argc] != NULL; argc++)
		argv[argc] = arena_strdup(a, words[argc]);
	ck_assert_msg(policy_add(p, "f", policy, strlen(policy), false, f) &&
			  effective_command(&e, a, p, c, dc, f) &&
			  cli_read_words(&line.flags, &line.operands, a,
			      &e.flags, dc->interspersed, "", argc, argv, f),
	    "%s", f->text);
	if (!additions_make(&flags, a, &e, c, &line.flags, notes, f))
		return NULL;
	for (size_t i = 0; i < flags.n; i++)
		strv_pushf(&out, "%s=%s", docker_flag_name(a, flags.v[i].flag),
		    flags.v[i].value);
	return strv_join(&out, " ");
}

static const struct {
	const char *policy, *command;
	const char *words[WORDS_MAX];
	const char *flags;
	size_t notes;
} good[] = {
	/* what is built in is last, of all flags */
	{ "[command:run]\n", "run", { "x" }, RUN4, 0 },
	{ "[command:run]\n", "run", { "--rm", "x" }, "--rm=true " RUN4, 0 },
	{ "[command:create]\n", "create", { "x" }, RUN4, 0 },
	{ "[command:exec]\n", "exec", { "-it", "x" },
	    "--interactive=true --tty=true --user=1000:10", 0 },
	{ "[command:ps]\n", "ps", { "-a" }, "--all=true", 0 },
	{ "[command:build]\n", "build", { "." }, "", 0 },
	{ "[command:start]\n", "start", { "x" }, "", 0 },
	{ "[command:run]\n", "run", { "-u", "0:0", "--cap-drop=X", "-l",
	    "undocker.uid=0", "x" }, "--user=0:0 --cap-drop=X "
	    "--label=undocker.uid=0 " RUN4, 0 },
	{ "[command:run]\nFORCED=-u 0:0 --security-opt no-new-privileges=false"
	  " -l undocker.uid=0\n", "run", { "x" }, "--user=0:0 "
	    "--security-opt=no-new-privileges=false --label=undocker.uid=0 "
	    RUN4, 0 },
	/* ROOTINSIDE lifts two of the four */
	{ "[command:run]\nROOTINSIDE=true\n", "run", { "x" },
	    "--security-opt=no-new-privileges --label=undocker.uid=1000", 0 },
	{ "[command:exec]\nROOTINSIDE=true\n", "exec", { "x" }, "", 0 },
	/* FORCED comes after the user's */
	{ "[command:run]\nFORCED=-m 1g --rm\n", "run", { "-i", "x" },
	    "--interactive=true --memory=1g --rm=true " RUN4, 0 },
	/* and takes the place of the user's own */
	{ "[command:run]\nFORCED=-m 1g\n", "run", { "-m", "9g", "-i", "x" },
	    "--interactive=true --memory=1g " RUN4, 1 },
	{ "[command:run]\nFORCED=--network none\n", "run",
	    { "--net=host", "--network=a", "x" },
	    "--network=none " RUN4, 2 },
	{ "[command:run]\nFORCED=--rm\n", "run", { "--rm=false", "x" },
	    "--rm=true " RUN4, 1 },
	{ "[command:run]\nFORCED=--cap-add=A\n", "run", { "--cap-add=B", "x" },
	    "--cap-add=A " RUN4, 1 },
	{ "[command:run]\nFORCED=--security-opt=a\n", "run",
	    { "--security-opt=b", "x" }, "--security-opt=a " RUN4, 1 },
	/* where both can stand side by side they do */
	{ "[command:run]\nFORCED=-v /a:/a -e A -l b --tmpfs /t -p 1 "
	  "--expose 1 --dns 1 --mount x --group-add 1 --device a --gpus 1\n",
	    "run", { "-v/b:/b", "-eB", "-lc", "--gpus=2", "x" },
	    "--volume=/b:/b --env=B --label=c --gpus=2 --volume=/a:/a "
	    "--env=A --label=b --tmpfs=/t --publish=1 --expose=1 --dns=1 "
	    "--mount=x --group-add=1 --device=a --gpus=1 " RUN4, 0 },
	{ "[command:run]\nFORCED=--tmpfs /t -p 1 --expose 1 --dns 1\n", "run",
	    { "--tmpfs=/s", "-p2", "--expose=2", "--dns=2", "x" },
	    "--tmpfs=/s --publish=2 --expose=2 --dns=2 --tmpfs=/t "
	    "--publish=1 --expose=1 --dns=1 " RUN4, 0 },
	{ "[command:run]\nFORCED=--mount x --group-add 1 --device a "
	  "--dns-search a --dns-opt b\n", "run",
	    { "--mount=y", "--group-add=2", "--device=b", "--dns-search=c",
	      "--dns-option=d", "x" },
	    "--mount=y --group-add=2 --device=b --dns-search=c "
	    "--dns-option=d --mount=x --group-add=1 --device=a "
	    "--dns-search=a --dns-option=b " RUN4, 0 },
	/* DEFAULTS only where the user gave none */
	{ "[command:run]\nDEFAULTS=-m 1g\n", "run", { "x" },
	    "--memory=1g " RUN4, 0 },
	{ "[command:run]\nDEFAULTS=-m 1g\n", "run", { "--memory=2g", "x" },
	    "--memory=2g " RUN4, 0 },
	{ "[command:run]\nDEFAULTS=--dns 1 --dns 2\n", "run",
	    { "--dns=3", "x" }, "--dns=3 " RUN4, 0 },
	{ "[command:run]\nDEFAULTS=--dns 1 --dns 2\n", "run", { "x" },
	    "--dns=1 --dns=2 " RUN4, 0 },
	{ "[command:run]\nDEFAULTS=--rm\n", "run", { "--rm=false", "x" },
	    "--rm=false " RUN4, 0 },
	{ "[command:run]\nDEFAULTS=-m 1g\nFORCED=-m 2g\n", "run", { "x" },
	    "--memory=2g " RUN4, 0 },
	{ "[command:run]\nDEFAULTS=-m 1g --init\nFORCED=--rm\n", "run",
	    { "-i", "x" }, "--interactive=true --memory=1g --init=true "
	    "--rm=true " RUN4, 0 },
	/* variables */
	{ "[command:run]\nFORCED=-v $HOME:$HOME -w $PWD\n", "run", { "x" },
	    "--volume=/home/ann:/home/ann --workdir=/w " RUN4, 0 },
	{ "[command:run]\nFORCED=--group-add $U_GROUPS\n", "run", { "x" },
	    "--group-add=20 --group-add=30 " RUN4, 0 },
};

START_TEST(valid_user_defaults_forced_built_in)
{
	struct caller c = ann();
	struct strv notes;
	struct fault f;
	const char *got = composed(good[_i].policy, good[_i].command,
	    good[_i].words, &c, &notes, &f);

	ck_assert_msg(got != NULL, "%s", f.text);
	ck_assert_str_eq(got, good[_i].flags);
	ck_assert_uint_eq(notes.n, good[_i].notes);
}
END_TEST

START_TEST(valid_a_note_says_what_was_left_out)
{
	static const char *const words[] = { "-m", "9g", "x", NULL };
	struct caller c = ann();
	struct strv notes;
	struct fault f;

	ck_assert_ptr_nonnull(composed("[command:run]\nFORCED=-m 1g\n", "run",
	    words, &c, &notes, &f));
	ck_assert_str_eq(notes.v[0], "run: your --memory=9g is left out: this "
	    "host sets --memory itself");
}
END_TEST

START_TEST(valid_root_gets_nothing_built_in)
{
	static const char *const words[] = { "--rm", "x", NULL };
	struct caller c = ann();
	struct strv notes;
	struct fault f;

	c.uid = 0;
	ck_assert_str_eq(composed("[command:run]\nFORCED=--init\n", "run",
	    words, &c, &notes, &f), "--rm=true --init=true");
}
END_TEST

START_TEST(valid_no_groups_no_flag)
{
	static const char *const words[] = { "x", NULL };
	struct caller c = ann();
	struct strv notes;
	struct fault f;

	c.nu_groups = 0;
	ck_assert_str_eq(composed("[command:run]\n"
	    "FORCED=--group-add=$U_GROUPS --rm\n", "run", words, &c, &notes,
	    &f), "--rm=true " RUN4);
}
END_TEST

START_TEST(valid_ids_are_unsigned)
{
	static const char *const words[] = { "x", NULL };
	struct caller c = ann();
	struct strv notes;
	struct fault f;

	c.uid = 4294967294U;
	c.gid = 4294967293U;
	ck_assert_str_eq(composed("[command:exec]\n", "exec", words, &c,
	    &notes, &f), "--user=4294967294:4294967293");
}
END_TEST

static const struct {
	const char *forced, *cwd;
	bool good;
} pwd[] = {
	{ "-v $PWD:/w", "/a b", true },
	{ "-v $PWD:/w", "/a,b", true },
	{ "-v $PWD:/w", "/a:b", false },
	{ "-v $PWD:/w", NULL, false },
	{ "--volume=$PWD:$PWD", "/a:/etc", false },
	{ "--mount=type=bind,src=$PWD,dst=/w", "/a:b", true },
	{ "--mount=type=bind,src=$PWD,dst=/w", "/a,src=/etc", false },
	{ "--mount=type=bind,src=$PWD,dst=/w", "/a\"b", false },
	{ "--mount=type=bind,src=$PWD,dst=/w", "/a\nb", false },
	{ "-e PWD=$PWD", "/a:b,c=d e\n'\"", true },
	{ "-w $PWD", "/x' --privileged -v '", true },
	{ "--tmpfs $PWD", "/a:suid", false },
	{ "-p $PWD", "/a", false },
	{ "--network $PWD", "container:x", false },
	{ "--pid $PWD", "container:x", false },
	{ "-u $PWD", "0:0", false },
};

START_TEST(deny_a_value_that_would_change_the_meaning)
{
	static const char *const words[] = { "x", NULL };
	struct caller c = ann();
	struct strv notes;
	struct fault f;
	const char *policy = arena_printf(a, "[command:run]\nFORCED=%s\n",
	    pwd[_i].forced);
	const char *got;

	c.cwd = pwd[_i].cwd;
	got = composed(policy, "run", words, &c, &notes, &f);
	ck_assert_msg((got != NULL) == pwd[_i].good, "%s", policy);
	if (got == NULL) {
		ck_assert_int_eq(f.kind, FAULT_REFUSED);
		ck_assert_msg(strstr(f.text, "(FORCED, f:2)") != NULL, "%s",
		    f.text);
	}
}
END_TEST

START_TEST(valid_every_flag_says_where_it_comes_from)
{
	static const char text[] = "[command:run]\nDEFAULTS=--init\n"
				   "FORCED=-w $PWD -m 1g\n";
	static const struct {
		enum flag_origin origin;
		bool varies;
	} want[] = {
		{ FLAG_USER, false }, { FLAG_DEFAULT, false },
		{ FLAG_FORCED, true }, { FLAG_FORCED, false },
		{ FLAG_BUILT_IN, false },
	};
	const struct docker_command *run = docker_command_named("run");
	struct policy *p = policy_new(a);
	struct effective e = { 0 };
	struct strv notes = strv_new(a);
	struct used_flags user = { 0 }, flags = { 0 };
	struct caller c = ann();
	struct fault f = { 0 };

	ck_assert(policy_add(p, "f", text, strlen(text), false, &f));
	ck_assert(effective_command(&e, a, p, &c, run, &f));
	used_flags_add(&user, a, (struct used_flag) {
	    .flag = docker_flag_long(run, "rm", 2), .value = "true" });
	ck_assert(additions_make(&flags, a, &e, &c, &user, &notes, &f));
	ck_assert_uint_eq(flags.n, 8);
	for (size_t i = 0; i < 5; i++) {
		ck_assert_int_eq(flags.v[i].origin, want[i].origin);
		ck_assert_int_eq(flags.v[i].varies, want[i].varies);
	}
}
END_TEST

Suite *
additions_suite(void)
{
	Suite *s = suite_create("additions");
	TCase *t = tcase_of(s, "composed");

	EACH(t, valid_user_defaults_forced_built_in, good);
	ONE(t, valid_a_note_says_what_was_left_out);
	ONE(t, valid_root_gets_nothing_built_in);
	ONE(t, valid_no_groups_no_flag);
	ONE(t, valid_ids_are_unsigned);
	EACH(t, deny_a_value_that_would_change_the_meaning, pwd);
	ONE(t, valid_every_flag_says_where_it_comes_from);
	return s;
}
