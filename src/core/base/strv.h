/* SPDX-License-Identifier: Apache-2.0 */
/* A growing, NULL-terminated vector of strings. */
#ifndef UNDOCKER_STRV_H
#define UNDOCKER_STRV_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct strv {
	struct arena *arena;
	const char **v; /* v[n] is NULL once anything was pushed */
	size_t n;
	size_t size;
};

/* An empty vector whose memory comes from a. */
struct strv strv_new(struct arena *a);

/* Adds s itself (not a copy) at the end. */
void strv_push(struct strv *v, const char *s);

/* Adds what printf would print at the end. */
void strv_pushf(struct strv *v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Whether s is one of the strings. */
bool strv_has(const struct strv *v, const char *s);

/* The strings with a separator between, in one string. */
char *strv_join(const struct strv *v, const char *separator);

#endif
