/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a policy: refused, or the invariants hold under it. */
#include "invariants.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

	if (policy_add(p, "policy", (const char *)data, size, false, &f)) {
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
