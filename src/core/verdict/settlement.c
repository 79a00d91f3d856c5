/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/settlement.h"

void
settlement_begin(struct settlement *st, struct arena *a)
{
	*st = (struct settlement) { .operands = strv_new(a),
		.variables = strv_new(a), .labels = strv_new(a) };
}

void
settlement_flags(
    struct settlement *st, struct arena *a, const struct used_flags *flags)
{
	st->flags = *flags;
	st->settled = arena_alloc(a, (flags->n + 1) * sizeof(*st->settled));
}

void
settlement_value(struct settlement *st, size_t flag, const char *value)
{
	st->flags.v[flag].value = value;
}

void
settlement_heard(struct settlement *st, size_t flag, enum settled_for heard)
{
	st->settled[flag].heard = heard;
}

void
settlement_mount(
    struct settlement *st, size_t flag, const struct settled_mount *m)
{
	st->settled[flag].mount = m;
}

void
settlement_operand(struct settlement *st, size_t operand, const char *text)
{
	st->operands.v[operand] = text;
}

void
settlement_operand_add(struct settlement *st, const char *text)
{
	strv_push(&st->operands, text);
}

void
settlement_operands(struct settlement *st, const struct strv *operands)
{
	st->operands = strv_new(st->operands.arena);
	for (size_t i = 0; i < operands->n; i++)
		strv_push(&st->operands, operands->v[i]);
}

void
settlement_staged(struct settlement *st, struct arena *a, struct staged *set)
{
	st->staged = arena_room(a, st->staged, st->nstaged, &st->staged_size,
	    sizeof(*st->staged));
	st->staged[st->nstaged++] = set;
}

void
settlement_binds(struct settlement *st)
{
	st->binds = true;
}
