/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/policy_check.h"

#include "check/policy/lint_client.h"
#include "check/policy/lint_policy.h"
#include "core/policy/section.h"
#include "host/caller/accounts.h"
#include "host/files/policy_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool
policy_check_enforces(const char *file)
{
	struct stat a, b;

	return strcmp(file, UNDOCKER_CONF) == 0 ||
	    (stat(file, &a) == 0 && stat(UNDOCKER_CONF, &b) == 0 &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

static void
check_trust(struct findings *f, const char *file)
{
	const char *why = policy_file_untrusted(f->arena, file);

	if (why != NULL)
		findings_add(f, SEVERITY_ERROR, file, 0, "%s", why);
}

/*
 * What a file includes it includes by absolute paths, wherever it will be
 * installed; the file itself is judged where enforcement reads it.
 */
static void
check_files(struct findings *f, const struct policy *p, const char *file)
{
	const struct strv *files = policy_files(p);

	for (size_t i = 0; i < files->n; i++) {
		if (i > 0 || strcmp(files->v[i], file) != 0)
			check_trust(f, files->v[i]);
		else if (policy_check_enforces(file))
			check_trust(f, UNDOCKER_CONF);
	}
}

/* A section that names the group. */
static const struct section *
section_of(const struct policy *p, const struct policy_group *group)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->sections[i]->group == group)
			return p->sections[i];
	}
	return NULL;
}

/* One by one where it must be: each that cannot be looked up is told. */
static void
ask_groups(struct findings *f, struct policy *p)
{
	size_t n = 0;
	struct policy_group **groups = policy_groups(p, NULL, &n);
	struct fault any = { 0 };

	if (accounts_answer(groups, n, NULL, f->arena, &any))
		return;
	for (size_t i = 0; i < n; i++) {
		struct fault fault = { 0 };
		const struct section *s;

		if (accounts_answer(&groups[i], 1, NULL, f->arena, &fault))
			continue;
		s = section_of(p, groups[i]);
		findings_add(f, SEVERITY_ERROR, s == NULL ? NULL : s->file,
		    s == NULL ? 0 : s->line, "%s", fault.text);
		/* Whether it is unknown nobody can tell. */
		groups[i]->state = GROUP_KNOWN;
		groups[i]->gid = (gid_t)-1;
	}
}

/* The names that no account has. */
static struct strv
unknown_users(struct findings *f, const struct policy *p)
{
	struct strv users = lint_policy_users(f->arena, p);
	struct strv unknown = strv_new(f->arena);

	for (size_t i = 0; i < users.n; i++) {
		uid_t uid;

		switch (accounts_uid(f->arena, users.v[i], &uid)) {
		case ACCOUNT_FOUND:
			break;
		case ACCOUNT_NONE:
			strv_push(&unknown, users.v[i]);
			break;
		case ACCOUNT_ERROR:
		default:
			findings_add(f, SEVERITY_WARNING, NULL, 0, "user '%s' "
			    "of the policy cannot be looked up: %s",
			    users.v[i], strerror(errno));
			break;
		}
	}
	return unknown;
}

/* Of the groups that commonly mean root those that this host has. */
static struct strv
usual_groups(struct arena *a, const struct policy *p)
{
	struct strv usual = policy_groups_usual(a), known = strv_new(a);

	for (size_t i = 0; policy_uses(p, "$U_GROUPS") && i < usual.n; i++) {
		struct policy_group group = { .name = usual.v[i] },
				    *one = &group;
		struct fault fault = { 0 };

		if (accounts_answer(&one, 1, NULL, a, &fault) &&
		    group.state == GROUP_KNOWN)
			strv_push(&known, usual.v[i]);
	}
	return known;
}

void
policy_check(struct findings *f, const char *file)
{
	struct policy *p = policy_new(f->arena);
	struct policy_faults faults = { .arena = f->arena };
	struct fault fault = { 0 };
	struct lint_facts facts = { 0 };
	struct client_help client;
	struct strv unknown, usual;

	policy_collect(p, &faults);
	(void)policy_file_load(p, f->arena, file, POLICY_ANY, &fault);
	check_files(f, p, file);
	ask_groups(f, p);
	lint_policy_faults(f, p, &faults);
	unknown = unknown_users(f, p);
	facts.unknown_users = &unknown;
	usual = usual_groups(f->arena, p);
	facts.usual_groups = &usual;
	facts.client = &client;
	/* What hinders it from being asked is the first thing that is said. */
	fault = (struct fault) { 0 };
	(void)client_help_open(&client, f->arena, client_help_path(f->arena, p),
	    &fault);
	lint_policy(f, p, &facts);
	lint_client(f, p, &client);
}
