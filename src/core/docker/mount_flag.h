/* SPDX-License-Identifier: Apache-2.0 */
/* A mount as docker gets it, and as messages and patterns have it. */
#ifndef UNDOCKER_MOUNT_FLAG_H
#define UNDOCKER_MOUNT_FLAG_H

#include "core/docker/mount.h"

/*
 * The flag for docker, "--mount=type=bind,source=...". source is what stands
 * for m->source (a resolved path).
 */
const char *mount_flag(
    struct arena *a, const struct mount *m, const char *source);

/*
 * The value as -v would say it, SOURCE:TARGET[:ro], for ALLOWEDVALUES; source
 * as above.
 */
const char *mount_flag_text(
    struct arena *a, const struct mount *m, const char *source);

#endif
