/* SPDX-License-Identifier: Apache-2.0 */
/* Which of our mounts (core/policy/staged.h) do the engine's containers have?
 */
#ifndef UNDOCKER_ENGINE_SOURCES_H
#define UNDOCKER_ENGINE_SOURCES_H

#include "core/base/caller.h"
#include "core/base/strv.h"
#include "core/policy/settings.h"

#include <stdbool.h>

/*
 * Asks the engine for all containers with the caller's label, running or not,
 * and adds the name, the
 * first component below STAGED_DIR, of every source that lies there. False:
 * *why; then nothing is known.
 */
bool engine_sources(const struct settings *s, const struct caller *c,
    struct arena *a, struct strv *names, const char **why);

#endif
