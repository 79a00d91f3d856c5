/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a policy: refused, or the invariants hold under it; and who
 * collects its faults finds some exactly where it is refused.
 */
#include "invariants.h"

#include "check/policy/lint_policy.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_policy(struct arena *a, const uint8_t *data, size_t size, bool added)
{
	struct policy *p = policy_new(a);
	struct policy_faults faults = { .arena = a };
	struct findings found = findings_new(a);
	struct fault f = { 0 };
	struct strv users;
	struct lint_facts facts = { .unknown_users = &users };

	policy_collect(p, &faults);
	(void)policy_add(p, "policy", (const char *)data, size, false, &f);
	if ((faults.n == 0) != added)
		__builtin_trap();
	lint_policy_faults(&found, p, &faults);
	users = lint_policy_users(a, p);
	lint_policy(&found, p, &facts);
	findings_sort(&found);
	for (size_t i = 0; i < found.n; i++) {
		if (*finding_line(a, &found.v[i]) == '\0')
			__builtin_trap();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const lines[][9] = {
		{ "undocker", "run", "-it", "--rm", "-eTOKEN", "-v/a:/b",
		    "alpine", "ash" },
		{ "undocker", "run", "--name=x", "--env-file", "f", "-l", "a=b",
		    "ubuntu:14.04" },
		{ "undocker", "exec", "-w", "/b", "web1", "ash" },
		{ "undocker", "-D", "ps", "-a", "--filter=label=x" },
		{ "undocker", "rm", "web1", "-f" },
	};
	struct arena *a = arena_new();
	struct policy *p = policy_new(a);
	struct fault f = { 0 };
	bool added = policy_add(p, "policy", (const char *)data, size, false,
	    &f);

	check_policy(a, data, size, added);
	if (added) {
		for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
			char *argv[10] = { NULL };
			int n = 0;

			for (; n < 9 && lines[i][n] != NULL; n++)
				argv[n] = arena_strdup(a, lines[i][n]);
			invariants_check(a, p, invariants_caller(), n, argv,
			    ~0U);
		}
	} else if (f.kind != FAULT_POLICY || f.text == NULL) {
		__builtin_trap();
	}
	arena_free(a);
	return 0;
}
