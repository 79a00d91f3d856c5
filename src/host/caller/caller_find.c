/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/caller_find.h"

#include "core/base/envpack.h"
#include "host/caller/accounts.h"
#include "host/caller/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define INITIAL_USER_NS 0xEFFFFFFDU /* PROC_USER_INIT_INO */
#define LOGIN_UID_UNSET 4294967295U

/* "0" or digits without a leading zero, below the "no such uid" of chown. */
static bool
parse_uid(const char *s, uid_t *uid)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; s[i] >= '0' && s[i] <= '9' && i < 11; i++)
		n = n * 10 + (uint64_t)(s[i] - '0');
	if (i == 0 || s[i] != '\0' || (s[0] == '0' && i > 1) ||
	    n >= UINT32_MAX)
		return false;
	*uid = (uid_t)n;
	return true;
}

/* The variable's value, or NULL; *count says how often it stands there. */
static const char *
variable(char *const *env, const char *name, size_t *count)
{
	const size_t n = strlen(name);
	const char *value = NULL;

	*count = 0;
	for (; *env != NULL; env++) {
		if (strncmp(*env, name, n) != 0 || (*env)[n] != '=')
			continue;
		value = *env + n + 1;
		(*count)++;
	}
	return value;
}

/* A small file of the kernel's, with a NUL. -1: errno says why not. */
static ssize_t
read_proc(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t n;
	int error;

	if (fd < 0)
		return -1;
	n = read(fd, text, size - 1);
	error = errno;
	(void)close(fd);
	errno = error;
	if (n >= 0)
		text[n] = '\0';
	return n;
}

/* In a user namespace of his own anybody is root, and uids mean nothing. */
static bool
initial_namespace(struct arena *a, struct fault *f)
{
	char map[128], squeezed[128];
	size_t n = 0;
	struct stat st;

	if (stat("/proc/self/ns/user", &st) != 0 ||
	    read_proc("/proc/self/uid_map", map, sizeof(map)) < 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "the user namespace is unknown: %s", strerror(errno));
	for (const char *p = map; *p != '\0'; p++) {
		bool blank = strchr(" \t\n", *p) != NULL;

		if (!blank)
			squeezed[n++] = *p;
		else if (n > 0 && squeezed[n - 1] != ' ')
			squeezed[n++] = ' ';
	}
	squeezed[n] = '\0';
	if (st.st_ino != INITIAL_USER_NS ||
	    strcmp(squeezed, "0 0 4294967295 ") != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "undocker does not work inside a user namespace");
	return true;
}

/*
 * Root without sudo's word for it: is it really root, or did somebody log in
 * as himself and come here by su, doas, pkexec or the like?
 */
static bool
root_itself(char *const *env, struct arena *a, struct fault *f)
{
	size_t doas, pkexec;
	char text[32];
	uid_t login;
	ssize_t n;

	(void)variable(env, "DOAS_USER", &doas);
	(void)variable(env, "PKEXEC_UID", &pkexec);
	if (doas > 0 || pkexec > 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "only sudo and undocker-rts say for whom this runs, doas "
		    "and pkexec do not: run 'undocker'");
	n = read_proc("/proc/self/loginuid", text, sizeof(text));
	if (n < 0 && errno == ENOENT)
		return true; /* a kernel without audit */
	if (n > 0 && strcmp(text, "4294967295") == 0)
		return true;
	if (n <= 0 || !parse_uid(text, &login))
		return fault_set(f, a, FAULT_REFUSED,
		    "the login uid is unknown");
	if (login != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "root, but logged in as user id %lu: run 'undocker' as "
		    "that user, or with sudo", (unsigned long)login);
	return true;
}

/* Where nobody can tell whether there is such an account, f says so. */
static enum account_found
account_named(struct arena *a, const char *name, uid_t *uid, struct fault *f)
{
	enum account_found found = accounts_uid(a, name, uid);

	if (found == ACCOUNT_ERROR)
		(void)fault_set(f, a, FAULT_REFUSED,
		    "the account '%s' cannot be looked up: %s", name,
		    strerror(errno));
	return found;
}

/* What sudo says of its caller, checked against the accounts. */
static bool
sudo_caller(char *const *env, uid_t *uid, struct arena *a, struct fault *f)
{
	size_t uids, users, doas, pkexec;
	const char *text = variable(env, "SUDO_UID", &uids);
	const char *user = variable(env, "SUDO_USER", &users);
	enum account_found found;
	uid_t named;

	(void)variable(env, "DOAS_USER", &doas);
	(void)variable(env, "PKEXEC_UID", &pkexec);
	if (uids != 1 || users != 1 || doas + pkexec > 0 ||
	    !parse_uid(text, uid))
		return fault_set(f, a, FAULT_REFUSED,
		    "SUDO_UID and SUDO_USER are not as sudo sets them");
	found = account_named(a, user, &named, f);
	if (found == ACCOUNT_ERROR)
		return false;
	if (found == ACCOUNT_FOUND && named == *uid)
		return true;
	return fault_set(f, a, FAULT_REFUSED,
	    "SUDO_UID=%s is not the id of SUDO_USER=%s", text, user);
}

/*
 * The kernel's word, not libc's: that would walk up a directory tree of the
 * caller's where the path is out of reach.
 */
static const char *
working_directory(struct arena *a)
{
	char path[PATH_MAX + 1];
	long n = syscall(SYS_getcwd, path, sizeof(path));

	if (n <= 1 || path[0] != '/')
		return NULL;
	return arena_strndup(a, path, (size_t)n - 1);
}

/* The groups that the kernel holds for this process. NULL: it did not say. */
static gid_t *
kernel_groups(struct arena *a, size_t *n)
{
	int count = getgroups(0, NULL);
	gid_t *gids;

	if (count < 0)
		return NULL;
	gids = arena_alloc(a, ((size_t)count + 1) * sizeof(*gids));
	if (getgroups(count, gids) != count)
		return NULL;
	*n = (size_t)count;
	return gids;
}

bool
caller_find(struct caller *c, enum caller_way *way, struct arena *a,
    char *const *env, struct fault *f)
{
	uid_t uid = getuid();
	gid_t *gids;
	size_t n = 0, set;

	*c = (struct caller) { 0 };
	if (geteuid() != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "undocker-rt works as root only: run 'undocker', which "
		    "finds the way up (sudo or undocker-rts)");
	gids = kernel_groups(a, &n);
	if (gids == NULL)
		return fault_set(f, a, FAULT_REFUSED,
		    "the caller's groups are unknown: %s", strerror(errno));
	if (!initial_namespace(a, f) || !identity_root(a, f))
		return false;
	*way = WAY_SHIM;
	if (uid == 0) {
		(void)variable(env, "SUDO_UID", &set);
		*way = set > 0 ? WAY_SUDO : WAY_ROOT;
		if (set > 0 ? !sudo_caller(env, &uid, a, f) :
		    !root_itself(env, a, f))
			return false;
	}
	if (!accounts_caller(c, a, uid, f))
		return false;
	if (*way != WAY_SUDO) /* sudo's are root's */
		accounts_add_groups(c, a, gids, n);
	c->cwd = working_directory(a);
	if (!envpack_open(a, env, &c->env))
		return fault_set(f, a, FAULT_REFUSED,
		    "the caller's environment did not arrive whole");
	return true;
}

bool
caller_find_named(struct caller *c, struct arena *a, const char *name,
    char *const *env, struct fault *f)
{
	enum account_found found = ACCOUNT_FOUND;
	uid_t uid = getuid();
	gid_t *gids = NULL;
	size_t n = 0;

	*c = (struct caller) { 0 };
	if (name != NULL)
		found = account_named(a, name, &uid, f);
	if (found == ACCOUNT_NONE)
		return fault_set(f, a, FAULT_REFUSED,
		    "there is no user '%s' here", name);
	if (found != ACCOUNT_FOUND)
		return false;
	/* One's own groups of this session count, as they do for the shim. */
	if (uid == getuid() && (gids = kernel_groups(a, &n)) == NULL)
		return fault_set(f, a, FAULT_REFUSED,
		    "the caller's groups are unknown: %s", strerror(errno));
	if (!accounts_caller(c, a, uid, f))
		return false;
	accounts_add_groups(c, a, gids, n);
	if (!accounts_groups(c, a, f))
		return false;
	c->cwd = working_directory(a);
	c->env = strv_new(a);
	for (; *env != NULL; env++)
		strv_push(&c->env, *env);
	return true;
}
