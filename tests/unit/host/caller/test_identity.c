/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/identity.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define UID 65533U
#define GID 65532U
#define ENGINE 65531U /* the engine's group */

#define WANT(what) \
	do { \
		if (!(what)) \
			return 1 + (__LINE__ - first) % 120; \
	} while (0)

static const gid_t gids[] = { 65000, 65001 };
static const struct caller ann = { .uid = UID, .gid = GID, .user = "ann",
	.gids = gids, .ngids = 2 };
static const struct caller root = { .uid = 0, .gid = 0, .user = "root",
	.gids = gids, .ngids = 1 };

/* Of /proc/self/status: "CapEff:" and the like. */
static bool
capabilities_are(const char *set, bool none)
{
	char line[128];
	FILE *f = fopen("/proc/thread-self/status", "re");
	unsigned long long bits = 1;
	bool found = false;

	if (f == NULL)
		return false;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, set, strlen(set)) == 0)
			found = sscanf(line + strlen(set), "%llx", &bits) == 1;
	}
	fclose(f);
	return found && (bits == 0) == none;
}

static bool
uids_are(uid_t r, uid_t e, uid_t s)
{
	uid_t now[3];

	return getresuid(&now[0], &now[1], &now[2]) == 0 && now[0] == r &&
	    now[1] == e && now[2] == s;
}

static bool
gids_are(gid_t r, gid_t e, gid_t s)
{
	gid_t now[3];

	return getresgid(&now[0], &now[1], &now[2]) == 0 && now[0] == r &&
	    now[1] == e && now[2] == s;
}

static bool
in_groups(gid_t gid)
{
	gid_t now[16];
	int n = getgroups(16, now);

	for (int i = 0; i < n; i++) {
		if (now[i] == gid)
			return true;
	}
	return false;
}

/* The kernel keeps the real uid apart in the setuid way up. */
static int
try_root(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(setgroups(2, gids) == 0 && setresgid(GID, 0, 0) == 0);
	WANT(setresuid(UID, 0, 0) == 0);
	WANT(identity_root(a, &f));
	WANT(uids_are(0, 0, 0) && gids_are(0, 0, 0));
	WANT(getgroups(0, NULL) == 0);
	return 0;
}

START_TEST(valid_root_in_all_ids)
{
	ck_assert_int_eq(child_status(try_root, NULL), 0);
}
END_TEST

static int
try_not_root(void *data)
{
	struct fault f = { 0 };

	(void)data;
	if (setresuid(UID, UID, UID) != 0)
		return 1;
	if (identity_root(a, &f) || f.kind != FAULT_REFUSED)
		return 2;
	f = (struct fault) { 0 };
	return !identity_keep(a, &f) && f.kind == FAULT_REFUSED ? 0 : 3;
}

START_TEST(deny_who_is_not_root_does_not_become_it)
{
	ck_assert_int_eq(child_status(try_not_root, NULL), 0);
}
END_TEST

static int
try_become(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(setgroups(0, NULL) == 0);
	for (int turn = 0; turn < 2; turn++) {
		WANT(identity_become(a, &ann));
		WANT(uids_are(0, UID, 0) && gids_are(0, GID, 0));
		WANT(in_groups(65000) && in_groups(65001) && in_groups(GID));
		WANT(!in_groups(0) && getgroups(0, NULL) == 3);
		WANT(capabilities_are("CapEff:", true));
		WANT(open("/etc/shadow", O_RDONLY | O_CLOEXEC) < 0);
		WANT(errno == EACCES || errno == ENOENT);
		identity_return();
		WANT(uids_are(0, 0, 0) && gids_are(0, 0, 0));
		WANT(getgroups(0, NULL) == 0);
		WANT(capabilities_are("CapEff:", false));
		WANT(identity_keep(a, &f));
	}
	return 0;
}

START_TEST(valid_the_caller_s_rights_for_a_look_and_back)
{
	ck_assert_int_eq(child_status(try_become, NULL), 0);
}
END_TEST

static int
try_drop(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(identity_drop(a, &ann, ENGINE, &f));
	WANT(uids_are(UID, UID, UID));
	/* New files are the caller's; tracers are kept out by the others. */
	WANT(gids_are(ENGINE, GID, ENGINE));
	WANT(in_groups(65000) && in_groups(65001) && in_groups(GID));
	WANT(in_groups(ENGINE) && getgroups(0, NULL) == 4);
	WANT(capabilities_are("CapEff:", true));
	WANT(capabilities_are("CapPrm:", true));
	WANT(capabilities_are("CapInh:", true));
	WANT(capabilities_are("CapAmb:", true));
	WANT(prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) == 0);
	WANT(setuid(0) != 0 && seteuid(0) != 0 && setresuid(0, 0, 0) != 0);
	WANT(setgid(0) != 0 && setgroups(0, NULL) != 0);
	return 0;
}

START_TEST(valid_the_client_s_ids_are_for_good)
{
	ck_assert_int_eq(child_status(try_drop, NULL), 0);
}
END_TEST

/* An engine whose group is root's would leave a way back. */
static int
try_drop_with_a_way_back(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(!identity_drop(a, &ann, 0, &f) && f.kind == FAULT_REFUSED);
	WANT(strstr(f.text, "give up root's rights") != NULL);
	return 0;
}

START_TEST(deny_ids_that_leave_a_way_back)
{
	ck_assert_int_eq(child_status(try_drop_with_a_way_back, NULL), 0);
}
END_TEST

/* It is no way back for whom root's group is his own. */
static int
try_drop_of_group_root(void *data)
{
	struct caller eve = { .uid = UID, .gid = 0, .user = "eve" };
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(identity_drop(a, &eve, ENGINE, &f));
	WANT(uids_are(UID, UID, UID) && gids_are(ENGINE, 0, ENGINE));
	WANT(setuid(0) != 0 && setgroups(0, NULL) != 0);
	return 0;
}

START_TEST(valid_a_caller_whose_group_is_root_s)
{
	ck_assert_int_eq(child_status(try_drop_of_group_root, NULL), 0);
}
END_TEST

static int
try_drop_root(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(identity_drop(a, &root, 0, &f));
	WANT(uids_are(0, 0, 0) && gids_are(0, 0, 0));
	WANT(in_groups(65000) && in_groups(0) && getgroups(0, NULL) == 2);
	return 0;
}

START_TEST(valid_root_stays_root_with_his_groups)
{
	ck_assert_int_eq(child_status(try_drop_root, NULL), 0);
}
END_TEST

static int
try_keep(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(setgroups(0, NULL) == 0 && identity_keep(a, &f));
	WANT(setgroups(1, gids) == 0 && !identity_keep(a, &f));
	WANT(f.kind == FAULT_REFUSED);
	WANT(setgroups(0, NULL) == 0 && setresgid(0, 0, GID) == 0);
	WANT(!identity_keep(a, &f));
	WANT(setresgid(0, 0, 0) == 0 && setresuid(UID, 0, 0) == 0);
	WANT(!identity_keep(a, &f));
	return 0;
}

START_TEST(deny_root_s_ids_with_anything_of_another_s)
{
	ck_assert_int_eq(child_status(try_keep, NULL), 0);
}
END_TEST

/* No way back means that the process ends. */
static int
try_lost(void *data)
{
	(void)data;
	if (setresuid(UID, UID, UID) != 0)
		return 1;
	(void)close(2);
	identity_return();
	return 0;
}

START_TEST(deny_a_return_that_fails_ends_the_process)
{
	ck_assert_int_eq(child_status(try_lost, NULL), 125);
}
END_TEST

Suite *
identity_suite(void)
{
	Suite *s = suite_create("identity");
	TCase *t = tcase_of(s, "identity");

	if (geteuid() != 0)
		return s;
	ONE(t, valid_root_in_all_ids);
	ONE(t, deny_who_is_not_root_does_not_become_it);
	ONE(t, valid_the_caller_s_rights_for_a_look_and_back);
	ONE(t, valid_the_client_s_ids_are_for_good);
	ONE(t, deny_ids_that_leave_a_way_back);
	ONE(t, valid_a_caller_whose_group_is_root_s);
	ONE(t, valid_root_stays_root_with_his_groups);
	ONE(t, deny_root_s_ids_with_anything_of_another_s);
	ONE(t, deny_a_return_that_fails_ends_the_process);
	return s;
}
