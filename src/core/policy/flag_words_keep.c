/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the policy's words for one flag count. */
#include "core/policy/flag_settings.h"

#include <string.h>

void
flag_settings_keep_last(struct flag_settings *words, bool lists_add_up)
{
	size_t kept = 0;

	for (size_t i = 0; i < words->n; i++) {
		struct flag_setting *w = &words->v[i];
		size_t last = i;

		for (size_t j = i + 1; j < words->n; j++) {
			if (words->v[j].flag == w->flag)
				last = j;
		}
		if (last == i || (w->flag->shape == FLAG_LIST &&
		    (lists_add_up || section_same(w->setting->section,
			words->v[last].setting->section))))
			words->v[kept++] = *w;
	}
	words->n = kept;
}

/* Of --ulimit each name has a limit of its own. */
static bool
same_limit(const struct flag_setting *a, const struct flag_setting *b)
{
	const char *x = value_words_head(&a->value), *y = value_words_head(&b->value);
	size_t n = strcspn(x, "=");

	return a->flag == b->flag && (a->flag->kind != VALUE_ULIMIT ||
	    (strncmp(x, y, n) == 0 && y[n] == x[n]));
}

void
flag_settings_keep_limits(struct flag_settings *words)
{
	size_t kept = 0;

	for (size_t i = 0; i < words->n; i++) {
		bool last = true;

		for (size_t j = i + 1; j < words->n; j++)
			last = last && !same_limit(&words->v[i], &words->v[j]);
		if (last)
			words->v[kept++] = words->v[i];
	}
	words->n = kept;
}
