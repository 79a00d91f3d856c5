/* SPDX-License-Identifier: Apache-2.0 */
/* Why something was not done: the one line that the user will read. */
#ifndef UNDOCKER_FAULT_H
#define UNDOCKER_FAULT_H

#include "core/base/arena.h"

#include <stdbool.h>

enum fault_kind {
	FAULT_NONE = 0,
	FAULT_POLICY, /* the policy file is not sound: "policy error: ..." */
	FAULT_REFUSED, /* this command line may not run */
};

struct fault {
	enum fault_kind kind;
	const char *text; /* without "undocker: "; may hold the user's bytes:
			     shellword_escape it before printing */
	bool misspelt; /* no docker would take the command line, whatever the
			  policy: who tests one has made a slip */
};

/*
 * Fills f, unless it holds a fault already: the first reason is the one that
 * is told. Always returns false, so that a check can say
 * "return fault_set(...)".
 */
bool fault_set(struct fault *f, struct arena *a, enum fault_kind kind,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
