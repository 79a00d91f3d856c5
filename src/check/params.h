/* SPDX-License-Identifier: Apache-2.0 */
/* undocker-check --params: sections that the installed docker would fill. */
#ifndef UNDOCKER_PARAMS_H
#define UNDOCKER_PARAMS_H

#include "check/client_help.h"
#include "core/fault.h"
#include "core/strv.h"

#include <stdbool.h>

/*
 * Adds the lines of one section [command:NAME] with a WHITELIST of all flags
 * of the client, those that are dangerous commented out with the reason.
 * False: f.
 */
bool params_section(struct strv *lines, struct client_help *h,
    const struct docker_command *c, struct fault *f);

/* The whole job: words are commands as the user wrote them. Exit status. */
int params_run(struct arena *a, const char *policy_file, int argc, char **argv);

#endif
