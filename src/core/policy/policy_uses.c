/* SPDX-License-Identifier: Apache-2.0 */
/* Which variables a policy speaks of, so that nobody looks for others. */
#include "core/policy/policy.h"
#include "core/policy/section.h"

#include <string.h>

bool
policy_uses(const struct policy *p, const char *variable)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t k = 0; k < s->n; k++) {
			if (strstr(s->settings[k].value, variable) != NULL)
				return true;
		}
	}
	return false;
}
