/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of sudo's rules, as cvtsudoers prints them in JSON: do they speak of
 * this program, this host, root? Pure.
 */
#ifndef UNDOCKER_SUDO_MATCH_H
#define UNDOCKER_SUDO_MATCH_H

#include "core/arena.h"

#include <jansson.h>
#include <stdbool.h>

/* MAYBE: for some users, words or addresses that nobody asks about here. */
enum sudo_match { SUDO_NO = 0, SUDO_MAYBE, SUDO_YES };

/* A list of commands, and a program by its path, whatever its arguments. */
enum sudo_match sudo_commands(const json_t *list, const char *program);

/* Whether the list has ALL commands. */
bool sudo_all_commands(const json_t *list);

/* host is the host's name, with or without its domain. */
enum sudo_match sudo_hosts(const json_t *list, const char *host);

/* Whether a list of users to run as has root. */
enum sudo_match sudo_has_root(const json_t *list);

/* A list of users, as sudoers has it ("%lab, bob"). */
const char *sudo_users(struct arena *a, const json_t *list);

/* Whether it names nobody but root. */
bool sudo_only_root(const json_t *list);

/* Whom a Defaults entry is for. */
enum sudo_scope { SCOPE_ANY, SCOPE_HOST, SCOPE_USER, SCOPE_COMMAND };
enum sudo_scope sudo_scope(const json_t *binding);

#endif
