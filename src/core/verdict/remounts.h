/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What start, restart and --volumes-from find in their containers: mounts that
 * undocker made. Those that a reboot took away are opened again, as the caller
 * and under today's policy of run, before a container starts with them. docker
 * would else make empty places for some of them.
 */
#ifndef UNDOCKER_REMOUNTS_H
#define UNDOCKER_REMOUNTS_H

#include "core/verdict/state.h"

/* Asks for the records, then for what they name. False: refused. */
bool remounts_more(struct state *s);

/* False: refused. */
bool remounts_settle(struct state *s);

#endif
