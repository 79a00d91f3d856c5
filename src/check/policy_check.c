/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy_check.h"

#include "check/ask.h"
#include "core/decision.h"

void
policy_check(struct findings *f, const char *file)
{
	struct ask q = ask_new(f->arena, file);

	if (!ask_prepare(&q, NULL, NULL) ||
	    !effective_check(f->arena, q.policy, &q.caller,
		&q.decision.fault))
		findings_add(f, SEVERITY_ERROR, NULL, 0, "%s",
		    q.decision.fault.text);
}
