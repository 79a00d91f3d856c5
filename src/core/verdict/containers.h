/* SPDX-License-Identifier: Apache-2.0 */
/* Containers that the command names: the caller's own, or refused. */
#ifndef UNDOCKER_CONTAINERS_H
#define UNDOCKER_CONTAINERS_H

#include "core/verdict/state.h"

/* One, in an operand or in a flag. */
struct planned_container {
	const char *given; /* as the user names it */
	struct need *need; /* containers_add's */
	bool in_flag;
	size_t at; /* which flag, or which operand */
	char letter; /* of the operand, see docker_command.h */
	const char *before, *behind; /* what stands around its id there */
};

struct containers {
	struct planned_container *v;
	size_t n, size;
	struct need *own; /* all of the caller's; NULL: not asked */
};

/* Those in operands, and how many run. False: refused. */
bool containers_plan(struct state *s);

/* One more, which must be the caller's. */
void containers_add(struct state *s, struct planned_container p);

/* Whose they are, how many, what is in them. False: refused. */
bool containers_settle(struct state *s);

/* Whether it is --volumes-from's. */
bool containers_give_volumes(
    const struct state *s, const struct planned_container *p);

#endif
