/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rooms of a verdict share while it is made. judge.c fills it; what a
 * room keeps from plan to settle is a struct of its own, and what it settles of
 * the command it says by settlement_*().
 */
#ifndef UNDOCKER_STATE_H
#define UNDOCKER_STATE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/effective.h"
#include "core/policy/need.h"
#include "core/policy/policy.h"
#include "core/verdict/settlement.h"

struct state {
	struct arena *arena;
	const struct policy *policy;
	const struct caller *caller;
	struct effective *effective;
	const struct docker_command *command; /* NULL: docker --version */
	const char *where; /* "run: ", for messages */
	bool as_root; /* RUNAS=root, and the caller is not root */
	bool per_user; /* the engine is the caller's own */
	bool plain_mounts; /* so, or he is root: docker may follow paths */

	bool planned; /* judge_plan said yes */
	struct fault *fault;
	struct strv *notes; /* lines for the user */
	struct strv *trace; /* NULL: nobody asks why */
	struct needs *needs; /* where a room writes what it must know */

	struct settlement *line; /* as far as it is settled */
	const struct used_flags *flags; /* the line's */
	const struct strv *operands; /* likewise */

	/* Each room's own; NULL: it has nothing yet. */
	struct containers *containers;
	struct images *images;
	struct mounts *mounts;
	struct mounts_image *mounts_image;
	struct mounts_places *mounts_places;
	struct new_name *new_name;
	struct remounts *remounts;
	struct variables *variables;
};

/* Sets s->fault with "COMMAND: " before the text; always false. */
bool state_refuse(struct state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for what no docker would take. */
bool state_misspelt(struct state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "--name=value", for messages. */
const char *state_flag_word(struct state *s, const struct used_flag *f);

/* Whether the command has this name. */
bool state_command_is(const struct state *s, const char *name);

#endif
