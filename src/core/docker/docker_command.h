/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker's commands, for clients 20.10 to 29: the knowledge in commands.def,
 * and look-ups in it. A policy says what is granted; this table says what it
 * is.
 */
#ifndef UNDOCKER_DOCKER_COMMAND_H
#define UNDOCKER_DOCKER_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* What rules know of a command, so that none asks for its name. */
enum docker_trait {
	TRAIT_CREATES = 1 << 0, /* makes a container */
	TRAIT_REVIVES = 1 << 1, /* starts those that exist, with what they were
				   made with */
	TRAIT_RUNS = 1 << 2, /* something runs by it that did not before */
	TRAIT_ENTERS = 1 << 3, /* starts a process in a container that runs */
	TRAIT_ENDS = 1 << 4, /* a container may be gone by it */
	TRAIT_LISTS = 1 << 5, /* shows containers that no operand names */
	TRAIT_PRUNES = 1 << 6, /* removes what no operand names */
	TRAIT_FETCHES = 1 << 7, /* may get an image from a registry */
	TRAIT_MAKES_IMAGE = 1 << 8, /* out of what the user has */
	TRAIT_ASKS_REGISTRY = 1 << 9, /* its patterns are about registries */
	TRAIT_USES_LOGIN = 1 << 10, /* reads the caller's credentials */
	TRAIT_NAMES_UNSEEN = 1 << 11, /* gives images names that nobody sees
					 before */
	TRAIT_ROOTS = 1 << 12, /* root's only: it runs what a user wrote, as
				  root */
	TRAIT_MEANS_ALL = 1 << 13, /* without operands, all containers */
};

struct docker_command {
	const char *name; /* "run", "network ls" */
	const char *aliases; /* '|'-separated: "container run" */
	bool interspersed; /* flags may follow operands */
	/*
	 * What the operands are, in order, one letter each, the last may have
	 * a sign: ? none or one, * any number, + one or more. A letter with ?
	 * may also be followed by others with ?.
	 *   C container      N a container's new name   I image reference
	 *   E container whose files the engine reads, as root
	 *   R new image reference   V volume   M new volume name
	 *   W network   O network's new name   P local path or URL
	 *   X a side of cp   A an object of any kind (inspect)
	 *   H a registry (none: docker.io)
	 *   Q what to search for, with or without a registry
	 *   S a word of ps, which the engine runs (top)
	 *   T text, no matter which: only docker's client or the container
	 *     reads it, or the engine compares it with what it has
	 */
	const char *operands;
	unsigned traits; /* TRAIT_... */
	/* Not NULL: this command gives root away by itself, or runs programs;
	   no policy can offer it. The text says why. */
	const char *never;
};

/*
 * The command that the words mean (long forms and aliases included), and how
 * many words name it (1 or 2). NULL: docker has no such command. second may be
 * NULL.
 */
const struct docker_command *docker_command_find(
    const char *first, const char *second, int *words);

/* The command by its canonical name, or NULL. */
const struct docker_command *docker_command_named(const char *name);

/* The n-th command of the table, or NULL behind the last. */
const struct docker_command *docker_command_at(size_t n);

/* Whether the command (NULL: none) has one of these traits. */
bool docker_command_has(const struct docker_command *c, unsigned traits);

/*
 * The letter of the operand with this index, and whether the line may end
 * before it. '\0': there is no such operand.
 */
char docker_command_operand(
    const struct docker_command *c, size_t index, bool *optional);

#endif
