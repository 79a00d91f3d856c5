/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every change of user and group ids, each read back from the kernel. The real
 * uid stays root's until the client's own ids are taken for good, so that the
 * caller can neither signal nor trace the runtime.
 */
#ifndef UNDOCKER_IDENTITY_H
#define UNDOCKER_IDENTITY_H

#include "core/caller.h"
#include "core/fault.h"

#include <stdbool.h>

/* Root in all ids, no supplementary groups. */
bool identity_root(struct arena *a, struct fault *f);

/*
 * The caller's rights for looking at his files: effective ids and groups, no
 * capability in effect. False: errno says why, and nothing may follow but
 * identity_return.
 */
bool identity_become(struct arena *a, const struct caller *c);

/* Root again; ends the process if that fails. */
void identity_return(void);

/*
 * The client's ids, for good: all the caller's groups, gid in the place of
 * the primary one, no way back and no capability. A caller who is root stays
 * root with his own groups.
 */
bool identity_drop(
    struct arena *a, const struct caller *c, gid_t gid, struct fault *f);

/* Root's ids without groups, for a client that runs as root. */
bool identity_keep(struct arena *a, struct fault *f);

#endif
