/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/strmap.h"

#include <stdint.h>
#include <string.h>

struct strmap_slot {
	const char *key;
	void *value;
};

struct strmap
strmap_new(struct arena *a)
{
	return (struct strmap) { .arena = a };
}

/* FNV-1a; the keys are the administrator's, nobody wants them to collide. */
static uint64_t
hash(const char *s)
{
	uint64_t h = 14695981039346656037U;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211U;
	return h ^ h >> 32;
}

static struct strmap_slot *
slot(const struct strmap *m, const char *key)
{
	size_t at = (size_t)hash(key) & (m->size - 1);

	while (m->slots[at].key != NULL && strcmp(m->slots[at].key, key) != 0)
		at = (at + 1) & (m->size - 1);
	return &m->slots[at];
}

static void
grow(struct strmap *m)
{
	struct strmap bigger = { .arena = m->arena, .n = m->n };

	bigger.size = m->size == 0 ? 64 : m->size * 2;
	bigger.slots = arena_alloc(m->arena,
	    bigger.size * sizeof(*bigger.slots));
	for (size_t i = 0; i < m->size; i++) {
		if (m->slots[i].key != NULL)
			*slot(&bigger, m->slots[i].key) = m->slots[i];
	}
	*m = bigger;
}

void **
strmap_at(struct strmap *m, const char *key)
{
	struct strmap_slot *s;

	if (m->n * 2 >= m->size)
		grow(m);
	s = slot(m, key);
	if (s->key == NULL) {
		s->key = key;
		m->n++;
	}
	return &s->value;
}

void *
strmap_get(const struct strmap *m, const char *key)
{
	return m->size == 0 ? NULL : slot(m, key)->value;
}
