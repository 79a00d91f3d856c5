/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of a policy value: quotes group, variables expand inside quotes
 * too, \$ is a dollar. A value is split into words first; variables are filled
 * in afterwards and never split again, so that a directory's name stays one
 * word whatever is in it.
 */
#ifndef UNDOCKER_VALUE_WORDS_H
#define UNDOCKER_VALUE_WORDS_H

#include "core/base/caller.h"
#include "core/base/fault.h"

#include <stdbool.h>
#include <stddef.h>

enum variable {
	VAR_NONE = 0, /* literal text */
	VAR_USER, /* $USER, $USERNAME */
	VAR_U_UID,
	VAR_GROUP,
	VAR_U_GID,
	VAR_HOME,
	VAR_PWD,
	VAR_U_CGROUP, /* the caller's own cgroup */
	VAR_U_GROUPS, /* the word stands once for each supplementary gid */
};

struct piece {
	enum variable variable;
	const char *text; /* literal, or the variable's name */
};

/* One word, not yet expanded. */
struct word {
	struct piece *pieces;
	size_t n;
};

struct words {
	struct word *v;
	size_t n;
	size_t size;
};

/*
 * Splits a value. False: bad quoting or an unknown variable; *reason says
 * which, without file and line.
 */
bool value_words_split(struct words *out, struct arena *a, const char *value,
    const char **reason);

/* The word with its first n bytes of literal text cut off. */
struct word value_words_tail(struct arena *a, const struct word *w, size_t n);

/* The literal text that the word begins with, "" if it begins otherwise. */
const char *value_words_head(const struct word *w);

/* Whether a variable stands in the word. */
bool value_words_have(const struct word *w, enum variable variable);

/* Whether any variable stands in the word. */
bool value_words_vary(const struct word *w);

/*
 * The strings that the word stands for: one, or one a supplementary group
 * where it holds $U_GROUPS (none at all: none). separators are the bytes that
 * would change the meaning of the place where the value goes; a variable whose
 * value holds one is refused. False: *reason says why.
 */
bool value_words_expand(const struct word *w, struct arena *a,
    const struct caller *c, const char *separators, struct strv *out,
    const char **reason);

#endif
