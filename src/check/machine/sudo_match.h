/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of sudo's rules, as cvtsudoers prints them in JSON: do they speak of
 * this program, this host, root? Pure.
 */
#ifndef UNDOCKER_SUDO_MATCH_H
#define UNDOCKER_SUDO_MATCH_H

#include "core/base/arena.h"

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

/* MAYBE: for some users, words or addresses that nobody asks about here. */
enum sudo_match { SUDO_NO = 0, SUDO_MAYBE, SUDO_YES };

/*
 * Whether a path of sudo's rules, which may have wildcards, is another way to
 * the program: the same file.
 */
typedef bool sudo_same_file(const char *path, const char *program);

struct sudo_program {
	const char *path;
	sudo_same_file *same; /* NULL: one of its name elsewhere is as good */
};

/* A list of commands, and a program, whatever its arguments. */
enum sudo_match sudo_match_commands(
    const json_t *list, const struct sudo_program *program);

/* Whether the list has ALL commands. */
bool sudo_match_all_commands(const json_t *list);

/* host is the host's name, with or without its domain. */
enum sudo_match sudo_match_hosts(const json_t *list, const char *host);

/* Whether a list of users to run as has root. */
enum sudo_match sudo_match_root(const json_t *list);

/* Whether a list of groups to run as has this one. */
bool sudo_match_group(const json_t *list, const char *name, gid_t gid);

/* A list of users, as sudoers has it ("%lab, bob"). */
const char *sudo_match_users(struct arena *a, const json_t *list);

/* Whether it names nobody but root. */
bool sudo_match_only_root(const json_t *list);

/* Whom a Defaults entry is for. */
enum sudo_match_scope { SCOPE_ANY, SCOPE_HOST, SCOPE_USER, SCOPE_COMMAND };
enum sudo_match_scope sudo_match_scope(const json_t *binding);

#endif
