/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/accounts.h"

#include "host/caller/group_file.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_FIRST 2048
#define BUFFER_MOST ((size_t)64 << 20) /* groups of directories can be large */

/*
 * The get*_r functions say "not found" with 0 and, depending on the service,
 * with some error numbers; see the NOTES of getpwnam(3). EBADF and EPERM, which
 * stand there too, come from a call that failed.
 */
static enum account_found
verdict(int error, const void *result)
{
	if (error == 0 && result != NULL)
		return ACCOUNT_FOUND;
	errno = error;
	switch (error) {
	case 0:
	case ENOENT:
	case ESRCH:
		return ACCOUNT_NONE;
	default:
		return ACCOUNT_ERROR;
	}
}

/* name NULL: by uid. */
static enum account_found
passwd_find(struct arena *a, const char *name, uid_t uid, struct passwd *pw)
{
	for (size_t size = BUFFER_FIRST; size <= BUFFER_MOST; size *= 4) {
		char *buffer = arena_alloc(a, size);
		struct passwd *result = NULL;
		int error = name != NULL ?
		    getpwnam_r(name, pw, buffer, size, &result) :
		    getpwuid_r(uid, pw, buffer, size, &result);

		if (error != ERANGE && error != EINTR)
			return verdict(error, result);
	}
	errno = ERANGE;
	return ACCOUNT_ERROR;
}

/* name NULL: by gid. */
static enum account_found
group_find(struct arena *a, const char *name, gid_t gid, struct group *gr)
{
	for (size_t size = BUFFER_FIRST; size <= BUFFER_MOST; size *= 4) {
		char *buffer = arena_alloc(a, size);
		struct group *result = NULL;
		int error = name != NULL ?
		    getgrnam_r(name, gr, buffer, size, &result) :
		    getgrgid_r(gid, gr, buffer, size, &result);

		if (error != ERANGE && error != EINTR)
			return verdict(error, result);
	}
	errno = ERANGE;
	return ACCOUNT_ERROR;
}

enum account_found
accounts_uid(struct arena *a, const char *name, uid_t *uid)
{
	struct passwd pw;
	enum account_found found = passwd_find(a, name, 0, &pw);

	if (found == ACCOUNT_FOUND)
		*uid = pw.pw_uid;
	return found;
}

/* NULL: the groups could not be listed. */
static gid_t *
account_groups(struct arena *a, const struct caller *c, size_t *n)
{
	int room = 64;

	for (int tries = 0; tries < 8; tries++) {
		gid_t *gids = arena_alloc(a, (size_t)room * sizeof(*gids));
		int count = room;

		if (getgrouplist(c->user, c->gid, gids, &count) >= 0) {
			*n = (size_t)count;
			return gids;
		}
		if (count <= room || count > 1 << 20)
			return NULL;
		room = count;
	}
	return NULL;
}

void
accounts_add_groups(struct caller *c, struct arena *a, const gid_t *gids,
    size_t n)
{
	gid_t *all = arena_alloc(a, (c->ngids + n + 1) * sizeof(*all));

	if (c->ngids > 0)
		memcpy(all, c->gids, c->ngids * sizeof(*all));
	c->gids = all;
	for (size_t i = 0; i < n; i++) {
		if (!caller_in_group(c, gids[i]))
			all[c->ngids++] = gids[i];
	}
}

bool
accounts_groups(struct caller *c, struct arena *a, struct fault *f)
{
	size_t n = 0;
	gid_t *listed = account_groups(a, c, &n);

	if (listed == NULL)
		return fault_set(f, a, FAULT_REFUSED,
		    "the groups of '%s' cannot be looked up", c->user);
	accounts_add_groups(c, a, listed, n);
	return true;
}

bool
accounts_caller(struct caller *c, struct arena *a, uid_t uid, struct fault *f)
{
	struct passwd pw;
	struct group gr;

	switch (passwd_find(a, NULL, uid, &pw)) {
	case ACCOUNT_FOUND:
		break;
	case ACCOUNT_NONE:
		return fault_set(f, a, FAULT_REFUSED,
		    "the user id %lu has no account here", (unsigned long)uid);
	case ACCOUNT_ERROR:
	default:
		return fault_set(f, a, FAULT_REFUSED,
		    "the account of user id %lu cannot be looked up: %s",
		    (unsigned long)uid, strerror(errno));
	}
	if (pw.pw_uid != uid)
		return fault_set(f, a, FAULT_REFUSED,
		    "the account of user id %lu has another id",
		    (unsigned long)uid);
	c->uid = uid;
	c->gid = pw.pw_gid;
	c->user = pw.pw_name;
	c->home = pw.pw_dir;
	switch (group_find(a, NULL, c->gid, &gr)) {
	case ACCOUNT_FOUND:
		c->group = gr.gr_name;
		break;
	case ACCOUNT_NONE:
		break;
	case ACCOUNT_ERROR:
	default:
		return fault_set(f, a, FAULT_REFUSED,
		    "the group id %lu cannot be looked up: %s",
		    (unsigned long)c->gid, strerror(errno));
	}
	return true;
}

/* Both as the file has them, or else as NSS. */
static enum account_found
group_named(struct arena *a, const struct group_file *file, const char *name,
    gid_t *gid, bool *named, const char *user)
{
	const struct group_line *line = group_file_find(file, name);
	enum account_found found;
	struct group gr;

	*named = false;
	if (line != NULL) {
		*gid = line->gid;
		*named = user != NULL && group_file_names(line, user);
		return ACCOUNT_FOUND;
	}
	found = group_find(a, name, 0, &gr);
	if (found != ACCOUNT_FOUND)
		return found;
	*gid = gr.gr_gid;
	for (char **m = gr.gr_mem; user != NULL && *m != NULL; m++)
		*named = *named || strcmp(*m, user) == 0;
	return found;
}

static bool
answer_one(struct policy_group *group, const struct group_file *file,
    const struct caller *c, struct arena *a, struct fault *f)
{
	bool named;

	switch (group_named(a, file, group->name, &group->gid, &named,
	    c == NULL ? NULL : c->user)) {
	case ACCOUNT_FOUND:
		group->state = GROUP_KNOWN;
		break;
	case ACCOUNT_NONE:
		group->state = GROUP_UNKNOWN;
		return true;
	case ACCOUNT_ERROR:
	default:
		return fault_set(f, a, FAULT_REFUSED,
		    "the group '%s' of the policy cannot be looked up: "
		    "%s", group->name, strerror(errno));
	}
	if (!named || caller_in_group(c, group->gid))
		return true;
	return fault_set(f, a, FAULT_REFUSED,
	    "the accounts name '%s' as a member of '%s', but do not list that "
	    "group as one of his: try again", c->user, group->name);
}

bool
accounts_answer(struct policy_group *const *groups, size_t n,
    const struct caller *c, struct arena *a, struct fault *f)
{
	struct group_file file;
	const char *why = NULL;

	if (n == 0)
		return true;
	if (!group_file_read(&file, a, &why))
		return fault_set(f, a, FAULT_REFUSED,
		    "the groups of the policy cannot be looked up: %s", why);
	for (size_t i = 0; i < n; i++) {
		if (!answer_one(groups[i], &file, c, a, f))
			return false;
	}
	return true;
}
