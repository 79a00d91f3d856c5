/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a program of root's, at a path of ours, with this process's rights, to
 * read what it prints. Never for a path that a file under check names: that is
 * client_run's.
 */
#ifndef UNDOCKER_PROGRAM_OUTPUT_H
#define UNDOCKER_PROGRAM_OUTPUT_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct program_output {
	const char *out; /* all of stdout, a NUL behind it */
	size_t size;
	const char *err; /* the first line of stderr; "": none */
	int status; /* 0: it says that all went well */
};

/*
 * path must be root's (trust.h); argv ends with NULL. Stdin is empty, the
 * environment made from nothing. False: it did not run, said too much or took
 * too long; *why says it as what follows the path in a sentence.
 */
bool program_output(struct program_output *o, struct arena *a,
    const char *path, const char *const *argv, const char **why);

#endif
