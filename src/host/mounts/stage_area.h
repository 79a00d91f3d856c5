/* SPDX-License-Identifier: Apache-2.0 */
/*
 * STAGED_DIR, the tmpfs of our own, and the slots in it: a directory for each
 * container with a place for each mount. A slot's mode tells whether all of it
 * was mounted once (0500) or it is being made or taken away (0700).
 */
#ifndef UNDOCKER_STAGE_AREA_H
#define UNDOCKER_STAGE_AREA_H

#include "core/base/arena.h"
#include "core/base/fault.h"
#include "core/base/strv.h"
#include "core/policy/staged.h"

#include <stdbool.h>
#include <sys/types.h>

#define STAGE_SLOT_MAKING 0700
#define STAGE_SLOT_WHOLE 0500

/*
 * A directory is the user's own to fill with mounts (FUSE), each clone of it
 * has them all, and the kernel's limit is for the whole namespace.
 */
#define STAGE_MOUNTS_MOST 1024 /* a user, with what is mounted below */

struct stage_area {
	int lock; /* the user's own: nobody waits for another's */
	int dir; /* STAGED_DIR */
	uid_t uid;
	struct strv old; /* slots that stage_area_leave takes away */
};

/*
 * From here to stage_area_leave nobody else changes the user's part of the
 * area, which is mounted, private and unbindable. Only local work may be done
 * meanwhile. False: f.
 */
bool stage_area_enter(struct stage_area *area, uid_t uid, struct arena *a,
    struct fault *f);

/*
 * Lets others in, and then takes away the old slots, with their mounts and
 * places; what was mounted stays as it is elsewhere. The last of a file
 * system's mounts can take the end of it with it, for which a user's own
 * (FUSE) may let us wait: no lock may be held.
 */
void stage_area_leave(struct stage_area *area);

/* A new, empty slot. -1: errno. */
int stage_area_slot_make(const struct stage_area *area, const char *name);

/*
 * Makes the slot an old one. One that is not there is nothing. False: it is
 * still there.
 */
bool stage_area_slot_remove(struct stage_area *area, const char *name);

/* Old slots that somebody could not take away are ours to take away. */
void stage_area_slots_old(struct stage_area *area);

/*
 * Whether the slot is whole and all of this is mounted in it. It looks into the
 * outer mounts, whose file systems may not answer: not inside the area.
 */
bool stage_area_slot_standing(const struct staged *s, struct arena *a);

/* Opens with O_PATH what lies below dir, without a link. -1: errno. */
int stage_area_open_below(int dir, const char *path);

/* Whether the user of this slot has no more mounts than he may. */
bool stage_area_fits(const char *name, struct arena *a);

#endif
