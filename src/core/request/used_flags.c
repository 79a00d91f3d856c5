/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request/used_flags.h"

#include "core/base/text.h"

#include <string.h>

void
used_flags_add(struct used_flags *flags, struct arena *a, struct used_flag flag)
{
	ARENA_ADD(a, flags, flag);
}

const struct used_flag *
used_flags_last(const struct used_flags *flags, const char *name)
{
	for (size_t i = flags->n; i-- > 0;) {
		const char *names = flags->v[i].flag->names;

		if (text_is(names, strcspn(names, "|"), name))
			return &flags->v[i];
	}
	return NULL;
}

bool
used_flags_on(const struct used_flags *flags, const char *name)
{
	const struct used_flag *f = used_flags_last(flags, name);

	return f != NULL && strcmp(f->value, "true") == 0;
}

bool
used_flags_vary(const struct used_flag *f)
{
	return f->origin == FLAG_USER ||
	    (f->origin != FLAG_BUILT_IN && f->varies);
}
