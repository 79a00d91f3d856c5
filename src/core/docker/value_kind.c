/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_kind.h"

#include <stddef.h>

static const struct {
	unsigned traits;
	const char *separators, *word;
} kinds[] = {
#define KIND(name, traits, separators, word, forms, check, probe) \
	[VALUE_##name] = { traits, separators, word },
#include "core/docker/kinds.def"
#undef KIND
};

bool
value_kind_has(enum value_kind kind, unsigned traits)
{
	return kind < VALUE_KINDS && (kinds[kind].traits & traits) != 0;
}

const char *
value_kind_separators(enum value_kind kind)
{
	return kind < VALUE_KINDS ? kinds[kind].separators : "";
}

const char *
value_kind_word(enum value_kind kind)
{
	return kind < VALUE_KINDS ? kinds[kind].word : NULL;
}
