/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places in the container that must exist already beneath a mount: docker would
 * make one, as root, in whatever is mounted there.
 */
#ifndef UNDOCKER_MOUNTS_PLACES_H
#define UNDOCKER_MOUNTS_PLACES_H

#include "core/verdict/mounts.h"

/*
 * One below `outer`. steady: and nobody but root may exchange it, because
 * something is mounted at it.
 */
void mounts_places_add(struct state *s, const char *place,
    const struct planned_mount *outer, bool steady);

/* False: one is not there. */
bool mounts_places_settle(struct state *s);

#endif
