/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client/client_help.h"

#include "core/policy/section.h"

#include "client_answers.h"
#include "suites.h"

static const struct docker_command *
command(const char *name)
{
	const struct docker_command *c = docker_command_named(name);

	ck_assert_ptr_nonnull(c);
	return c;
}

/* The flags of a text, one a line: letter name type text. */
static const char *
flags_of(const char *text)
{
	struct help_flags flags;
	struct strv lines = strv_new(a);
	const char *reason;

	ck_assert(help_flags_read(&flags, a, text, &reason));
	for (size_t i = 0; i < flags.n; i++) {
		const struct help_flag *f = &flags.v[i];

		strv_pushf(&lines, "%c %s %s: %s\n",
		    f->letter == 0 ? '.' : f->letter, f->name, f->type,
		    f->text);
	}
	return strv_join(&lines, "");
}

START_TEST(valid_lines_types_and_what_goes_on)
{
	ck_assert_str_eq(flags_of(RUN_HELP),
	    ". add-host list: Add a custom host-to-IP mapping (host:ip)\n"
	    "e env list: Set environment variables\n"
	    ". memory-swappiness int: Tune container memory swappiness -1 for "
	    "unlimited)\n"
	    ". newest string: Of tomorrow\n"
	    ". optional : A value that may be left out\n"
	    ". privileged : Give extended privileges to this container\n"
	    ". rm : Automatically remove it\n"
	    "x  : Only a letter\n");
}
END_TEST

START_TEST(valid_sections_that_are_no_flags)
{
	ck_assert_str_eq(flags_of("Usage:  docker [OPTIONS] COMMAND\n\n"
	    "Global Options:\n"
	    "  -D, --debug   Enable debug mode\n"
	    "\n"
	    "Commands:\n"
	    "  --ps          List containers\n"
	    "\n"
	    "These are no Options: at all\n"
	    "  --nor         This\n"),
	    "D debug : Enable debug mode\n");
	ck_assert_str_eq(flags_of("Usage:  docker pause CONTAINER\n"), "");
}
END_TEST

static const char *const no_help[] = { "", "docker version 1\n",
	"Options:\n  --rm   x\n", "see Usage: below\n" };

START_TEST(bad_no_help_at_all)
{
	struct help_flags flags;
	const char *reason = NULL;

	ck_assert(!help_flags_read(&flags, a, no_help[_i], &reason));
	ck_assert_ptr_nonnull(reason);
	ck_assert(!help_flags_are_of(no_help[_i], command("run")));
}
END_TEST

static const struct {
	const char *text;
	const char *command;
	bool is;
} abouts[] = {
	{ RUN_HELP, "run", true },
	{ RUN_HELP, "rm", false },
	{ RUN_HELP, "create", false },
	{ "Usage:  docker container ls [OPTIONS]\n", "ps", true },
	{ "Usage:\tdocker ps", "ps", true },
	{ "Usage:  docker volume COMMAND\n", "volume update", false },
	{ "Usage:  docker volume update [OPTIONS]\n", "volume update", true },
	{ "Usage:  docker [OPTIONS] COMMAND\n", "run", false },
	{ "Usage:  docker images\n", "image inspect", false },
	{ "Usage:  docker rmi IMAGE\n", "rm", false },
	{ "Usage:  podman run\n", "run", false },
};

START_TEST(which_command_the_help_is_of)
{
	ck_assert(help_flags_are_of(abouts[_i].text,
		      command(abouts[_i].command)) == abouts[_i].is);
}
END_TEST

START_TEST(valid_each_command_is_asked_once)
{
	struct client_help h = client_answers_help();
	struct fault f = { 0 };

	ck_assert_uint_eq(client_help_of(&h, command("run"), &f)->n, 8);
	ck_assert_uint_eq(client_help_of(&h, command("pause"), &f)->n, 0);
	ck_assert_uint_eq(client_help_of(&h, NULL, &f)->n, 1);
	ck_assert_uint_eq(client_help_of(&h, command("run"), NULL)->n, 8);
	ck_assert_uint_eq(client_asked, 3);
	ck_assert_int_eq(f.kind, FAULT_NONE);
}
END_TEST

static const char *const missing[] = { "volume update", "volume prune" };

START_TEST(bad_a_command_that_it_lacks)
{
	struct client_help h = client_answers_help();
	struct fault f = { 0 };

	ck_assert_ptr_null(client_help_of(&h, command(missing[_i]), &f));
	ck_assert_str_eq(f.text, arena_printf(a, "the installed docker "
	    "(/usr/bin/docker) has no '%s'", missing[_i]));
	ck_assert_int_eq(h.broken.kind, FAULT_NONE);
	ck_assert_ptr_null(client_help_of(&h, command(missing[_i]), NULL));
	ck_assert_uint_eq(client_asked, 1);
	ck_assert_ptr_nonnull(client_help_of(&h, command("run"), NULL));
}
END_TEST

START_TEST(bad_a_broken_client_is_not_asked_again)
{
	struct client_help h = client_answers_help();
	struct fault f = { 0 };

	ck_assert_ptr_null(client_help_of(&h, command("rm"), &f));
	ck_assert_str_eq(f.text, "what the docker client /usr/bin/docker "
	    "answers to 'rm --help' is no help: it fails");
	ck_assert_int_eq(h.broken.kind, FAULT_REFUSED);
	ck_assert_ptr_null(client_help_of(&h, command("run"), NULL));
	ck_assert_uint_eq(client_asked, 1);
}
END_TEST

static const struct {
	struct docker_flag flag;
	enum client_flag has;
} flags[] = {
	{ { .letter = 'e', .names = "env" }, CLIENT_FLAG_VALUE },
	{ { .names = "rm" }, CLIENT_FLAG_BOOL },
	{ { .names = "optional" }, CLIENT_FLAG_BOOL },
	{ { .letter = 'x', .names = "" }, CLIENT_FLAG_BOOL },
	/* hidden from the help */
	{ { .names = "hidden" }, CLIENT_FLAG_BOOL },
	{ { .names = "net" }, CLIENT_FLAG_VALUE },
	{ { .names = "nosuch|net" }, CLIENT_FLAG_VALUE },
	{ { .letter = 'y', .names = "" }, CLIENT_FLAG_VALUE },
	/* not there */
	{ { .names = "nosuch" }, CLIENT_FLAG_LACKS },
	{ { .letter = 'e', .names = "nosuch" }, CLIENT_FLAG_LACKS },
	{ { .letter = 'z', .names = "" }, CLIENT_FLAG_LACKS },
	{ { .names = "strange" }, CLIENT_FLAG_UNKNOWN },
};

START_TEST(whether_it_takes_a_flag)
{
	struct client_help h = client_answers_help();
	unsigned asked;

	ck_assert_int_eq(client_help_flag(&h, command("run"), &flags[_i].flag),
	    flags[_i].has);
	asked = client_asked;
	ck_assert_int_eq(client_help_flag(&h, command("run"), &flags[_i].flag),
	    flags[_i].has);
	ck_assert_uint_eq(client_asked, asked);
}
END_TEST

START_TEST(bad_asked_too_often)
{
	struct client_help h = client_answers_help();

	for (int i = 0; i < 1000; i++) {
		struct docker_flag f = { .names = arena_printf(a, "x%d", i) };

		(void)client_help_flag(&h, command("run"), &f);
	}
	ck_assert_uint_le(client_asked, 400);
	ck_assert_int_eq(h.broken.kind, FAULT_REFUSED);
}
END_TEST

START_TEST(bad_no_client)
{
	struct client_help h;
	struct fault f = { 0 };

	ck_assert(!client_help_open(&h, a, "/nonexistent/docker", &f));
	ck_assert_str_eq(f.text,
	    "the docker client /nonexistent/docker does not exist");
	ck_assert_int_eq(h.broken.kind, FAULT_REFUSED);
	ck_assert_ptr_null(client_help_of(&h, command("run"), NULL));
}
END_TEST

static const struct {
	const char *policy;
	const char *path;
} paths[] = {
	{ "[command:run]\n", "/usr/bin/docker" },
	{ "[main]\nDOCKERPATH=/opt/d\n", "/opt/d" },
	{ "[main]\nDOCKERPATH='/opt/a b'\n", "/opt/a b" },
};

START_TEST(valid_the_path_of_the_policy)
{
	struct policy *p = policy_new(a);
	struct fault f = { 0 };

	ck_assert(policy_add(p, "p", paths[_i].policy,
	    strlen(paths[_i].policy), false, &f));
	ck_assert_str_eq(client_help_path(a, p), paths[_i].path);
	ck_assert_str_eq(client_help_path(a, NULL), "/usr/bin/docker");
}
END_TEST

Suite *
client_help_suite(void)
{
	Suite *s = suite_create("client_help");
	TCase *t = tcase_of(s, "client_help");

	ONE(t, valid_lines_types_and_what_goes_on);
	ONE(t, valid_sections_that_are_no_flags);
	EACH(t, bad_no_help_at_all, no_help);
	EACH(t, which_command_the_help_is_of, abouts);
	ONE(t, valid_each_command_is_asked_once);
	EACH(t, bad_a_command_that_it_lacks, missing);
	ONE(t, bad_a_broken_client_is_not_asked_again);
	EACH(t, whether_it_takes_a_flag, flags);
	ONE(t, bad_asked_too_often);
	ONE(t, bad_no_client);
	EACH(t, valid_the_path_of_the_policy, paths);
	return s;
}
