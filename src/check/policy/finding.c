/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/finding.h"

#include "core/base/strmap.h"

#include <stdarg.h>
#include <stdlib.h>

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
	ARENA_ADD(f->arena, f, (struct finding) { .severity = severity,
	    .file = file, .line = line, .text = text });
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

struct ranked {
	struct finding finding;
	size_t file; /* which one of the findings' files, by first appearance */
	size_t at;
};

static struct ranked *
ranked_by_file(const struct findings *f)
{
	struct ranked *r = arena_alloc(f->arena, (f->n + 1) * sizeof(*r));
	struct strmap files = strmap_new(f->arena);

	for (size_t i = 0; i < f->n; i++) {
		const char *file = f->v[i].file;
		struct ranked *first = NULL;

		r[i] = (struct ranked) { .finding = f->v[i], .at = i };
		if (file == NULL)
			continue; /* the machine as a whole, or nobody: first */
		first = strmap_get(&files, file);
		if (first == NULL)
			*strmap_at(&files, file) = first = &r[i];
		r[i].file = first->at + 1;
	}
	return r;
}

static int
compare(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->finding.line != b->finding.line)
		return a->finding.line < b->finding.line ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

void
findings_sort(struct findings *f)
{
	struct ranked *r = ranked_by_file(f);

	qsort(r, f->n, sizeof(*r), compare);
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
