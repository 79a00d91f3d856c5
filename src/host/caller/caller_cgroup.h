/* SPDX-License-Identifier: Apache-2.0 */
/* The cgroup that the caller's own processes are in, for $U_CGROUP. */
#ifndef UNDOCKER_CALLER_CGROUP_H
#define UNDOCKER_CALLER_CGROUP_H

#include "core/base/caller.h"

/*
 * Fills c->cgroup from this process's own, which it has from the caller: that
 * of the one tree, or with cgroups v1 that of the memory controller. NULL where
 * the kernel does not say it.
 */
void caller_cgroup(struct caller *c, struct arena *a);

#endif
