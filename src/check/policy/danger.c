/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/danger.h"

#include <string.h>

static const struct danger dangers[] = {
#define DANGER(commands, flag, cure, why) { commands, flag, CURE_##cure, why },
#include "check/policy/danger.def"
#undef DANGER
};

/* Whether n bytes are the command's name, in which a + may be the blank. */
static bool
name_is(const char *item, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (name[i] != (item[i] == '+' ? ' ' : item[i]))
			return false;
	}
	return name[n] == '\0';
}

static bool
is_of(const struct danger *d, const struct docker_command *c)
{
	const char *at = d->commands;

	if (c == NULL)
		return *at == '\0';
	while (*at != '\0') {
		size_t n = strcspn(at, " ");

		if (name_is(at, n, c->name))
			return true;
		at += n;
		at += strspn(at, " ");
	}
	return false;
}

const struct danger *
danger_at(size_t n)
{
	return n < sizeof(dangers) / sizeof(dangers[0]) ? &dangers[n] : NULL;
}

static const struct danger *
row_find(const struct docker_command *c, const char *flag, size_t n)
{
	for (size_t i = 0; i < sizeof(dangers) / sizeof(dangers[0]); i++) {
		const struct danger *d = &dangers[i];

		if (strlen(d->flag) == n && strncmp(d->flag, flag, n) == 0 &&
		    is_of(d, c))
			return d;
	}
	return NULL;
}

const struct danger *
danger_of(const struct docker_command *c, const struct docker_flag *f)
{
	size_t n = strcspn(f->names, "|");

	/* A flag that has a letter only is no command's own row. */
	return n == 0 ? NULL : row_find(c, f->names, n);
}

const struct danger *
danger_of_command(const struct docker_command *c)
{
	return row_find(c, "", 0);
}
