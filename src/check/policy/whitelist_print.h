/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check --params: sections that the installed docker would fill. */
#ifndef UNDOCKER_WHITELIST_PRINT_H
#define UNDOCKER_WHITELIST_PRINT_H

#include "check/client/client_help.h"
#include "core/base/fault.h"
#include "core/base/strv.h"

#include <stdbool.h>

/*
 * Adds the lines of one section [command:NAME] with a WHITELIST of all flags
 * of the client, those that are dangerous or that undocker does not know
 * commented out with the reason. What it makes, undocker can load.
 * False: f.
 */
bool whitelist_print_section(struct strv *lines, struct client_help *h,
    const struct docker_command *c, struct fault *f);

/*
 * The whole job: words are commands as the user wrote them, one or two
 * arguments each. Exit status: 0 printed; 1 the client cannot be asked or lacks
 * a command; 2 no policy can offer such a command, and nothing was printed.
 */
int whitelist_print(
    struct arena *a, const char *policy_file, int argc, char **argv);

#endif
