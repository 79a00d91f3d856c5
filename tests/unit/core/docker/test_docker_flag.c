/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/docker_flag.h"

#include "fixture.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

static const struct docker_command *
command(const char *name)
{
	const struct docker_command *c = docker_command_named(name);

	ck_assert_msg(c != NULL, "no command '%s'", name);
	return c;
}

static const struct docker_flag *
flag(const char *name, const char *docker_flag_name)
{
	return docker_flag_long(
	    *name != '\0' ? command(name) : NULL, docker_flag_name, strlen(docker_flag_name));
}

/* A command's name as the commands field of a flag spells it. */
static void
plus_to_blank(char *name)
{
	for (; *name != '\0'; name++)
		if (*name == '+')
			*name = ' ';
}

static const struct {
	const char *first, *second, *name;
	int words;
} found[] = {
    {"run", NULL, "run", 1},
    {"run", "alpine", "run", 1},
    {"run", "", "run", 1},
    {"container", "run", "run", 2},
    {"container", "ps", "ps", 2},
    {"container", "ls", "ps", 2},
    {"container", "list", "ps", 2},
    {"container", "remove", "rm", 2},
    {"remove", "x", "rm", 1},
    {"image", "ls", "images", 2},
    {"image", "list", "images", 2},
    {"image", "rmi", "rmi", 2},
    {"image", "build", "build", 2},
    {"builder", "build", "build", 2},
    {"system", "info", "info", 2},
    {"system", "events", "events", 2},
    {"network", "list", "network ls", 2},
    {"volume", "remove", "volume rm", 2},
    {"container", "inspect", "container inspect", 2},
    {"inspect", "inspect", "inspect", 1},
};

START_TEST(short_long_and_alias_words_find_the_same_command)
{
	int words = -1;
	const struct docker_command *c =
	    docker_command_find(found[_i].first, found[_i].second, &words);

	ck_assert_ptr_nonnull(c);
	ck_assert_str_eq(c->name, found[_i].name);
	ck_assert_int_eq(words, found[_i].words);
	ck_assert_ptr_null(c->never);
}
END_TEST

static const struct {
	const char *first, *second;
} unknown[] = {
    {"", NULL},
    {"", ""},
    {"", "run"},
    {"-", "run"},
    {"RUN", NULL},
    {"ru", NULL},
    {"runn", NULL},
    {"run ", NULL},
    {" run", NULL},
    {"run|x", NULL},
    {"container", NULL},
    {"container", ""},
    {"container", "runx"},
    {"container", "ru"},
    {"container", "Run"},
    {"container", "version"},
    {"container", "prune|x"},
    {"container run", NULL},
    {"container ls|container list", NULL},
    {"network ls", NULL},
    {"image", "exec"},
    {"image", NULL},
    {"network", "ps"},
    {"network", NULL},
    {"system", "dial"},
    {"system", NULL},
    {"volume", "ls x"},
    {"volume", NULL},
    {"help", "run"},
    {"undocker", NULL},
};

START_TEST(words_that_docker_does_not_know_find_nothing)
{
	int words = -1;

	ck_assert_ptr_null(
	    docker_command_find(unknown[_i].first, unknown[_i].second, &words));
	ck_assert_int_eq(words, 0);
}
END_TEST

static const struct {
	const char *first, *second;
	int words;
} never[] = {
    {"plugin", "install", 1},
    {"plugin", "whatever", 1},
    {"plugin", NULL, 1},
    {"swarm", "init", 1},
    {"service", "create", 1},
    {"stack", "up", 1},
    {"deploy", "x", 1},
    {"node", "ls", 1},
    {"secret", "create", 1},
    {"config", "create", 1},
    {"context", "use", 1},
    {"checkpoint", "create", 1},
    {"trust", "key", 1},
    {"manifest", "push", 1},
    {"builder", "prune", 1},
    {"builder", NULL, 1},
    {"engine", "update", 1},
    {"buildx", "build", 1},
    {"bake", NULL, 1},
    {"compose", "up", 1},
    {"scan", "x", 1},
    {"scout", NULL, 1},
    {"app", "run", 1},
    {"system", "dial-stdio", 2},
    {"completion", "bash", 1},
    {"__complete", "run", 1},
    {"__completeNoDesc", "run", 1},
};

START_TEST(families_that_give_root_away_are_never_whatever_follows)
{
	int words = -1;
	const struct docker_command *c =
	    docker_command_find(never[_i].first, never[_i].second, &words);

	ck_assert_ptr_nonnull(c);
	ck_assert_ptr_nonnull(c->never);
	ck_assert_int_eq(words, never[_i].words);
}
END_TEST

START_TEST(a_never_command_has_no_flags)
{
	ck_assert_ptr_null(docker_flag_at(command("plugin"), 0));
	ck_assert_ptr_null(flag("plugin", "help"));
}
END_TEST

static const struct {
	const char *command;
	char letter;
	const char *name; /* NULL: no such letter */
	enum flag_shape shape;
} letters[] = {
    {"run", 'h', "hostname", FLAG_SINGLE},
    {"create", 'h', "hostname", FLAG_SINGLE},
    {"exec", 'h', "help", FLAG_BOOL},
    {"ps", 'h', "help", FLAG_BOOL},
    {"ps", 'f', "filter", FLAG_LIST},
    {"rm", 'f', "force", FLAG_BOOL},
    {"build", 'f', "file", FLAG_SINGLE},
    {"logs", 'f', "follow", FLAG_BOOL},
    {"inspect", 'f', "format", FLAG_SINGLE},
    {"run", 'f', NULL, 0},
    {"run", 'l', "label", FLAG_LIST},
    {"rm", 'l', "link", FLAG_BOOL},
    {"ps", 'l', "latest", FLAG_BOOL},
    {"kill", 's', "signal", FLAG_SINGLE},
    {"ps", 's', "size", FLAG_BOOL},
    {"run", 't', "tty", FLAG_BOOL},
    {"stop", 't', "time", FLAG_SINGLE},
    {"build", 't', "tag", FLAG_LIST},
    {"logs", 't', "timestamps", FLAG_BOOL},
    {"run", 'p', "publish", FLAG_LIST},
    {"login", 'p', "password", FLAG_SINGLE},
    {"run", 'a', "attach", FLAG_LIST},
    {"start", 'a', "attach", FLAG_BOOL},
    {"ps", 'a', "all", FLAG_BOOL},
    {"cp", 'a', "archive", FLAG_BOOL},
    {"run", 'c', "cpu-shares", FLAG_SINGLE},
    {"commit", 'c', NULL, 0},
    {"import", 'c', "change", FLAG_LIST},
    {"load", 'i', "input", FLAG_SINGLE},
    {"run", 'i', "interactive", FLAG_BOOL},
    {"save", 'o', "output", FLAG_SINGLE},
    {"export", 'o', "output", FLAG_SINGLE},
    {"volume create", 'o', "opt", FLAG_LIST},
    {"network create", 'o', "opt", FLAG_LIST},
    {"volume create", 'd', "driver", FLAG_SINGLE},
    {"run", 'd', "detach", FLAG_BOOL},
    {"create", 'd', NULL, 0},
    {"history", 'H', "human", FLAG_BOOL},
    {"run", 'H', NULL, 0},
    {"run", 'v', "volume", FLAG_LIST},
    {"rm", 'v', "volumes", FLAG_BOOL},
    {"update", 'm', "memory", FLAG_SINGLE},
    {"import", 'm', "message", FLAG_SINGLE},
    {"ps", 'n', "last", FLAG_SINGLE},
    {"logs", 'n', "tail", FLAG_SINGLE},
    {"", 'h', "help", FLAG_BOOL},
    {"", 'v', "version", FLAG_BOOL},
    {"", 'c', "context", FLAG_SINGLE},
    {"", 'l', "log-level", FLAG_SINGLE},
    {"", 'i', NULL, 0},
    {"run", '\0', NULL, 0},
    {"run", '-', NULL, 0},
    {"run", '|', NULL, 0},
    {"run", '\xe9', NULL, 0},
};

START_TEST(a_letter_means_what_it_means_for_that_command)
{
	const char *name = letters[_i].command;
	const struct docker_flag *f = docker_flag_letter(
	    *name != '\0' ? command(name) : NULL, letters[_i].letter);

	if (letters[_i].name == NULL) {
		ck_assert_ptr_null(f);
		return;
	}
	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_eq(f, flag(name, letters[_i].name));
	ck_assert_int_eq(f->shape, letters[_i].shape);
}
END_TEST

static const struct {
	const char *command, *name, *other;
} same[] = {
    {"run", "net", "network"},
    {"create", "net", "network"},
    {"run", "net-alias", "network-alias"},
    {"run", "dns-opt", "dns-option"},
    {"stop", "timeout", "time"},
    {"restart", "timeout", "time"},
};

START_TEST(another_spelling_is_the_same_row)
{
	const struct docker_flag *f = flag(same[_i].command, same[_i].name);

	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_eq(f, flag(same[_i].command, same[_i].other));
}
END_TEST

static const struct {
	const char *command, *name;
} no_flag[] = {
    {"run", ""},
    {"run", "n"},
    {"run", "privilege"},
    {"run", "privileged="},
    {"run", "Privileged"},
    {"run", "cap_add"},
    {"run", "network|net"},
    {"run", "-rm"},
    {"run", "host"},
    {"run", "config"},
    {"build", "net"},
    {"exec", "rm"},
    {"create", "detach"},
    {"create", "sig-proxy"},
    {"rm", "all"},
    {"", "rm"},
    {"", "privileged"},
};

START_TEST(a_flag_name_is_exact_and_of_its_command_only)
{
	ck_assert_ptr_null(flag(no_flag[_i].command, no_flag[_i].name));
}
END_TEST

START_TEST(a_name_is_only_as_long_as_it_is_said_to_be)
{
	const struct docker_command *c = command("run");

	ck_assert_ptr_eq(docker_flag_long(c, "rm=true", 2), flag("run", "rm"));
	ck_assert_ptr_null(docker_flag_long(c, "rm\0", 3));
	ck_assert_ptr_null(docker_flag_long(c, "rm", 0));
}
END_TEST

static const struct {
	const char *command, *name;
	enum flag_shape shape;
	enum value_kind kind;
} meant[] = {
    {"run", "privileged", FLAG_BOOL, VALUE_PLAIN},
    {"run", "volume", FLAG_LIST, VALUE_VOLUME},
    {"run", "mount", FLAG_LIST, VALUE_MOUNT},
    {"run", "network", FLAG_LIST, VALUE_NETWORK},
    {"build", "network", FLAG_SINGLE, VALUE_NETWORK},
    {"run", "gpus", FLAG_LIST, VALUE_GPUS},
    {"run", "sysctl", FLAG_LIST, VALUE_SYSCTL},
    {"run", "ulimit", FLAG_LIST, VALUE_ULIMIT},
    {"run", "user", FLAG_SINGLE, VALUE_USER},
    {"exec", "user", FLAG_SINGLE, VALUE_USER},
    {"run", "env-file", FLAG_LIST, VALUE_ENV_FILE},
    {"run", "label-file", FLAG_LIST, VALUE_LABEL_FILE},
    {"run", "pid", FLAG_SINGLE, VALUE_NAMESPACE},
    {"run", "ipc", FLAG_SINGLE, VALUE_NAMESPACE},
    {"run", "uts", FLAG_SINGLE, VALUE_NAMESPACE},
    {"run", "userns", FLAG_SINGLE, VALUE_NAMESPACE},
    {"run", "cgroupns", FLAG_SINGLE, VALUE_NAMESPACE},
    {"run", "volumes-from", FLAG_LIST, VALUE_CONTAINER},
    {"run", "link", FLAG_LIST, VALUE_CONTAINER},
    {"network connect", "link", FLAG_LIST, VALUE_CONTAINER},
    {"rm", "link", FLAG_BOOL, VALUE_PLAIN},
    {"run", "cidfile", FLAG_SINGLE, VALUE_FILE},
    {"build", "iidfile", FLAG_SINGLE, VALUE_FILE},
    {"build", "file", FLAG_SINGLE, VALUE_FILE},
    {"load", "input", FLAG_SINGLE, VALUE_FILE},
    {"", "tlscacert", FLAG_SINGLE, VALUE_FILE},
    {"update", "memory-swap", FLAG_SINGLE, VALUE_SIZE},
    {"update", "cpus", FLAG_SINGLE, VALUE_DECIMAL},
    {"run", "health-start-interval", FLAG_SINGLE, VALUE_DURATION},
    {"run", "use-api-socket", FLAG_BOOL, VALUE_PLAIN},
    {"rmi", "platform", FLAG_LIST, VALUE_PLAIN},
    {"pull", "platform", FLAG_SINGLE, VALUE_PLAIN},
};

START_TEST(a_flag_has_its_shape_and_kind)
{
	const struct docker_flag *f = flag(meant[_i].command, meant[_i].name);

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(f->shape, meant[_i].shape);
	ck_assert_int_eq(f->kind, meant[_i].kind);
}
END_TEST

START_TEST(flags_after_operands_are_docker_s_exceptions)
{
	static const char *const not_interspersed[] = {
	    "run", "create", "exec", "top", "tag"};
	const struct docker_command *c;

	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++) {
		bool exception = false;

		for (int j = 0; j < ROWS(not_interspersed); j++)
			if (strcmp(c->name, not_interspersed[j]) == 0)
				exception = true;
		if (c->never == NULL)
			ck_assert_msg(
			    c->interspersed != exception, "%s", c->name);
	}
}
END_TEST

/* Every name that a table says means this row and none else. */
static void
check_name(const struct docker_command *c, const char *name)
{
	char text[64], *second;
	int words = 0;

	ck_assert_uint_lt(strlen(name), sizeof(text));
	strcpy(text, name);
	second = strchr(text, ' ');
	if (second != NULL)
		*second++ = '\0';
	ck_assert_msg(docker_command_find(text, second, &words) == c,
	    "'%s' is another command", name);
	ck_assert_int_eq(words, second != NULL ? 2 : 1);
}

START_TEST(every_command_name_and_alias_is_its_row_s_alone)
{
	const struct docker_command *c;
	char aliases[256], *rest, *alias;

	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++) {
		ck_assert_ptr_eq(docker_command_named(c->name), c);
		check_name(c, c->name);
		ck_assert_uint_lt(strlen(c->aliases), sizeof(aliases));
		rest = strcpy(aliases, c->aliases);
		while (rest != NULL && *rest != '\0') {
			alias = strsep(&rest, "|");
			check_name(c, alias);
			ck_assert_ptr_null(docker_command_named(alias));
		}
	}
	ck_assert_ptr_null(docker_command_at((size_t)-1));
}
END_TEST

/* A new one wants a thought of who reads it. */
START_TEST(text_of_any_kind_is_where_root_reads_none)
{
	static const char *const with_text[] = { "create", "exec", "port",
		"run", "images" };
	const struct docker_command *c;
	int seen = 0;

	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++) {
		if (strchr(c->operands, 'T') == NULL)
			continue;
		ck_assert_int_lt(seen, ROWS(with_text));
		ck_assert_str_eq(c->name, with_text[seen]);
		seen++;
	}
	ck_assert_int_eq(seen, ROWS(with_text));
}
END_TEST

START_TEST(operands_are_letters_and_signs)
{
	const struct docker_command *c;

	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++) {
		const char *o = c->operands;
		bool optional = false;

		while (*o != '\0') {
			ck_assert_msg(
			    strchr("CENIRVMWOPXAHQST", *o) != NULL, "%s", c->name);
			o++;
			if (*o == '*' || *o == '+')
				ck_assert_msg(o[1] == '\0', "%s", c->name);
			ck_assert_msg(!optional || strchr("?*", *o) != NULL,
			    "%s", c->name);
			if (*o == '?')
				optional = true;
			if (strchr("?*+", *o) != NULL && *o != '\0')
				o++;
		}
	}
}
END_TEST

/* Each name and the letter of a flag lead back to it: no two rows share one. */
static void
check_flag(const struct docker_command *c, const struct docker_flag *f)
{
	const char *name = f->names;
	const char *of = c != NULL ? c->name : "docker";

	ck_assert_msg(*name != '\0' || f->letter != '\0', "%s", of);
	while (*name != '\0') {
		size_t n = strcspn(name, "|");

		ck_assert_msg(n > 1 && *name != '-', "%s: %s", of, f->names);
		ck_assert_msg(docker_flag_long(c, name, n) == f,
		    "%s has two rows for --%s", of, f->names);
		name += n + (name[n] == '|' ? 1 : 0);
	}
	if (f->letter != '\0')
		ck_assert_msg(docker_flag_letter(c, f->letter) == f,
		    "%s has two rows for -%c", of, f->letter);
	if (f->shape == FLAG_BOOL)
		ck_assert_msg(f->kind == VALUE_PLAIN,
		    "%s: a bool --%s of a kind", of, f->names);
}

START_TEST(no_command_has_two_rows_for_a_letter_or_a_name)
{
	const struct docker_command *c;
	const struct docker_flag *f;

	for (size_t j = 0; (f = docker_flag_at(NULL, j)) != NULL; j++)
		check_flag(NULL, f);
	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++)
		for (size_t j = 0; (f = docker_flag_at(c, j)) != NULL; j++)
			check_flag(c, f);
}
END_TEST

START_TEST(every_command_has_help)
{
	const struct docker_command *c;

	ck_assert_ptr_nonnull(flag("", "help"));
	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++)
		if (c->never == NULL)
			ck_assert_msg(
			    flag(c->name, "help") != NULL, "%s", c->name);
}
END_TEST

static const struct docker_flag rows[] = {
#define FLAG(commands, letter, names, shape, kind, never) \
	{commands, letter, names, FLAG_##shape, VALUE_##kind},
#include "core/docker/flags.def"
#undef FLAG
};

START_TEST(a_flag_row_names_real_commands_and_each_has_the_flag)
{
	char text[256], *rest = text, *word;
	const char *name = rows[_i].names;

	ck_assert_uint_lt(strlen(rows[_i].commands), sizeof(text));
	strcpy(text, rows[_i].commands);
	while (rest != NULL && *rest != '\0') {
		const struct docker_flag *f;
		bool without;

		word = strsep(&rest, " ");
		without = *word == '-';
		if (strcmp(word, "*") == 0)
			continue;
		plus_to_blank(word);
		word += without ? 1 : 0;
		ck_assert_ptr_null(command(word)->never);
		f = docker_flag_long(command(word), name, strcspn(name, "|"));
		ck_assert_ptr_nonnull(f);
		ck_assert_int_eq(
		    without, strcmp(f->commands, rows[_i].commands) != 0);
	}
}
END_TEST

Suite *
docker_flag_suite(void)
{
	Suite *s = suite_create("docker_flag");
	TCase *t = tcase_of(s, "tables");

	EACH(t, short_long_and_alias_words_find_the_same_command, found);
	EACH(t, words_that_docker_does_not_know_find_nothing, unknown);
	EACH(t, families_that_give_root_away_are_never_whatever_follows, never);
	EACH(t, a_letter_means_what_it_means_for_that_command, letters);
	EACH(t, another_spelling_is_the_same_row, same);
	EACH(t, a_flag_name_is_exact_and_of_its_command_only, no_flag);
	EACH(t, a_flag_has_its_shape_and_kind, meant);
	EACH(t, a_flag_row_names_real_commands_and_each_has_the_flag, rows);
	ONE(t, a_never_command_has_no_flags);
	ONE(t, a_name_is_only_as_long_as_it_is_said_to_be);
	ONE(t, flags_after_operands_are_docker_s_exceptions);
	ONE(t, every_command_name_and_alias_is_its_row_s_alone);
	ONE(t, operands_are_letters_and_signs);
	ONE(t, text_of_any_kind_is_where_root_reads_none);
	ONE(t, no_command_has_two_rows_for_a_letter_or_a_name);
	ONE(t, every_command_has_help);
	return s;
}
