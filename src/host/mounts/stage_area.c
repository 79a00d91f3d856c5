/* SPDX-License-Identifier: Apache-2.0 */
#include "host/mounts/stage_area.h"

#include "core/base/strv.h"
#include "host/files/mount_table.h"
#include "host/files/trust_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define HOME "/run/undocker"
#define OLD "old." /* before a number: no record's name */

static const char options[] = "mode=0700,size=1m,nr_inodes=65536";

static int
fail(const char **why, const char *text)
{
	*why = text;
	return -1;
}

static bool
is_mount(int fd)
{
	struct statx st;

	return statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE,
	    &st) == 0 && (st.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

int
stage_area_open_below(int dir, const char *path)
{
	struct open_how how = {
		.flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
		    RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
}

static int
lock_take(const char *name, const char **why, struct arena *a)
{
	int home = trust_directory(a, "/run", "undocker", 0700, why), fd;

	if (home < 0)
		return -1;
	fd = openat(home, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	*why = strerror(errno);
	(void)close(home);
	while (fd >= 0 && flock(fd, LOCK_EX) != 0) {
		if (errno == EINTR)
			continue;
		*why = strerror(errno);
		(void)close(fd);
		fd = -1;
	}
	return fd;
}

/* The first mounts it, under the one lock that is everybody's. */
static int
tmpfs_make(const char **why, struct arena *a)
{
	int lock = lock_take("lock", why, a), fd = -1;

	if (lock < 0)
		return -1;
	fd = trust_directory(a, HOME, "mounts", 0700, why);
	if (fd >= 0 && !is_mount(fd)) {
		(void)close(fd);
		fd = mount("undocker", STAGED_DIR, "tmpfs",
		    MS_NOSUID | MS_NODEV | MS_NOEXEC, options) != 0
		    ? fail(why, strerror(errno))
		    : trust_directory(a, HOME, "mounts", 0700, why);
	}
	(void)close(lock);
	return fd;
}

/*
 * The propagation is set each time: whoever made the mount may have been killed
 * before, and an administrator may have changed it (mount --make-rshared /).
 */
static int
tmpfs_open(const char **why, struct arena *a)
{
	int fd = trust_directory(a, HOME, "mounts", 0700, why);
	struct statfs fs;

	if (fd >= 0 && !is_mount(fd)) {
		(void)close(fd);
		fd = tmpfs_make(why, a);
	}
	if (fd < 0)
		return -1;
	if (!is_mount(fd) || fstatfs(fd, &fs) != 0 ||
	    fs.f_type != TMPFS_MAGIC)
		*why = STAGED_DIR " is a mount, but not undocker's";
	else if (mount(NULL, STAGED_DIR, NULL, MS_PRIVATE, NULL) != 0 ||
	    mount(NULL, STAGED_DIR, NULL, MS_UNBINDABLE, NULL) != 0)
		*why = strerror(errno);
	else
		return fd;
	(void)close(fd);
	return -1;
}

static int
directory_at(int dir, const char *name)
{
	return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
}

/* Adds the names in the directory at fd, which it closes, that begin so. */
static bool
names_list(int fd, const char *begin, struct strv *names)
{
	DIR *all = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (all == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return false;
	}
	while ((entry = readdir(all)) != NULL) {
		if (entry->d_name[0] != '.' &&
		    strncmp(entry->d_name, begin, strlen(begin)) == 0)
			strv_push(names, arena_strdup(names->arena,
			    entry->d_name));
	}
	(void)closedir(all);
	return true;
}

/*
 * Detached, all that is mounted below goes with it. It is all private, so no
 * mount of the host's goes too.
 */
static void
slot_clear(int dir, const char *name, struct arena *a)
{
	struct strv places = strv_new(a);
	int slot = directory_at(dir, name);

	(void)names_list(directory_at(dir, name), "", &places);
	for (size_t i = 0; i < places.n && slot >= 0; i++) {
		const char *place = places.v[i];
		const char *path = arena_printf(a, "%s/%s/%s", STAGED_DIR,
		    name, place);

		while (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
			continue;
		if (unlinkat(slot, place, AT_REMOVEDIR) != 0 &&
		    errno == ENOTDIR)
			(void)unlinkat(slot, place, 0);
	}
	if (slot >= 0)
		(void)close(slot);
	(void)unlinkat(dir, name, AT_REMOVEDIR);
}

bool
stage_area_enter(struct stage_area *area, uid_t uid, struct arena *a,
    struct fault *f)
{
	const char *why;

	*area = (struct stage_area) { .dir = -1, .uid = uid,
		.old = strv_new(a) };
	area->lock = lock_take(arena_printf(a, "lock.%lu", (unsigned long)uid),
	    &why, a);
	if (area->lock >= 0)
		area->dir = tmpfs_open(&why, a);
	if (area->dir >= 0)
		return true;
	stage_area_leave(area);
	return fault_set(f, a, FAULT_REFUSED,
	    "there is no place for mounts: %s", why);
}

void
stage_area_leave(struct stage_area *area)
{
	if (area->lock >= 0)
		(void)close(area->lock);
	for (size_t i = 0; i < area->old.n; i++)
		slot_clear(area->dir, area->old.v[i], area->old.arena);
	if (area->dir >= 0)
		(void)close(area->dir);
	*area = (struct stage_area) { .lock = -1, .dir = -1 };
}

int
stage_area_slot_make(const struct stage_area *area, const char *name)
{
	return mkdirat(area->dir, name, STAGE_SLOT_MAKING) == 0 ?
	    directory_at(area->dir, name) : -1;
}

bool
stage_area_slot_remove(struct stage_area *area, const char *name)
{
	const char *old;

	for (int i = 0;; i++) {
		old = arena_printf(area->old.arena, OLD "%lu.%ld.%d",
		    (unsigned long)area->uid, (long)getpid(), i);
		if (renameat2(area->dir, name, area->dir, old,
		    RENAME_NOREPLACE) == 0)
			break;
		if (errno != EEXIST)
			return errno == ENOENT;
	}
	strv_push(&area->old, old);
	return true;
}

void
stage_area_slots_old(struct stage_area *area)
{
	(void)names_list(directory_at(area->dir, "."), arena_printf(
	    area->old.arena, OLD "%lu.", (unsigned long)area->uid),
	    &area->old);
}

/* Opens the mounts' places in their order; fds[i] -1: it is not mounted. */
static bool
mounted(const struct staged *s, int slot, int *fds, struct arena *a)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct staged_mount *m = &s->v[i];

		fds[i] = m->outer == STAGED_NONE ?
		    stage_area_open_below(slot, arena_printf(a, "%zu", i)) :
		    stage_area_open_below(fds[m->outer], m->below);
		if (fds[i] < 0 || !is_mount(fds[i]))
			return false;
	}
	return true;
}

bool
stage_area_slot_standing(const struct staged *s, struct arena *a)
{
	int fds[STAGED_MOUNTS_MAX];
	int slot = open(arena_printf(a, "%s/%s", STAGED_DIR, s->name),
	    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	bool are;

	if (slot < 0)
		return false;
	memset(fds, 0xff, sizeof(fds));
	are = fstat(slot, &st) == 0 && st.st_uid == 0 &&
	    (st.st_mode & ALLPERMS) == STAGE_SLOT_WHOLE &&
	    mounted(s, slot, fds, a);
	for (size_t i = 0; i < STAGED_MOUNTS_MAX; i++) {
		if (fds[i] >= 0)
			(void)close(fds[i]);
	}
	(void)close(slot);
	return are;
}

bool
stage_area_fits(const char *name, struct arena *a)
{
	const char *mine = arena_printf(a, "%s/%.*s.", STAGED_DIR,
	    (int)strcspn(name, "."), name);
	struct mount_table table;
	int n = 0;

	if (!mount_table_read(&table, a))
		return false;
	for (size_t i = 0; i < table.n; i++)
		n += strncmp(table.v[i].place, mine, strlen(mine)) == 0;
	return n <= STAGE_MOUNTS_MOST;
}
