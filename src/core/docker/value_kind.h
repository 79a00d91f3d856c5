/* SPDX-License-Identifier: Apache-2.0 */
/* What a flag's value means, where undocker must know: kinds.def. */
#ifndef UNDOCKER_VALUE_KIND_H
#define UNDOCKER_VALUE_KIND_H

#include <stdbool.h>

enum value_kind {
#define KIND(name, traits, separators, word, forms, check, probe) VALUE_##name,
#include "core/docker/kinds.def"
#undef KIND
	VALUE_KINDS
};

enum value_kind_trait {
	KIND_ADDS_UP = 1 << 0, /* a user's values stand beside forced ones */
	KIND_QUANTITY = 1 << 1, /* a number that can be compared */
	KIND_ENDLESS = 1 << 2, /* and 0 is no limit, or docker's default */
	KIND_MOUNTS = 1 << 3, /* something in the container */
	KIND_BINDS = 1 << 4, /* maybe something of the host's */
	KIND_STRICT = 1 << 5, /* docker gets its strict form in any case */
	KIND_NEEDED = 1 << 6, /* only what ALLOWEDVALUES names */
	KIND_LATER = 1 << 7, /* the policy's rules judge what it comes to */
};

/* Whether the kind has one of these traits. */
bool value_kind_has(enum value_kind kind, unsigned traits);

/* The bytes that a variable's value may not hold in such a value. */
const char *value_kind_separators(enum value_kind kind);

/* What the value is, in a word for people; NULL: VALUE or LIST. */
const char *value_kind_word(enum value_kind kind);

#endif
