/* SPDX-License-Identifier: Apache-2.0 */
/* What a value asks for, part by part. */
#ifndef UNDOCKER_VALUE_PARTS_H
#define UNDOCKER_VALUE_PARTS_H

#include "core/base/strv.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * One thing that a value asks for, in the forms in which a pattern may speak
 * of it: a variable as NAME=VALUE and as NAME. Allowed is what any form of it
 * is; restricted, too.
 */
struct value_part {
	struct strv forms; /* [0] is what messages call it */
	const char *restrictable; /* one more form, which allows nothing */
};

struct value_parts {
	struct value_part *v; /* --gpus "device=0,1" asks for two devices */
	size_t n;
	size_t size;
	const char *canonical; /* what docker gets; NULL: the value itself */
	/* It may mean what none of the forms says; why, as reason below. Where
	   values are restricted it cannot be judged. NULL: it does not. */
	const char *many;
};

/* A new part with one form; more are pushed to its forms. */
struct value_part *value_parts_add(
    struct value_parts *parts, struct arena *a, const char *form);

/*
 * What reads a kind of value into parts. False: *reason, as what follows
 * "--flag=value " in a sentence.
 */
typedef bool value_forms_fn(struct value_parts *out, struct arena *a,
    const char *value, const char **reason);

#endif
