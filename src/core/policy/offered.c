/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/offered.h"

#include "core/policy/effective.h"

#include <string.h>

bool
offered_in_vain(const struct docker_command *command, const struct caller *c)
{
	return c->uid != 0 && docker_command_has(command, TRAIT_ROOTS);
}

const char *
offered_commands(
    struct arena *a, const struct policy *p, const struct caller *c)
{
	struct strv names = strv_new(a);

	for (size_t n = 0; docker_command_at(n) != NULL; n++) {
		const struct docker_command *command = docker_command_at(n);

		if (offered_in_vain(command, c))
			continue;
		for (size_t i = 0; i < p->n; i++) {
			if (p->sections[i]->command == command &&
			    effective_applies(p->sections[i], c)) {
				strv_push(&names, command->name);
				break;
			}
		}
	}
	return names.n == 0 ? "nothing to you" : strv_join(&names, " ");
}
