/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of top behind its container. The engine runs ps with them, as root
 * on the host, and shows the lines whose PID column is of the container; so ps
 * gets none of the user's bytes, but words of a small grammar printed anew.
 */
#ifndef UNDOCKER_PS_WORDS_H
#define UNDOCKER_PS_WORDS_H

#include "core/base/strv.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Reads n words and adds what ps shall have instead to out: letters of a, u
 * and x; -e and -f; -o with columns of a fixed list. False: *reason is a
 * sentence, in a's memory.
 */
bool ps_words(struct strv *out, struct arena *a, const char *const *words,
    size_t n, const char **reason);

#endif
