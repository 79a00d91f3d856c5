/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hosts that a user makes the engine ask: those of login, logout and search.
 * The engine is root in the host's network, and tells what it was answered.
 */
#ifndef UNDOCKER_REGISTRY_H
#define UNDOCKER_REGISTRY_H

#include "core/verdict/state.h"

/* login's operand, docker.io without one. False: refused. */
bool registry_check(struct state *s, size_t operand);

/* search's term. False: refused. */
bool registry_check_search(struct state *s, size_t operand);

#endif
