/* SPDX-License-Identifier: Apache-2.0 */
/* Booleans as docker's flags read them: 1 t T TRUE true True and the like. */
#ifndef UNDOCKER_BOOLEAN_H
#define UNDOCKER_BOOLEAN_H

#include <stdbool.h>

/* False: text is no boolean (Go's strconv.ParseBool). */
bool boolean_read(const char *text, bool *value);

#endif
