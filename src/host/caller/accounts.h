/* SPDX-License-Identifier: Apache-2.0 */
/* What the system's accounts (files, LDAP, SSSD: NSS) know. */
#ifndef UNDOCKER_ACCOUNTS_H
#define UNDOCKER_ACCOUNTS_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum account_found {
	ACCOUNT_ERROR = 0, /* nobody could tell; errno is set */
	ACCOUNT_NONE, /* there is no such account */
	ACCOUNT_FOUND,
};

/* The uid that a user name stands for. */
enum account_found accounts_uid(struct arena *a, const char *name, uid_t *uid);

/*
 * Fills user, uid, gid, group and home of c from the account of this uid.
 * False: f says that there is none, or that the look-up failed.
 */
bool accounts_caller(
    struct caller *c, struct arena *a, uid_t uid, struct fault *f);

/* Adds the n gids to c's, leaving out doubles and the primary group. */
void accounts_add_groups(
    struct caller *c, struct arena *a, const gid_t *gids, size_t n);

/*
 * Adds the groups that the accounts list for c. On most hosts this is the
 * dearest look-up of all. False: f.
 */
bool accounts_groups(struct caller *c, struct arena *a, struct fault *f);

/*
 * Says of each group whether the accounts know it. False: a look-up failed,
 * which is not the same as an unknown group, or a group names c as its member
 * that is not among c's: getgrouplist(3) is silent where it could not read all.
 * c NULL: this is about nobody.
 */
bool accounts_answer(struct policy_group *const *groups, size_t n,
    const struct caller *c, struct arena *a, struct fault *f);

#endif
