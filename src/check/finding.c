/* SPDX-License-Identifier: Apache-2.0 */
#include "check/finding.h"

#include <stdarg.h>
#include <string.h>

struct findings
findings_new(struct arena *a)
{
	return (struct findings) { .arena = a };
}

void
findings_add(struct findings *f, enum severity severity, const char *file,
    unsigned line, const char *format, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, format);
	text = arena_vprintf(f->arena, format, ap);
	va_end(ap);
	f->v = arena_room(f->arena, f->v, f->n, &f->size, sizeof(*f->v));
	f->v[f->n++] = (struct finding) { .severity = severity, .file = file,
		.line = line, .text = text };
}

const char *
finding_line(struct arena *a, const struct finding *f)
{
	static const char *const names[] = { "error", "warning", "note" };
	const char *severity = names[f->severity];

	if (f->file == NULL)
		return arena_printf(a, "%s: %s", severity, f->text);
	if (f->line == 0)
		return arena_printf(a, "%s: %s: %s", f->file, severity,
		    f->text);
	return arena_printf(a, "%s:%u: %s: %s", f->file, f->line, severity,
	    f->text);
}

/* Which file of the findings this one is, by first appearance. */
static size_t
file_rank(const struct findings *f, const char *file)
{
	size_t i = 0;

	while (file != NULL && (f->v[i].file == NULL ||
	    strcmp(f->v[i].file, file) != 0))
		i++;
	return i;
}

struct ranked {
	struct finding finding;
	size_t file;
};

/* Insertion keeps what is equal in its order; findings are few. */
void
findings_sort(struct findings *f)
{
	struct ranked *r = arena_alloc(f->arena, (f->n + 1) * sizeof(*r));

	for (size_t i = 0; i < f->n; i++) {
		struct ranked one = { .finding = f->v[i],
			.file = file_rank(f, f->v[i].file) };
		size_t at = i;

		for (; at > 0 && (r[at - 1].file > one.file ||
		    (r[at - 1].file == one.file &&
		    r[at - 1].finding.line > one.finding.line)); at--)
			r[at] = r[at - 1];
		r[at] = one;
	}
	for (size_t i = 0; i < f->n; i++)
		f->v[i] = r[i].finding;
}

bool
findings_have(const struct findings *f, enum severity severity)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].severity == severity)
			return true;
	}
	return false;
}
