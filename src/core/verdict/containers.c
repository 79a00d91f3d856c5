/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/containers.h"

#include "core/base/text.h"
#include "core/verdict/copy.h"
#include "core/verdict/ownership.h"
#include "core/verdict/trace.h"

#include <string.h>

bool
containers_give_volumes(const struct state *s,
    const struct planned_container *p)
{
	return p->in_flag && docker_flag_is(s->flags->v[p->at].flag,
	    "volumes-from");
}

void
containers_add(struct state *s, struct planned_container p)
{
	p.need = needs_add(s->needs, s->arena, NEED_CONTAINER, p.given);
	p.before = p.before == NULL ? "" : p.before;
	p.behind = p.behind == NULL ? "" : p.behind;
	ARENA_ADD(s->arena, s->containers, p);
}

/* inspect looks at containers only, unless the user may choose a type. */
static bool
plan_any(struct state *s, size_t at)
{
	const struct used_flag *type = used_flags_last(s->flags, "type");

	if (type == NULL || strcmp(type->value, "container") == 0) {
		containers_add(s, (struct planned_container) {
		    .given = s->operands->v[at], .at = at });
		return true;
	}
	return TEXT_AMONG(type->value, "image", "network", "volume") ||
	    state_refuse(s, "--type=%s is not allowed (allowed: container "
	    "image network volume)", type->value);
}

static bool
plan_operands(struct state *s)
{
	bool owned = s->effective->uid_must_match, optional, good = true;
	bool looked = owned || docker_command_has(s->command, TRAIT_REVIVES);

	for (size_t i = 0; good && i < s->operands->n; i++) {
		char letter = docker_command_operand(s->command, i,
		    &optional);

		/* What is in a container matters to cp and export, and where
		   it has mounts to start, whosever it is. */
		if (letter == 'X')
			good = copy_plan(s, i);
		else if (letter == 'A' && owned)
			good = plan_any(s, i);
		else if (letter == 'E' || (letter == 'C' && looked))
			containers_add(s, (struct planned_container) {
			    .given = s->operands->v[i], .at = i,
			    .letter = letter });
	}
	return good;
}

/* stats without operands, and MAXCONTAINERS. */
static bool
wants_all(const struct state *s)
{
	if (docker_command_has(s->command, TRAIT_MEANS_ALL))
		return s->effective->uid_must_match && s->operands->n == 0 &&
		    !used_flags_on(s->flags, "help");
	return s->effective->max_containers != NULL &&
	    docker_command_has(s->command, TRAIT_RUNS);
}

bool
containers_plan(struct state *s)
{
	s->containers = arena_alloc(s->arena, sizeof(*s->containers));
	if (s->caller->uid == 0)
		return true;
	if (!plan_operands(s))
		return false;
	if (wants_all(s))
		s->containers->own =
		    needs_add(s->needs, s->arena, NEED_CONTAINERS,
			arena_printf(
			    s->arena, "%lu", (unsigned long)s->caller->uid));
	return true;
}

/* "container 'x'", behind the flag that names it. */
static const char *
title(struct state *s, const struct planned_container *p)
{
	return arena_printf(s->arena, "%s%scontainer '%s'",
	    p->in_flag ? state_flag_word(s, &s->flags->v[p->at]) : "",
	    p->in_flag ? ": " : "", p->given);
}

/* Looked at for its mounts only; docker says it if there is none. */
static bool
is_anybodys(const struct state *s, const struct planned_container *p)
{
	return !p->in_flag && !s->effective->uid_must_match &&
	    docker_command_has(s->command, TRAIT_REVIVES);
}

/* Whether the engine will look for accounts in what p has mounted. */
static bool
wants_accounts(const struct state *s,
    const struct planned_container *p)
{
	return docker_command_has(s->command, TRAIT_REVIVES) ||
	       docker_command_has(s->command, TRAIT_ENTERS) ||
	       containers_give_volumes(s, p);
}

/* What is not his reads as what does not exist. */
static bool
settle_one(struct state *s, const struct planned_container *p)
{
	const struct need *n = p->need;
	const struct container *c = n->containers;
	bool labelled, must_own = p->in_flag || s->effective->uid_must_match;

	if (n->state == NEED_FAILED && n->absent)
		return is_anybodys(s, p) ||
		    state_refuse(s, "%s is not yours", title(s, p));
	if (n->state != NEED_MET || c == NULL || n->ncontainers != 1)
		return state_refuse(s, "%s: %s", title(s, p),
		    need_why(p->need));
	labelled = ownership_by_label(c, s->caller);
	if (must_own && !labelled && (!s->effective->own_by_user ||
	    !ownership_by_user(c, s->caller)))
		return state_refuse(s, "%s is not yours", title(s, p));
	/* It would run with what it was made with, by whomever. */
	if (must_own && !labelled && !p->in_flag &&
	    docker_command_has(s->command, TRAIT_REVIVES))
		return state_refuse(s, "%s was not made by undocker",
		    title(s, p));
	if (!copy_settle(s, p, title(s, p)))
		return false;
	if (c->accounts_free && wants_accounts(s, p))
		return state_refuse(s, "%s: its /etc/passwd or /etc/group is "
		    "mounted from where others than root can change it, and "
		    "the engine opens it as root: make the container anew "
		    "without that mount", title(s, p));
	if (s->trace != NULL)
		trace_line(s, "%s is %s%s", title(s, p), c->id,
		    !must_own ? "" : labelled ? ", and yours by its label"
			: ", and yours by its user (OWNBYUSER)");
	return true;
}

static void
put_id(struct state *s, const struct planned_container *p)
{
	const char *word;

	if (p->need->containers == NULL)
		return;
	word = arena_printf(s->arena, "%s%s%s", p->before,
	    p->need->containers->id, p->behind);
	if (p->in_flag)
		settlement_value(s->line, p->at, word);
	else
		settlement_operand(s->line, p->at, word);
}

static bool
is_running(const struct state *s, const char *id)
{
	for (size_t i = 0; i < s->containers->own->ncontainers; i++) {
		const struct container *c = &s->containers->own->containers[i];

		if (c->running && strcmp(c->id, id) == 0)
			return true;
	}
	return false;
}

/* How many more would run. */
static size_t
to_be_started(const struct state *s)
{
	size_t n = 0;

	if (docker_command_has(s->command, TRAIT_CREATES))
		return 1;
	if (!docker_command_has(s->command, TRAIT_REVIVES))
		return 0;
	for (size_t i = 0; i < s->operands->n; i++)
		n += !is_running(s, s->operands->v[i]);
	return n;
}

static bool
below_maximum(struct state *s, size_t running)
{
	const struct setting *set = s->effective->max_containers;
	size_t most = 0;

	for (const char *c = set->value; *c != '\0'; c++) {
		if (*c < '0' || *c > '9')
			return state_refuse(s, "MAXCONTAINERS is no number");
		most = most > 1000000 ? most : most * 10 + (size_t)(*c - '0');
	}
	if (s->trace != NULL)
		trace_line(s, "%zu of your containers run, of at most %s "
		    "(MAXCONTAINERS, %s:%u)", running, set->value, set->file,
		    set->line);
	return running + to_be_started(s) <= most ||
	    state_refuse(s, "you have %zu running containers, and this host "
		"allows %s (MAXCONTAINERS, %s:%u)", running, set->value,
		set->file, set->line);
}

/* All that have the caller's label. */
static bool
settle_all(struct state *s)
{
	bool stats = docker_command_has(s->command, TRAIT_MEANS_ALL);
	bool every = stats && used_flags_on(s->flags, "all");
	size_t running = 0;

	if (s->containers->own->state != NEED_MET)
		return state_refuse(s, "your containers cannot be counted: %s",
		    need_why(s->containers->own));
	for (size_t i = 0; i < s->containers->own->ncontainers; i++) {
		const struct container *c = &s->containers->own->containers[i];

		/* For a count the label is enough: its maker chose the
		   image. */
		running += c->running;
		if (stats && (c->running || every) &&
		    ownership_by_label(c, s->caller))
			settlement_operand_add(s->line, c->id);
	}
	if (!stats)
		return below_maximum(s, running);
	return s->operands->n > 0 || state_refuse(s, "you have no %scontainers",
	    every ? "" : "running ");
}

bool
containers_settle(struct state *s)
{
	const struct containers *all = s->containers;

	for (size_t i = 0; i < all->n; i++) {
		if (!settle_one(s, &all->v[i]))
			return false;
	}
	for (size_t i = 0; i < all->n; i++)
		put_id(s, &all->v[i]);
	return all->own == NULL || settle_all(s);
}
