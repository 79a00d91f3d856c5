/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy_cases.h"

int
policy_cases_run(
    struct arena *a, const char *policy_file, const char *cases_file)
{
	(void)a;
	(void)policy_file;
	(void)cases_file;
	return 2;
}
