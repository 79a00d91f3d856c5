/* SPDX-License-Identifier: Apache-2.0 */
/* Which commands a policy gives to a caller. */
#ifndef UNDOCKER_OFFERED_H
#define UNDOCKER_OFFERED_H

#include "core/base/caller.h"
#include "core/docker/docker_flag.h"
#include "core/policy/policy.h"

#include <stdbool.h>

/* Whether the command is refused to the caller whatever the policy says. */
bool offered_in_vain(
    const struct docker_command *command, const struct caller *c);

/*
 * The commands that some section offers to the caller and that are not in vain,
 * blank-separated.
 */
const char *offered_commands(struct arena *a, const struct policy *p,
    const struct caller *c);

#endif
