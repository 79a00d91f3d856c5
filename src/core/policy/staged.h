/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mounts that undocker makes for docker. docker resolves a mount's source as
 * root, when the container starts: a path that was checked may be a link into
 * somebody's private directory by then. So docker gets a mount of the very
 * object that the caller opened, at a place that only root can change:
 *
 *	STAGED_DIR/UID.RANDOM/N		N counts the mounts of one container
 *
 * A record of root's keeps what they stand for, for `undocker start` after a
 * reboot.
 */
#ifndef UNDOCKER_STAGED_H
#define UNDOCKER_STAGED_H

#include <stdbool.h>
#include <stddef.h>

#define STAGED_DIR "/run/undocker/mounts"
#define STAGED_MOUNTS_MAX 64 /* of one container */
#define STAGED_NONE ((size_t)-1)

struct staged_mount {
	const char *source; /* the object's physical path, no line end in it */
	bool read_only; /* with all that is mounted below it */
	bool forced; /* FORCED said so: ALLOWEDPATHS does not bind it */
	/*
	 * It lies in another mount of the container and is put there by
	 * undocker, not docker: which (a smaller index; STAGED_NONE: in none),
	 * and where in it: relative, without "..", no line end; else NULL.
	 */
	size_t outer;
	const char *below;
	int fd; /* the host side's: the object, opened with O_PATH; -1: not */
};

/* All such mounts of one container. */
struct staged {
	const char *name; /* "UID.RANDOM"; NULL: the host side makes one up */
	struct staged_mount *v;
	size_t n;
	bool standing; /* all of it is mounted at present */
};

#endif
