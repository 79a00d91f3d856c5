/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One decision's memory. Everything that the core makes lives in an arena and
 * goes with it, so nothing is freed twice, too early or never.
 */
#ifndef UNDOCKER_ARENA_H
#define UNDOCKER_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/*
 * Called when there is no more memory. It must not return; the default aborts.
 * A main sets it to print a line and end with exit code 125.
 */
extern void (*arena_exhausted)(void);

/* A new arena; never NULL. The caller frees it with arena_free. */
struct arena *arena_new(void);

/* Frees the arena and all that was made in it. NULL is nothing. */
void arena_free(struct arena *a);

/* Takes back all that was made in the arena, and keeps it for more. */
void arena_reset(struct arena *a);

/* size zeroed bytes, aligned for any type; never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/*
 * The array v of n items, grown if it has no room for one more; *size is how
 * many it has room for.
 */
void *arena_room(struct arena *a, void *v, size_t n, size_t *size, size_t item);

/*
 * Adds an item at the end of a list, which is any struct with v, n and size.
 * The item may be a compound literal.
 */
#define ARENA_ADD(a, list, ...) \
	((list)->v = arena_room((a), (list)->v, (list)->n, &(list)->size, \
	     sizeof(*(list)->v)), \
	    (list)->v[(list)->n++] = (__VA_ARGS__))

/* Copies of a string, or of its first n bytes, with a NUL behind. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* What printf would print, as a string. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

#endif
