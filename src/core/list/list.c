/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer to --unlist. Completion reads it, too: without a command, each
 * line up to the first empty one that does not begin with a blank is
 * "COMMAND: ..."; with one, see list_command.c.
 */
#include "core/list/list.h"

#include "core/list/list_command.h"
#include "core/policy/group_variable.h"
#include "core/policy/offered.h"

#include <string.h>

#define WIDTH 80
#define INDENT "        "
#define FEW 3 /* patterns that an overview shows */

/* The text as lines of at most WIDTH bytes, where it has blanks to break at. */
static void
add_paragraph(struct strv *lines, const char *text)
{
	const char *indent = "";

	for (;;) {
		size_t room = WIDTH - strlen(indent), n = strlen(text);

		if (n > room) {
			for (n = room; n > 0 && text[n] != ' '; n--)
				continue;
			if (n == 0) /* a word that is too long */
				n = strcspn(text, " ");
		}
		strv_pushf(lines, "%s%.*s", indent, (int)n, text);
		text += n + strspn(text + n, " ");
		if (*text == '\0')
			return;
		indent = INDENT;
	}
}

/* "": none. */
static const char *
short_flags(const struct listing *l, const struct flagset *white)
{
	struct strv names = strv_new(l->arena);

	for (size_t i = 0; i < white->n; i++) {
		const struct docker_flag *f = white->v[i];

		if (!listing_has(l, f))
			continue;
		if (f->letter != '\0')
			strv_pushf(&names, "-%c", f->letter);
		else
			strv_push(&names, docker_flag_name(l->arena, f));
	}
	return strv_join(&names, " ");
}

/* One paragraph a command: its flags, and a word on what they are for. */
static void
add_overview(struct listing *l)
{
	const struct effective *e = l->e;
	const char *flags = short_flags(l, &e->white);
	struct strv parts = strv_new(l->arena);

	strv_push(&parts, *flags == '\0' ? "no flags" : flags);
	if (e->allowed_images.n > 0)
		strv_pushf(&parts, "%s: %s",
		    listing_takes(l, "HQ") ? "registries" : "images",
		    listing_patterns(l, &e->allowed_images, FEW));
	if (listing_own_only(l))
		strv_push(&parts, "your own containers");
	add_paragraph(l->lines, arena_printf(l->arena, "%s: %s",
	    e->command->name, strv_join(&parts, "; ")));
}

static bool
list_all(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, struct strv *lines, const struct effective *main)
{
	struct listing l = { .arena = a, .caller = c, .lines = lines,
		.e = main };
	const char *global = short_flags(&l, &main->global_white);

	for (size_t i = 0; docker_command_at(i) != NULL; i++) {
		const struct docker_command *command = docker_command_at(i);
		struct effective e = { 0 };

		if (command->never != NULL || offered_in_vain(command, c))
			continue;
		if (!effective_command(&e, a, p, c, command, &j->fault)) {
			j->rules = e.rules;
			return false;
		}
		l.e = &e;
		if (e.rules.n > 0)
			add_overview(&l);
	}
	if (lines->n == 0) {
		strv_push(lines, "(nothing: no section of the policy is for "
		    "you)");
	} else {
		strv_push(lines, "");
		if (*global != '\0')
			strv_pushf(lines, "Before the command: %s", global);
		strv_push(lines, "undocker --unlist COMMAND says more.");
	}
	if (j->settings.contact != NULL)
		strv_push(lines, j->settings.contact);
	return true;
}

static bool
list_one(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, struct strv *lines, const struct invocation *i)
{
	struct effective e = { 0 };
	struct listing l = { .arena = a, .e = &e, .caller = c, .lines = lines };
	int words = 0;
	const struct docker_command *command = invocation_command(i, &words);
	bool sound;

	if (command == NULL)
		return fault_set(&j->fault, a, FAULT_REFUSED, "'%s' is not a "
		    "docker command that undocker knows; this host offers: %s",
		    i->argv[i->command_at], offered_commands(a, p, c));
	if (i->command_at + words < i->argc)
		return fault_set(&j->fault, a, FAULT_REFUSED, "--unlist takes "
		    "one command, and '%s' is too much",
		    i->argv[i->command_at + words]);
	if (command->never != NULL)
		return fault_set(&j->fault, a, FAULT_REFUSED, "'%s' cannot be "
		    "offered: %s", command->name, command->never);
	sound = effective_command(&e, a, p, c, command, &j->fault);
	j->rules = e.rules;
	if (!sound)
		return false;
	if (offered_in_vain(command, c))
		return fault_set(&j->fault, a, FAULT_REFUSED, "'%s' is root's "
		    "only: docker would run a Dockerfile as root on this host",
		    command->name);
	if (e.rules.n == 0)
		return fault_set(&j->fault, a, FAULT_REFUSED, "this host does "
		    "not offer '%s' to you; it offers: %s", command->name,
		    offered_commands(a, p, c));
	list_command(&l);
	return true;
}

bool
list_lines(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, const struct invocation *i, struct strv *lines)
{
	struct effective *main = arena_alloc(a, sizeof(*main));
	struct caller *filled = arena_alloc(a, sizeof(*filled));

	*j = (struct judge) { 0 };
	j->notes = strv_new(a);
	j->trace = strv_new(a);
	j->rules = strv_new(a);
	*lines = strv_new(a);
	if (!group_variable_fill(filled, a, p, c, &j->fault) ||
	    !effective_main(main, &j->settings, a, p, filled, &j->fault))
		return false;
	return i->command_at < i->argc
	    ? list_one(j, a, p, filled, lines, i)
	    : list_all(j, a, p, filled, lines, main);
}
