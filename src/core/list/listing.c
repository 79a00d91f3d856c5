/* SPDX-License-Identifier: Apache-2.0 */
#include "core/list/listing.h"

#include <string.h>

bool
listing_has(const struct listing *l, const struct docker_flag *f)
{
	const struct effective *e = l->e;

	return !flagset_has(e->command == NULL ? &e->global_black : &e->black,
		   f) &&
	    (l->caller->uid == 0 || f->never == NULL);
}

bool
listing_takes(const struct listing *l, const char *letters)
{
	return l->e->command->operands[strcspn(l->e->command->operands,
	    letters)] != '\0';
}

bool
listing_own_only(const struct listing *l)
{
	return l->caller->uid != 0 && l->e->uid_must_match &&
	    listing_takes(l, "CEXA");
}

const char *
listing_patterns(const struct listing *l, const struct patterns *p, size_t most)
{
	struct strv texts = strv_new(l->arena);

	for (size_t i = 0; i < p->n && i < most; i++)
		strv_push(&texts, p->v[i].text);
	if (p->n > most)
		strv_pushf(&texts, "and %zu more", p->n - most);
	return strv_join(&texts, " ");
}
