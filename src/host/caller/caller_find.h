/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks: from the kernel and the accounts, not from what he says. */
#ifndef UNDOCKER_CALLER_FIND_H
#define UNDOCKER_CALLER_FIND_H

#include "core/base/caller.h"
#include "core/base/fault.h"

#include <stdbool.h>

enum caller_way { WAY_UNKNOWN = 0, WAY_SHIM, WAY_SUDO, WAY_ROOT };

/*
 * The caller of the runtime; the process is root in all ids afterwards. env is
 * the environment as it came. The caller's groups are the kernel's, or with
 * WAY_SUDO none yet: accounts_groups adds what the accounts list. False: f says
 * why nobody can be held responsible.
 */
bool caller_find(struct caller *c, enum caller_way *way, struct arena *a,
    char *const *env, struct fault *f);

/*
 * For undocker-check: the caller by account name (NULL: who runs the process),
 * with this process's environment and working directory. No ids change.
 */
bool caller_find_named(struct caller *c, struct arena *a, const char *name,
    char *const *env, struct fault *f);

#endif
