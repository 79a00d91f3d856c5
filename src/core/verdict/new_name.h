/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name that a container is to get. docker's refusal of one that is taken
 * tells the id of the container that has it, whosever that is.
 */
#ifndef UNDOCKER_NEW_NAME_H
#define UNDOCKER_NEW_NAME_H

#include "core/verdict/state.h"

void new_name_plan(struct state *s);

/* False: refused. */
bool new_name_settle(struct state *s);

#endif
