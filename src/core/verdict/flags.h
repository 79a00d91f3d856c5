/* SPDX-License-Identifier: Apache-2.0 */
/* Which flags a user may give: never, BLACKLIST, WHITELIST. */
#ifndef UNDOCKER_FLAGS_H
#define UNDOCKER_FLAGS_H

#include "core/verdict/state.h"

/*
 * Adds those of given that stay to kept; with ERROR_ON_BLACKLISTED=false some
 * are dropped with a note. False: refused.
 */
bool flags_check(struct state *s, const struct flagset *white,
    const struct flagset *black, const struct used_flags *given,
    struct used_flags *kept);

#endif
