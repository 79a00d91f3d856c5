/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/explain.h"

#include "core/base/shellword.h"
#include "host/report.h"

struct strv
explain_lines(const struct ask *q, bool allowed)
{
	const struct decision *d = &q->decision;
	struct strv lines = strv_new(q->arena);

	if (allowed) {
		strv_push(&lines, "verdict: allowed");
		strv_pushf(&lines, "final: %s",
		    shellword_join(q->arena, &d->final.shown));
	} else {
		strv_push(&lines, "verdict: refused");
		strv_pushf(&lines, "reason: %s",
		    report_fault_text(q->arena, &d->fault));
	}
	if (q->unseen)
		strv_pushf(&lines, "note: that could not be looked at here; "
		    "where %s works the answer may be another",
		    q->caller.user);
	for (size_t i = 0; i < d->notes.n; i++)
		strv_pushf(&lines, "note: %s", d->notes.v[i]);
	if (d->trace.n > 0)
		strv_push(&lines, "because:");
	for (size_t i = 0; i < d->trace.n; i++)
		strv_pushf(&lines, "    %s", d->trace.v[i]);
	return lines;
}

bool
explain(const struct ask *q, bool allowed)
{
	struct strv lines = explain_lines(q, allowed);

	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(q->arena, lines.v[i]))
			return false;
	}
	return true;
}
