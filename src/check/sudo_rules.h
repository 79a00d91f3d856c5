/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What sudo's rules mean for the runtime: may users start it, as root, without
 * a password, and can they forge what it sees? Pure.
 */
#ifndef UNDOCKER_SUDO_RULES_H
#define UNDOCKER_SUDO_RULES_H

#include "check/finding.h"

#include <stdbool.h>
#include <stddef.h>

struct sudo_facts {
	const char *file; /* that the findings are of */
	const char *program; /* the runtime */
	const char *docker; /* docker's client */
	const char *host; /* this host's name */
	const char *elsewhere; /* where sudo has more rules; NULL: nowhere */
	bool needed; /* there is no other way up */
};

/*
 * json: what `cvtsudoers -f json -e` prints. False: it is not sound, and
 * nothing was added.
 */
bool sudo_rules(struct findings *f, const char *json, size_t size,
    const struct sudo_facts *facts);

#endif
