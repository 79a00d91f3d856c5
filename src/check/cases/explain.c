/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/explain.h"

#include "core/base/shellword.h"
#include "host/report.h"

struct strv
explain_lines(const struct rehearsal *q, bool allowed)
{
	const struct judge *j = &q->session.judge;
	struct strv lines = strv_new(q->arena);

	if (allowed) {
		strv_push(&lines, "verdict: allowed");
		strv_pushf(&lines, "final: %s",
		    shellword_join(q->arena, &q->shown));
	} else {
		strv_push(&lines, "verdict: refused");
		strv_pushf(&lines, "reason: %s",
		    report_fault_text(q->arena, &j->fault));
	}
	if (q->unseen)
		strv_pushf(&lines, "note: that could not be looked at here; "
		    "where %s works the answer may be another",
		    q->session.caller.user);
	for (size_t i = 0; i < j->notes.n; i++)
		strv_pushf(&lines, "note: %s", j->notes.v[i]);
	if (j->trace.n > 0)
		strv_push(&lines, "because:");
	for (size_t i = 0; i < j->trace.n; i++)
		strv_pushf(&lines, "    %s", j->trace.v[i]);
	return lines;
}

bool
explain(const struct rehearsal *q, bool allowed)
{
	struct strv lines = explain_lines(q, allowed);

	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(q->arena, lines.v[i]))
			return false;
	}
	return true;
}
