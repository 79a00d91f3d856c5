/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client_help.h"

bool
help_flags_read(struct help_flags *out, struct arena *a, const char *text,
    const char **reason)
{
	(void)out;
	(void)a;
	(void)text;
	*reason = "is not read yet";
	return false;
}

bool
client_help_open(struct client_help *h, struct arena *a, const char *path,
    struct fault *f)
{
	*h = (struct client_help) { .arena = a, .path = path };
	return fault_set(f, a, FAULT_REFUSED, "%s is not asked yet", path);
}

const struct help_flags *
client_help_of(struct client_help *h, const struct docker_command *c,
    struct fault *f)
{
	(void)h;
	(void)c;
	(void)f;
	return NULL;
}

const struct help_flag *
help_flags_find(const struct help_flags *flags, const struct docker_flag *f)
{
	(void)flags;
	(void)f;
	return NULL;
}
