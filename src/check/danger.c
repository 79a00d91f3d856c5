/* SPDX-License-Identifier: Apache-2.0 */
#include "check/danger.h"

#include <string.h>

static const struct danger dangers[] = {
#define DANGER(command, flag, cure, why) { command, flag, CURE_##cure, why },
#include "check/danger.def"
#undef DANGER
};

const struct danger *
danger_of(const struct docker_command *c, const struct docker_flag *f)
{
	const char *command = c == NULL ? "" : c->name;
	size_t n = strcspn(f->names, "|");

	for (size_t i = 0; i < sizeof(dangers) / sizeof(dangers[0]); i++) {
		const struct danger *d = &dangers[i];

		if ((strcmp(d->command, command) == 0 ||
		    strcmp(d->command, "*") == 0) &&
		    strlen(d->flag) == n &&
		    strncmp(d->flag, f->names, n) == 0)
			return d;
	}
	return NULL;
}
