/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct block {
	struct block *next;
	size_t size;
	size_t used;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks;
};

void (*arena_exhausted)(void) = abort;

static void *
zeroed_or_end(size_t size)
{
	void *p = calloc(1, size);

	if (p == NULL) {
		arena_exhausted();
		abort();
	}
	return p;
}

static struct block *
block_new(size_t size)
{
	struct block *b;

	if (size > SIZE_MAX / 2) {
		arena_exhausted();
		abort();
	}
	b = zeroed_or_end(sizeof(*b) + size);
	b->size = size;
	return b;
}

struct arena *
arena_new(void)
{
	struct arena *a = zeroed_or_end(sizeof(*a));

	a->blocks = block_new(BLOCK_SIZE);
	return a;
}

void
arena_free(struct arena *a)
{
	struct block *b, *next;

	if (a == NULL)
		return;
	for (b = a->blocks; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct block *b, *next;

	for (b = a->blocks; b->next != NULL; b = next) {
		next = b->next;
		free(b);
	}
	a->blocks = b;
	/* Memory is handed out zeroed. */
	memset(b->bytes, 0, b->used);
	b->used = 0;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct block *b = a->blocks;
	void *p;

	if (size > SIZE_MAX / 4) {
		arena_exhausted();
		abort();
	}
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (b->size - b->used < size) {
		b = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
		b->next = a->blocks;
		a->blocks = b;
	}
	p = b->bytes + b->used;
	b->used += size;
	return p;
}

void *
arena_room(struct arena *a, void *v, size_t n, size_t *size, size_t item)
{
	void *grown;

	if (n < *size)
		return v;
	*size = n < 4 ? 4 : n * 2;
	if (*size > SIZE_MAX / 4 / item) {
		arena_exhausted();
		abort();
	}
	grown = arena_alloc(a, *size * item);
	if (n > 0)
		memcpy(grown, v, n * item);
	return grown;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy;

	n = strnlen(s, n);
	copy = arena_alloc(a, n + 1);
	memcpy(copy, s, n);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *format, va_list ap)
{
	va_list again;
	char *s;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0) {
		arena_exhausted();
		abort();
	}
	s = arena_alloc(a, (size_t)n + 1);
	(void)vsnprintf(s, (size_t)n + 1, format, ap);
	return s;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list ap;
	char *s;

	va_start(ap, format);
	s = arena_vprintf(a, format, ap);
	va_end(ap);
	return s;
}
