/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mounts in all spellings (-v, --mount, --tmpfs) as one struct, and back to one
 * strict form. What docker would guess at, create or hand to a driver is a
 * fault.
 */
#ifndef UNDOCKER_MOUNT_H
#define UNDOCKER_MOUNT_H

#include "core/base/arena.h"
#include "core/base/strv.h"
#include "core/docker/docker_flag.h"
#include "core/docker/path.h"

#include <stdbool.h>

enum mount_type {
	MOUNT_BIND,
	MOUNT_VOLUME, /* source is its name */
	MOUNT_ANONYMOUS, /* a volume without a name */
	MOUNT_TMPFS,
	MOUNT_OTHER, /* what only an administrator can say */
};

struct mount {
	enum mount_type type;
	enum value_kind kind; /* of the flag that it came with */
	const char *source; /* MOUNT_BIND: a path; as the user wrote it */
	const char *target; /* cleaned */
	bool read_only;
	bool no_copy; /* MOUNT_VOLUME: the image's files stay out of it */
	/*
	 * What only ALLOWEDVALUES can give: z, Z, bind-propagation=, drivers
	 * and their options, as fields of --mount but for z and Z.
	 */
	struct strv options;
	const char *tmpfs_options; /* --tmpfs: behind the colon, or NULL */
	const char *tmpfs_size; /* --mount type=tmpfs */
	const char *tmpfs_mode;
};

/*
 * Reads the value of a flag of kind VALUE_VOLUME, _MOUNT or _TMPFS. False:
 * *reason says what a user may not say so; m holds what could be read, its
 * target NULL where there is none.
 */
bool mount_read(struct mount *m, struct arena *a, enum value_kind kind,
    const char *value, const char **reason);

/* Whether docker gives what is mounted a label of SELinux's (z, Z). */
bool mount_relabels(const struct mount *m);

#endif
