/* SPDX-License-Identifier: Apache-2.0 */
/* Anonymous files that the client reads as --env-file and --label-file. */
#ifndef UNDOCKER_CLIENT_FILES_H
#define UNDOCKER_CLIENT_FILES_H

#include "core/base/fault.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * A sealed file with these bytes at descriptor `at`, open across an exec,
 * which only uid can read. False: f.
 */
bool client_files_make(struct arena *a, const char *bytes, uid_t uid, int at,
    struct fault *f);

#endif
