/* SPDX-License-Identifier: Apache-2.0 */
/* What all readers of the engine's JSON share; nothing else sees jansson. */
#ifndef UNDOCKER_ENGINE_JSON_H
#define UNDOCKER_ENGINE_JSON_H

#include "core/base/arena.h"

#include <jansson.h>
#include <stddef.h>

/*
 * The whole body as JSON, without a key twice; the caller gives it back with
 * json_decref. NULL: *why.
 */
json_t *engine_json(const char *body, size_t size, const char **why);

/* A text without NUL, in the arena; NULL: it is none. */
const char *engine_json_text(struct arena *a, const json_t *json);

/* The same of an object's member. */
const char *engine_json_member(
    struct arena *a, const json_t *object, const char *key);

#endif
