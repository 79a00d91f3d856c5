/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/variables.h"

#include "core/base/strmap.h"
#include "core/docker/client_variables.h"
#include "core/docker/env_file.h"
#include "core/verdict/value_limits.h"

#include <string.h>

#define FILES_MAX 32 /* each is read whole */

/* A --env-file or --label-file. */
struct planned_file {
	size_t flag;
	struct need *need;
};

struct variables {
	struct planned_file *v;
	size_t n, size;
};

/* One NAME=VALUE or NAME, wherever it came from. */
struct entry {
	const char *text;
	size_t name; /* its length */
	size_t flag; /* index in state->flags */
	bool from_file;
	bool forced; /* comes after all that is the user's */
	bool users; /* what it says is the user's choice */
	bool dead; /* a later entry has the same name */
};

struct entries {
	struct entry *v;
	size_t n;
	size_t size;
};

struct rules {
	enum value_kind flag;
	enum value_kind file;
	const char *name; /* whose rules bind what the files hold, too */
};

static const struct rules env_rules = { VALUE_ENV, VALUE_ENV_FILE,
	"env" };
static const struct rules label_rules = { VALUE_LABEL, VALUE_LABEL_FILE,
	"label" };

bool
variables_plan(struct state *s)
{
	s->variables = arena_alloc(s->arena, sizeof(*s->variables));
	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *f = &s->flags->v[i];
		struct planned_file p = { .flag = i };

		if (f->flag->kind != VALUE_ENV_FILE &&
		    f->flag->kind != VALUE_LABEL_FILE)
			continue;
		if (s->variables->n == FILES_MAX)
			return state_refuse(s, "more than %d files of "
			    "variables and labels", FILES_MAX);
		p.need = needs_add(s->needs, s->arena, NEED_FILE, f->value);
		ARENA_ADD(s->arena, s->variables, p);
	}
	return true;
}

static void
add(struct state *s, struct entries *e, const char *text, size_t flag,
    bool from_file)
{
	ARENA_ADD(s->arena, e, (struct entry) { .text = text, .flag = flag,
		.name = strcspn(text, "="), .from_file = from_file,
		.forced = s->flags->v[flag].origin > FLAG_DEFAULT,
		.users = s->flags->v[flag].origin == FLAG_USER });
}

/*
 * A line of a file. A NAME alone takes the caller's value; where there is none
 * it is nothing, as it always is in a file of labels.
 */
static void
add_line(struct state *s, struct entries *e, const char *line,
    size_t flag)
{
	const char *value = NULL;

	if (strchr(line, '=') == NULL) {
		if (s->flags->v[flag].flag->kind == VALUE_ENV_FILE)
			value = caller_env(s->caller, line, strlen(line));
		if (value == NULL)
			return;
		line = arena_printf(s->arena, "%s=%s", line, value);
	}
	add(s, e, line, flag, true);
}

static bool
add_file(struct state *s, struct entries *e,
    const struct planned_file *p)
{
	const struct used_flag *f = &s->flags->v[p->flag];
	struct strv lines = strv_new(s->arena);
	const char *reason = p->need->state == NEED_MET ? NULL
	    : need_why(p->need);

	if (p->need->state != NEED_MET || p->need->bytes == NULL ||
	    !env_file_read(&lines, p->need->bytes, p->need->size, &reason))
		return state_refuse(s, "%s: %s", state_flag_word(s, f),
		    reason == NULL ? "nobody looked" : reason);
	for (size_t i = 0; i < lines.n; i++) {
		if (f->flag->kind == VALUE_LABEL_FILE &&
		    (f->origin == FLAG_USER || f->varies) &&
		    strncasecmp(lines.v[i], "undocker.", 9) == 0)
			return state_refuse(s, "%s: labels that begin with "
			    "undocker. are undocker's own",
			    state_flag_word(s, f));
		add_line(s, e, lines.v[i], p->flag);
	}
	settlement_heard(s->line, p->flag, SETTLED_PEOPLE);
	return true;
}

/* In the order in which they count: the user's files and flags, then FORCED */
static bool
collect(struct state *s, const struct rules *rules,
    struct entries *e)
{
	for (int forced = 0; forced < 2; forced++) {
		for (size_t i = 0; i < s->variables->n; i++) {
			const struct used_flag *f =
			    &s->flags->v[s->variables->v[i].flag];

			if (f->flag->kind == rules->file &&
			    (f->origin > FLAG_DEFAULT) == (forced == 1) &&
			    !add_file(s, e, &s->variables->v[i]))
				return false;
		}
		for (size_t i = 0; i < s->flags->n; i++) {
			const struct used_flag *f = &s->flags->v[i];

			if (f->flag->kind == rules->flag &&
			    (f->origin > FLAG_DEFAULT) == (forced == 1))
				add(s, e, f->value, i, false);
		}
	}
	return true;
}

/* From the last to the first, so that the last of each name stays. */
static void
bury_earlier(struct state *s, struct entries *e)
{
	struct strmap seen = strmap_new(s->arena);

	for (size_t i = e->n; i-- > 0;) {
		struct entry *early = &e->v[i], *late;
		void **slot = strmap_at(&seen,
		    arena_strndup(s->arena, early->text, early->name));

		late = *slot;
		if (late == NULL) {
			*slot = early;
			continue;
		}
		early->dead = true;
		if (late->forced && !early->forced)
			strv_pushf(s->notes, "%syour %.*s is left out: this "
			    "host sets it itself", s->where, (int)early->name,
			    early->text);
		if (!early->from_file)
			settlement_heard(s->line, early->flag,
			    SETTLED_NOBODY);
	}
}

/* A NAME alone: the caller's value takes its place, in a line of the file. */
static bool
fill_in(struct state *s, struct entry *e)
{
	const char *value = caller_env(s->caller, e->text, e->name);

	if (value != NULL) {
		e->text = arena_printf(s->arena, "%s=%s", e->text, value);
		settlement_heard(s->line, e->flag, SETTLED_PEOPLE);
		return true;
	}
	/* Not set: it takes the image's variable away, unless the client would
	   find one of its own. */
	if (client_variables_find(e->text, e->name) != CLIENT_VARIABLE_NONE)
		return state_refuse(s, "--env=%s: you have no such variable",
		    e->text);
	return true;
}

/* What docker does not get in a flag. */
static void
hand_over(struct state *s, const struct entries *e, struct strv *lines)
{
	for (size_t i = 0; i < e->n; i++) {
		const struct entry *entry = &e->v[i];

		if (!entry->dead && (entry->from_file ||
		    s->line->settled[entry->flag].heard == SETTLED_PEOPLE))
			strv_push(lines, entry->text);
	}
}

/* ALLOWEDVALUES and RESTRICTEDVALUES; a variable's value is never shown. */
static bool
check_entry(struct state *s, const struct rules *rules,
    const struct entry *e)
{
	const struct docker_flag *f = docker_flag_long(s->command, rules->name,
	    strlen(rules->name));
	const char *name = arena_strndup(s->arena, e->text, e->name);
	struct value_parts parts = { 0 };
	struct value_part *part = value_parts_add(&parts, s->arena, e->text);

	strv_push(&part->forms, name);
	return f == NULL || value_limits_hidden(s, f, part, name);
}

static bool
settle(struct state *s, const struct rules *rules, struct strv *lines)
{
	struct entries e = { 0 };

	if (!collect(s, rules, &e))
		return false;
	bury_earlier(s, &e);
	for (size_t i = 0; i < e.n; i++) {
		if (rules->flag == VALUE_ENV && !e.v[i].dead &&
		    e.v[i].text[e.v[i].name] == '\0' && !fill_in(s, &e.v[i]))
			return false;
		if (e.v[i].users && !e.v[i].dead &&
		    !check_entry(s, rules, &e.v[i]))
			return false;
	}
	hand_over(s, &e, lines);
	return true;
}

bool
variables_settle(struct state *s)
{
	return settle(s, &env_rules, &s->line->variables) &&
	    settle(s, &label_rules, &s->line->labels);
}
