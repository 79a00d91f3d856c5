/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/state.h"

#include <string.h>

const char *
state_flag_word(struct decision_state *s, const struct used_flag *f)
{
	return arena_printf(s->arena, "%s=%s", flag_name(s->arena, f->flag),
	    f->value);
}

/* docker's word for the flag: by the letter where no name is in all clients. */
static const char *
final_word(struct decision_state *s, const struct used_flag *f)
{
	return f->flag->kind == VALUE_STOP_TIME && *f->value != '\0'
	    ? arena_printf(s->arena, "-%c=%s", f->flag->letter, f->value)
	    : state_flag_word(s, f);
}

/*
 * "-x=" would be read as the value "=": what has no long name cannot say an
 * empty value in one word.
 */
static bool
sayable(struct decision_state *s, const struct used_flag *f)
{
	return *f->flag->names != '\0' || *f->value != '\0' ||
	    state_refuse(s, "%s: an empty value cannot be handed on",
		flag_name(s->arena, f->flag));
}

static void
push_both(struct final *final, const char *word)
{
	strv_push(&final->shown, word);
	strv_push(&final->given, word);
}

/* Where a staged mount's word stands among docker's. */
static void
note_stage(struct decision_state *s, size_t flag, size_t at)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		const struct planned_mount *p = &s->mounts[i];

		if (p->flag == flag && p->staged)
			s->staged[0]->v[p->stage_index].at = at;
	}
}

static bool
push_flags(struct decision_state *s, struct final *final)
{
	for (size_t i = 0; i < s->flags.n; i++) {
		const struct used_flag *f = &s->flags.v[i];
		const char *word = final_word(s, f);
		const char *shown = s->shown[i] == NULL ? word : s->shown[i];
		const char *given = s->given[i] == NULL ? word : s->given[i];

		if (!sayable(s, f))
			return false;
		if (*shown != '\0')
			strv_push(&final->shown, shown);
		if (*given != '\0') {
			note_stage(s, i, final->given.n);
			strv_push(&final->given, given);
		}
	}
	return true;
}

bool
final_words(struct decision_state *s, struct final *final, const char *docker)
{
	const char *name = s->command->name;

	final->staged = s->staged;
	final->nstaged = s->nstaged;
	final->binds = s->binds;
	strv_push(&final->shown, docker);
	strv_push(&final->given, "docker");
	for (size_t i = 0; i < s->global.n; i++) {
		if (!sayable(s, &s->global.v[i]))
			return false;
		push_both(final, state_flag_word(s, &s->global.v[i]));
	}
	if (strchr(name, ' ') != NULL) {
		size_t n = strcspn(name, " ");

		push_both(final, arena_strndup(s->arena, name, n));
		name += n + 1;
	}
	push_both(final, name);
	/* Files come first, so that a flag wins, as docker would have it. */
	if (final->env_lines != NULL) {
		final->env_at = final->given.n;
		strv_push(&final->given, "--env-file=");
	}
	if (final->label_lines != NULL) {
		final->label_at = final->given.n;
		strv_push(&final->given, "--label-file=");
	}
	if (!push_flags(s, final))
		return false;
	if (s->operands.n > 0)
		push_both(final, "--");
	for (size_t i = 0; i < s->operands.n; i++)
		push_both(final, s->operands.v[i]);
	return true;
}
