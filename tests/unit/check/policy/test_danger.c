/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/danger.h"

#include "check/policy/lint_policy.h"
#include "core/verdict/flags.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

/* "WHITELIST=--volume list" */
static const char *
spec(const char *key, const struct docker_flag *f)
{
	static const char *const types[] = { [FLAG_BOOL] = "",
		[FLAG_SINGLE] = " string", [FLAG_LIST] = " list" };

	return arena_printf(a, "%s=%s%s\n", key, docker_flag_name(a, f),
	    types[f->shape]);
}

/* Whether the row's sentence is said of subject, in that line of the policy. */
static bool
said(const char *text, const struct danger *d, const char *subject,
    unsigned line)
{
	struct policy *p = policy_new(a);
	struct findings f = findings_new(a);
	struct lint_facts facts = { 0 };
	struct fault fault = { 0 };

	ck_assert_msg(policy_add(p, "f", text, strlen(text), false, &fault),
	    "%s: %s", text, fault.text);
	lint_policy(&f, p, &facts);
	for (size_t i = 0; i < f.n; i++) {
		if (strstr(f.v[i].text, arena_printf(a, "%s: %s", subject,
			d->why)) != NULL && f.v[i].line == line &&
		    f.v[i].severity == SEVERITY_WARNING)
			return true;
	}
	return false;
}

static bool
found(const char *text, const struct danger *d)
{
	return said(text, d, arena_printf(a, "--%s", d->flag), 2);
}

static const char *
cure(const struct danger *d, const struct docker_flag *f)
{
	const char *name = docker_flag_name(a, f);

	switch (d->cure) {
	case CURE_VALUES:
		return arena_printf(a, "ALLOWEDVALUES=%s=x\n", name);
	case CURE_LIMIT:
		return arena_printf(a, "MAXVALUES=%s=8\n", name);
	case CURE_PATHS:
		return "ALLOWEDPATHS=/srv\n";
	case CURE_PORTS:
		return "ALLOWEDPORTS=8000\n";
	case CURE_RULE:
		return "RESTRICTEDVALUES=--label=x\n";
	case CURE_IMAGES:
	case CURE_NONE:
	case CURE_NEVER:
		break;
	}
	return spec("BLACKLIST", f);
}

/* A row for the command itself. */
static void
try_command(const struct danger *d, const struct docker_command *c)
{
	bool takes = strchr(c->operands, 'I') != NULL;
	const char *list = "ALLOWEDIMAGES=alpine:.*\n";
	const char *run = "[command:run]\n", *own = arena_printf(a,
	    "[command:%s]\n", c->name);

	ck_assert_ptr_eq(danger_of_command(c), d);
	ck_assert_int_eq(d->cure == CURE_NEVER, c->never != NULL);
	if (c->never != NULL)
		return; /* there is no policy with it */
	ck_assert_int_eq(d->cure, CURE_IMAGES);
	ck_assert(said(arena_printf(a, "%s%s", own, run), d, c->name, 1));
	ck_assert_int_eq(said(arena_printf(a, "%s%s%s", own, list, run), d,
	    c->name, 1), !takes);
	ck_assert_int_eq(said(arena_printf(a, "%s%s%s", own, run, list), d,
	    c->name, 1), takes);
	ck_assert_int_eq(said(arena_printf(a, "%s%s%s[command:run user:u]\n",
	    own, run, list), d, c->name, 1), takes);
	ck_assert(said(arena_printf(a, "%s%s[command:run user:u]\n%s", own,
	    run, list), d, c->name, 1));
}

static void
try_row(const struct danger *d, const struct docker_command *c)
{
	const struct docker_flag *f = docker_flag_long(c, d->flag,
	    strlen(d->flag));
	const char *title = c == NULL ? "[main]\n" :
	    arena_printf(a, "[command:%s]\n", c->name), *text;

	ck_assert_msg(f != NULL, "docker %s has no --%s",
	    c == NULL ? "" : c->name, d->flag);
	ck_assert_ptr_eq(danger_of(c, f), d);
	text = arena_printf(a, "%s%s%s", title, spec("WHITELIST", f),
	    f->kind == VALUE_USER ? "ROOTINSIDE=true\n" : "");
	ck_assert_msg(found(text, d), "%s", text);
	text = arena_printf(a, "%s%s", text, cure(d, f));
	ck_assert_msg(!found(text, d), "%s", text);
}

START_TEST(valid_rows)
{
	size_t rows = 0;

	for (const struct danger *d; (d = danger_at(rows)) != NULL; rows++) {
		char *words = arena_strdup(a, d->commands), *save = NULL;

		if (*words == '\0')
			try_row(d, NULL);
		for (char *w = strtok_r(words, " ", &save); w != NULL;
		    w = strtok_r(NULL, " ", &save)) {
			if (strchr(w, '+') != NULL)
				*strchr(w, '+') = ' ';
			ck_assert_ptr_nonnull(docker_command_named(w));
			if (*d->flag == '\0')
				try_command(d, docker_command_named(w));
			else
				try_row(d, docker_command_named(w));
		}
	}
	ck_assert_uint_gt(rows, 40);
}
END_TEST

/* What enforcement never lets a user give is what the table calls NEVER. */
static void
same_nevers(const struct docker_command *c)
{
	const struct docker_flag *f;

	for (size_t i = 0; (f = docker_flag_at(c, i)) != NULL; i++) {
		const struct danger *d = danger_of(c, f);

		ck_assert_msg((d != NULL && d->cure == CURE_NEVER) ==
		    (f->never != NULL), "%s %s",
		    c == NULL ? "" : c->name, f->names);
	}
}

START_TEST(valid_nevers)
{
	const struct docker_command *c;

	same_nevers(NULL);
	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++) {
		if (c->never == NULL)
			same_nevers(c);
	}
}
END_TEST

START_TEST(valid_flags_of_other_commands)
{
	const struct docker_command *rm = docker_command_named("rm"),
				    *exec = docker_command_named("exec"),
				    *run = docker_command_named("run");

	/* run --link names a container; rm --link does not */
	ck_assert_ptr_nonnull(danger_of(rm, docker_flag_long(rm, "link", 4)));
	ck_assert_ptr_null(danger_of(run, docker_flag_long(run, "link", 4)));
	ck_assert_ptr_null(danger_of(exec, docker_flag_long(exec, "env", 3)));
	ck_assert_ptr_null(danger_of(NULL, docker_flag_long(NULL, "debug", 5)));
	ck_assert_ptr_null(danger_of_command(run));
	ck_assert_ptr_null(danger_of_command(NULL));
}
END_TEST

Suite *
danger_suite(void)
{
	Suite *s = suite_create("danger");
	TCase *t = tcase_of(s, "rows");

	ONE(t, valid_rows);
	ONE(t, valid_nevers);
	ONE(t, valid_flags_of_other_commands);
	return s;
}
