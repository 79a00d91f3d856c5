/* SPDX-License-Identifier: Apache-2.0 */
/* A hash map from strings to pointers, so that big policies stay linear. */
#ifndef UNDOCKER_STRMAP_H
#define UNDOCKER_STRMAP_H

#include "core/base/arena.h"

#include <stddef.h>

struct strmap {
	struct arena *arena;
	struct strmap_slot *slots;
	size_t n;
	size_t size; /* a power of two, or 0 */
};

struct strmap strmap_new(struct arena *a);

/*
 * Where the value for key stands, NULL in it if the key is new; key itself is
 * kept, not copied. Good until the next call.
 */
void **strmap_at(struct strmap *m, const char *key);

/* The value for key, or NULL: nothing is added. */
void *strmap_get(const struct strmap *m, const char *key);

#endif
