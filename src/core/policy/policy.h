/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policy file as a value: bytes in, sections of typed settings out. See
 * undocker.conf(5) for the language; keys.def holds its keys.
 */
#ifndef UNDOCKER_POLICY_H
#define UNDOCKER_POLICY_H

#include "core/base/fault.h"
#include "core/base/strv.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct policy;

/*
 * A group that a section names; the host side says what the accounts know.
 * Asked for but not answered, it is unknown.
 */
enum group_state { GROUP_UNASKED = 0, GROUP_KNOWN, GROUP_UNKNOWN };

struct policy_group {
	const char *name;
	enum group_state state; /* filled by the host side */
	gid_t gid; /* GROUP_KNOWN: filled by the host side */
};

/* What is wrong with a policy, and where. */
struct policy_fault {
	const char *file;
	unsigned line; /* 0: the file as a whole */
	const char *reason;
};

struct policy_faults {
	struct arena *arena;
	struct policy_fault *v;
	size_t n;
	size_t size;
};

/* An empty policy in a. */
struct policy *policy_new(struct arena *a);

/*
 * From now on faults go to this collector, and reading goes on behind them: for
 * who wants to know them all. What is faulty is left out, so nothing may be
 * decided by such a policy.
 */
void policy_collect(struct policy *p, struct policy_faults *faults);
bool policy_collects(const struct policy *p);

/*
 * Says what is wrong: to the collector, or else to f, as "FILE:LINE: reason".
 * Always false.
 */
bool policy_complain(const struct policy *p, struct fault *f, const char *file,
    unsigned line, const char *reason);

/*
 * The same for who has no policy at hand. Behind so many the next one is the
 * last, which says that there are more; then the policy is not read on.
 */
#define POLICY_FAULTS_MAX 1000
void policy_faults_add(struct policy_faults *faults, const char *file,
    unsigned line, const char *reason);

bool policy_faults_full(const struct policy_faults *faults);

/*
 * Reads one file's bytes (they need no NUL behind them and are copied). name
 * is what messages call the file. included: it came through INCLUDE, and may
 * not include again. False: f says file, line and reason (or, where faults are
 * collected, there were some).
 */
bool policy_add(struct policy *p, const char *name, const char *bytes,
    size_t size, bool included, struct fault *f);

/* The names of the files that were added. */
const struct strv *policy_files(const struct policy *p);

/* The absolute glob patterns of INCLUDE, in the order of the file. */
const struct strv *policy_includes(const struct policy *p);

/*
 * The groups that sections for this command (canonical name; NULL: any) name,
 * each once and none that was asked for before; those of all sections where
 * the policy has none for it, because the refusal then says what is offered.
 * start, restart and --volumes-from may mount again what run and create did, so
 * that theirs are asked for, too. The host side fills state and gid of each
 * before judge_begin.
 */
struct policy_group **policy_groups(
    struct policy *p, const char *command, size_t *n);

/* Whether any value holds this text: "$U_GROUPS". */
bool policy_uses(const struct policy *p, const char *variable);

/*
 * The groups that $U_GROUPS leaves out: RESTRICTEDGROUPS, or where the policy
 * has none those that commonly mean root; *written: which of the two.
 * policy_groups asks for them where
 * $U_GROUPS is used.
 */
struct strv policy_groups_restricted(const struct policy *p, bool *written);

/* Those that commonly mean root. */
struct strv policy_groups_usual(struct arena *a);

/* REQUIREGROUPS: a group that the accounts do not know is a policy error. */
bool policy_groups_required(const struct policy *p);

#endif
