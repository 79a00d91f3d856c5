/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a process inherits from a hostile parent, put right before anything
 * else is looked at. umask and working directory stay: they are the client's.
 */
#ifndef UNDOCKER_HYGIENE_H
#define UNDOCKER_HYGIENE_H

#include "core/base/fault.h"
#include "host/caller/rlimits.h"

#include <signal.h>
#include <stdbool.h>

struct inherited {
	char *const *env; /* the environment as it came: data only */
	sigset_t ignored; /* signals that the caller ignores (nohup) */
	struct rlimits limits;
};

/*
 * Descriptors 0-2 open and no others, signals at their defaults, timers off,
 * own limits, empty environment. Until hygiene_give_back the terminal cannot
 * stop the process, and it is killed where it takes longer than
 * HYGIENE_SECONDS to the exec: nobody shall hold it (with a full pipe as its
 * standard error, say) until the world is another than the one that it judged.
 * False: f says what could not be done.
 */
#define HYGIENE_SECONDS 30
bool hygiene(struct inherited *was, struct arena *a, struct fault *f);

/*
 * For the client, right before it starts: the caller's limits, the signals
 * that he ignored, an empty mask. False: errno says why.
 */
bool hygiene_give_back(const struct inherited *was);

#endif
