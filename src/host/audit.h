/* SPDX-License-Identifier: Apache-2.0 */
/* One line of every decision for the administrator's log. */
#ifndef UNDOCKER_AUDIT_H
#define UNDOCKER_AUDIT_H

#include "core/base/caller.h"
#include "core/base/strv.h"

#include <stdbool.h>

struct audit {
	const struct caller *caller;
	const char *via; /* NULL: not known */
	const char *command; /* NULL: none */
	bool norun; /* allowed, but only asked */
	const char *reason; /* why not; NULL: allowed */
	const struct strv *rules; /* of the decision; NULL: none */
	const struct strv *final; /* what is run; NULL: nothing */
};

/*
 * Sends it to the system log, without the values of variables and passwords.
 * Waits for a moment at most, and no fault changes anything: a full log must
 * not be a way to stop the host's users.
 */
void audit_send(struct arena *a, const struct audit *what);

/* Whether the whole of a final command line can be logged: 6 MB. */
bool audit_fits(struct arena *a, const struct strv *final);

#endif
