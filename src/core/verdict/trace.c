/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/trace.h"

#include <string.h>

void
trace_line(struct state *s, const char *format, ...)
{
	va_list ap;

	if (s->trace == NULL)
		return;
	va_start(ap, format);
	strv_push(s->trace, arena_vprintf(s->arena, format, ap));
	va_end(ap);
}

static const char *
place(struct state *s, const struct setting *set)
{
	return arena_printf(s->arena, "%s:%u", set->file, set->line);
}

/* "KEY (FILE:LINE)" */
static const char *
origin(struct state *s, const struct setting *set)
{
	return arena_printf(s->arena, "%s (%s)", set->key->name, place(s, set));
}

/* Whether a setting's specs hold the flag, which only the policy may know. */
static bool
spec_holds(struct state *s, const struct docker_command *c,
    const struct setting *set, const struct docker_flag *f)
{
	struct flag_table table = flag_table_new(s->arena, c);
	struct flagset flags = { 0 };
	const struct docker_flag *same = NULL;
	const char *reason;

	if (!flagset_read(&flags, &table, set->value, &reason))
		return false;
	if (flagset_has(&flags, f))
		return true;
	for (const char *name = f->names; same == NULL && *name != '\0';) {
		size_t n = strcspn(name, "|");

		same = flag_table_long(&table, name, n);
		name += n + (name[n] == '|');
	}
	if (same == NULL && f->letter != '\0')
		same = flag_table_letter(&table, f->letter);
	return same != NULL && flagset_has(&flags, same);
}

static bool
is_asked(const struct state *s, const struct section *section,
    bool global)
{
	if (global)
		return section->kind == SECTION_MAIN;
	return section->command == s->command &&
	    effective_applies(section, s->caller);
}

void
trace_spec(struct state *s, bool global, enum key_id key,
    const struct docker_flag *f)
{
	struct strv places = strv_new(s->arena), asked = strv_new(s->arena);
	const struct policy *p = s->policy;
	const char *name, *word = policy_key_get(key)->name;

	if (s->trace == NULL)
		return;
	name = docker_flag_name(s->arena, f);
	for (size_t i = 0; i < p->n; i++) {
		const struct section *section = p->sections[i];

		if (!is_asked(s, section, global))
			continue;
		strv_pushf(&asked, "[%s]", section->title);
		for (size_t k = 0; k < section->n; k++) {
			const struct setting *set = &section->settings[k];

			if (set->key->id == key && spec_holds(s,
			    global ? NULL : s->command, set, f))
				strv_push(&places, place(s, set));
		}
	}
	if (places.n > 0)
		trace_line(s, "%s is in %s (%s)", name, word,
		    strv_join(&places, ", "));
	else
		trace_line(s, "%s is in no %s of %s", name, word,
		    asked.n == 0 ? "[main]" : strv_join(&asked, ", "));
}

static void
trace_added(struct state *s, const struct used_flag *f)
{
	/* As it is: what is forced is the administrator's text. */
	const char *word = state_flag_word(s, f);

	if (f->origin == FLAG_BUILT_IN)
		trace_line(s, "%s is built in: %s", word, f->why);
	else if (f->origin != FLAG_USER && f->setting != NULL)
		trace_line(s, "%s is added by %s", word, origin(s, f->setting));
}

/* The words of DEFAULTS that were not needed. */
static void
trace_defaults(struct state *s, const struct used_flags *user)
{
	const struct flag_settings *defaults = &s->effective->defaults;

	for (size_t i = 0; i < defaults->n; i++) {
		const struct flag_setting *w = &defaults->v[i];

		for (size_t k = 0; k < user->n; k++) {
			if (user->v[k].flag != w->flag)
				continue;
			trace_line(s, "%s of %s is not needed: it was given",
			    docker_flag_name(s->arena, w->flag),
			    origin(s, w->setting));
			break;
		}
	}
}

/* FORCED takes the user's own away, unless both can stand side by side. */
static void
trace_replaced(struct state *s, const struct used_flags *user)
{
	const struct flag_settings *forced = &s->effective->forced;

	for (size_t i = 0; i < user->n; i++) {
		const struct docker_flag *f = user->v[i].flag;

		for (size_t k = 0; k < forced->n; k++) {
			if (forced->v[k].flag != f ||
			    value_kind_has(f->kind, KIND_ADDS_UP))
				continue;
			trace_line(s, "%s as given gives way to %s",
			    docker_flag_name(s->arena, f),
			    origin(s, forced->v[k].setting));
			break;
		}
	}
}

void
trace_additions(struct state *s, const struct used_flags *user)
{
	if (s->trace == NULL)
		return;
	trace_replaced(s, user);
	trace_defaults(s, user);
	for (size_t i = 0; i < s->flags->n; i++)
		trace_added(s, &s->flags->v[i]);
}

void
trace_pattern(struct state *s, const char *what,
    const struct pattern *by)
{
	if (s->trace != NULL && by != NULL)
		trace_line(s, "%s matches '%s' of %s", what, by->text,
		    origin(s, by->setting));
}

void
trace_unmatched(struct state *s, const char *what,
    const struct patterns *p)
{
	struct strv origins = strv_new(s->arena);

	if (s->trace == NULL || p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		const char *one = origin(s, p->v[i].setting);

		if (!strv_has(&origins, one))
			strv_push(&origins, one);
	}
	if (origins.n > 0)
		trace_line(s, "%s matches no pattern of %s", what,
		    strv_join(&origins, ", "));
}
