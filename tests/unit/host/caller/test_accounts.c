/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The groups of a policy, with an /etc of the test's own: what NSS passes over
 * must be a refusal. Each in a process of its own, for its mounts.
 */
#include "host/caller/accounts.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#define MANY 2000

enum { GOOD, NO_WORLD, ANSWERED, REFUSED, WRONG_WORDS, WRONG_GROUP, ASKED };

static int nss_calls;

int __real_getgrnam_r(const char *name, struct group *gr, char *buffer,
    size_t size, struct group **result);
int __wrap_getgrnam_r(const char *name, struct group *gr, char *buffer,
    size_t size, struct group **result);

/* The linker leads the calls of the tests' program here. */
int
__wrap_getgrnam_r(const char *name, struct group *gr, char *buffer,
    size_t size, struct group **result)
{
	nss_calls++;
	return __real_getgrnam_r(name, gr, buffer, size, result);
}

static bool
file_written(const char *path, const char *text)
{
	int fd;
	bool written;

	/* Not a file, but what an open or a read fails on. */
	if (strcmp(text, "DIRECTORY") == 0)
		return mkdir(path, 0755) == 0;
	if (strcmp(text, "LOOP") == 0)
		return symlink(path, path) == 0;
	if (strcmp(text, "NONE") == 0)
		return true;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	written = fd >= 0 &&
	    write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	return fd >= 0 && close(fd) == 0 && written;
}

/* An /etc that only this process sees. */
static bool
etc_made(const char *services, const char *groups)
{
	return unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("tmpfs", "/etc", "tmpfs", 0, "mode=755") == 0 &&
	    file_written("/etc/nsswitch.conf", services) &&
	    file_written("/etc/passwd", "ann:x:1700:1700::/:/bin/sh\n") &&
	    file_written("/etc/group", groups);
}

#define FILES "passwd: files\ngroup: files\n"
#define DEBIANS "passwd: files systemd\ngroup:\tfiles systemd # as it comes\n"
#define BEHIND "passwd: files\ngroup: nosuch files\n"
#define MERGED "passwd: files\ngroup: files [SUCCESS=merge] systemd\n"
#define TWICE "group: files\ngroup: systemd files\n"
#define RED "ann:x:1700:\nred:x:700:bob,ann\n"

struct trial {
	const char *services;
	const char *groups;
	gid_t listed; /* the one group that ann is in */
	const char *asked;
	enum group_state state; /* GROUP_UNASKED: refused */
	const char *why;
};

static const struct trial trials[] = {
	{ FILES, RED, 700, "red", GROUP_KNOWN, NULL },
	{ DEBIANS, RED, 700, "red", GROUP_KNOWN, NULL },
	{ BEHIND, RED, 700, "red", GROUP_KNOWN, NULL },
	{ MERGED, RED, 700, "red", GROUP_KNOWN, NULL },
	{ TWICE, RED, 700, "red", GROUP_KNOWN, NULL },
	{ "NONE", RED, 700, "red", GROUP_KNOWN, NULL },
	{ DEBIANS, RED, 700, "nosuch", GROUP_UNKNOWN, NULL },
	{ DEBIANS, "NONE", 700, "red", GROUP_UNKNOWN, NULL },
	{ DEBIANS, "", 700, "red", GROUP_UNKNOWN, NULL },
	/* not ann */
	{ DEBIANS, "red:x:700:anna,bob,an\n", 1, "red", GROUP_KNOWN, NULL },
	{ DEBIANS, "red:x:700:\n", 1, "red", GROUP_KNOWN, NULL },
	{ DEBIANS, "red:x:700\n", 1, "red", GROUP_KNOWN, NULL },
	{ BEHIND, "red:x:700:anna,bob,an\n", 1, "red", GROUP_KNOWN, NULL },
	/* the first line of a name is the one that counts */
	{ DEBIANS, "red:x:700:\nred:x:9:ann\n", 1, "red", GROUP_KNOWN, NULL },
	/* no lines of the file's own */
	{ DEBIANS, "# red:x:9:ann\n\n+red:x:9:ann\n-\nred:x:700:\n", 1, "red",
	    GROUP_KNOWN, NULL },
	/* her primary group names her */
	{ DEBIANS, "red:x:1700:ann\n", 1, "red", GROUP_KNOWN, NULL },
	/* a list that lacks a group */
	{ FILES, RED, 1, "red", GROUP_UNASKED, "name 'ann' as a member" },
	{ DEBIANS, RED, 1, "red", GROUP_UNASKED, "name 'ann' as a member" },
	{ BEHIND, RED, 1, "red", GROUP_UNASKED, "name 'ann' as a member" },
	{ MERGED, RED, 1, "red", GROUP_UNASKED, "name 'ann' as a member" },
	{ DEBIANS, "red:x:700:ann", 1, "red", GROUP_UNASKED,
	    "name 'ann' as a member" },
	/* not to be read, with a service behind that knows nothing */
	{ DEBIANS, "DIRECTORY", 700, "red", GROUP_UNASKED,
	    "/etc/group cannot be read: Is a directory" },
	{ DEBIANS, "LOOP", 700, "red", GROUP_UNASKED,
	    "/etc/group cannot be read: Too many levels" },
	{ "DIRECTORY", RED, 700, "red", GROUP_UNASKED,
	    "/etc/nsswitch.conf cannot be read" },
	{ "LOOP", RED, 700, "red", GROUP_UNASKED,
	    "/etc/nsswitch.conf cannot be read" },
};

static int
try_trial(void *data)
{
	const struct trial *t = data;
	const struct caller ann = { .uid = 1700, .gid = 1700, .user = "ann",
		.gids = &t->listed, .ngids = 1 };
	struct policy_group group = { .name = t->asked }, *one = &group;
	struct fault f = { 0 };
	bool answered;

	if (!etc_made(t->services, t->groups))
		return NO_WORLD;
	answered = accounts_answer(&one, 1, &ann, a, &f);
	if (t->state == GROUP_UNASKED)
		return answered ? ANSWERED : strstr(f.text, t->why) == NULL ?
		    WRONG_WORDS : GOOD;
	if (!answered)
		return REFUSED;
	return group.state == t->state && (t->state != GROUP_KNOWN ||
	    group.gid == 700 || group.gid == 1700) ? GOOD : WRONG_GROUP;
}

START_TEST(deny_groups_that_the_accounts_do_not_tell_whole)
{
	struct trial t = trials[_i];
	int status = child_status(try_trial, &t);

	ck_assert_msg(status == GOOD, "%d: %d", _i, status);
}
END_TEST

/* What is asked about nobody has no members to look at. */
static int
try_nobody(void *data)
{
	struct policy_group group = { .name = "red" }, *one = &group;
	struct fault f = { 0 };

	(void)data;
	if (!etc_made(DEBIANS, RED))
		return NO_WORLD;
	return accounts_answer(&one, 1, NULL, a, &f) &&
	    group.state == GROUP_KNOWN ? GOOD : REFUSED;
}

START_TEST(valid_groups_without_a_caller)
{
	ck_assert_int_eq(child_status(try_nobody, NULL), GOOD);
}
END_TEST

/* getgrouplist itself, led to a service that does not answer. */
static int
try_silence(void *data)
{
	struct caller ann = { .uid = 1700, .gid = 1700, .user = "ann" };
	struct policy_group group = { .name = "red" }, *one = &group;
	const bool *whole = data;
	struct fault f = { 0 };

	if (!etc_made(*whole ? DEBIANS : DEBIANS "initgroups: nosuch\n", RED))
		return NO_WORLD;
	if (!accounts_groups(&ann, a, &f) || caller_in_group(&ann, 700) !=
	    *whole)
		return WRONG_GROUP;
	return accounts_answer(&one, 1, &ann, a, &f) == *whole ? GOOD
							       : ANSWERED;
}

START_TEST(deny_a_list_of_groups_that_is_silently_short)
{
	bool whole = true;

	ck_assert_int_eq(child_status(try_silence, &whole), GOOD);
	whole = false;
	ck_assert_int_eq(child_status(try_silence, &whole), GOOD);
}
END_TEST

/* NSS reads the whole file for each name. */
static int
try_many(void *data)
{
	static struct policy_group groups[MANY + 1], *all[MANY + 1];
	const struct caller ann = { .uid = 1700, .gid = 1700, .user = "ann" };
	struct strv lines = strv_new(a);
	struct fault f = { 0 };

	(void)data;
	for (unsigned i = 0; i < MANY; i++)
		strv_pushf(&lines, "g%u:x:%u:\n", i, 5000 + i);
	if (!etc_made(DEBIANS, strv_join(&lines, "")))
		return NO_WORLD;
	for (unsigned i = 0; i <= MANY; i++) {
		all[i] = &groups[i];
		groups[i].name = arena_printf(a, "g%u", i);
	}
	nss_calls = 0;
	if (!accounts_answer(all, MANY + 1, &ann, a, &f))
		return REFUSED;
	for (unsigned i = 0; i < MANY; i++) {
		if (groups[i].state != GROUP_KNOWN ||
		    groups[i].gid != 5000 + i)
			return WRONG_GROUP;
	}
	return groups[MANY].state == GROUP_UNKNOWN && nss_calls == 1 ? GOOD
								     : ASKED;
}

START_TEST(valid_many_groups_of_the_file_are_read_once)
{
	ck_assert_int_eq(child_status(try_many, NULL), GOOD);
}
END_TEST

Suite *
accounts_suite(void)
{
	Suite *s = suite_create("accounts");
	TCase *t = tcase_of(s, "accounts");

	if (geteuid() != 0)
		return s;
	EACH(t, deny_groups_that_the_accounts_do_not_tell_whole, trials);
	ONE(t, valid_groups_without_a_caller);
	ONE(t, deny_a_list_of_groups_that_is_silently_short);
	ONE(t, valid_many_groups_of_the_file_are_read_once);
	return s;
}
