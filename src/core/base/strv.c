/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/strv.h"

#include <string.h>

struct strv
strv_new(struct arena *a)
{
	return (struct strv) { .arena = a };
}

void
strv_push(struct strv *v, const char *s)
{
	/* Room for two: the string and the NULL behind it. */
	v->v = arena_room(v->arena, v->v, v->n, &v->size, sizeof(*v->v));
	v->v = arena_room(v->arena, v->v, v->n + 1, &v->size, sizeof(*v->v));
	v->v[v->n++] = s;
	v->v[v->n] = NULL;
}

void
strv_pushf(struct strv *v, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	strv_push(v, arena_vprintf(v->arena, format, ap));
	va_end(ap);
}

bool
strv_has(const struct strv *v, const char *s)
{
	for (size_t i = 0; i < v->n; i++) {
		if (strcmp(v->v[i], s) == 0)
			return true;
	}
	return false;
}

char *
strv_join(const struct strv *v, const char *separator)
{
	size_t between = strlen(separator), size = 1;
	char *joined, *p;

	for (size_t i = 0; i < v->n; i++)
		size += strlen(v->v[i]) + between;
	p = joined = arena_alloc(v->arena, size);
	for (size_t i = 0; i < v->n; i++) {
		size_t n = strlen(v->v[i]);

		if (i > 0) {
			memcpy(p, separator, between);
			p += between;
		}
		memcpy(p, v->v[i], n);
		p += n;
	}
	return joined;
}
