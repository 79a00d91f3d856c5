/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers as docker's clients read them, for MAXVALUES: sizes (1.5GiB), counts
 * (0x10), decimals (1e3, 1/2) and durations (1h2m). Exact, and strict: what one
 * of the clients 20.10 to 29 would refuse, or read otherwise than another, is
 * refused here.
 */
#ifndef UNDOCKER_QUANTITY_H
#define UNDOCKER_QUANTITY_H

#include "core/base/arena.h"
#include "core/docker/docker_flag.h"

#include <stdbool.h>
#include <stdint.h>

/* The kind by which a flag's values are compared. */
static inline enum value_kind
quantity_kind_of(const struct docker_flag *f)
{
	return f->kind == VALUE_STOP_TIME ? VALUE_NUMBER : f->kind;
}

/*
 * The number of a value of kind VALUE_SIZE (bytes), VALUE_COUNT, VALUE_NUMBER,
 * VALUE_DECIMAL (billionths) or VALUE_DURATION (nanoseconds). May be negative.
 * False: it is none.
 */
bool quantity_read(enum value_kind kind, const char *text, int64_t *number);

/*
 * Whether docker takes the number for "no limit", or for a default of its own
 * that nobody here knows: a negative one, and 0 where the kind says so.
 */
bool quantity_endless(enum value_kind kind, int64_t number);

/* --ulimit NAME=SOFT[:HARD]; hard is soft where it is not given. */
struct ulimit {
	const char *name;
	int64_t soft;
	int64_t hard; /* both: -1 is no limit */
};

/* False: docker would not take it. */
bool quantity_ulimit(struct ulimit *u, struct arena *a, const char *text);

#endif
