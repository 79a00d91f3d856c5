/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A flag's value as docker will understand it, so that a pattern of the policy
 * speaks of what happens and not of how it was spelled.
 */
#ifndef UNDOCKER_VALUE_FORMS_H
#define UNDOCKER_VALUE_FORMS_H

#include "core/base/strv.h"
#include "core/docker/docker_table.h"

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
 * The parts of a value. Not for mounts, variables and labels, which are more
 * than their text. False: *reason, as what follows "--flag=value " in a
 * sentence: docker would not take it, or no two clients read it alike.
 */
bool value_forms(struct value_parts *out, struct arena *a,
    const struct docker_flag *f, const char *value, const char **reason);

#endif
