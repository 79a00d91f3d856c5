/* SPDX-License-Identifier: Apache-2.0 */
/* The docker client's environment, made from nothing. */
#ifndef UNDOCKER_CLIENT_ENV_H
#define UNDOCKER_CLIENT_ENV_H

#include "core/base/strv.h"

#include <stdbool.h>

/*
 * PATH, HOME, DOCKER_CONFIG and DOCKER_HOST are ours; of the environment as it
 * came, terminal, language and time zone, if they are plain words. config: the
 * configuration directory of a client that may use credentials; NULL: the one
 * that holds nothing. login: it may write there, too.
 */
struct strv client_env(struct arena *a, const char *engine, const char *config,
    bool login, char *const *came);

#endif
