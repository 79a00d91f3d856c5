/* SPDX-License-Identifier: Apache-2.0 */
/* --unlist COMMAND: all about one command. */
#ifndef UNDOCKER_LIST_COMMAND_H
#define UNDOCKER_LIST_COMMAND_H

#include "core/list/listing.h"

/* Adds its lines. */
void list_command(struct listing *l);

#endif
