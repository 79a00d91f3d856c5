/* SPDX-License-Identifier: Apache-2.0 */
/* The flags that a docker client shows in the text of a command's --help. */
#ifndef UNDOCKER_HELP_FLAGS_H
#define UNDOCKER_HELP_FLAGS_H

#include "core/base/arena.h"
#include "core/docker/docker_flag.h"

#include <stdbool.h>
#include <stddef.h>

struct help_flag {
	char letter; /* 0: none */
	const char *name; /* long name; "": none */
	const char *type; /* type word; "": a bool */
	const char *text; /* what the help says of it, one line */
};

struct help_flags {
	struct help_flag *v;
	size_t n;
	size_t size;
};

/*
 * The flags in the text of `docker COMMAND --help`. False: *reason says why
 * this is no such text.
 */
bool help_flags_read(struct help_flags *out, struct arena *a, const char *text,
    const char **reason);

/*
 * Whether the text is about this command, and not about what stands above it,
 * which is what docker shows for a command that it does not have.
 */
bool help_flags_are_of(const char *text, const struct docker_command *c);

/* By any of its names or its letter; NULL: it is not among them. */
const struct help_flag *help_flags_find(
    const struct help_flags *flags, const struct docker_flag *f);

#endif
