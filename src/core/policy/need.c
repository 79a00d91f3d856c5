/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/need.h"

struct need *
needs_add(struct needs *needs, struct arena *a, enum need_kind kind,
    const char *path)
{
	struct need *n = arena_alloc(a, sizeof(*n));

	n->kind = kind;
	n->path = path;
	n->fd = -1;
	ARENA_ADD(a, needs, n);
	return n;
}

const char *
need_why(struct need *n)
{
	n->decisive = true;
	return n->state == NEED_FAILED && n->error != NULL ? n->error
	    : "nobody looked";
}
