/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/judge.h"

#include "core/policy/offered.h"
#include "core/policy/u_groups.h"
#include "core/verdict/additions.h"
#include "core/verdict/trace.h"

#include <string.h>

bool
state_refuse(struct decision_state *s, const char *format, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, format);
	text = arena_vprintf(s->arena, format, ap);
	va_end(ap);
	return fault_set(s->fault, s->arena, FAULT_REFUSED, "%s%s", s->where,
	    text);
}

bool
state_misspelt(struct decision_state *s, const char *format, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, format);
	text = arena_vprintf(s->arena, format, ap);
	va_end(ap);
	s->fault->misspelt |= s->fault->kind == FAULT_NONE;
	return state_refuse(s, "%s", text);
}

/* The words before the command that are docker's, without undocker's own. */
static bool
parse_global(struct decision_state *s, const struct invocation *i,
    struct strv *notes)
{
	struct command_line line = { 0 };
	char **words;
	int n = 0;

	words = arena_alloc(s->arena,
	    ((size_t)i->argc + 1) * sizeof(char *));
	for (int at = 1; at < i->command_at;) {
		int take = invocation_flag_words(i->argv[at]);

		if (invocation_own_word(i->argv[at])) {
			at++;
			continue;
		}
		while (take-- > 0 && at < i->command_at)
			words[n++] = i->argv[at++];
	}
	if (!command_line_parse(&line, s->arena, &s->effective.global_flags,
		false, "", n, words, s->fault))
		return false;
	if (line.operands.n > 0)
		return state_misspelt(s, "'%s' cannot stand before the command",
		    line.operands.v[0]);
	s->global = line.flags;
	return flag_check(s, &s->effective.global_white,
	    &s->effective.global_black, &s->global, notes);
}

static bool
find_command(struct decision_state *s, struct arena *a, struct policy *p,
    const struct invocation *i, const char **command)
{
	const char *word = i->argv[i->command_at];

	s->command = invocation_command(i, NULL);
	if (s->command == NULL)
		return state_misspelt(s, "'%s' is not a docker command that "
		    "undocker knows; this host offers: %s", word,
		    offered_commands(a, p, s->caller));
	if (s->command->never != NULL)
		return state_refuse(s, "'%s' cannot be offered: %s",
		    s->command->name, s->command->never);
	s->where = arena_printf(a, "%s: ", s->command->name);
	*command = s->command->name;
	if (offered_in_vain(s->command, s->caller))
		return state_refuse(s, "docker would run your Dockerfile as "
		    "root on this host; build with a rootless tool (buildah, "
		    "podman build, rootless BuildKit) and let an administrator "
		    "load the image, or make changes in a container of yours "
		    "and keep that");
	return true;
}

/* What the sections that apply say together; also where that is a fault. */
static bool
read_sections(struct decision_state *s, struct decision *d)
{
	struct effective *e = &s->effective;
	bool sound = effective_command(e, s->arena, s->policy, s->caller,
	    s->command, s->fault);

	d->rules = e->rules;
	for (size_t i = 0; i < d->rules.n; i++)
		trace_line(s, "section %s applies", d->rules.v[i]);
	return sound;
}

/* An archive gives its images names that nobody has seen. */
static bool
load_allowed(struct decision_state *s)
{
	return s->caller->uid == 0 || strcmp(s->command->name, "load") != 0 ||
	    image_check_new(s, NULL);
}

static bool
read_command(struct decision_state *s, struct decision *d,
    const struct invocation *i)
{
	struct command_line line = { 0 };
	int words = 0, at;

	(void)invocation_command(i, &words);
	at = i->command_at + words;
	if (!command_line_parse(&line, s->arena, &s->effective.flags,
		s->command->interspersed, s->where, i->argc - at, i->argv + at,
		s->fault))
		return false;
	s->operands = line.operands;
	if (!flag_check(s, &s->effective.white, &s->effective.black,
		&line.flags, &d->notes) ||
	    !composed_flags(&s->flags, s->arena, &s->effective, s->caller,
		&line.flags, &d->notes, s->fault))
		return false;
	trace_composed(s, &line.flags);
	return true;
}

static struct decision_state *
state_new(struct decision *d, struct arena *a, const struct caller *c)
{
	struct decision_state *s = arena_alloc(a, sizeof(*s));

	*d = (struct decision) { .state = s };
	d->notes = strv_new(a);
	d->trace = strv_new(a);
	d->rules = strv_new(a);
	d->command = "";
	d->final.shown = strv_new(a);
	d->final.given = strv_new(a);
	s->arena = a;
	s->caller = c;
	s->fault = &d->fault;
	s->where = "";
	return s;
}

/*
 * docker --version, for the scripts that ask so: no command, and no flag but
 * what [main] allows.
 */
static bool
plan_version(struct decision_state *s)
{
	static const struct docker_command none = { .name = "--version=true",
		.operands = "" };

	if (!used_flags_on(&s->global, "version"))
		return state_misspelt(s, "there is no command");
	s->global = (struct used_flags) { 0 };
	s->command = &none;
	return true;
}

bool
decision_plan(struct decision *d, struct arena *a, struct policy *p,
    const struct caller *c, const struct invocation *i)
{
	struct decision_state *s = state_new(d, a, c);
	struct effective *e = &s->effective;
	struct caller *filled = arena_alloc(a, sizeof(*filled));

	if (!u_groups_fill(filled, a, p, c, s->fault))
		return false;
	s->caller = c = filled;
	s->policy = p;
	s->trace = i->debug ? &d->trace : NULL;
	if (!effective_main(e, &d->settings, a, p, c, s->fault) ||
	    !parse_global(s, i, &d->notes))
		return false;
	s->per_user = d->settings.engine_per_user;
	s->plain_mounts = s->per_user || c->uid == 0;
	s->as_root = d->settings.as_root && c->uid != 0;
	if (i->command_at == i->argc)
		return plan_version(s);
	if (!find_command(s, a, p, i, &d->command) ||
	    !read_sections(s, d))
		return false;
	if (e->rules.n == 0)
		return state_refuse(s, "this host does not offer '%s' (no "
		    "section for it); it offers: %s", s->command->name,
		    offered_commands(a, p, c));
	if (!load_allowed(s) || !read_command(s, d, i))
		return false;
	s->shown = arena_alloc(a, (s->flags.n + 1) * sizeof(*s->shown));
	s->given = arena_alloc(a, (s->flags.n + 1) * sizeof(*s->given));
	if ((c->uid != 0 && !value_check(s)) || !limit_check(s) ||
	    !group_check(s) || !operand_check(s, &d->needs))
		return false;
	new_name_plan(s, &d->needs);
	return container_plan(s, &d->needs) && mount_plan(s, &d->needs) &&
	    kv_plan(s, &d->needs);
}

bool
decision_more(struct decision *d)
{
	size_t asked = d->needs.n;

	return d->fault.kind == FAULT_NONE && d->state != NULL &&
	    d->state->command != NULL && mount_more(d->state, &d->needs) &&
	    staged_more(d->state, &d->needs) && d->needs.n > asked;
}

bool
decision_settle(struct decision *d)
{
	struct decision_state *s = d->state;

	if (d->fault.kind != FAULT_NONE || s == NULL || s->command == NULL)
		return false;
	if (decision_more(d))
		return state_refuse(s, "nobody asked all questions (this is a "
		    "bug)");
	if (d->fault.kind != FAULT_NONE || !mount_settle(s, &d->notes) ||
	    !image_settle(s) || !container_settle(s) || !new_name_settle(s) ||
	    !mount_settle_apart(s) || !staged_settle(s) ||
	    !kv_settle(s, &d->final, &d->notes) ||
	    !final_words(s, &d->final, d->settings.docker))
		return false;
	/* The one place where a verdict becomes a yes. */
	d->verdict = VERDICT_ALLOW;
	return true;
}
