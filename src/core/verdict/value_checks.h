/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of our own for the values of flags, whatever the policy says. */
#ifndef UNDOCKER_VALUE_CHECKS_H
#define UNDOCKER_VALUE_CHECKS_H

#include "core/verdict/state.h"

/* The rules for each kind of value of a user's. False: refused. */
bool value_checks(struct state *s);

#endif
