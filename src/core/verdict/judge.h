/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one question: may this caller have this under this policy, and what
 * exactly would docker get? In steps, because the core asks and never fetches:
 *
 *	(host: policy file, policy_groups)
 *	judge_begin	the sections that apply to the command
 *	(door: a reader, by the flags that they know: a request)
 *	judge_plan	whitelists, values, images; says what it needs
 *	(host: needs)
 *	judge_more	what the answers make it ask for, as long as any
 *	(host: needs)
 *	judge_settle	the verdict, and all of the command in a settlement
 *	(host: what the settlement names; door: a writer)
 */
#ifndef UNDOCKER_JUDGE_H
#define UNDOCKER_JUDGE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/effective.h"
#include "core/policy/need.h"
#include "core/policy/policy.h"
#include "core/policy/settings.h"
#include "core/request/request.h"
#include "core/verdict/settlement.h"

struct judge {
	/* What the door says before judge_begin. */
	bool explains; /* the trace is wanted */
	/*
	 * Whether the door's writer can say the whole of it; false: f. It is
	 * asked last, before the verdict becomes a yes; NULL: never one.
	 */
	bool (*sayable)(const struct settlement *, struct arena *,
	    struct fault *f);

	struct fault fault; /* why not */
	struct settings settings; /* as far as the policy could be read */
	struct effective effective; /* of the caller and the command */
	struct strv notes; /* lines for the user: dropped flags and the like */
	struct strv trace; /* what was decided and why */
	struct strv rules; /* sections that apply: "[TITLE] (FILE:LINE)" */
	struct needs needs; /* to be answered between plan and settle */
	struct settlement line; /* what is settled of it so far */
	struct state *state; /* the rooms' own */
};

/*
 * What the policy says to the caller about the command (NULL: none, as in
 * docker --version). False: there is nothing that he may have; j->fault.
 */
bool judge_begin(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, const struct docker_command *command);

/*
 * Checks all that needs no look at the world. False: refused, j->fault says
 * why. True: answer j->needs, then call judge_more.
 */
bool judge_plan(struct judge *j, const struct request *r);

/*
 * Whether the answers make further questions: answer those that are open, and
 * call it again. A fault ends it, too; judge_settle then says so.
 */
bool judge_more(struct judge *j);

/* Checks the rest. True: st->verdict is VERDICT_ALLOW and st is whole. */
bool judge_settle(struct judge *j, struct settlement *st);

/*
 * Answers the open ones of j->needs. False: it could not look at all, and
 * j->fault says why. data is the answerer's.
 */
typedef bool judge_answer_fn(void *data, struct judge *j);

/* From plan to settle, with one who answers. False: refused, j->fault. */
bool judge_request(struct judge *j, const struct request *r,
    judge_answer_fn *answer, void *data, struct settlement *st);

#endif
