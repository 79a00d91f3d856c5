/* SPDX-License-Identifier: Apache-2.0 */
/* Paths: by components, as docker cleans them, and those in a container. */
#ifndef UNDOCKER_PATH_H
#define UNDOCKER_PATH_H

#include "core/base/arena.h"

#include <stdbool.h>

/* An absolute path as Go's path.Clean has it: no //, no . and no .. */
char *path_clean(struct arena *a, const char *path);

/* The part of path below dir, by components; NULL: it is not below it. */
const char *path_below(const char *dir, const char *path);

/*
 * Whether a path in the container may be a mount's target or the working
 * directory; cleaned is the path as docker will read it.
 */
bool path_target_valid(struct arena *a, const char *path,
    const char **cleaned, const char **reason);

/* Whether a cleaned path is /proc, /sys or /dev, or lies there. */
bool path_is_kernels(const char *path);

/*
 * Whether a path in the text has other spellings: "/../", "/./", "//" (but at
 * its beginning, where it names a server).
 */
bool path_odd(const char *text);

/*
 * A path in a container by the links that images usually have: /var/run is
 * /run, /bin is /usr/bin.
 */
const char *path_unlinked(struct arena *a, const char *path);

/* Whether a cleaned path lies right below /, also by such a link. */
bool path_is_top(struct arena *a, const char *path);

/* Whether a component of the path is "..". */
bool path_has_dot_dot(const char *path);

/*
 * Whether a cleaned path is one of the files that the engine's runtime opens in
 * the container, as root, at each start and exec: /etc/group, in which it looks
 * for the numbers of its groups, the caller's gid too (a group whose *name* is
 * such a number is that group, whatever gid it has: runc before 1.3), and
 * /etc/passwd. Who owns such a file can also hold up that open with a lease.
 */
bool path_is_accounts(const char *path);

#endif
