/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the unit tests: all of them, or the suites that are named. 0: all
 * passed. With CK_FORK=yes each test of the core has a process of its own, too:
 * then one that crashes is named.
 */
#include "suites.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

struct suite {
	const char *name;
	Suite *(*make)(void);
};

#define ROW(name) { #name, name##_suite },
static const struct suite core[] = { CORE_SUITES(ROW) };
static const struct suite host[] = { HOST_SUITES(ROW) };
#undef ROW

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/*
 * Root's tests make files and mounts, and look at all mounts. Here they have a
 * /run, a /tmp and a table of mounts of their own: nothing outlives this
 * process, however a test ends, and no mount of undocker's on this machine is
 * in their way.
 */
static bool
enter_world(void)
{
	if (geteuid() != 0)
		return true;
	if (unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		return false;
	while (umount2("/run/undocker/mounts", MNT_DETACH) == 0)
		;
	return mount("none", "/run", "tmpfs", 0, "mode=0755") == 0 &&
	    mount("none", "/tmp", "tmpfs", 0, "mode=1777") == 0;
}

static bool
wanted(const char *name, int argc, char *const *argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], name) == 0)
			return true;
	}
	return argc < 2;
}

/* A runner of those suites that are wanted; *added grows by their number. */
static SRunner *
runner_of(const struct suite *suites, size_t n, int argc, char *const *argv,
    int *added)
{
	SRunner *runner = srunner_create(NULL);

	for (size_t i = 0; i < n; i++) {
		if (!wanted(suites[i].name, argc, argv))
			continue;
		srunner_add_suite(runner, suites[i].make());
		(*added)++;
	}
	return runner;
}

/* Runs and frees it; how many tests failed. */
static int
failures_of(SRunner *runner)
{
	int failed;

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed;
}

int
main(int argc, char **argv)
{
	int added = 0, failed = 0;
	SRunner *in_one = runner_of(core, ROWS(core), argc, argv, &added);
	SRunner *apart = runner_of(host, ROWS(host), argc, argv, &added);

	if (added < (argc < 2 ? 1 : argc - 1)) {
		fprintf(stderr, "tests: there is no such suite (see "
		    "tests/unit/suites.h)\n");
		srunner_free(in_one);
		srunner_free(apart);
		return EXIT_FAILURE;
	}
	if (!enter_world()) {
		perror("tests: no mounts of their own");
		return EXIT_FAILURE;
	}
	if (getenv("CK_FORK") == NULL)
		srunner_set_fork_status(in_one, CK_NOFORK);
	/* The smaller the process, the cheaper its forks: those come first. */
	failed += failures_of(apart);
	failed += failures_of(in_one);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
