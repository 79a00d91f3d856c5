/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every change of user and group ids, each read back from the kernel. The real
 * uid stays root's until the client's own ids are taken for good, so that the
 * caller can neither signal nor trace the runtime.
 */
#ifndef UNDOCKER_IDENTITY_H
#define UNDOCKER_IDENTITY_H

#include "core/base/caller.h"
#include "core/base/fault.h"

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
 * The client's ids, for good, with no way back and no capability: the caller's
 * uid, gid and groups, and the engine's group as one more supplementary group
 * and as the real gid.
 *
 * The real gid is what keeps the caller out: the kernel lets nobody trace, or
 * read through /proc, a process of which any gid is not his own. It must not
 * be the effective gid: new files would belong to the engine's group, and a
 * client that writes the caller's bytes to a path of his (docker cp) could be
 * led to the gid_map of a user namespace of his, which the kernel lets a
 * process fill with its effective gid. A caller who is root stays root.
 */
bool identity_drop(
    struct arena *a, const struct caller *c, gid_t engine, struct fault *f);

/* Root's ids without groups, for a client that runs as root. */
bool identity_keep(struct arena *a, struct fault *f);

#endif
