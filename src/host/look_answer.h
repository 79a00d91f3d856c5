/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the world for the core, with the caller's own rights. */
#ifndef UNDOCKER_LOOK_ANSWER_H
#define UNDOCKER_LOOK_ANSWER_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/need.h"

#include <stdbool.h>

/*
 * Answers every open need that is about files, records and links of root's. As
 * root it takes the caller's rights for the look and gives them back; the
 * caller's own process just looks; in any other process the needs fail. A file
 * system that hangs ends the process with EXIT_REFUSED after LOOK_SECONDS.
 * False: the caller's rights could not be taken.
 */
bool look_answer(struct needs *needs, struct arena *a,
    const struct caller *c, struct fault *f);

#define LOOK_SECONDS 5

#endif
