/* SPDX-License-Identifier: Apache-2.0 */
/* The host's side of a mount: what was found, and whether a policy gives it. */
#ifndef UNDOCKER_MOUNTS_SOURCES_H
#define UNDOCKER_MOUNTS_SOURCES_H

#include "core/verdict/state.h"

/* Where the policy's own paths lead is asked, once anything is mounted. */
void mounts_sources_rules(struct state *s, struct path_rules *rules);

/* Whether a source was found that can be mounted, and where it is. */
bool mounts_sources_found(struct state *s, struct need *n, const char *given,
    const char **source, const char **reason);

/*
 * Whether the paths of a policy give it; *read_only is set where only so.
 * forced: no ALLOWEDPATHS is needed.
 */
bool mounts_sources_allowed(struct state *s, const struct path_rules *rules,
    const char *path, bool forced, bool *read_only, const char **reason);

#endif
