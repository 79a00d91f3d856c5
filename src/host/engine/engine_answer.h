/* SPDX-License-Identifier: Apache-2.0 */
/* Asks docker's engine, over its socket, what the core must know of it. */
#ifndef UNDOCKER_ENGINE_ANSWER_H
#define UNDOCKER_ENGINE_ANSWER_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/need.h"
#include "core/policy/settings.h"

#include <stdbool.h>

#define ENGINE_SECONDS 5 /* for all questions together */

/*
 * Answers the needs that are the engine's. One that cannot be answered fails,
 * and says why; when the conversation breaks, so does every one that is still
 * open. False: there is no clock.
 */
bool engine_answer(struct needs *needs, struct arena *a,
    const struct settings *s, const struct caller *c, struct fault *f);

#endif
