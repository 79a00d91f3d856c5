/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/flag_table.h"

#include <string.h>

struct flag_table
flag_table_new(struct arena *a, const struct docker_command *command)
{
	return (struct flag_table) { .arena = a, .command = command,
		.known = strmap_new(a) };
}

struct docker_flag *
flag_table_extra_long(const struct flag_table *t, const char *name, size_t n)
{
	for (size_t i = 0; i < t->n; i++) {
		if (n > 0 && docker_flag_is_named(t->extra[i], name, n))
			return t->extra[i];
	}
	return NULL;
}

struct docker_flag *
flag_table_extra_letter(const struct flag_table *t, char letter)
{
	for (size_t i = 0; i < t->n; i++) {
		if (letter != '\0' && t->extra[i]->letter == letter)
			return t->extra[i];
	}
	return NULL;
}

const struct docker_flag *
flag_table_long(const struct flag_table *t, const char *name, size_t n)
{
	const struct docker_flag *f = docker_flag_long(t->command, name, n);

	return f != NULL ? f : flag_table_extra_long(t, name, n);
}

const struct docker_flag *
flag_table_letter(const struct flag_table *t, char letter)
{
	const struct docker_flag *f = docker_flag_letter(t->command, letter);

	return f != NULL ? f : flag_table_extra_letter(t, letter);
}

const struct docker_flag *
flag_table_docker_letter(struct flag_table *t, char letter)
{
	const struct docker_flag **known = &t->letters[letter & 127];

	if (*known == NULL)
		*known = docker_flag_letter(t->command, letter);
	return *known;
}

const struct docker_flag *
flag_table_docker_long(struct flag_table *t, const char *name)
{
	static char none;
	struct arena *kept = t->known.arena;
	void *answer = strmap_get(&t->known, name);

	if (answer == NULL) {
		const struct docker_flag *f = docker_flag_long(t->command,
		    name, strlen(name));

		answer = f == NULL ? (void *)&none
		    : memcpy(arena_alloc(kept, sizeof(f)), &f, sizeof(f));
		*strmap_at(&t->known, arena_strdup(kept, name)) = answer;
	}
	return answer == &none ? NULL : *(const struct docker_flag **)answer;
}
