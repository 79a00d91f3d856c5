/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/value_limits.h"

#include "core/docker/port.h"
#include "core/docker/quantity.h"
#include "core/verdict/trace.h"

#include <string.h>

/* "--flag=TEXT", for messages. */
static const char *
asked(struct state *s, const struct docker_flag *f, const char *text)
{
	return arena_printf(
	    s->arena, "%s=%s", docker_flag_name(s->arena, f), text);
}

/* The pattern that matches one of the forms, or NULL; false: a fault. */
static bool
find_pattern(struct state *s, const struct patterns *p,
    const struct docker_flag *f, const struct value_part *part,
    const struct pattern **match)
{
	*match = NULL;
	for (size_t i = 0; p != NULL && i < part->forms.n; i++) {
		const struct pattern *which = NULL;

		switch (patterns_match(p, part->forms.v[i],
		    &which)) {
		case PATTERN_MATCHES:
			*match = which;
			return true;
		case PATTERN_NONE:
			break;
		case PATTERN_FAULT:
		default:
			return state_refuse(s, "%s: the pattern '%s' (%s:%u) "
			    "takes too long on it",
			    docker_flag_name(s->arena, f),
			    which == NULL ? "?" : which->text,
			    which == NULL ? "?" : which->setting->file,
			    which == NULL ? 0 : which->setting->line);
		}
	}
	return true;
}

/*
 * The patterns that begin with the option's own name: one for any value (.*)
 * names none.
 */
static const struct patterns *
patterns_naming(struct state *s, const struct patterns *p,
    const char *option)
{
	struct patterns *naming = arena_alloc(s->arena, sizeof(*naming));
	size_t n = strcspn(option, "=") + 1;

	for (size_t i = 0; p != NULL && i < p->n; i++) {
		/* One without a value is its whole name. */
		if (strncmp(p->v[i].text, option, n) != 0)
			continue;
		ARENA_ADD(s->arena, naming, p->v[i]);
	}
	return naming;
}

/* Which pattern of ALLOWEDVALUES gives a value (NULL: none does). */
static void
trace_value(struct state *s, const struct docker_flag *f,
    const char *called, const struct pattern *match,
    const struct patterns *allowed)
{
	if (s->trace == NULL)
		return;
	if (match != NULL)
		trace_pattern(s, asked(s, f, called), match);
	else
		trace_unmatched(s, asked(s, f, called), allowed);
}

static bool
part_allowed(struct state *s, const struct docker_flag *f,
    const struct value_part *part, const char *called, bool needed)
{
	const struct patterns *allowed = value_rules_of(
	    &s->effective->allowed_values, f);
	const struct pattern *match;
	struct strv texts = strv_new(s->arena);
	struct value_part whole = *part;

	if (part->restrictable != NULL) {
		whole.forms = strv_new(s->arena);
		for (size_t i = 0; i < part->forms.n; i++)
			strv_push(&whole.forms, part->forms.v[i]);
		strv_push(&whole.forms, part->restrictable);
	}
	if (!find_pattern(s, value_rules_of(&s->effective->restricted_values,
	    f), f, &whole, &match))
		return false;
	if (match != NULL)
		return state_refuse(s, "%s is restricted (%s:%u)",
		    asked(s, f, called), match->setting->file,
		    match->setting->line);
	if (allowed == NULL && !needed)
		return true;
	if (needed)
		allowed = patterns_naming(s, allowed, part->forms.v[0]);
	if (!find_pattern(s, allowed, f, part, &match))
		return false;
	trace_value(s, f, called, match, allowed);
	if (match != NULL)
		return true;
	for (size_t i = 0; allowed != NULL && i < allowed->n; i++)
		strv_push(&texts, allowed->v[i].text);
	if (texts.n == 0)
		return state_refuse(s, "%s is not allowed (no ALLOWEDVALUES "
		    "names it)", asked(s, f, called));
	return state_refuse(s, "%s is not allowed (allowed: %s)",
	    asked(s, f, called), strv_join(&texts, " "));
}

bool
value_limits_part(struct state *s, const struct docker_flag *f,
    const struct value_part *part, bool needed)
{
	return part_allowed(s, f, part, part->forms.v[0], needed);
}

bool
value_limits_hidden(struct state *s, const struct docker_flag *f,
    const struct value_part *part, const char *called)
{
	return part_allowed(s, f, part, called, false);
}

/* The limit for a value, or NULL; --ulimit has one for each name. */
static const struct flag_setting *
limit_of(const struct state *s, const struct docker_flag *f,
    const char *name)
{
	const struct flag_settings *max = &s->effective->max;
	const struct flag_setting *last = NULL;

	for (size_t i = 0; i < max->n; i++) {
		const char *text = value_words_head(&max->v[i].value);
		size_t n = strcspn(text, "=");

		if (max->v[i].flag == f && (name == NULL ||
		    (strlen(name) == n && strncmp(name, text, n) == 0)))
			last = &max->v[i];
	}
	return last;
}

static bool
too_much(struct state *s, const struct used_flag *f,
    const struct flag_setting *limit)
{
	return state_refuse(s, "%s is more than this host allows (at most %s, "
	    "%s:%u)", state_flag_word(s, f), value_words_head(&limit->value),
	    limit->setting->file, limit->setting->line);
}

static void
trace_limit(struct state *s, const struct used_flag *f,
    const struct flag_setting *limit)
{
	if (s->trace != NULL)
		trace_line(s, "%s: at most %s (MAXVALUES, %s:%u)",
		    state_flag_word(s, f), value_words_head(&limit->value),
		    limit->setting->file, limit->setting->line);
}

static bool
check_ulimit(struct state *s, const struct used_flag *f)
{
	const struct flag_setting *limit;
	struct ulimit wanted, most;

	if (limit_of(s, f->flag, NULL) == NULL)
		return true;
	if (!quantity_ulimit(&wanted, s->arena, f->value))
		return state_refuse(s, "%s is not NAME=SOFT[:HARD]",
		    state_flag_word(s, f));
	limit = limit_of(s, f->flag, wanted.name);
	if (limit == NULL)
		return true;
	trace_limit(s, f, limit);
	return (quantity_ulimit(
		    &most, s->arena, value_words_head(&limit->value)) &&
		   wanted.soft >= 0 && wanted.hard >= 0 &&
		   wanted.soft <= most.soft && wanted.hard <= most.hard) ||
	       too_much(s, f, limit);
}

static bool
check_limit(struct state *s, const struct used_flag *f)
{
	enum value_kind kind = quantity_kind_of(f->flag);
	const struct flag_setting *limit;
	int64_t wanted, most;

	if (f->flag->kind == VALUE_ULIMIT)
		return check_ulimit(s, f);
	limit = limit_of(s, f->flag, NULL);
	if (limit == NULL)
		return true;
	if (!quantity_read(kind, f->value, &wanted))
		return state_refuse(s, "%s is no number that docker and "
		    "undocker read alike (at most %s, %s:%u)",
		    state_flag_word(s, f), value_words_head(&limit->value),
		    limit->setting->file, limit->setting->line);
	trace_limit(s, f, limit);
	return (quantity_read(kind, value_words_head(&limit->value), &most) &&
		   !quantity_endless(kind, wanted) && wanted <= most) ||
	    too_much(s, f, limit);
}

/* -P publishes what the image exposes, at ephemeral ports. */
static bool
check_ports(struct state *s, const struct used_flag *f)
{
	const struct effective *e = s->effective;
	struct port p = { .protocol = "tcp" };
	const char *reason = NULL;

	if (e->ports.setting == NULL)
		return true;
	if (f->flag->kind == VALUE_PORT &&
	    !port_read(&p, s->arena, f->value, &reason))
		return state_refuse(s, "%s %s", state_flag_word(s, f), reason);
	if (s->trace != NULL)
		trace_line(s, "%s: host ports %s (ALLOWEDPORTS, %s:%u)",
		    state_flag_word(s, f), e->ports.text,
		    e->ports.setting->file, e->ports.setting->line);
	return port_rules_allow(&e->ports, &p) ||
	    state_refuse(s, "%s is not allowed (allowed host ports: %s, "
		"%s:%u)", state_flag_word(s, f), e->ports.n == 0 ? "none"
		: e->ports.text,
		e->ports.setting->file, e->ports.setting->line);
}

bool
value_limits_volume(struct state *s, const char *name)
{
	const struct patterns *allowed = &s->effective->allowed_volumes;
	const struct pattern *which = NULL;
	struct strv texts = strv_new(s->arena);

	if (allowed->n == 0)
		return true;
	switch (patterns_match(allowed, name, &which)) {
	case PATTERN_MATCHES:
		trace_pattern(s, name, which);
		return true;
	case PATTERN_NONE:
		trace_unmatched(s, name, allowed);
		break;
	case PATTERN_FAULT:
	default:
		return state_refuse(s, "volume '%s': a pattern of "
		    "ALLOWEDVOLUMES takes too long on it", name);
	}
	for (size_t i = 0; i < allowed->n; i++)
		strv_push(&texts, allowed->v[i].text);
	return state_refuse(s, "volume '%s' is not allowed (allowed: %s)", name,
	    strv_join(&texts, " "));
}

static bool
publishes(const struct used_flag *f)
{
	return f->flag->kind == VALUE_PORT ||
	    (docker_flag_is(f->flag, "publish-all") &&
	    strcmp(f->value, "true") == 0);
}

bool
value_limits_has(
    const struct state *s, const struct docker_flag *f)
{
	return value_rules_of(&s->effective->allowed_values, f) != NULL ||
	    value_rules_of(&s->effective->restricted_values, f) != NULL;
}

/*
 * Of a value that docker reads in more ways than one it gets the strict form,
 * so that what was checked is what it reads.
 */
static bool
check_forms(struct state *s, const struct used_flag *f)
{
	bool strict = s->caller->uid != 0 &&
	    value_kind_has(f->flag->kind, KIND_STRICT);
	bool needed = s->caller->uid != 0 &&
	    value_kind_has(f->flag->kind, KIND_NEEDED);
	struct value_parts parts;
	const char *reason = NULL;

	if (!strict && !needed && !value_limits_has(s, f->flag))
		return true;
	if (!value_forms(&parts, s->arena, f->flag, f->value, &reason))
		return state_refuse(s, "%s %s", state_flag_word(s, f), reason);
	for (size_t i = 0; i < parts.n; i++) {
		if (!value_limits_part(s, f->flag, &parts.v[i], needed))
			return false;
	}
	if (parts.many != NULL &&
	    value_rules_of(&s->effective->restricted_values, f->flag) != NULL)
		return state_refuse(s, "%s %s", state_flag_word(s, f),
		    parts.many);
	if (parts.canonical != NULL)
		settlement_value(s->line, (size_t)(f - s->flags->v),
		    parts.canonical);
	return true;
}

bool
value_limits_check(struct state *s)
{
	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *f = &s->flags->v[i];

		if (f->origin != FLAG_USER)
			continue;
		if (value_kind_has(f->flag->kind, KIND_LATER))
			continue;
		if (!check_limit(s, f) || !check_forms(s, f) ||
		    (publishes(f) && !check_ports(s, f)))
			return false;
	}
	return true;
}
