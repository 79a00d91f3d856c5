/* SPDX-License-Identifier: Apache-2.0 */
#include "host/mounts/stage.h"

#include "host/caller/identity.h"
#include "host/mounts/stage_area.h"
#include "host/mounts/stage_record.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What is ready for its place before the area is locked. */
struct tree {
	int fd; /* the clone: a mount of its own, at no place yet */
	int below; /* the place in the outer mount's clone; -1: none */
	bool directory;
};

/* What the kernel knows already: a file system of the user's may not answer. */
static mode_t
kind(int fd)
{
	struct statx st;

	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE,
	    &st) != 0 || (st.stx_mask & STATX_TYPE) == 0)
		return 0;
	return (mode_t)(st.stx_mode & S_IFMT);
}

/*
 * The propagation is set before the clone has a place, so it never was one of
 * the host's peers there.
 */
static bool
tree_clone(struct tree *t, const struct staged_mount *m)
{
	struct mount_attr attributes = {
		.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
		    (m->read_only ? MOUNT_ATTR_RDONLY : 0),
		.propagation = MS_PRIVATE,
	};

	t->fd = (int)syscall(SYS_open_tree, m->fd, "",
	    OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE);
	return t->fd >= 0 && syscall(SYS_mount_setattr, t->fd, "",
	    AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof(attributes)) == 0;
}

/* With the caller's rights, which root may not have on a file server. */
static int
open_as(const struct caller *c, int outer, const char *below, struct arena *a)
{
	int fd = -1, error;

	if (c->uid == 0)
		return stage_area_open_below(outer, below);
	if (identity_become(a, c))
		fd = stage_area_open_below(outer, below);
	error = errno;
	identity_return();
	errno = error;
	return fd;
}

static bool
tree_open(struct tree *trees, const struct staged *s, size_t i,
    const struct caller *c, struct arena *a)
{
	const struct staged_mount *m = &s->v[i];
	const mode_t is = kind(m->fd);
	struct tree *t = &trees[i];

	if (is == 0)
		return false;
	errno = EINVAL;
	if ((is != S_IFDIR && is != S_IFREG && is != S_IFSOCK) ||
	    !tree_clone(t, m))
		return false;
	t->directory = is == S_IFDIR;
	if (m->outer == STAGED_NONE)
		return true;
	errno = EINVAL;
	if (m->outer >= i || m->below == NULL)
		return false;
	t->below = open_as(c, trees[m->outer].fd, m->below, a);
	if (t->below < 0)
		return false;
	errno = t->directory ? ENOTDIR : EISDIR;
	return (kind(t->below) == S_IFDIR) == t->directory;
}

static void
trees_close(const struct tree *trees, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (trees[i].fd >= 0)
			(void)close(trees[i].fd);
		if (trees[i].below >= 0)
			(void)close(trees[i].below);
	}
}

/* Looks into other file systems, which can hang: before any lock. */
static bool
trees_open(struct tree *trees, const struct staged *s, const struct caller *c,
    struct arena *a, struct fault *f)
{
	if (s->n == 0 || s->n > STAGED_MOUNTS_MAX)
		return fault_set(f, a, FAULT_REFUSED,
		    "%zu mounts of a container are too many (at most %d)",
		    s->n, STAGED_MOUNTS_MAX);
	for (size_t i = 0; i < s->n; i++) {
		trees[i] = (struct tree) { .fd = -1, .below = -1 };
		if (tree_open(trees, s, i, c, a))
			continue;
		(void)fault_set(f, a, FAULT_REFUSED, "%s cannot be mounted%s%s:"
		    " %s", s->v[i].source, s->v[i].below == NULL ? "" : " at ",
		    s->v[i].below == NULL ? "" : s->v[i].below,
		    strerror(errno));
		trees_close(trees, i + 1);
		return false;
	}
	return true;
}

static bool
tree_place(const struct tree *t, int slot, const char *number)
{
	unsigned int flags = MOVE_MOUNT_F_EMPTY_PATH;
	int place;

	if (t->below >= 0)
		return syscall(SYS_move_mount, t->fd, "", t->below, "",
		    flags | MOVE_MOUNT_T_EMPTY_PATH) == 0;
	if (t->directory) {
		if (mkdirat(slot, number, 0700) != 0)
			return false;
	} else {
		place = openat(slot, number, O_WRONLY | O_CREAT | O_EXCL |
		    O_NOFOLLOW | O_CLOEXEC, 0600);
		if (place < 0)
			return false;
		(void)close(place);
	}
	return syscall(SYS_move_mount, t->fd, "", slot, number, flags) == 0;
}

static bool
trees_place(const struct staged *s, const struct tree *trees, int slot,
    struct arena *a)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!tree_place(&trees[i], slot, arena_printf(a, "%zu", i)))
			return false;
		errno = EDQUOT;
		if ((trees[i].directory || i + 1 == s->n) &&
		    !stage_area_fits(s->name, a))
			return false;
	}
	return fchmod(slot, STAGE_SLOT_WHOLE) == 0;
}

/* The slot with all its mounts, or none. */
static bool
slot_fill(struct stage_area *area, struct staged *s, const struct tree *trees,
    struct arena *a, struct fault *f)
{
	int slot = stage_area_slot_make(area, s->name);

	s->standing = slot >= 0 && trees_place(s, trees, slot, a);
	if (s->standing) {
		(void)close(slot);
		return true;
	}
	(void)fault_set(f, a, FAULT_REFUSED, "its mounts cannot be made: %s",
	    errno == EDQUOT ? "you have too many" : strerror(errno));
	if (slot >= 0) {
		(void)close(slot);
		(void)stage_area_slot_remove(area, s->name);
	}
	return false;
}

static bool
records_open(int *records, struct arena *a, struct fault *f)
{
	const char *why;

	*records = stage_records_open(a, &why);
	return *records >= 0 || fault_set(f, a, FAULT_REFUSED,
	    "there is no place for the record of mounts: %s", why);
}

/* Enters the area if the user has not too many of these already. */
static bool
area_enter_with_room(struct stage_area *area, int records, uid_t uid,
    bool *full, struct arena *a, struct fault *f)
{
	struct strv names = strv_new(a);

	*full = false;
	if (!stage_area_enter(area, uid, a, f))
		return false;
	if (!stage_record_names(records, uid, &names)) {
		(void)fault_set(f, a, FAULT_REFUSED,
		    "the records of mounts cannot be counted");
	} else if (names.n >= STAGE_MOST) {
		*full = true;
	} else {
		return true;
	}
	stage_area_leave(area);
	return false;
}

static bool
make(struct staged *s, struct stage_area *area, const struct tree *trees,
    int records, uid_t uid, struct arena *a, int *lock, struct fault *f)
{
	const char *why;

	*lock = stage_record_make(s, records, uid, a, &why);
	if (*lock < 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "there is no record of its mounts: %s", why);
	if (slot_fill(area, s, trees, a, f))
		return true;
	(void)unlinkat(records, s->name, 0);
	(void)close(*lock);
	*lock = -1;
	s->name = NULL;
	return false;
}

bool
stage_make(struct staged *s, const struct settings *settings,
    const struct caller *c, struct arena *a, int *lock, struct fault *f)
{
	struct tree trees[STAGED_MOUNTS_MAX];
	struct stage_area area;
	bool full = false, done;
	int records;

	*lock = -1;
	if (!records_open(&records, a, f))
		return false;
	done = trees_open(trees, s, c, a, f);
	if (done) {
		done = area_enter_with_room(&area, records, c->uid, &full, a,
		    f);
		if (full) {
			stage_sweep(settings, c, a);
			done = area_enter_with_room(&area, records, c->uid,
			    &full, a, f);
		}
		if (full)
			(void)fault_set(f, a, FAULT_REFUSED,
			    "you have %d containers with such mounts, and "
			    "may have no more: remove one", STAGE_MOST);
		if (done) {
			done = make(s, &area, trees, records, c->uid, a, lock,
			    f);
			stage_area_leave(&area);
		}
		trees_close(trees, s->n);
	}
	(void)close(records);
	return done;
}

static bool
again(struct staged *s, const struct tree *trees, int records, uid_t uid,
    struct arena *a, struct fault *f)
{
	struct stage_area area;
	bool done;

	if (!stage_area_enter(&area, uid, a, f))
		return false;
	if (faccessat(records, s->name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		done = fault_set(f, a, FAULT_REFUSED,
		    "its mounts have no record any more");
	else if (!stage_area_slot_remove(&area, s->name))
		done = fault_set(f, a, FAULT_REFUSED,
		    "its old mounts cannot be taken away");
	else
		done = slot_fill(&area, s, trees, a, f);
	stage_area_leave(&area);
	return done;
}

bool
stage_again(struct staged *s, const struct caller *c, struct arena *a,
    struct fault *f)
{
	struct tree trees[STAGED_MOUNTS_MAX];
	bool done;
	int records;

	s->standing = false;
	if (s->name == NULL || !stage_record_name_valid(s->name, c->uid))
		return fault_set(f, a, FAULT_REFUSED,
		    "its mounts have no name");
	if (!records_open(&records, a, f))
		return false;
	done = trees_open(trees, s, c, a, f);
	if (done) {
		done = again(s, trees, records, c->uid, a, f);
		trees_close(trees, s->n);
	}
	(void)close(records);
	return done;
}

bool
stage_find(struct staged *s, struct arena *a, const char *name, uid_t uid,
    const char **why)
{
	int records;
	bool found;

	*why = "its mounts are not yours";
	if (!stage_record_name_valid(name, uid))
		return false;
	records = stage_records_open(a, why);
	if (records < 0)
		return false;
	found = stage_record_read(s, records, name, a, why);
	(void)close(records);
	s->standing = found && stage_area_slot_standing(s, a);
	return found;
}

bool
stage_any(void)
{
	DIR *all = opendir(STAGE_RECORDS);
	const struct dirent *entry;
	bool any = false;

	if (all == NULL)
		return false;
	while (!any && (entry = readdir(all)) != NULL)
		any = stage_record_name_valid(entry->d_name, (uid_t)-1);
	(void)closedir(all);
	return any;
}
