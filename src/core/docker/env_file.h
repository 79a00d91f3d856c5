/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker's files of variables and labels (--env-file, --label-file), read and
 * written by docker's own rules, so that what was checked is what is passed
 * on.
 */
#ifndef UNDOCKER_ENV_FILE_H
#define UNDOCKER_ENV_FILE_H

#include "core/base/strv.h"

#include <stdbool.h>
#include <stddef.h>

/* The lines of a file, as NAME=VALUE or NAME. False: *reason. */
bool env_file_read(struct strv *entries, const char *bytes, size_t size,
    const char **reason);

/*
 * Whether docker would read entry, written as a line of a file, as just that.
 * False: *reason says why not; the value itself is not in it.
 */
bool env_file_can_hold(struct arena *a, const char *entry, const char **reason);

/* Whether the bytes are UTF-8 as Go has it. */
bool env_file_utf8(const char *s, size_t n);

#endif
