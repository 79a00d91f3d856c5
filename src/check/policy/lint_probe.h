/* SPDX-License-Identifier: Apache-2.0 */
/* Whether patterns name anything: tried with values that nobody would list. */
#ifndef UNDOCKER_LINT_PROBE_H
#define UNDOCKER_LINT_PROBE_H

#include "core/base/caller.h"
#include "core/docker/docker_flag.h"

#include <stdbool.h>

/* For whom a variable has some value, and not any. */
struct caller lint_probe_caller(void);

/* Whether the patterns let through what nobody would list for the flag. */
bool lint_probe_flag(struct arena *a, const struct docker_flag *f,
    const struct strv *patterns);

/* The same for the names of volumes, those of others too. */
bool lint_probe_volumes(struct arena *a, const struct strv *patterns);

/*
 * Whether the pattern, behind a variable in another, lets the variable's value
 * go on as a longer name; digits: the value is a number.
 */
bool lint_probe_goes_on(struct arena *a, const char *pattern, bool digits);

#endif
