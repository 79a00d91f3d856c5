/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a container has no more rights than its user: for OWNBYUSER. */
#ifndef UNDOCKER_ENGINE_CONFINED_H
#define UNDOCKER_ENGINE_CONFINED_H

#include "host/engine/engine_json.h"

#include <stdbool.h>

/*
 * top: GET /containers/ID/json. What is missing or of another type than it
 * should be speaks against the container. The rule is struct container's
 * `confined` in need.h.
 */
bool engine_confined(struct arena *a, const json_t *top);

#endif
