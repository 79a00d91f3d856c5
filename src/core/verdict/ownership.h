/* SPDX-License-Identifier: Apache-2.0 */
/* Whose a container is. */
#ifndef UNDOCKER_OWNERSHIP_H
#define UNDOCKER_OWNERSHIP_H

#include "core/base/caller.h"
#include "core/policy/need.h"

#include <stdbool.h>

/*
 * The rule of the label: undocker.uid is the caller's uid, and that is not the
 * word of its image (whose labels docker copies, and which anybody can make).
 * An image that is gone says nothing, so then it is not his.
 */
bool ownership_by_label(const struct container *c, const struct caller *caller);

/*
 * The original's rule, for containers without the label: the uid that it runs
 * with is the caller's, by the command line and not by its image, and it has
 * no more rights than he has.
 */
bool ownership_by_user(const struct container *c, const struct caller *caller);

#endif
