/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flags of the final command, in order: the user's that stay, then
 * DEFAULTS, FORCED and what is built in.
 */
#ifndef UNDOCKER_ADDITIONS_H
#define UNDOCKER_ADDITIONS_H

#include "core/policy/effective.h"
#include "core/request/used_flags.h"

/*
 * Puts the flags together. user holds what the user gave and may give. A flag
 * that FORCED takes away is told in notes. False: f says why.
 */
bool additions_make(struct used_flags *out, struct arena *a,
    const struct effective *e, const struct caller *c,
    const struct used_flags *user, struct strv *notes, struct fault *f);

#endif
