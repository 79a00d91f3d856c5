/* SPDX-License-Identifier: Apache-2.0 */
/* Look-ups in docker's table of flags, by a linear scan. */
#include "core/docker/docker_flag.h"

#include "core/base/text.h"

#include <string.h>

#define SIZES                                                                 \
	"the engine measures directories as root, by names that lead to any " \
	"on this host by then; undocker exec CONTAINER du -sx / measures as " \
	"you"

const char docker_flag_sizes[] = SIZES;

static const struct docker_flag flags[] = {
#define FLAG(commands, letter, names, shape, kind, never) \
	{ commands, letter, names, FLAG_##shape, VALUE_##kind, never },
#include "core/docker/flags.def"
#undef FLAG
};

enum { NFLAGS = sizeof(flags) / sizeof(flags[0]) };

/* Whether n bytes are a command's name, in which a + may be the blank. */
static bool
name_is(const char *item, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (name[i] != (item[i] == '+' ? ' ' : item[i]))
			return false;
	return name[n] == '\0';
}

static bool
flag_is_of(const struct docker_flag *f, const struct docker_command *c)
{
	const char *rest = f->commands;
	const char *item;
	bool every = false;
	size_t n;

	if (c == NULL)
		return *rest == '\0';
	if (c->never != NULL)
		return false;
	while ((item = text_next(&rest, ' ', &n)) != NULL) {
		if (*item == '*')
			every = true;
		else if (*item == '-' && name_is(item + 1, n - 1, c->name))
			return false;
		else if (name_is(item, n, c->name))
			return true;
	}
	return every;
}

bool
docker_flag_is_named(
    const struct docker_flag *f, const char *name, size_t len)
{
	const char *rest = f->names;
	const char *item;
	size_t n;

	while ((item = text_next(&rest, '|', &n)) != NULL)
		if (n == len && memcmp(item, name, n) == 0)
			return true;
	return false;
}

const struct docker_flag *
docker_flag_long(const struct docker_command *c, const char *name, size_t n)
{
	for (size_t i = 0; i < NFLAGS; i++)
		if (docker_flag_is_named(&flags[i], name, n) &&
		    flag_is_of(&flags[i], c))
			return &flags[i];
	return NULL;
}

const struct docker_flag *
docker_flag_letter(const struct docker_command *c, char letter)
{
	if (letter == '\0')
		return NULL;
	for (size_t i = 0; i < NFLAGS; i++)
		if (flags[i].letter == letter && flag_is_of(&flags[i], c))
			return &flags[i];
	return NULL;
}

const struct docker_flag *
docker_flag_at(const struct docker_command *c, size_t n)
{
	for (size_t i = 0; i < NFLAGS; i++)
		if (flag_is_of(&flags[i], c) && n-- == 0)
			return &flags[i];
	return NULL;
}

const char *
docker_flag_name(struct arena *a, const struct docker_flag *f)
{
	size_t n = strcspn(f->names, "|");

	return n == 0 ? arena_printf(a, "-%c", f->letter)
	    : arena_printf(a, "--%.*s", (int)n, f->names);
}

bool
docker_flag_is(const struct docker_flag *f, const char *name)
{
	return text_is(f->names, strcspn(f->names, "|"), name);
}
