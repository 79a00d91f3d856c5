/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variables and labels. docker reads files first, then flags, and of one name
 * the last counts; here that is settled before, so that what FORCED says stays
 * said and the caller's values never stand on a command line.
 */
#ifndef UNDOCKER_VARIABLES_H
#define UNDOCKER_VARIABLES_H

#include "core/verdict/state.h"

/* Asks for the files. False: refused. */
bool variables_plan(struct state *s);

/* False: refused. */
bool variables_settle(struct state *s);

#endif
