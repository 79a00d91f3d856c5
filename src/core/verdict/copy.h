/* SPDX-License-Identifier: Apache-2.0 */
/* Containers whose files the engine reads as root: cp and export. */
#ifndef UNDOCKER_COPY_H
#define UNDOCKER_COPY_H

#include "core/verdict/containers.h"

/* A side of cp. False: refused. */
bool copy_plan(struct state *s, size_t at);

/*
 * Whether the engine may read in the container, which messages call title; true
 * of other commands.
 */
bool copy_settle(struct state *s, const struct planned_container *p,
    const char *title);

#endif
