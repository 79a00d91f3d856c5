/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the core must know of the world before it can settle a verdict. The
 * core writes the question; the host side looks and writes the answer, always
 * with the caller's own rights. A question that was not answered is a refusal.
 */
#ifndef UNDOCKER_NEED_H
#define UNDOCKER_NEED_H

#include "core/strv.h"

#include <stdbool.h>
#include <stddef.h>

enum need_kind {
	NEED_SOURCE, /* a bind mount's source: open it as the caller */
	NEED_BELOW, /* does `below` exist beneath `path`, no links followed? */
	NEED_FILE, /* the bytes of a file, read as the caller */
};

enum need_state {
	NEED_OPEN = 0, /* not answered: a refusal */
	NEED_FAILED, /* `error` says why */
	NEED_MET,
};

struct need {
	enum need_kind kind;
	const char *path; /* absolute, or relative to the caller's cwd */
	const char *below; /* NEED_BELOW: relative, no "..", no leading / */
	bool wants_steady; /* NEED_BELOW: nobody but root may exchange it */

	enum need_state state;
	const char *error; /* NEED_FAILED: as strerror says it */
	const char *resolved; /* NEED_SOURCE: the physical absolute path */
	bool writable; /* NEED_SOURCE: the caller may write there */
	bool holds_mounts; /* NEED_SOURCE: something is mounted below it */
	const char *bytes; /* NEED_FILE: content, NUL behind it */
	size_t size;
};

struct needs {
	struct need **v;
	size_t n;
	size_t size;
};

/* A new open question at the end of needs. */
struct need *needs_add(struct needs *needs, struct arena *a,
    enum need_kind kind, const char *path);

#endif
