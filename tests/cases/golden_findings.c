/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Golden findings: a policy in, the exact lines of undocker-check FILE out. The
 * accounts are those that the file of cases names. See README.md in findings/.
 */
#include "check/policy/lint_policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
	struct arena *arena; /* of the file */
	const char *file;
	unsigned line;
	struct strv users, groups; /* that the accounts know */
	char *policy; /* whose answer is awaited; NULL: none */
	unsigned policy_line;
	bool said; /* what is expected of it */
	struct strv expected;
	unsigned passed, failed;
};

_Noreturn static void
broken(const struct run *r, const char *why)
{
	printf("%s:%u: %s\n", r->file, r->line, why);
	exit(2);
}

static void
answer_groups(struct run *r, struct policy *p)
{
	size_t n = 0;
	struct policy_group **groups = policy_groups(p, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		if (strv_has(&r->groups, groups[i]->name))
			*groups[i] = (struct policy_group) {
				.name = groups[i]->name,
				.state = GROUP_KNOWN,
				.gid = (gid_t)(100 + i) };
	}
}

/* What undocker-check says, the file's name left out. */
static struct strv
findings_of(struct run *r)
{
	struct arena *a = r->arena;
	struct policy *p = policy_new(a);
	struct policy_faults faults = { .arena = a };
	struct findings f = findings_new(a);
	struct fault fault = { 0 };
	struct strv users, unknown = strv_new(a), lines = strv_new(a);
	struct strv usual = strv_new(a), all = policy_groups_usual(a);
	struct lint_facts facts = { .unknown_users = &unknown,
		.usual_groups = &usual };

	policy_collect(p, &faults);
	(void)policy_add(p, "policy", r->policy, strlen(r->policy), false,
	    &fault);
	answer_groups(r, p);
	users = lint_policy_users(a, p);
	for (size_t i = 0; i < users.n; i++) {
		if (!strv_has(&r->users, users.v[i]))
			strv_push(&unknown, users.v[i]);
	}
	for (size_t i = 0; i < all.n; i++) {
		if (strv_has(&r->groups, all.v[i]))
			strv_push(&usual, all.v[i]);
	}
	lint_policy_faults(&f, p, &faults);
	lint_policy(&f, p, &facts);
	findings_sort(&f);
	for (size_t i = 0; i < f.n; i++)
		strv_push(&lines, finding_line(a, &f.v[i]) +
		    strlen("policy:"));
	return lines;
}

/* Judges the policy that has been read, if there is one. */
static void
settle(struct run *r)
{
	struct strv got;
	bool good = true;

	if (r->policy == NULL)
		return;
	if (!r->said)
		broken(r, "what is expected of the policy above?");
	got = findings_of(r);
	for (size_t i = 0; i < got.n || i < r->expected.n; i++)
		good = good && i < got.n && i < r->expected.n &&
		    strcmp(got.v[i], r->expected.v[i]) == 0;
	r->passed += good;
	r->failed += !good;
	if (!good) {
		printf("%s:%u:\n", r->file, r->policy_line);
		for (size_t i = 0; i < r->expected.n; i++)
			printf("  expected: %s\n", r->expected.v[i]);
		for (size_t i = 0; i < got.n; i++)
			printf("  got:      %s\n", got.v[i]);
	}
	r->policy = NULL;
}

/* The lines up to END. */
static char *
read_policy(struct run *r, FILE *in)
{
	struct strv lines = strv_new(r->arena);
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, in) >= 0) {
		r->line++;
		if (strcmp(line, "END\n") == 0) {
			free(line);
			return strv_join(&lines, "");
		}
		strv_push(&lines, arena_strdup(r->arena, line));
	}
	broken(r, "END is missing");
}

static char *
read_file(struct run *r, const char *name)
{
	const char *slash = strrchr(r->file, '/');
	char *text = arena_alloc(r->arena, 65536);
	FILE *in = fopen(arena_printf(r->arena, "%.*s%s", slash == NULL ? 0 :
	    (int)(slash - r->file) + 1, r->file, name), "r");
	size_t n;

	if (in == NULL)
		broken(r, "there is no such policy");
	n = fread(text, 1, 65535, in);
	fclose(in);
	if (n == 0 || n == 65535)
		broken(r, "no policy's size");
	return text;
}

static void
set_names(struct run *r, struct strv *names, const char *text)
{
	*names = strv_new(r->arena);
	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		strv_push(names, arena_strndup(r->arena, text, n));
		text += n;
		text += strspn(text, " ");
	}
}

static void
statement(struct run *r, const char *line, FILE *in)
{
	if (strncmp(line, "=> ", 3) == 0) {
		if (r->policy == NULL)
			broken(r, "expected of what?");
		r->said = true;
		if (strcmp(line + 3, "silent") != 0)
			strv_push(&r->expected,
			    arena_strdup(r->arena, line + 3));
		return;
	}
	settle(r);
	if (strcmp(line, "policy") == 0 || strncmp(line, "file ", 5) == 0) {
		r->policy_line = r->line;
		r->policy = line[0] == 'p' ? read_policy(r, in)
		    : read_file(r, line + 5);
		r->said = false;
		r->expected = strv_new(r->arena);
	} else if (strncmp(line, "users ", 6) == 0) {
		set_names(r, &r->users, line + 6);
	} else if (strncmp(line, "groups ", 7) == 0) {
		set_names(r, &r->groups, line + 7);
	} else {
		broken(r, "what is this line?");
	}
}

static void
run_file(struct run *r, const char *path)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	r->file = path;
	r->line = 0;
	r->arena = arena_new();
	r->users = r->groups = strv_new(r->arena);
	if (in == NULL)
		broken(r, "cannot be read");
	while (getline(&line, &size, in) >= 0) {
		r->line++;
		line[strcspn(line, "\n")] = '\0';
		if (*line != '\0' && *line != '#')
			statement(r, line, in);
	}
	settle(r);
	free(line);
	fclose(in);
	arena_free(r->arena);
}

int
main(int argc, char **argv)
{
	struct run r = { 0 };

	for (int i = 1; i < argc; i++)
		run_file(&r, argv[i]);
	printf("findings: %u passed, %u failed\n", r.passed, r.failed);
	return r.failed == 0 && r.passed > 0 ? 0 : 1;
}
