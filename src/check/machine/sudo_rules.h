/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What sudo's rules mean for the runtime: may users start it, as root, without
 * a password, and can they forge what it sees? Pure.
 */
#ifndef UNDOCKER_SUDO_RULES_H
#define UNDOCKER_SUDO_RULES_H

#include "check/machine/sudo_match.h"
#include "check/policy/finding.h"

#include <stdbool.h>
#include <stddef.h>

struct sudo_facts {
	const char *file; /* that the findings are of */
	const char *program; /* the runtime */
	sudo_same_file *same; /* NULL: no path but its own is it */
	const char *docker; /* docker's client */
	gid_t gid; /* the engine's group; 0: it has none */
	const char *host; /* this host's name */
	const char *elsewhere; /* where sudo has more rules; NULL: nowhere */
	bool needed; /* there is no other way up */
	/*
	 * Why others than root can write a file, as what follows its path in
	 * a sentence; NULL: they cannot. The pointer NULL: nobody knows.
	 */
	const char *(*untrusted)(struct arena *a, const char *path);
};

/*
 * json: what `cvtsudoers -f json -e` prints. False: it is not sound, and
 * nothing was added.
 */
bool sudo_rules(struct findings *f, const char *json, size_t size,
    const struct sudo_facts *facts);

#endif
