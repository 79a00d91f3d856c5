/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with a policy or a host: one line each, with its place. */
#ifndef UNDOCKER_FINDING_H
#define UNDOCKER_FINDING_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum severity {
	SEVERITY_ERROR, /* undocker refuses to work with it, or it is open */
	SEVERITY_WARNING, /* it works, and probably not as it was meant */
	SEVERITY_NOTE, /* a fact that the reader may want to know */
};

struct finding {
	enum severity severity;
	const char *file; /* NULL: no file is to blame */
	unsigned line; /* 0: the file as a whole */
	const char *text; /* one sentence, without file and severity */
};

struct findings {
	struct arena *arena;
	struct finding *v;
	size_t n;
	size_t size;
};

struct findings findings_new(struct arena *a);

/* Adds one; file is kept, not copied. */
void findings_add(struct findings *f, enum severity severity, const char *file,
    unsigned line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * "FILE:LINE: severity: text", the parts that there are; not escaped. The
 * string is the arena's.
 */
const char *finding_line(struct arena *a, const struct finding *f);

/* By file (in the order in which files came up) and line. */
void findings_sort(struct findings *f);

bool findings_have(const struct findings *f, enum severity severity);

#endif
