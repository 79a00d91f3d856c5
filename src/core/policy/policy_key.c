/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/policy_key.h"

#include <string.h>

#define LONGEST_NAME 32

static const struct policy_key keys[] = {
#define KEY(name, where, type, into, field, standard, doc) \
	{ KEY_##name, #name, WHERE_##where, TYPE_##type, standard, doc },
#include "core/policy/keys.def"
#undef KEY
};

const struct policy_key *
policy_key_find(const char *name)
{
	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (keys[i].name[0] == name[0] &&
		    strcmp(keys[i].name, name) == 0)
			return &keys[i];
	}
	return NULL;
}

const struct policy_key *
policy_key_get(enum key_id id)
{
	return &keys[id];
}

bool
policy_key_scalar(const struct policy_key *k)
{
	return k->type >= TYPE_TEXT;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Levenshtein's distance without regard to case; both at most LONGEST_NAME. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[LONGEST_NAME + 1], n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t cost = upper(a[i - 1]) != upper(b[j - 1]);
			size_t best = diagonal + cost;

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

const char *
policy_key_near(const char *name)
{
	const char *best = NULL;
	size_t least = 4;

	if (strlen(name) > LONGEST_NAME)
		return NULL;
	for (size_t i = 0; i < KEY_COUNT; i++) {
		size_t d = distance(name, keys[i].name);

		if (d < least && d < strlen(keys[i].name)) {
			least = d;
			best = keys[i].name;
		}
	}
	return best;
}
