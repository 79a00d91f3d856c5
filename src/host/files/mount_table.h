/* SPDX-License-Identifier: Apache-2.0 */
/* The mounts of this process's namespace. */
#ifndef UNDOCKER_MOUNT_TABLE_H
#define UNDOCKER_MOUNT_TABLE_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct mount_entry {
	const char *place; /* where it is mounted, as the kernel knows it */
	const char *type; /* "ext4" */
};

struct mount_table {
	struct mount_entry *v;
	size_t n, size;
};

/* False: the kernel does not say all of it. */
bool mount_table_read(struct mount_table *t, struct arena *a);

/*
 * Whether something is mounted below path (absolute and physical). True also
 * where the kernel does not say.
 */
bool mount_table_below(struct arena *a, const char *path);

#endif
