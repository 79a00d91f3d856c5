/* SPDX-License-Identifier: Apache-2.0 */
#include "check/explain.h"

#include "core/shellword.h"
#include "host/report.h"

/* "KEY: LINE" for each. */
static bool
explain_lines(struct arena *a, const char *key, const struct strv *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		if (!report_print_line(a,
		    arena_printf(a, "%s: %s", key, lines->v[i])))
			return false;
	}
	return true;
}

bool
explain(const struct ask *q, bool allowed)
{
	const struct decision *d = &q->decision;
	struct strv verdict = strv_new(q->arena);

	strv_pushf(&verdict, "verdict: %s", allowed ? "allow" : "deny");
	if (allowed)
		strv_pushf(&verdict, "final: %s",
		    shellword_join(q->arena, &d->final.shown));
	else
		strv_pushf(&verdict, "reason: %s",
		    report_fault_text(q->arena, &d->fault));
	if (!explain_lines(q->arena, "trace", &d->trace) ||
	    !explain_lines(q->arena, "note", &d->notes))
		return false;
	for (size_t i = 0; i < verdict.n; i++) {
		if (!report_print_line(q->arena, verdict.v[i]))
			return false;
	}
	return true;
}
