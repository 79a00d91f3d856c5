/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy says that the installed docker does not know. */
#ifndef UNDOCKER_LINT_CLIENT_H
#define UNDOCKER_LINT_CLIENT_H

#include "check/client/client_help.h"
#include "check/policy/finding.h"
#include "core/policy/policy.h"

/*
 * Adds warnings about commands, flags and arities that the client h lacks; one
 * note where it cannot be asked. A WHITELIST with flags of other docker
 * versions is sound, so of those that docker's table knows nothing is said;
 * what FORCED and DEFAULTS add must be there.
 */
void lint_client(
    struct findings *f, const struct policy *p, struct client_help *h);

#endif
