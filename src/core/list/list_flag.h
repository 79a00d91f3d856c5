/* SPDX-License-Identifier: Apache-2.0 */
/* --unlist COMMAND: one flag. */
#ifndef UNDOCKER_LIST_FLAG_H
#define UNDOCKER_LIST_FLAG_H

#include "core/list/listing.h"

/* "-m, --memory BYTES", and what there is to say about it. */
const char *list_flag_head(
    const struct listing *l, const struct docker_flag *f);
const char *list_flag_remarks(
    const struct listing *l, const struct docker_flag *f);

/* The values of a policy's words for a flag (NULL: all, with their names). */
const char *list_flag_words(const struct listing *l,
    const struct flag_settings *words, const struct docker_flag *f);

#endif
