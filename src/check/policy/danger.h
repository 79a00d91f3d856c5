/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one table of what gives more than it seems to (danger.def), for the
 * warnings of undocker-check and for the WHITELISTs that it writes.
 */
#ifndef UNDOCKER_DANGER_H
#define UNDOCKER_DANGER_H

#include "core/docker/docker_flag.h"

#include <stdbool.h>

/* What takes the danger away, if anything does. */
enum danger_cure {
	CURE_NONE,
	CURE_NEVER, /* undocker lets no user give it: a WHITELIST is vain */
	CURE_VALUES, /* an ALLOWEDVALUES for the flag */
	CURE_PATHS, /* ALLOWEDPATHS in the command's sections */
	CURE_PORTS, /* ALLOWEDPORTS */
	CURE_LIMIT, /* a MAXVALUES (or ALLOWEDVALUES) for the flag */
	CURE_RULE, /* ALLOWEDVALUES or RESTRICTEDVALUES for --label */
	CURE_IMAGES, /* ALLOWEDIMAGES for what the command takes: its own, or
			that of run and create */
};

struct danger {
	const char *commands; /* blank-separated canonical names, a + for a
				 blank in one: "run network+create"; "":
				 global */
	const char *flag; /* canonical long name; "": the command itself */
	enum danger_cure cure;
	const char *why; /* what a user gets by it: a sentence without a dot */
};

/* The row for a flag of a command (NULL: global), or NULL. */
const struct danger *danger_of(
    const struct docker_command *c, const struct docker_flag *f);

/* The row for the command itself, or NULL. */
const struct danger *danger_of_command(const struct docker_command *c);

/* The n-th row, or NULL behind the last. */
const struct danger *danger_at(size_t n);

#endif
