/* SPDX-License-Identifier: Apache-2.0 */
/* --unlist: what the effective policy lets the caller do, for people. */
#ifndef UNDOCKER_LIST_H
#define UNDOCKER_LIST_H

#include "core/request/invocation.h"
#include "core/verdict/judge.h"

/*
 * What the caller may do, or all about the command that stands in i, as text
 * lines. False: j->fault.
 */
bool list_lines(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, const struct invocation *i, struct strv *lines);

/* One command, for one caller. */
struct listing {
	struct arena *arena;
	const struct effective *e;
	const struct caller *caller;
	struct strv *lines;
};

/* Whether the caller may give this flag of a WHITELIST at all. */
bool list_has(const struct listing *l, const struct docker_flag *f);

/* Whether the command has operands of one of these letters (docker_table.h). */
bool list_takes(const struct listing *l, const char *letters);

/* Whether a container that the command names must be the caller's own. */
bool list_own_only(const struct listing *l);

/* The patterns, blank-separated; at most `most` of them, then how many more. */
const char *list_patterns(
    const struct listing *l, const struct patterns *p, size_t most);

/* list_flag.c: "-m, --memory BYTES", and what there is to say about it. */
const char *list_flag_head(
    const struct listing *l, const struct docker_flag *f);
const char *list_flag_remarks(
    const struct listing *l, const struct docker_flag *f);

/* The values of a policy's words for a flag (NULL: all, with their names). */
const char *list_flag_words(const struct listing *l, const struct flag_settings *words,
    const struct docker_flag *f);

/* list_command.c: all about the command. */
void list_command(struct listing *l);

#endif
