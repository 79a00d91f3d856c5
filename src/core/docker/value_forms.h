/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A flag's value as docker will understand it, so that a pattern of the policy
 * speaks of what happens and not of how it was spelled.
 */
#ifndef UNDOCKER_VALUE_FORMS_H
#define UNDOCKER_VALUE_FORMS_H

#include "core/docker/docker_flag.h"
#include "core/docker/value_parts.h"

#include <stdbool.h>

/*
 * The parts of a value. Not for mounts, variables and labels, which are more
 * than their text. False: *reason, as what follows "--flag=value " in a
 * sentence: docker would not take it, or no two clients read it alike.
 */
bool value_forms(struct value_parts *out, struct arena *a,
    const struct docker_flag *f, const char *value, const char **reason);

#endif
