/* SPDX-License-Identifier: Apache-2.0 */
/* Commands that are offered in vain, or that undo what other sections say. */
#include "check/policy/danger.h"
#include "check/policy/lint.h"

#include <string.h>

/* Whether w's own FORCED or DEFAULTS has the flag. */
static bool
says_flag(const struct lint_who *w, const char *flag)
{
	return lint_word(&w->forced, flag) != NULL ||
	    lint_word(&w->defaults, flag) != NULL;
}

/* Who may not give --network has docker's own network. */
static bool
rules_networks(struct lint *l, const struct lint_who *w)
{
	const struct docker_flag *network = docker_flag_long(w->command,
	    "network", strlen("network"));

	return lint_flags_bounded(l, w, network) ||
	    lint_forced_by(w, "network") != NULL ||
	    (w->general == NULL && !lint_flags_offered(w, network));
}

static void
sum_up(struct lint *l, const struct lint_who *w)
{
	const struct setting *images = w->first[KEY_ALLOWEDIMAGES];

	if (l->trusted == NULL && images != NULL &&
	    !docker_command_has(w->command, TRAIT_ASKS_REGISTRY))
		l->trusted = images;
	if (w->first[KEY_ROOTINSIDE] != NULL && lint_true(w, KEY_ROOTINSIDE))
		*strmap_at(&l->rooted, w->command->name) = l;
	if (!lint_creates(w))
		return;
	l->trusts_run = l->trusts_run || images != NULL;
	l->any_image = l->any_image ||
	    lint_says(w, KEY_ALLOWEDIMAGES) == NULL;
	l->networks_ruled = l->networks_ruled || rules_networks(l, w);
	l->cpus_set = l->cpus_set || says_flag(w, "cpuset-cpus");
	l->mems_set = l->mems_set || says_flag(w, "cpuset-mems");
	l->quota_set = l->quota_set || says_flag(w, "cpu-quota") ||
	    says_flag(w, "cpu-period");
	l->kept_by_never = l->kept_by_never ||
	    (lint_forces(w, "pull", "never") &&
	    lint_says(w, KEY_ALLOWEDIMAGES) == NULL);
}

void
lint_commands_sum_up(struct lint *l)
{
	l->requires_groups = policy_groups_required(l->policy);
	for (size_t i = 0; i < l->n; i++)
		sum_up(l, l->whos[i]);
}

/*
 * What is said of a command is said at its general section; where there is
 * none, at each of those for somebody.
 */
static bool
offers(const struct lint_who *w, const char *command)
{
	return lint_is(w, command) && w->general == NULL;
}

/*
 * What the command itself gives, by the table of dangers. What takes images has
 * a list of its own; of containers it is that of those who make them.
 */
static void
find_danger(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	const struct danger *d = danger_of_command(w->command);
	bool takes = d != NULL && strchr(w->command->operands, 'I') != NULL;

	(void)r;
	if (d != NULL && w->general == NULL && (takes
	    ? w->first[KEY_ALLOWEDIMAGES] == NULL : l->any_image))
		lint_warn_section(l, w, arena_printf(l->arena,
		    "%s (say ALLOWEDIMAGES %s)", d->why,
		    takes ? "here" : "in run and create"));
}

static void
find_build(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	if (offers(w, "build"))
		lint_warn_section(l, w, r->sentence);
}

/* load is refused where any name could be one that is trusted. */
static bool
load_refused(const struct lint *l, const struct lint_who *w)
{
	return docker_command_has(w->command, TRAIT_NAMES_UNSEEN) &&
	    l->trusted != NULL && lint_says(w, KEY_ALLOWEDIMAGES) == NULL;
}

static void
find_vain_load(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (load_refused(l, w))
		lint_warn_section(l, w, arena_printf(l->arena, "%s (%s:%u)",
		    r->sentence, l->trusted->file, l->trusted->line));
}

/* ALLOWEDIMAGES cannot look into an archive, but it lifts the rule above. */
static void
find_trusting_load(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (docker_command_has(w->command, TRAIT_NAMES_UNSEEN) &&
	    w->first[KEY_ALLOWEDIMAGES] != NULL)
		lint_warn(l, w->first[KEY_ALLOWEDIMAGES], "load", r->sentence);
}

static bool
brings_own(const struct lint_who *w)
{
	return offers(w, "import") || offers(w, "load");
}

/* Names that ALLOWEDIMAGES lets run are not a user's to give. */
static void
find_new_names(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (!l->trusts_run && w->first[KEY_ALLOWEDIMAGES] == NULL &&
	    !load_refused(l, w) &&
	    (offers(w, "tag") || (brings_own(w) && !l->kept_by_never)))
		lint_warn_section(l, w, r->sentence);
}

/* Whom only --pull=never keeps from images of his own making. */
static void
find_own_images(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (brings_own(w) && l->kept_by_never &&
	    !load_refused(l, w))
		lint_warn_section(l, w, r->sentence);
}

static void
find_pull(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	if (offers(w, "pull") && w->first[KEY_ALLOWEDIMAGES] == NULL &&
	    l->kept_by_never)
		lint_warn_section(l, w, r->sentence);
}

static void
find_registries(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if ((offers(w, "login") || offers(w, "search")) &&
	    w->first[KEY_ALLOWEDIMAGES] == NULL)
		lint_warn_section(l, w, r->sentence);
}

static void
find_connect(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (offers(w, "network connect") && l->networks_ruled)
		lint_warn_section(l, w, r->sentence);
}

static void
find_rmi(struct lint *l, const struct lint_who *w, const struct lint_rule *r)
{
	if (offers(w, "rmi") && w->first[KEY_ALLOWEDIMAGES] == NULL)
		lint_warn_section(l, w, r->sentence);
}

static void
find_volume_rm(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (offers(w, "volume rm") && w->first[KEY_ALLOWEDVOLUMES] == NULL)
		lint_warn_section(l, w, r->sentence);
}

static void
find_network_rm(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (offers(w, "network rm"))
		lint_warn_section(l, w, r->sentence);
}

static void
find_system_prune(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (offers(w, "system prune"))
		lint_warn_section(l, w, r->sentence);
}

static const struct lint_rule rules[] = {
	{ find_danger, "" }, /* danger.def has the sentences */
	{ find_build, "no user can use it: docker would run his Dockerfile as "
	    "root on this host (offer a rootless tool, and take this section "
	    "out)" },
	{ find_vain_load, "no user can use it while images are trusted by "
	    "name, because an archive may give any name to an image" },
	{ find_trusting_load, "ALLOWEDIMAGES cannot look into an archive, so "
	    "users can put an image of theirs under every name; take the "
	    "section out" },
	{ find_new_names, "without ALLOWEDIMAGES in run and create a user can "
	    "give any name to any image, and others then run his (say "
	    "ALLOWEDIMAGES there)" },
	{ find_own_images, "users bring images of their own making, which "
	    "FORCED=--pull=never keeps from run and create, and who makes an "
	    "image can get this host's disks by it (say ALLOWEDIMAGES there)"
	},
	{ find_pull, "users bring images of anybody's making, which "
	    "FORCED=--pull=never keeps from run and create (say ALLOWEDIMAGES "
	    "here)" },
	{ find_registries, "the engine, which is root in the host's network, asks any "
	    "host that a user names, and goes where that sends it (say "
	    "ALLOWEDIMAGES=registry\\.example\\.org)" },
	{ find_connect, "a user can put a container of his into any network, "
	    "whatever run and create say of --network; take the section out" },
	{ find_rmi, "images have no owner: a user can remove what others "
	    "need (say ALLOWEDIMAGES here)" },
	{ find_volume_rm, "volumes have no owner but their name: a user can "
	    "remove another's (say ALLOWEDVOLUMES=$U_UID-.*)" },
	{ find_network_rm, "networks have no owner: a user can remove "
	    "another's (offer network prune instead)" },
	{ find_system_prune, "it also empties the build cache, whoever built "
	    "(offer container prune, image prune and the like instead)" },
};

void
lint_commands(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
