/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the unit tests: all of them, or the suites that are named. 0: all
 * passed.
 */
#include "suites.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	Suite *(*suite)(void);
} suites[] = {
#define ROW(name) { #name, name##_suite },
	SUITES(ROW)
#undef ROW
};

static bool
wanted(const char *name, int argc, char *const *argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], name) == 0)
			return true;
	}
	return argc < 2;
}

int
main(int argc, char **argv)
{
	SRunner *runner = srunner_create(NULL);
	int added = 0, failed;

	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
		if (!wanted(suites[i].name, argc, argv))
			continue;
		srunner_add_suite(runner, suites[i].suite());
		added++;
	}
	if (added < (argc < 2 ? 1 : argc - 1)) {
		fprintf(stderr, "tests: there is no such suite\n");
		srunner_free(runner);
		return EXIT_FAILURE;
	}
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
