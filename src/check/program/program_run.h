/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a program to hear what it says: in a session of its own, with an empty
 * stdin and no descriptor but its outputs, for so long and no longer.
 */
#ifndef UNDOCKER_PROGRAM_RUN_H
#define UNDOCKER_PROGRAM_RUN_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define PROGRAM_NOT_RUN 127 /* a status: err says why it was not started */

/* How a program is run. */
struct program_way {
	const char *const *argv; /* ends with NULL; so does env */
	const char *const *env;
	bool as_nobody; /* who can start no other program; else as we are */
	size_t output_most; /* of each output */
	int patience_ms;
};

/* An output, a NUL behind it. */
struct program_text {
	const char *bytes;
	size_t n;
};

struct program_said {
	int status; /* of its exit; 128 and the signal that ended it */
	struct program_text out, err;
};

/*
 * program is open, O_PATH will do. NULL: it ended by itself; else what went
 * wrong, as what follows its name in a sentence, and it was killed.
 */
const char *program_run(struct program_said *said, struct arena *a,
    int program, const struct program_way *way);

#endif
