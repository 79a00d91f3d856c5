/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records in STAGE_RECORDS, one file "UID.RANDOM" for each container:
 *
 *	rw user -		or ro, or forced, or the outer one's number
 *	/the/source
 *	the/place/below		only with an outer mount
 *	end			a record without it was not finished
 */
#ifndef UNDOCKER_STAGE_RECORD_H
#define UNDOCKER_STAGE_RECORD_H

#include "core/base/arena.h"
#include "core/base/strv.h"
#include "core/policy/staged.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Whether name is a record's, in its one spelling, and uid's; (uid_t)-1:
 * anybody's.
 */
bool stage_record_name_valid(const char *name, uid_t uid);

/* Adds the names in the directory open at dir that are valid ones of uid's. */
bool stage_record_names(int dir, uid_t uid, struct strv *names);

/*
 * STAGE_RECORDS, made where it is missing; only root can change it. -1: *why.
 */
int stage_records_open(struct arena *a, const char **why);

/*
 * Writes the record under a new name, s->name. Returns a read-only descriptor
 * that holds the record's lock. -1: *why, and there is no record.
 */
int stage_record_make(struct staged *s, int records, uid_t uid,
    struct arena *a, const char **why);

/* Reads the record of this valid name; every fd is -1. False: *why. */
bool stage_record_read(struct staged *s, int records, const char *name,
    struct arena *a, const char **why);

/*
 * A descriptor that holds the record's lock. -1: somebody else has it, or it
 * is no record.
 */
int stage_record_lock(int records, const char *name);

#endif
