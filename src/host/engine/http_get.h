/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One HTTP GET after the other on a connection that is there. Only what
 * docker's engine really answers is an answer; the rest is a fault.
 */
#ifndef UNDOCKER_HTTP_GET_H
#define UNDOCKER_HTTP_GET_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define HTTP_BODY_MAX ((size_t)4 << 20) /* bytes */

struct http_answer {
	int status;
	const char *body; /* a NUL behind it */
	size_t size;
	bool closes; /* the engine ends the connection behind it */
};

/*
 * Asks for path (by the caller checked to need no escaping) on fd, a
 * non-blocking stream socket. deadline: CLOCK_MONOTONIC. False: *why, and the
 * connection is of no more use.
 */
bool http_get(int fd, struct arena *a, const struct timespec *deadline,
    const char *path, struct http_answer *answer, const char **why);

#endif
