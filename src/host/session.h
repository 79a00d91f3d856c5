/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One caller's question under one policy, from the file to the settlement: what
 * every door does alike. Nothing here prints; a refusal is a fault. What cannot
 * come back (a file system that hangs, no way back to root) ends the process by
 * report_die, whose last words are the door's (report_last_words).
 */
#ifndef UNDOCKER_SESSION_H
#define UNDOCKER_SESSION_H

#include "core/request/invocation.h"
#include "core/verdict/judge.h"
#include "host/files/policy_file.h"

#include <stdbool.h>

/* Whose word the caller's supplementary groups are. */
enum session_groups {
	SESSION_KERNELS, /* the kernel's, unless the policy speaks of groups */
	SESSION_ACCOUNTS, /* the accounts' in any case */
	SESSION_KNOWN, /* the door has found them already */
};

struct session {
	struct arena *arena;
	struct policy *policy; /* policy_new, until it is read */
	struct caller caller;
	enum session_groups groups;
	bool present; /* it is the caller's own process that asks */
	struct judge judge; /* with its door's words, see there */
	struct settlement settlement;
};

/*
 * Reads the policy, and of the accounts what its sections for the command
 * (NULL: all) ask about. False: f.
 */
bool session_policy(struct session *s, const char *path,
    enum policy_trust trust, const struct docker_command *command,
    struct fault *f);

/*
 * The verdict on a command line. answer is session_answer, or one that calls
 * it; data is the answerer's. False: refused, s->judge.fault says why.
 */
bool session_command_line(struct session *s, const struct invocation *i,
    judge_answer_fn *answer, void *data);

/*
 * Looks at the world, with the caller's own rights, and asks the engine. data
 * is the session.
 */
bool session_answer(void *data, struct judge *j);

#endif
