/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would enforcement say? The same core as the runtime's, for any user and
 * any file, without privilege.
 */
#ifndef UNDOCKER_REHEARSE_H
#define UNDOCKER_REHEARSE_H

#include "host/session.h"

#include <stdbool.h>

struct rehearsal {
	struct arena *arena;
	const char *file; /* the policy file */
	bool enforced; /* it is the one that enforcement reads */
	struct session session;
	struct invocation invocation;
	struct strv shown; /* the command that is allowed */
	const char *blind; /* why no file is looked at; NULL: they are */
	bool elsewhere; /* relative paths are from the caller's cwd, not from
			   here */
	bool idle; /* MAXCONTAINERS finds no container of the caller's */
	/*
	 * Refused, and not by the policy: something could not be looked at
	 * here. Where the caller works the answer may be another.
	 */
	bool unseen;
};

/* Nothing asked yet, of a policy that is read from file. */
struct rehearsal rehearse_new(struct arena *a, const char *file);

/*
 * Reads the policy and finds the caller by account name (NULL: who runs this).
 * command NULL: all of them. False: q->session.judge.fault.
 */
bool rehearse_prepare(struct rehearsal *q, const char *user,
    const struct docker_command *command);

/* The verdict on q->invocation. False: q->session.judge.fault says why not. */
bool rehearse_decide(struct rehearsal *q);

/*
 * Why undocker would not start the client that q allows on this machine as it
 * is; NULL: it would, as far as this process can see. Where the policy is the
 * enforced one that is q->session.judge.fault, too.
 */
const char *rehearse_hindrance(struct rehearsal *q);

/* Closes what was opened for the answer. */
void rehearse_done(struct rehearsal *q);

#endif
