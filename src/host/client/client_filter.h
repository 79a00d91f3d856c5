/* SPDX-License-Identifier: Apache-2.0 */
/* What the client may not ask of the kernel while it holds the engine. */
#ifndef UNDOCKER_CLIENT_FILTER_H
#define UNDOCKER_CLIENT_FILTER_H

#include "core/base/fault.h"

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

#define CLIENT_FILTER_MOST 512 /* instructions */

/* The one exec that stays allowed, pointer for pointer. */
struct client_exec {
	int fd;
	const char *path; /* "" */
	char *const *argv;
	char *const *env;
};

/*
 * For the rest of this process's life: no setid bits, no program but that one.
 * no_new_privs must be set. False: f, and nothing may be executed.
 */
bool client_filter(
    struct arena *a, const struct client_exec *only, struct fault *f);

/* The filter's instructions for that exec; how many they are. */
size_t client_filter_fill(struct sock_filter code[CLIENT_FILTER_MOST],
    const struct client_exec *only);

#endif
