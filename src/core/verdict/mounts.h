/* SPDX-License-Identifier: Apache-2.0 */
/* The mounts of a command: read, and what must be known of the world. */
#ifndef UNDOCKER_MOUNTS_H
#define UNDOCKER_MOUNTS_H

#include "core/verdict/state.h"

/* A mount that a flag asks for. */
struct planned_mount {
	size_t flag; /* which of the line's */
	struct mount mount;
	struct need *source; /* MOUNT_BIND: who opens it; NULL: nobody must */
	struct need *volume; /* MOUNT_VOLUME: what is it? NULL: no matter */
	bool verbatim; /* FORCED without variables: the administrator's own */
	size_t outer; /* undocker puts it into this one; STAGED_NONE: docker
			 mounts it */
	bool staged; /* mounts_settle.c: undocker makes it */
	size_t stage_index; /* in the set; STAGED_NONE: not yet in it */
};

struct mounts {
	struct planned_mount *v;
	size_t n, size;
};

/* Those of the flags, and the working directory. False: refused. */
bool mounts_plan(struct state *s);

/* A refusal that names the flag; always false. */
bool mounts_refuse(struct state *s, const struct used_flag *f,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The one for /etc/passwd and /etc/group (path_is_accounts). */
bool mounts_refuse_accounts(
    struct state *s, const struct used_flag *f, const char *place);

/* The mount in which a place lies, the deepest; STAGED_NONE: in none. */
size_t mounts_around(const struct state *s, const char *place);

/*
 * A place in a mount by a link of the image's would be looked for elsewhere
 * than docker puts it. False: refused.
 */
bool mounts_plain_spelling(struct state *s, const char *place);

#endif
