/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/identity.h"

#include "host/report.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool
uids_are(uid_t real, uid_t effective, uid_t saved)
{
	uid_t r, e, s;

	return getresuid(&r, &e, &s) == 0 && r == real && e == effective &&
	    s == saved;
}

static bool
gids_are(gid_t real, gid_t effective, gid_t saved)
{
	gid_t r, e, s;

	return getresgid(&r, &e, &s) == 0 && r == real && e == effective &&
	    s == saved;
}

/* The sets, by the kernel's own call: libcap would do no more. */
static bool
capabilities(struct __user_cap_data_struct data[2])
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};

	return syscall(SYS_capget, &header, data) == 0;
}

static bool
capabilities_off(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = { { 0 } };

	if (prctl(PR_CAP_AMBIENT, (long)PR_CAP_AMBIENT_CLEAR_ALL, 0L, 0L, 0L)
	    != 0 || syscall(SYS_capset, &header, data) != 0 ||
	    !capabilities(data))
		return false;
	return (data[0].permitted | data[1].permitted | data[0].effective |
	    data[1].effective | data[0].inheritable | data[1].inheritable) == 0;
}

/* The caller's groups, his primary one and, unless it is that, one more. */
static bool
groups_set(struct arena *a, const struct caller *c, gid_t more)
{
	gid_t *all = arena_alloc(a, (c->ngids + 2) * sizeof(*all));
	size_t n = c->ngids;

	if (n > 0)
		memcpy(all, c->gids, n * sizeof(*all));
	all[n++] = c->gid;
	if (more != c->gid)
		all[n++] = more;
	return setgroups(n, all) == 0 && getgroups(0, NULL) == (int)n;
}

bool
identity_root(struct arena *a, struct fault *f)
{
	/* uids first: from here on the caller cannot signal us. */
	if (setresuid(0, 0, 0) != 0 || !uids_are(0, 0, 0) ||
	    setresgid(0, 0, 0) != 0 || !gids_are(0, 0, 0) ||
	    setgroups(0, NULL) != 0 || getgroups(0, NULL) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "cannot become root: %s", strerror(errno));
	return true;
}

bool
identity_become(struct arena *a, const struct caller *c)
{
	struct __user_cap_data_struct data[2];
	const gid_t unchanged_gid = (gid_t)-1;
	const uid_t unchanged_uid = (uid_t)-1;

	errno = EPERM;
	if (!groups_set(a, c, c->gid) ||
	    setresgid(unchanged_gid, c->gid, unchanged_gid) != 0 ||
	    !gids_are(0, c->gid, 0) ||
	    setresuid(unchanged_uid, c->uid, unchanged_uid) != 0 ||
	    !uids_are(0, c->uid, 0) || !capabilities(data))
		return false;
	errno = EPERM;
	return (data[0].effective | data[1].effective) == 0;
}

void
identity_return(void)
{
	const gid_t unchanged_gid = (gid_t)-1;
	const uid_t unchanged_uid = (uid_t)-1;

	if (setresuid(unchanged_uid, 0, unchanged_uid) != 0 ||
	    !uids_are(0, 0, 0) ||
	    setresgid(unchanged_gid, 0, unchanged_gid) != 0 ||
	    !gids_are(0, 0, 0) || setgroups(0, NULL) != 0 ||
	    getgroups(0, NULL) != 0)
		report_die("cannot become root again");
}

/* The kernel must refuse every way back. */
static bool
root_is_gone(const struct caller *c)
{
	return setresuid((uid_t)-1, 0, (uid_t)-1) != 0 && setuid(0) != 0 &&
	    (c->gid == 0 || setresgid((gid_t)-1, 0, (gid_t)-1) != 0) &&
	    setgroups(0, NULL) != 0;
}

bool
identity_drop(struct arena *a, const struct caller *c, gid_t engine,
    struct fault *f)
{
	errno = EPERM;
	if (!groups_set(a, c, engine) ||
	    setresgid(engine, c->gid, engine) != 0 ||
	    !gids_are(engine, c->gid, engine) ||
	    setresuid(c->uid, c->uid, c->uid) != 0 ||
	    !uids_are(c->uid, c->uid, c->uid))
		return fault_set(f, a, FAULT_REFUSED,
		    "cannot take the caller's ids: %s", strerror(errno));
	if (c->uid == 0)
		return true;
	if (!capabilities_off() || !root_is_gone(c))
		return fault_set(f, a, FAULT_REFUSED,
		    "cannot give up root's rights");
	/* With fs.suid_dumpable=1 the change of ids has undone this. */
	if (prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "core files cannot be turned off: %s", strerror(errno));
	return true;
}

bool
identity_keep(struct arena *a, struct fault *f)
{
	if (!uids_are(0, 0, 0) || !gids_are(0, 0, 0) ||
	    getgroups(0, NULL) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "root's ids are not what they should be");
	return true;
}
