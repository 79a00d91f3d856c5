/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of host_check share. */
#ifndef UNDOCKER_HOST_H
#define UNDOCKER_HOST_H

#include "check/policy/finding.h"
#include "core/base/strv.h"
#include "core/policy/settings.h"

#include <stdbool.h>
#include <sys/types.h>

struct host {
	struct findings *findings;
	struct arena *arena;
	struct settings settings; /* of the policy, or the defaults */
	bool root; /* this process is root and sees everything */
	bool shim; /* undocker goes up by the shim */
	gid_t gid; /* the engine's group; 0: none that users could get */
	const char *data; /* the engine's own directory; NULL: unknown */
};

/* host_programs.c: the programs, the shim, the data; fills shim. */
void host_programs(struct host *h);

/* host_engine.c: the engine's socket, the engine; fills gid and data. */
void host_engine(struct host *h);

/* host_sudo.c: sudo, and its rules for the runtime; wants gid. */
void host_sudo(struct host *h);

/* host_group.c: who and what else is in the engine's group. */
void host_group(struct host *h);

/* host_group_files.c: what files the group has (name, for messages). */
void host_group_files(struct host *h, const char *group);

/* host_kernel.c: what the kernel must have, and undocker's places in /run. */
void host_kernel(struct host *h);

#endif
