/* SPDX-License-Identifier: Apache-2.0 */
/*
 * --unlist COMMAND: all about one command. Completion reads the lines of the
 * flags, so their form is fixed: four blanks, the flag's names with ", "
 * between, one blank and a word for its value where it takes one, and then
 * either the end or two blanks at least and remarks. No other line begins with
 * four blanks and a dash.
 */
#include "core/list/list_command.h"

#include "core/list/list_flag.h"

#include <string.h>

#define COLUMN 28 /* where remarks begin, if the flag leaves room */

static void
add_flags(struct listing *l)
{
	size_t added = 0;

	for (size_t i = 0; i < l->e->white.n; i++) {
		const struct docker_flag *f = l->e->white.v[i];
		const char *remarks;

		if (!listing_has(l, f))
			continue;
		remarks = list_flag_remarks(l, f);
		if (*remarks == '\0')
			strv_pushf(l->lines, "    %s", list_flag_head(l, f));
		else
			strv_pushf(l->lines, "    %-*s  %s", COLUMN - 6,
			    list_flag_head(l, f), remarks);
		added++;
	}
	if (added == 0)
		strv_push(l->lines, "    no flags");
}

static void
add_patterns(struct listing *l, const char *what, const char *behind,
    const struct patterns *p)
{
	if (p->n > 0)
		strv_pushf(l->lines, "    %s%s: %s", what, behind,
		    listing_patterns(l, p, p->n));
}

static void
add_images(struct listing *l)
{
	const char *what = listing_takes(l, "HQ") ? "registries" : "images";

	if (listing_takes(l, "IRHQ") && l->e->allowed_images.n == 0)
		strv_pushf(l->lines, "    %s: any", what);
	add_patterns(l, what, "", &l->e->allowed_images);
	add_patterns(l, what, " refused", &l->e->restricted_images);
}

static bool
mounts(const struct listing *l)
{
	for (size_t i = 0; i < l->e->white.n; i++) {
		const struct docker_flag *f = l->e->white.v[i];

		if (value_kind_has(f->kind, KIND_BINDS) && listing_has(l, f))
			return true;
	}
	return false;
}

/* Only what the policy gives: where it leads is nobody's to learn here. */
static void
add_paths(struct listing *l)
{
	const struct path_rules *rules = &l->e->paths;
	struct strv restricted = strv_new(l->arena);

	for (size_t i = 0; i < rules->n; i++) {
		const struct path_rule *r = &rules->v[i];

		if (r->setting->key->id == KEY_RESTRICTEDPATHS)
			strv_pushf(&restricted, "%s%s", r->path,
			    r->grade == PATH_READ_ONLY ? ":ro" : "");
	}
	if (rules->bounded)
		strv_pushf(l->lines, "    paths: %s", rules->allowed.n == 0
		    ? "none" : strv_join(&rules->allowed, " "));
	else if (mounts(l))
		strv_push(l->lines, "    paths: what you can open yourself");
	if (restricted.n > 0)
		strv_pushf(l->lines, "    paths refused: %s",
		    strv_join(&restricted, " "));
	add_patterns(l, "volumes", "", &l->e->allowed_volumes);
}

/* What is built in, in plain words. */
static void
add_built_in(struct listing *l)
{
	const struct docker_command *c = l->e->command;
	bool creates = docker_command_has(c, TRAIT_CREATES);
	bool enters = docker_command_has(c, TRAIT_ENTERS);

	if (l->caller->uid == 0)
		return;
	if ((creates || enters) && l->e->root_inside)
		strv_push(l->lines, "    may run as root inside (ROOTINSIDE)");
	else if (creates || enters)
		strv_pushf(l->lines, "    runs as you: %lu:%lu%s",
		    (unsigned long)l->caller->uid,
		    (unsigned long)l->caller->gid,
		    creates ? ", no capabilities" : "");
	if (l->e->uid_stands && docker_command_has(c, TRAIT_LISTS))
		strv_push(l->lines, "    shows your own containers only");
	if (l->e->uid_must_match && docker_command_has(c, TRAIT_PRUNES))
		strv_push(l->lines, "    removes only what has your label");
	if (listing_takes(l, "CEXA"))
		strv_push(l->lines, listing_own_only(l)
		    ? "    your own containers only" : "    any container");
}

void
list_command(struct listing *l)
{
	const struct effective *e = l->e;
	const char *forced = list_flag_words(l, &e->forced, NULL);

	strv_push(l->lines, e->command->name);
	add_flags(l);
	add_images(l);
	add_paths(l);
	if (forced != NULL)
		strv_pushf(l->lines, "    always added: %s", forced);
	add_built_in(l);
	if (e->max_containers != NULL &&
	    docker_command_has(e->command, TRAIT_RUNS))
		strv_pushf(l->lines, "    at most %s running containers",
		    e->max_containers->value);
}
