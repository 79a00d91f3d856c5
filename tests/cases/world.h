/* SPDX-License-Identifier: Apache-2.0 */
/* What a file of cases says of the world, and the answers that follow. */
#ifndef UNDOCKER_WORLD_H
#define UNDOCKER_WORLD_H

#include "core/verdict/judge.h"

#include <stddef.h>

struct world {
	struct arena *arena; /* of the file */
	const char *file;
	size_t line;
	size_t asked; /* the line of the question that waits for its answer */
	char *policy;
	struct strv env;
	struct strv groups; /* "NAME GID" or "NAME unknown" */
	struct strv answers; /* "source PATH RESOLVED ro", "below PATH REL",
				"path PATH RESOLVED", "staged NAME ..." */
	struct strv file_names, file_bytes;
	struct strv containers, images, volumes; /* the engine's, by line */
	bool engine_down;
	struct caller caller;
	struct arena *asker; /* whose memory answers are in */
	unsigned passed, failed;
};

/* Ends the run: the file of cases itself is wrong. */
_Noreturn void broken(const struct world *w, const char *why);

/* Splits a line as a shell would: '…' "…" $'…' and \. */
struct strv shell_words(struct world *w, struct arena *a, const char *s);

/* Fills in what the accounts of this world know. */
void answer_groups(struct world *w, struct policy *p, const char *command);

/* Answers one question of the core. */
void answer(struct world *w, struct arena *a, struct need *n);

#endif
