/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Look-ups in docker's table of commands. A linear scan: some hundred rows, and
 * nearly all of them differ in the first byte.
 */
#include "core/docker/docker_command.h"

#include "core/base/text.h"

#include <string.h>

static const struct docker_command commands[] = {
#define COMMAND(name, aliases, interspersed, operands, traits, never) \
	{ name, aliases, interspersed, operands, traits, never },
#include "core/docker/commands.def"
#undef COMMAND
};

enum { NCOMMANDS = sizeof(commands) / sizeof(commands[0]) };

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
	while ((item = text_next(&rest, '|', &n)) != NULL)
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
docker_command_has(const struct docker_command *c, unsigned traits)
{
	return c != NULL && (c->traits & traits) != 0;
}

char
docker_command_operand(
    const struct docker_command *c, size_t index, bool *optional)
{
	const char *operands = c->operands;
	size_t at = 0;

	while (*operands != '\0') {
		char letter = operands[0], sign = operands[1];
		bool many = sign == '*' || sign == '+';

		if (at == index || (many && index > at)) {
			*optional = sign == '?' || sign == '*' || index > at;
			return letter;
		}
		operands += sign == '?' || many ? 2 : 1;
		at++;
	}
	*optional = true;
	return '\0';
}
