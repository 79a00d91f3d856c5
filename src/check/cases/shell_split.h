/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a line as a shell would pass them on. */
#ifndef UNDOCKER_SHELL_SPLIT_H
#define UNDOCKER_SHELL_SPLIT_H

#include "core/base/strv.h"

#include <stdbool.h>

/*
 * Adds the words of line: \, '...', "..." and $'...' quote, an unquoted # ends
 * it. What a shell would do more than that (variables, commands, redirection)
 * is refused where it is not quoted. False: *reason.
 */
bool shell_split(struct strv *words, const char *line, const char **reason);

#endif
