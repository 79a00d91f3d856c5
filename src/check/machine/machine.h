/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of machine_check share. */
#ifndef UNDOCKER_MACHINE_H
#define UNDOCKER_MACHINE_H

#include "check/policy/finding.h"
#include "core/base/strv.h"
#include "core/policy/settings.h"

#include <stdbool.h>
#include <sys/types.h>

struct machine {
	struct findings *findings;
	struct arena *arena;
	struct settings settings; /* of the policy, or the defaults */
	bool root; /* this process is root and sees everything */
	bool shim; /* undocker goes up by the shim */
	gid_t gid; /* the engine's group; 0: none that users could get */
	const char *data; /* the engine's own directory; NULL: unknown */
};

/* machine_programs.c: the programs, the shim, the data; fills shim. */
void machine_programs(struct machine *h);

/* machine_engine.c: the engine's socket, the engine; fills gid and data. */
void machine_engine(struct machine *h);

/* machine_sudo.c: sudo, and its rules for the runtime; wants gid. */
void machine_sudo(struct machine *h);

/* machine_group.c: who and what else is in the engine's group. */
void machine_group(struct machine *h);

/* machine_group_files.c: what files the group has (name, for messages). */
void machine_group_files(struct machine *h, const char *group);

/* machine_kernel.c: what the kernel must have, and undocker's places in /run. */
void machine_kernel(struct machine *h);

#endif
