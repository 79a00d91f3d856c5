/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of every decision, whatever the policy and the argv. */
#ifndef UNDOCKER_INVARIANTS_H
#define UNDOCKER_INVARIANTS_H

#include "core/verdict/judge.h"

/*
 * Decides about argv (argc >= 1) and aborts where an invariant does not hold.
 * answers: one bit a question of the core, whether it is met.
 */
void invariants_check(struct arena *a, struct policy *p,
    const struct caller *c, int argc, char *const *argv, unsigned answers);

/* A caller with two supplementary groups and an awkward directory. */
const struct caller *invariants_caller(void);

#endif
