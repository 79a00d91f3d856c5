/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Look-ups in docker's tables. A linear scan: some hundred rows, and nearly
 * all of them differ in the first byte.
 */
#include "core/docker/docker_table.h"

#include <string.h>

static const struct docker_command commands[] = {
#define COMMAND(name, aliases, interspersed, operands, never) \
	{name, aliases, interspersed, operands, never},
#include "core/docker/commands.def"
#undef COMMAND
};

static const struct docker_flag flags[] = {
#define FLAG(commands, letter, names, shape, kind) \
	{commands, letter, names, FLAG_##shape, VALUE_##kind},
#include "core/docker/flags.def"
#undef FLAG
};

enum {
	NCOMMANDS = sizeof(commands) / sizeof(commands[0]),
	NFLAGS = sizeof(flags) / sizeof(flags[0]),
};

/* The next item of a separated text, its length in *n; NULL: no more. */
static const char *
item_next(const char **text, char separator, size_t *n)
{
	const char *item = *text;
	const char *end;

	if (*item == '\0')
		return NULL;
	end = strchr(item, separator);
	*n = end != NULL ? (size_t)(end - item) : strlen(item);
	*text = end != NULL ? end + 1 : item + *n;
	return item;
}

/*
 * Whether an item is these words. A blank within a word is none between two:
 * the one word "container run" names no command.
 */
static bool
item_is(const char *item, size_t n, const char *first, const char *second)
{
	size_t len;

	if (*item != *first)
		return false;
	len = strlen(first);
	if (second == NULL)
		return n == len && memcmp(item, first, n) == 0 &&
		       memchr(item, ' ', n) == NULL;
	return n == len + 1 + strlen(second) && memcmp(item, first, len) == 0 &&
	       item[len] == ' ' &&
	       memcmp(item + len + 1, second, n - len - 1) == 0;
}

static bool
command_is(
    const struct docker_command *c, const char *first, const char *second)
{
	const char *rest = c->aliases;
	const char *item;
	size_t n;

	if (item_is(c->name, strlen(c->name), first, second))
		return true;
	while ((item = item_next(&rest, '|', &n)) != NULL)
		if (item_is(item, n, first, second))
			return true;
	return false;
}

static const struct docker_command *
words_find(const char *first, const char *second)
{
	/* Most often it is the name itself. */
	if (second == NULL) {
		const struct docker_command *c = docker_command_named(first);

		if (c != NULL && strchr(first, ' ') == NULL)
			return c;
	}
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (command_is(&commands[i], first, second))
			return &commands[i];
	return NULL;
}

const struct docker_command *
docker_command_find(const char *first, const char *second, int *words)
{
	const struct docker_command *c = NULL;

	*words = 2;
	if (second != NULL)
		c = words_find(first, second);
	if (c == NULL) {
		*words = 1;
		c = words_find(first, NULL);
	}
	if (c == NULL)
		*words = 0;
	return c;
}

const struct docker_command *
docker_command_named(const char *name)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (commands[i].name[0] == name[0] &&
		    strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const struct docker_command *
docker_command_at(size_t n)
{
	return n < NCOMMANDS ? &commands[n] : NULL;
}

bool
docker_command_on_registries(const struct docker_command *c)
{
	return *c->operands == 'H' || *c->operands == 'Q';
}

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
	while ((item = item_next(&rest, ' ', &n)) != NULL) {
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

	while ((item = item_next(&rest, '|', &n)) != NULL)
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
