/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/lint_policy.h"

#include "check/policy/lint.h"
#include "core/policy/effective.h"

struct strv
lint_policy_users(struct arena *a, const struct policy *p)
{
	struct strv users = strv_new(a);
	struct strmap seen = strmap_new(a);

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];
		void **slot;

		if (s->kind != SECTION_USER)
			continue;
		slot = strmap_at(&seen, s->who);
		if (*slot == NULL)
			strv_push(&users, s->who);
		*slot = p->sections[i];
	}
	return users;
}

/*
 * Whom the sections are compiled for: nobody's own group, home or directory
 * may make an error, or hide one.
 */
static struct caller
somebody(struct arena *a)
{
	gid_t *gids = arena_alloc(a, sizeof(*gids));

	gids[0] = 1001;
	return (struct caller) { .uid = 1000, .gid = 1000, .user = "somebody",
		.group = "somebody", .home = "/home/somebody",
		.cwd = "/home/somebody", .gids = gids, .ngids = 1,
		.cgroup = "/user.slice/somebody" };
}

void
lint_policy_faults(
    struct findings *f, struct policy *p, struct policy_faults *faults)
{
	struct caller c = somebody(f->arena);
	struct fault fault = { 0 };

	if (!effective_check(f->arena, p, &c, &fault) &&
	    fault.kind != FAULT_NONE)
		findings_add(f, SEVERITY_ERROR, NULL, 0, "%s", fault.text);
	for (size_t i = 0; i < faults->n; i++)
		findings_add(f, SEVERITY_ERROR, faults->v[i].file,
		    faults->v[i].line, "%s", faults->v[i].reason);
}

void
lint_policy(struct findings *f, const struct policy *p,
    const struct lint_facts *facts)
{
	static void (*const rooms[])(struct lint *, const struct lint_who *) = {
		lint_accounts, lint_main, lint_commands, lint_flags,
		lint_limits, lint_images, lint_patterns, lint_places,
		lint_forced, lint_create };
	struct lint l = lint_begin(f, p, facts);

	lint_commands_sum_up(&l);
	for (size_t i = 0; i < l.n; i++) {
		const struct lint_who *w = l.whos[i];

		if (w->faulty || (w->general != NULL && w->general->faulty))
			continue;
		for (size_t k = 0; k < sizeof(rooms) / sizeof(rooms[0]); k++)
			rooms[k](&l, w);
	}
}
