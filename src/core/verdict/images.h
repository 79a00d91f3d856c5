/* SPDX-License-Identifier: Apache-2.0 */
/* Images by name, id or digest, and new names of images. */
#ifndef UNDOCKER_IMAGES_H
#define UNDOCKER_IMAGES_H

#include "core/verdict/state.h"

/* An operand that is an image. False: refused. */
bool images_plan(struct state *s, size_t operand);

/* Those that only the engine knows by the word that was given. */
bool images_settle(struct state *s);

/* A name that the command gives to an image. False: refused. */
bool images_new(struct state *s, const char *given);

/*
 * Whether this caller may give images that name (NULL: any, which an archive
 * holds): not one that the policy trusts. False: refused.
 */
bool images_check_new(struct state *s, const char *given);

/* Tries a list on one form of an image; false: a fault of the pattern. */
bool images_try_form(struct state *s, const struct patterns *p,
    const char *form, const struct pattern **match);

#endif
