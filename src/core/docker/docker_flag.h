/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flags of docker's commands, for clients 20.10 to 29: the knowledge in
 * flags.def, and look-ups in it.
 */
#ifndef UNDOCKER_DOCKER_FLAG_H
#define UNDOCKER_DOCKER_FLAG_H

#include "core/base/arena.h"
#include "core/docker/docker_command.h"
#include "core/docker/value_kind.h"

#include <stdbool.h>
#include <stddef.h>

enum flag_shape {
	FLAG_BOOL, /* never takes the next word */
	FLAG_SINGLE, /* takes a value; the last one counts */
	FLAG_LIST, /* takes a value; they add up */
};

struct docker_flag {
	const char *commands; /* blank-separated short names: "run create";
				 two-word names have a + : "network+ls" */
	char letter; /* short name, 0: none */
	const char *names; /* long names, the canonical first: "network|net";
			      "" where it has none */
	enum flag_shape shape;
	enum value_kind kind;
	/* Not NULL: no policy can give it to a user. The text says why. */
	const char *never;
};

extern const char docker_flag_sizes[]; /* why nobody asks for sizes */

/* Whether name (n bytes) is one of its long names. */
bool docker_flag_is_named(
    const struct docker_flag *f, const char *name, size_t n);

/*
 * The flag of a command by long name (n bytes) or by letter; command NULL: the
 * global flags, which stand before the command. NULL: there is no such flag.
 */
const struct docker_flag *docker_flag_long(
    const struct docker_command *c, const char *name, size_t n);
const struct docker_flag *docker_flag_letter(
    const struct docker_command *c, char letter);

/* The n-th flag of a command (NULL: global), or NULL behind the last. */
const struct docker_flag *docker_flag_at(
    const struct docker_command *c, size_t n);

/* The flag's name for people and for docker: --env, or -x if it has no other */
const char *docker_flag_name(struct arena *a, const struct docker_flag *f);

/* Whether it is the flag whose first long name this is. */
bool docker_flag_is(const struct docker_flag *f, const char *name);

#endif
