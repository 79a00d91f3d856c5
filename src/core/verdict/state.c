/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/state.h"

#include <string.h>

bool
state_refuse(struct state *s, const char *format, ...)
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
state_misspelt(struct state *s, const char *format, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, format);
	text = arena_vprintf(s->arena, format, ap);
	va_end(ap);
	s->fault->misspelt |= s->fault->kind == FAULT_NONE;
	return state_refuse(s, "%s", text);
}

const char *
state_flag_word(struct state *s, const struct used_flag *f)
{
	return arena_printf(
	    s->arena, "%s=%s", docker_flag_name(s->arena, f->flag), f->value);
}

bool
state_command_is(const struct state *s, const char *name)
{
	return strcmp(s->command->name, name) == 0;
}
