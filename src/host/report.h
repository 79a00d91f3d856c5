/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that prints. Whatever is printed here is escaped here. */
#ifndef UNDOCKER_REPORT_H
#define UNDOCKER_REPORT_H

#include "core/base/fault.h"
#include "core/base/strv.h"

#include <stdbool.h>

/* Exit code of every failure of undocker's own, as docker's. */
#define EXIT_REFUSED 125

/* "undocker: TEXT" on stderr, as one line whatever text holds. */
void report(struct arena *a, const char *text);

/* The same for each line, with what stands before it ("" for nothing). */
void report_lines(const char *before, const struct strv *lines);

/* The fault, and the administrator's contact line (NULL: there is none). */
void report_fault(struct arena *a, const struct fault *f, const char *contact);

/*
 * What a fault says, as the user reads it but for the "undocker: " before it.
 * Not escaped.
 */
const char *report_fault_text(struct arena *a, const struct fault *f);

/* text, as it is, on stdout. False: it could not be written whole. */
bool report_print(const char *text);

/* line, escaped, and a newline on stdout. False: as above. */
bool report_print_line(struct arena *a, const char *line);

/*
 * Prints "undocker: TEXT" (a constant) and ends with EXIT_REFUSED; fit for
 * signal handlers and for when there is no memory.
 */
_Noreturn void report_die(const char *text);

/*
 * Says the last words of report_die: on stderr, unless a door whose caller does
 * not read that has set another; fit for signal handlers, too.
 */
extern void (*report_last_words)(const char *text);

/* For arena_exhausted. */
_Noreturn void report_no_memory(void);

#endif
