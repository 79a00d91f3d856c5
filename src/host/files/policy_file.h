/* SPDX-License-Identifier: Apache-2.0 */
/* The policy's bytes: from the one file, and from those that it includes. */
#ifndef UNDOCKER_POLICY_FILE_H
#define UNDOCKER_POLICY_FILE_H

#include "core/base/fault.h"
#include "core/policy/policy.h"

#include <stdbool.h>

enum policy_trust {
	POLICY_ROOTS = 0, /* root's, in root's directories */
	POLICY_ANY, /* undocker-check: any file that can be read */
};

/* Reads path and what it includes into p. False: f, as of policy_add. */
bool policy_file_load(struct policy *p, struct arena *a, const char *path,
    enum policy_trust trust, struct fault *f);

/*
 * Why POLICY_ROOTS would refuse the file, as what follows its path in a
 * sentence. NULL: only root can have put it there.
 */
const char *policy_file_untrusted(struct arena *a, const char *path);

#endif
