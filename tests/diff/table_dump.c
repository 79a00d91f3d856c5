/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints docker's tables as text, for tables.py: one line a command and one a
 * flag of a command, fields apart by tabs, the global flags with an empty
 * command.
 */
#include "core/docker/docker_flag.h"

#include <stdio.h>

static const char *const shapes[] = {
    [FLAG_BOOL] = "bool",
    [FLAG_SINGLE] = "single",
    [FLAG_LIST] = "list",
};

static void
print_command(const struct docker_command *c)
{
	printf("command\t%s\t%s\t%s\t%s\t%s\n", c->name, c->aliases,
	    c->interspersed ? "yes" : "no", c->operands,
	    c->never != NULL ? c->never : "");
}

static void
print_flags(const struct docker_command *c)
{
	const struct docker_flag *f;

	for (size_t i = 0; (f = docker_flag_at(c, i)) != NULL; i++)
		printf("flag\t%s\t%.1s\t%s\t%s\n", c != NULL ? c->name : "",
		    &f->letter, f->names, shapes[f->shape]);
}

int
main(void)
{
	const struct docker_command *c;

	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++)
		print_command(c);
	print_flags(NULL);
	for (size_t i = 0; (c = docker_command_at(i)) != NULL; i++)
		print_flags(c);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
