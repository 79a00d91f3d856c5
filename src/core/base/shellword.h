/* SPDX-License-Identifier: Apache-2.0 */
/* Text that people read and shells read back. */
#ifndef UNDOCKER_SHELLWORD_H
#define UNDOCKER_SHELLWORD_H

#include "core/base/strv.h"

/*
 * The strings as shell words on one line: bare where that is safe, '...' where
 * not, $'...' where a word holds control bytes or invalid UTF-8. `eval` in
 * bash gives the same strings back.
 */
char *shellword_join(struct arena *a, const struct strv *words);

/*
 * text with every control byte (C0, DEL, C1) and every byte that is not UTF-8
 * as \xNN, so that a message or log line stays one line and moves no cursor.
 */
char *shellword_escape(struct arena *a, const char *text);

#endif
