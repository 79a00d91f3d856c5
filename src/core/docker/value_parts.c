/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_parts.h"

struct value_part *
value_parts_add(struct value_parts *parts, struct arena *a, const char *form)
{
	struct value_part *p;

	ARENA_ADD(a, parts, (struct value_part) { .forms = strv_new(a) });
	p = &parts->v[parts->n - 1];
	strv_push(&p->forms, form);
	return p;
}
