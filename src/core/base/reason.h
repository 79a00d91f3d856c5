/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a part of something is not as it must be: what stands behind the part's
 * name in the sentence of a fault. Who knows the whole makes a fault of it.
 */
#ifndef UNDOCKER_REASON_H
#define UNDOCKER_REASON_H

#include "core/base/arena.h"

#include <stdbool.h>

/* Sets *reason to what printf would print; always false. */
bool reason_set(const char **reason, struct arena *a, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
