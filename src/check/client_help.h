/* SPDX-License-Identifier: Apache-2.0 */
/* The flags that the installed docker client has, by its own --help. */
#ifndef UNDOCKER_CLIENT_HELP_H
#define UNDOCKER_CLIENT_HELP_H

#include "core/docker_table.h"
#include "core/fault.h"
#include "core/strv.h"

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

/* Help that was asked for, by command. */
struct client_help {
	struct arena *arena;
	const char *path; /* docker's client */
	struct help_of *commands;
	size_t n;
	size_t size;
};

/*
 * The flags in the text of `docker COMMAND --help`. Pure. False: *reason says
 * why this is no such text.
 */
bool help_flags_read(struct help_flags *out, struct arena *a, const char *text,
    const char **reason);

/*
 * Nothing asked yet. False: the client is not there, or others than root may
 * have made it; f says so.
 */
bool client_help_open(struct client_help *h, struct arena *a, const char *path,
    struct fault *f);

/*
 * Runs the client for a command's help (NULL: docker's own, the global flags),
 * once, with as little rights as there are. NULL: it could not be asked, or it
 * has no such command; f (may be NULL) says which.
 */
const struct help_flags *client_help_of(struct client_help *h,
    const struct docker_command *c, struct fault *f);

/* By long name, or by letter where it has none; NULL: the client lacks it. */
const struct help_flag *help_flags_find(
    const struct help_flags *flags, const struct docker_flag *f);

#endif
