/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is mounted below a volume. runc makes the place of a mount as root,
 * and an old one follows, on the host, a link that the volume's user puts there
 * in that moment. So of all that a container has, whoever says it (the command
 * line, FORCED, --volumes-from, the image, docker itself), no two lie so. Nor
 * does the working directory, which runc makes likewise, and every runc follows
 * a link to another mount. What --volumes-from brings may be a bind of which
 * nobody looks at the source again: nothing lies in it, and it in nothing.
 */
#ifndef UNDOCKER_MOUNTS_APART_H
#define UNDOCKER_MOUNTS_APART_H

#include "core/verdict/state.h"

/* Once all is known. False: refused. */
bool mounts_apart_settle(struct state *s);

#endif
