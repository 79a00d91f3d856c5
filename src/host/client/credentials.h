/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each user's registry credentials: a docker configuration directory of his
 * own, CREDENTIALS_DIR/UID, which docker's login fills and which holds nothing
 * but credentials. Its parent is closed to everybody but root, so that the only
 * way in is the descriptor that the client inherits.
 */
#ifndef UNDOCKER_CREDENTIALS_H
#define UNDOCKER_CREDENTIALS_H

#include "core/base/arena.h"
#include "core/base/fault.h"

#include <stdbool.h>
#include <sys/types.h>

#ifndef CREDENTIALS_PARENT
#define CREDENTIALS_PARENT "/var/lib"
#endif
#define CREDENTIALS_DIR CREDENTIALS_PARENT "/undocker/login"

struct credentials {
	int fd; /* the directory, for the client; -1: it needs none */
	bool writable; /* login and logout: the client writes to it */
};

/*
 * What this docker command, by its canonical name, may have of the user's
 * credentials: login and logout the directory itself, what pulls and pushes a
 * read-only view of it, others nothing. client is whose the client's files are
 * to be. False: f says why they cannot be used.
 */
bool credentials_open(struct credentials *c, const char *command, uid_t user,
    uid_t client, struct arena *a, struct fault *f);

/*
 * For the client that logs in, right before it starts: bounds its memory,
 * because the whole password goes to the engine in one piece, and the engine
 * keeps it several times. False: errno.
 */
bool credentials_bound(void);

#endif
