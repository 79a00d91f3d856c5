/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs docker's client to hear what it says of itself. The path may come from a
 * policy that anybody wrote, so what runs is a program that only root can have
 * put there, and it runs as nobody, with an environment, descriptors and a
 * session of its own, and can start no other program.
 */
#ifndef UNDOCKER_CLIENT_RUN_H
#define UNDOCKER_CLIENT_RUN_H

#include "core/base/fault.h"
#include "core/base/strv.h"

#include <stdbool.h>
#include <stddef.h>

#define CLIENT_OUTPUT_MAX ((size_t)1 << 20)
#define CLIENT_PATIENCE_MS 10000

struct client_said {
	int status; /* of its exit; 128 and the signal that ended it */
	const char *out;
	const char *err;
};

/* Whether there is a client at path that may be run. False: f. */
bool client_run_there(struct arena *a, const char *path, struct fault *f);

/*
 * Runs it with these words behind its name. False: it could not be run, said
 * more than CLIENT_OUTPUT_MAX on one of its outputs, said no text, or was not
 * done in time (and was killed); f says which.
 */
bool client_run(struct client_said *said, struct arena *a, const char *path,
    const struct strv *words, int patience_ms, struct fault *f);

#endif
