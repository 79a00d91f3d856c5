/* SPDX-License-Identifier: Apache-2.0 */
/* What a caller asks for, whatever the door: docker's own terms, no words. */
#ifndef UNDOCKER_REQUEST_H
#define UNDOCKER_REQUEST_H

#include "core/base/strv.h"
#include "core/request/used_flags.h"

struct request {
	const struct docker_command *command; /* NULL: none, see --version */
	struct used_flags global; /* those before the command */
	struct used_flags flags;
	struct strv operands;
};

#endif
