/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms that read values share. */
#ifndef UNDOCKER_VALUE_TEXT_H
#define UNDOCKER_VALUE_TEXT_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Sets *reason; always false. */
bool value_text_wrong(const char **reason, const char *text);

/* The first n bytes, with ASCII's capitals made small. */
char *value_text_lowered(struct arena *a, const char *s, size_t n);

/* Without the blanks around it, if it is plain ASCII; else NULL. */
char *value_text_trimmed(struct arena *a, const char *s);

/* n digits without leading zeros; what is no number stays; none is "0". */
const char *value_text_plain_id(struct arena *a, const char *s, size_t n);

#endif
