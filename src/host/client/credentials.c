/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/credentials.h"

#include "core/docker/docker_command.h"
#include "host/engine/engine_json.h"
#include "host/files/trust_directory.h"
#include "host/read_whole.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILE_NAME "config.json"
#define FILE_MOST ((size_t)1 << 16)
#define LOGIN_MEMORY ((rlim_t)256 << 20)

enum use { USE_NONE, USE_READ, USE_LOGIN, USE_LOGOUT };

static enum use
use_of(const char *command)
{
	if (strcmp(command, "login") == 0)
		return USE_LOGIN;
	if (strcmp(command, "logout") == 0)
		return USE_LOGOUT;
	return docker_command_has(docker_command_named(command),
	    TRAIT_USES_LOGIN) ? USE_READ : USE_NONE;
}

/* The user's directory; make: also where there is none yet. */
static int
directory_open(uid_t user, bool make, struct arena *a, const char **why)
{
	const char *name = arena_printf(a, "%lu", (unsigned long)user);
	const char *path = arena_printf(a, CREDENTIALS_DIR "/%s", name);
	struct stat st;
	int parent, fd;

	if (!make && lstat(path, &st) != 0 && errno == ENOENT) {
		*why = NULL;
		return -1;
	}
	fd = trust_directory(a, CREDENTIALS_PARENT, "undocker", 0755, why);
	if (fd < 0)
		return -1;
	(void)close(fd);
	parent = trust_directory(a, CREDENTIALS_PARENT "/undocker", "login",
	    0700, why);
	if (parent < 0)
		return -1;
	if (make && mkdirat(parent, name, 0700) != 0 && errno != EEXIST)
		*why = strerror(errno);
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	if (fd < 0)
		*why = strerror(errno);
	(void)close(parent);
	return fd;
}

/* The client's own, and nobody else's. */
static bool
owned(int fd, uid_t client, mode_t mode)
{
	return fchown(fd, client, 0) == 0 && fchmod(fd, mode) == 0;
}

/* Registries with texts: nothing that names programs, engines or proxies. */
static const char *
content_fault(const char *bytes, size_t size)
{
	const char *fault = NULL, *key, *member;
	json_t *json = engine_json(bytes, size, &fault), *value, *auths, *text;

	if (!json_is_object(json))
		fault = "is not sound JSON";
	json_object_foreach(json, key, value) {
		if (strcmp(key, "auths") != 0)
			fault = "holds more than credentials";
	}
	auths = json_object_get(json, "auths");
	if (auths != NULL && !json_is_object(auths))
		fault = "holds no credentials";
	json_object_foreach(auths, key, value) {
		if (!json_is_object(value))
			fault = "holds no credentials";
		json_object_foreach(value, member, text) {
			if (!json_is_string(text))
				fault = "holds no credentials";
		}
	}
	json_decref(json);
	return fault;
}

/*
 * What is wrong with the file, or NULL; *there: there is one. Where the client
 * is one that its user may trace (an engine of his own), he may have put any
 * file here that he can rename: it must be the owner's already.
 */
static const char *
file_fault(int dir, uid_t owner, uid_t client, struct arena *a, bool *there)
{
	int fd = openat(dir, FILE_NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);
	const char *fault = NULL;
	struct stat st;
	char *bytes = NULL;
	size_t n = 0;

	*there = fd >= 0 || errno != ENOENT;
	if (fd < 0)
		return *there ? "cannot be opened" : NULL;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink != 1 ||
	    st.st_uid != owner)
		fault = "is no plain file of its own";
	else if ((bytes = read_whole(a, fd, 4096, FILE_MOST, &n)) == NULL ||
	    (off_t)n != st.st_size)
		fault = "cannot be read whole, or is over 64 KiB";
	else
		fault = content_fault(bytes, n);
	if (fault == NULL && !owned(fd, client, 0600))
		fault = strerror(errno);
	(void)close(fd);
	return fault;
}

/* What a killed login left: docker writes a new file and renames it. */
static void
leavings_remove(int dir)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *all = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (all == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return;
	}
	while ((entry = readdir(all)) != NULL) {
		if (strncmp(entry->d_name, FILE_NAME, strlen(FILE_NAME)) == 0 &&
		    strcmp(entry->d_name, FILE_NAME) != 0)
			(void)unlinkat(dir, entry->d_name, 0);
	}
	(void)closedir(all);
}

/* A view of the directory through which nothing can be written. -1: errno. */
static int
read_only_view(int dir)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY |
		MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC };
	int fd = (int)syscall(SYS_open_tree, dir, "", OPEN_TREE_CLONE |
	    OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);

	if (fd >= 0 && syscall(SYS_mount_setattr, fd, "", AT_EMPTY_PATH,
	    &attributes, sizeof(attributes)) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static bool
refuse(struct fault *f, struct arena *a, uid_t user, const char *why)
{
	return fault_set(f, a, FAULT_REFUSED,
	    "your registry credentials (" CREDENTIALS_DIR "/%lu) cannot be "
	    "used: %s", (unsigned long)user, why);
}

bool
credentials_open(struct credentials *c, const char *command, uid_t user,
    uid_t client, struct arena *a, struct fault *f)
{
	const enum use use = use_of(command);
	const char *why = NULL;
	bool there = false;
	struct stat was;
	int dir;

	*c = (struct credentials) { .fd = -1 };
	if (use == USE_NONE)
		return true;
	dir = directory_open(user, use == USE_LOGIN, a, &why);
	if (dir < 0)
		return why == NULL || refuse(f, a, user, why);
	why = fstat(dir, &was) == 0 && owned(dir, client, 0700)
	    ? file_fault(dir, was.st_uid, client, a, &there) : strerror(errno);
	if (use != USE_READ)
		leavings_remove(dir);
	if (why != NULL && use == USE_LOGOUT && there &&
	    unlinkat(dir, FILE_NAME, 0) == 0) {
		why = NULL; /* logged out of all, then */
		there = false;
	}
	if (why != NULL) {
		(void)close(dir);
		return refuse(f, a, user, arena_printf(a, FILE_NAME " %s "
		    "(undocker logout removes it)", why));
	}
	c->writable = use != USE_READ;
	c->fd = dir;
	if (!c->writable) {
		c->fd = there ? read_only_view(dir) : -1;
		if (there && c->fd < 0)
			why = strerror(errno);
		(void)close(dir);
	}
	return why == NULL || refuse(f, a, user, why);
}

bool
credentials_bound(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_DATA, &limit) != 0)
		return false;
	if (limit.rlim_cur > LOGIN_MEMORY)
		limit.rlim_cur = LOGIN_MEMORY;
	if (limit.rlim_max > LOGIN_MEMORY)
		limit.rlim_max = LOGIN_MEMORY;
	return setrlimit(RLIMIT_DATA, &limit) == 0;
}
