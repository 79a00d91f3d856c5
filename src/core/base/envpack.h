/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The caller's environment, packed into variables that neither sudo nor the
 * dynamic linker touches: UNDOCKER_ENV_0, UNDOCKER_ENV_1, ... hold, in order,
 * pieces of the base64url text (no padding) of "NAME=VALUE" strings, each with
 * a NUL behind it. Packed by the front end, unpacked by the runtime.
 */
#ifndef UNDOCKER_ENVPACK_H
#define UNDOCKER_ENVPACK_H

#include "core/base/strv.h"

#include <stdbool.h>

#define ENVPACK_PREFIX "UNDOCKER_ENV_"
#define ENVPACK_PIECE 65536 /* bytes of text a variable; the kernel's limit for
			       one string is 128 KiB */

/* The UNDOCKER_ENV_N=... strings for env; those of env itself are left out. */
struct strv envpack(struct arena *a, char *const *env);

/*
 * The caller's variables out of env. False: a piece is missing, double or not
 * of this form. No piece at all is an empty environment.
 */
bool envpack_open(struct arena *a, char *const *env, struct strv *out);

#endif
