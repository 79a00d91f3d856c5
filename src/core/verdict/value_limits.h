/* SPDX-License-Identifier: Apache-2.0 */
/* ALLOWEDVALUES, RESTRICTEDVALUES, MAXVALUES, ALLOWEDPORTS, ALLOWEDVOLUMES. */
#ifndef UNDOCKER_VALUE_LIMITS_H
#define UNDOCKER_VALUE_LIMITS_H

#include "core/docker/value_forms.h"
#include "core/verdict/state.h"

/*
 * For the user's own flags; values that docker reads in more ways than one
 * become strict. Mounts, variables and labels are judged by what they come to.
 * False: refused.
 */
bool value_limits_check(struct state *s);

/* The same for a part of a value. needed: no rule at all is a refusal. */
bool value_limits_part(struct state *s, const struct docker_flag *f,
    const struct value_part *part, bool needed);

/* The same for a value that no message may show. */
bool value_limits_hidden(struct state *s, const struct docker_flag *f,
    const struct value_part *part, const char *called);

/* Whether the policy speaks of this flag's values. */
bool value_limits_has(const struct state *s, const struct docker_flag *f);

/* ALLOWEDVOLUMES. False: refused. */
bool value_limits_volume(struct state *s, const char *name);

#endif
