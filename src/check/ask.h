/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would enforcement say? The same core as the runtime's, for any user and
 * any file, without privilege.
 */
#ifndef UNDOCKER_ASK_H
#define UNDOCKER_ASK_H

#include "core/decision.h"

#include <stdbool.h>

struct ask {
	struct arena *arena;
	const char *file; /* the policy file */
	struct policy *policy;
	struct caller caller;
	struct invocation invocation;
	struct decision decision;
};

/* Nothing asked yet, of a policy that is read from file. */
struct ask ask_new(struct arena *a, const char *file);

/*
 * Reads the policy and finds the caller by account name (NULL: who runs this).
 * command NULL: all of them. False: q->decision.fault.
 */
bool ask_prepare(
    struct ask *q, const char *user, const struct docker_command *command);

/* The verdict on q->invocation. False: refused, q->decision.fault says why. */
bool ask_decide(struct ask *q);

#endif
