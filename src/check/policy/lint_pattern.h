/* SPDX-License-Identifier: Apache-2.0 */
/* What the text of a pattern shows, before it is compiled. */
#ifndef UNDOCKER_LINT_PATTERN_H
#define UNDOCKER_LINT_PATTERN_H

#include "core/base/strv.h"

#include <stdbool.h>

/* The blank-separated patterns of a value. */
struct strv lint_pattern_split(struct arena *a, const char *value);

/* Whether it begins with a dot that is repeated: .* .+ or (.* */
bool lint_pattern_any_start(const char *pattern);

/*
 * The pattern with a \ before each dot that stands between the letters and
 * digits of a name or version (3.[0-9]), and surely means a dot. NULL: it has
 * none.
 */
const char *lint_pattern_escaped(struct arena *a, const char *pattern);

/*
 * The first variable with a quantifier right behind it, both ("$USER?"): it
 * repeats the value's last byte. NULL: there is none.
 */
const char *lint_pattern_quantified(struct arena *a, const char *pattern);

/*
 * The first variable with something behind it that longer names of others go
 * on with, both ("$USER.*"). NULL: there is none.
 */
const char *lint_pattern_going_on(struct arena *a, const char *pattern);

#endif
