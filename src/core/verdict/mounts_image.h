/* SPDX-License-Identifier: Apache-2.0 */
/* What the image mounts and makes by itself. */
#ifndef UNDOCKER_MOUNTS_IMAGE_H
#define UNDOCKER_MOUNTS_IMAGE_H

#include "core/verdict/state.h"

/* Asks for the image where that matters. */
void mounts_image_plan(struct state *s);

/* Once it is known: its places in the caller's mounts. False: refused. */
bool mounts_image_more(struct state *s);

/* The question, answered or not; NULL: nobody asked. */
struct need *mounts_image_need(const struct state *s);

/* Whether its answer, if it was asked, has been looked at. */
bool mounts_image_known(const struct state *s);

#endif
