/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ALLOWEDPATHS and RESTRICTEDPATHS: which host paths a mount may use. The
 * longest ALLOWEDPATHS that covers a path, by components, says what may be done
 * with it (of equals the one that gives more); the longest RESTRICTEDPATHS, if
 * it is as long or longer, takes away, and gives nothing.
 */
#ifndef UNDOCKER_PATH_RULES_H
#define UNDOCKER_PATH_RULES_H

#include "core/base/caller.h"
#include "core/policy/need.h"
#include "core/policy/section.h"

#include <stdbool.h>
#include <stddef.h>

/* From the strictest on. */
enum path_grade { PATH_REFUSED = 0, PATH_READ_ONLY, PATH_WRITABLE };

struct path_rule {
	const char *path; /* absolute, cleaned, variables filled in */
	enum path_grade grade;
	const struct setting *setting;
	struct need *need; /* NEED_PATH: where root's links lead it */
};

struct path_rules {
	struct path_rule *v;
	size_t n;
	size_t size;
	bool bounded; /* there is an ALLOWEDPATHS */
	struct strv allowed; /* its words, for messages */
};

/*
 * Adds the words of a setting. c NULL: they are only looked at. False:
 * *reason.
 */
bool path_rules_read(struct path_rules *out, struct arena *a,
    const struct setting *setting, const struct caller *c,
    const char **reason);

/*
 * What may be done with a physical path. *by is the rule that says so, NULL
 * where none does. A path above a stricter one is as strict: everything below
 * a mount's source is in the container.
 */
enum path_grade path_rules_grade(const struct path_rules *rules,
    const char *path, const struct path_rule **by);

/* Whether a rule is for the path itself, and not for something below it. */
bool path_rules_cover(const struct path_rule *r, const char *path);

#endif
