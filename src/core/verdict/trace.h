/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a decision came out as it did, for --undebug and undocker-check. All of
 * it is nothing where nobody asked (state->trace is NULL): the runtime pays a
 * comparison.
 */
#ifndef UNDOCKER_TRACE_H
#define UNDOCKER_TRACE_H

#include "core/verdict/state.h"

/* Adds a line. */
void trace_line(struct state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Which settings of a key speak of the flag, with their lines; for WHITELIST,
 * where none does, which sections were asked. global: those of [main].
 */
void trace_spec(struct state *s, bool global, enum key_id key,
    const struct docker_flag *f);

/* The flags of the final command line that are not the user's, and his that
   are gone. */
void trace_additions(
    struct state *s, const struct used_flags *user);

/* A pattern, or a rule of the paths, that decided about what. */
void trace_pattern(struct state *s, const char *what,
    const struct pattern *by);

/* No pattern of the list matches; where they stand. */
void trace_unmatched(struct state *s, const char *what,
    const struct patterns *p);

#endif
