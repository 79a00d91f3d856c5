/* SPDX-License-Identifier: Apache-2.0 */
/* Which groups the accounts must be asked for. */
#include "core/policy/policy.h"
#include "core/policy/section.h"
#include "core/policy/value_words.h"

#include <string.h>

bool
policy_groups_required(const struct policy *p)
{
	bool require = true;

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t k = 0; s->kind == SECTION_MAIN && k < s->n; k++) {
			if (s->settings[k].key->id == KEY_REQUIREGROUPS)
				require = strcmp(s->settings[k].value,
				    "true") == 0;
		}
	}
	return require;
}

struct strv
policy_groups_usual(struct arena *a)
{
	/* Who is in one of these can make himself root, or read its secrets. */
	static const char *const usual[] = { "root", "docker", "disk", "shadow",
		"sudo", "wheel", "admin", "adm", "kmem", "kvm", "lxd", "lxc",
		"incus", "incus-admin", "libvirt", "libvirt-qemu", "qemu",
		"systemd-journal", "podman", "containerd" };
	struct strv names = strv_new(a);

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		strv_push(&names, usual[i]);
	return names;
}

struct strv
policy_groups_restricted(const struct policy *p, bool *written)
{
	struct strv names = strv_new(p->arena);
	struct words words = { 0 };
	const char *reason;

	*written = false;
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t k = 0; k < s->n; k++) {
			if (s->settings[k].key->id != KEY_RESTRICTEDGROUPS)
				continue;
			*written = value_words_split(&words, p->arena,
			    s->settings[k].value, &reason);
		}
	}
	for (size_t i = 0; i < words.n; i++)
		strv_push(&names, value_words_head(&words.v[i]));
	return *written ? names : policy_groups_usual(p->arena);
}

struct policy_group *
policy_groups_named(struct policy *p, const char *name)
{
	void **slot = strmap_at(&p->groups, name);
	struct policy_group *group = *slot;

	if (group == NULL) {
		*slot = group = arena_alloc(p->arena, sizeof(*group));
		group->name = name;
	}
	return group;
}

/* Whether what a section says matters to a command. */
static bool
is_about(const struct section *s, const char *command)
{
	const struct docker_command *about;

	if (s->command == NULL || command == NULL)
		return s->command != NULL;
	about = docker_command_named(command);
	return about == s->command ||
	    (docker_command_has(about, TRAIT_CREATES | TRAIT_REVIVES) &&
	    docker_command_has(s->command, TRAIT_CREATES));
}

struct asking {
	struct policy *policy;
	struct policy_group **groups;
	size_t n;
	size_t size;
};

static void
ask_for(struct asking *q, struct policy_group *group)
{
	if (group->state != GROUP_UNASKED)
		return;
	group->state = GROUP_UNKNOWN;
	q->groups = arena_room(q->policy->arena, q->groups, q->n, &q->size,
	    sizeof(*q->groups));
	q->groups[q->n++] = group;
}

struct policy_group **
policy_groups(struct policy *p, const char *command, size_t *n)
{
	struct asking q = { .policy = p };
	bool offered = false;

	for (size_t i = 0; i < p->n && !offered; i++)
		offered = is_about(p->sections[i], command);
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		if (s->kind == SECTION_GROUP &&
		    (!offered || is_about(s, command)))
			ask_for(&q, s->group);
	}
	if (policy_uses(p, "$U_GROUPS")) {
		bool written;
		struct strv names = policy_groups_restricted(p, &written);

		for (size_t i = 0; i < names.n; i++)
			ask_for(&q, policy_groups_named(p, names.v[i]));
	}
	*n = q.n;
	return q.groups;
}
