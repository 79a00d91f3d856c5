/* SPDX-License-Identifier: Apache-2.0 */
/* Does the policy let users bring images, so that who runs one may be its
   maker? */
#ifndef UNDOCKER_IMAGES_BROUGHT_H
#define UNDOCKER_IMAGES_BROUGHT_H

#include "core/base/caller.h"
#include "core/policy/section.h"

/*
 * A section by which users like c (only root differs), whoever they are, load,
 * make or fetch images that no ALLOWEDIMAGES names; NULL: there is none. It
 * does not matter to a run with an ALLOWEDIMAGES of its own: such images get
 * no name that is in one.
 */
const struct section *images_brought(struct arena *a, const struct policy *p,
    const struct caller *c);

#endif
