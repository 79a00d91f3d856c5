/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of the client's system call filter, and the instructions that
 * libseccomp makes of them. For the build and the tests: the runtime has the
 * instructions only.
 */
#ifndef UNDOCKER_CLIENT_RULES_H
#define UNDOCKER_CLIENT_RULES_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLIENT_RULES_MOST 512 /* instructions */

/*
 * The values of the one execveat that stays allowed: descriptor, path, argv,
 * environment. Its flags are AT_EMPTY_PATH.
 */
#define CLIENT_EXEC_VALUES 4

struct client_program {
	struct sock_filter code[CLIENT_RULES_MOST];
	size_t n;
};

/*
 * The program for these values. Where libseccomp lacks memory it may say
 * success and leave rules out, so the program is tried on what each rule is to
 * refuse. False: *why.
 */
bool client_rules(struct client_program *p,
    const uint64_t values[CLIENT_EXEC_VALUES], const char **why);

#endif
