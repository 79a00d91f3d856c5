/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The variables that docker's client itself has: for a NAME alone (--env=NAME)
 * it would answer with its own.
 */
#ifndef UNDOCKER_CLIENT_VARIABLES_H
#define UNDOCKER_CLIENT_VARIABLES_H

#include <stddef.h>

enum client_variable {
	CLIENT_VARIABLE_NONE = 0, /* the client never has it */
	CLIENT_VARIABLE_SET, /* undocker sets it */
	CLIENT_VARIABLE_PLAIN, /* the caller's passes, if it is a plain word */
	CLIENT_VARIABLE_ZONE, /* if it is the name of a time zone */
};

/* What the client has of a variable by this name (n bytes). */
enum client_variable client_variables_find(const char *name, size_t n);

#endif
