/* SPDX-License-Identifier: Apache-2.0 */
/* What a file of cases says of the engine: its containers and images. */
#ifndef UNDOCKER_ENGINE_WORLD_H
#define UNDOCKER_ENGINE_WORLD_H

#include "world.h"

/* Reads a line `container`, `image` or `engine`; false: it is another line. */
bool engine_line(struct world *w, const char *kind, const char *rest);

/* Answers what the engine is asked; false: the question is not for it. */
bool engine_answer(struct world *w, struct arena *a, struct need *n);

/* Puts the full id for each @ID(NAME) or @ID(REFERENCE). */
const char *engine_ids(struct world *w, struct arena *a, const char *text);

#endif
