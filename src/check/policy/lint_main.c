/* SPDX-License-Identifier: Apache-2.0 */
/* Settings that are switches: [main]'s, and what lifts what is built in. */
#include "check/policy/lint.h"

#include <string.h>

/* KEY=value stands there: r says what that means. */
static void
find_value(struct lint *l, const struct lint_who *w, enum key_id key,
    const char *value, const struct lint_rule *r)
{
	const struct setting *s = w->first[key];

	if (s != NULL && strcmp(s->value, value) == 0)
		lint_warn(l, s, arena_printf(l->arena, "%s=%s", s->key->name,
		    value), r->sentence);
}

static void
find_own_by_user(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	find_value(l, w, KEY_OWNBYUSER, "true", r);
}

static void
find_run_as_root(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	find_value(l, w, KEY_RUNAS, "root", r);
}

static void
find_groups_not_required(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	find_value(l, w, KEY_REQUIREGROUPS, "false", r);
}

static void
find_no_audit(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	find_value(l, w, KEY_AUDIT, "off", r);
}

static void
find_tcp_engine(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct setting *s = w->first[KEY_DOCKERHOST];

	if (s != NULL && strstr(s->value, "tcp://") != NULL)
		lint_warn(l, s, "DOCKERHOST", r->sentence);
}

static void
find_root_inside(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	find_value(l, w, KEY_ROOTINSIDE, "true", r);
}

/* exec without --user is whoever the container was made for. */
static void
find_root_unforced(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct setting *s = w->first[KEY_ROOTINSIDE];

	if (s != NULL && strcmp(s->value, "true") == 0 && lint_creates(w) &&
	    lint_forced_by(w, "user") == NULL)
		lint_warn(l, s, w->command->name, r->sentence);
}

/* Whether UIDMUSTMATCH makes a difference to the command. */
static bool
on_containers(const struct docker_command *c)
{
	return strpbrk(c->operands, "CEAX") != NULL ||
	    docker_command_has(c, TRAIT_LISTS | TRAIT_PRUNES);
}

static bool
shows_all(const struct lint_who *w)
{
	return docker_command_has(w->command, TRAIT_LISTS);
}

/* What a command is on: "volumes" for volume prune. */
static const char *
what_it_is_on(struct arena *a, const struct docker_command *c)
{
	size_t n = strcspn(c->name, " ");

	if (strcmp(c->name, "system prune") == 0)
		return "containers, images, networks and volumes";
	return strcmp(c->name + n, " prune") != 0 ? "containers"
	    : arena_printf(a, "%.*ss", (int)n, c->name);
}

/* ps and events have a rule of their own. Once on it stays on. */
static void
find_others_containers(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	struct lint_rule of = *r;

	if (w->command == NULL || !on_containers(w->command) || shows_all(w) ||
	    lint_true(w, KEY_UIDMUSTMATCH))
		return;
	of.sentence = arena_printf(l->arena, "%s everybody's %s; take it out",
	    r->sentence, what_it_is_on(l->arena, w->command));
	find_value(l, w, KEY_UIDMUSTMATCH, "false", &of);
}

/* Groups of the built-in list that RESTRICTEDGROUPS does not say again. */
static void
find_restricted_groups(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct setting *s = w->first[KEY_RESTRICTEDGROUPS];
	const struct strv *usual = l->facts->usual_groups;
	struct strv left = strv_new(l->arena), names;
	bool written;

	if (s == NULL || usual == NULL || !policy_uses(l->policy, "$U_GROUPS"))
		return;
	names = policy_groups_restricted(l->policy, &written);
	for (size_t i = 0; i < usual->n; i++) {
		if (!strv_has(&names, usual->v[i]))
			strv_push(&left, usual->v[i]);
	}
	if (left.n > 0)
		lint_warn(l, s, s->key->name, arena_printf(l->arena, "%s: %s "
		    "(say them here, too)", r->sentence,
		    strv_join(&left, ", ")));
}

/* What the general section lacks is said there, and not for each user. */
static void
find_shows_all(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (shows_all(w) && !lint_true(w, KEY_UIDMUSTMATCH) &&
	    w->general == NULL)
		lint_warn_section(l, w, r->sentence);
}

static const struct lint_rule rules[] = {
	{ find_own_by_user, "containers that others made with a user's uid "
	    "count as his; give them the label undocker.uid instead" },
	{ find_run_as_root, "docker's client is root while it reads what "
	    "users give it; let the engine's socket have a group of its own, "
	    "and say RUNAS=caller" },
	{ find_groups_not_required, "a group's section vanishes, with all that "
	    "it takes away, when the accounts do not know the group (a "
	    "directory that is down); say true" },
	{ find_no_audit, "afterwards nobody knows who did what; say syslog" },
	{ find_tcp_engine, "who reaches that port needs no undocker and is "
	    "root there, users of this host too; use a unix socket" },
	{ find_root_inside, "USERS ARE ROOT in their containers, and with a "
	    "mount or an image of theirs on this host, too; take it out" },
	{ find_root_unforced, "with ROOTINSIDE=true and no forced user the "
	    "image says who runs, mostly root (say FORCED=--user=$U_UID:$U_GID)"
	},
	{ find_others_containers, "every user has the command for" },
	{ find_restricted_groups, "this list takes the place of the built-in "
	    "one, so that of its groups these go into containers with "
	    "$U_GROUPS" },
	{ find_shows_all, "it shows everybody's containers, with their command "
	    "lines (say UIDMUSTMATCH=true)" },
};

void
lint_main(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
