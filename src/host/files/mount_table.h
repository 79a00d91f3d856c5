/* SPDX-License-Identifier: Apache-2.0 */
/* The mounts of this process's namespace. */
#ifndef UNDOCKER_MOUNT_TABLE_H
#define UNDOCKER_MOUNT_TABLE_H

#include "core/base/arena.h"

#include <stdbool.h>

/*
 * Whether something is mounted below path (absolute and physical). True also
 * where the kernel does not say.
 */
bool mount_table_below(struct arena *a, const char *path);

#endif
