/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A policy file's bytes as sections and settings, with their true values and
 * line numbers. inih does the INI part, but it cuts long lines and names
 * silently, so it sees a short stand-in for each line and the true bytes are
 * taken back from here.
 */
#ifndef UNDOCKER_POLICY_LINES_H
#define UNDOCKER_POLICY_LINES_H

#include "core/policy/policy.h"

#include <stddef.h>

/* A logical line (continuations joined) is at most this long. */
#define POLICY_LINE_MAX ((size_t)1024 * 1024)

struct policy_line {
	unsigned number; /* of its first physical line */
	const char *section; /* [SECTION]: what stands between the brackets;
				NULL: they could not be read (a collected
				fault) */
	const char *key; /* KEY=VALUE; NULL for a section */
	const char *value; /* without blanks around; "" where empty */
};

struct policy_lines {
	struct policy_line *v;
	size_t n;
	size_t size;
	struct policy_faults *faults; /* as policy_collect; NULL: none */
};

/*
 * Reads the bytes. False: f says name, line and reason (FAULT_POLICY). Where
 * faults are collected, lines that have one are left out.
 */
bool policy_lines_read(struct policy_lines *lines, struct arena *a,
    const char *name, const char *bytes, size_t size, struct fault *f);

#endif
