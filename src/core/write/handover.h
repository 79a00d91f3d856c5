/* SPDX-License-Identifier: Apache-2.0 */
/* What the host side made ready for a settlement, for writers to name. */
#ifndef UNDOCKER_HANDOVER_H
#define UNDOCKER_HANDOVER_H

#include "core/base/strv.h"

struct handover {
	/* Where the mounts of settlement->staged without a name are now, one
	   a mount (settled_mount.place). */
	struct strv places;
	/* The paths of files that hold cli_write_file() of the variables and
	   of the labels; NULL: there is none. */
	const char *variables;
	const char *labels;
};

#endif
