/* SPDX-License-Identifier: Apache-2.0 */
#include "check/params.h"

bool
params_section(struct strv *lines, struct client_help *h,
    const struct docker_command *c, struct fault *f)
{
	(void)lines;
	return client_help_of(h, c, f) != NULL;
}

int
params_run(struct arena *a, const char *policy_file, int argc, char **argv)
{
	(void)a;
	(void)policy_file;
	(void)argc;
	(void)argv;
	return 2;
}
