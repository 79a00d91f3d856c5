/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one question: may this caller run this command line under this policy,
 * and what exactly would docker get? In steps, because the core asks and never
 * fetches:
 *
 *	invocation_parse	undocker's own words, the docker command
 *	(host: policy file, policy_groups)
 *	decision_plan		whitelists, values, images; says what it needs
 *	(host: needs)
 *	decision_more		what the answers make it ask for, as long as any
 *	(host: needs)
 *	decision_settle		the verdict and the final command line
 */
#ifndef UNDOCKER_JUDGE_H
#define UNDOCKER_JUDGE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/need.h"
#include "core/policy/policy.h"
#include "core/policy/settings.h"
#include "core/request/invocation.h"

enum verdict { VERDICT_DENY = 0, VERDICT_ALLOW };

/*
 * What docker gets. `given` is the argv for the client; where `shown` names a
 * variable or a file of the caller (--env=NAME), given may not: those lines
 * travel in env_lines and label_lines, as files in docker's own format that
 * nobody else can read. A word of given that stands for such a file is found
 * at env_at or label_at (0: there is none) and reads "--env-file=" or
 * "--label-file=": the host side completes it with the file's path.
 */
struct final {
	struct strv shown; /* [0] is the program's path */
	struct strv given; /* [0] is "docker" */
	const char *env_lines;
	const char *label_lines;
	size_t env_at;
	size_t label_at;
	/*
	 * Mounts that the host side makes before docker runs. Their places
	 * stand in given as STAGED_DIR/STAGED_UNNAMED/N.
	 */
	struct staged **staged;
	size_t nstaged;
	bool binds; /* of what is the caller's: the engine must see it */
};

struct decision {
	enum verdict verdict; /* DENY until decision_settle says otherwise */
	struct fault fault; /* why not */
	struct settings settings; /* as far as the policy could be read */
	struct strv notes; /* lines for the user: dropped flags and the like */
	struct strv trace; /* --undebug: what was decided and why */
	struct strv rules; /* sections that apply: "[TITLE] (FILE:LINE)" */
	struct needs needs; /* to be answered between plan and settle */
	struct final final; /* VERDICT_ALLOW only */
	const char *command; /* by its canonical name; "": none */
	struct decision_state *state; /* the core's own */
};

/*
 * Checks all that needs no look at the world. False: refused, d->fault says
 * why. True: answer d->needs, then call decision_settle.
 */
bool decision_plan(struct decision *d, struct arena *a, struct policy *p,
    const struct caller *c, const struct invocation *i);

/*
 * Whether the answers make further questions: answer those that are open, and
 * call it again. A fault ends it, too; decision_settle then says so.
 */
bool decision_more(struct decision *d);

/* Checks the rest. True: d->verdict is VERDICT_ALLOW and d->final is whole. */
bool decision_settle(struct decision *d);

/*
 * --unlist: what the caller may do, or all about the command that stands in i,
 * as text lines. False: d->fault.
 */
bool decision_list(struct decision *d, struct arena *a, struct policy *p,
    const struct caller *c, const struct invocation *i, struct strv *lines);

#endif
