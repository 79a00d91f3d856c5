/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks: each case in a process of its own, for its ids change. */
#include "host/caller/caller_find.h"

#include "core/base/envpack.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ENV_MAX 6

struct trial {
	const char *env[ENV_MAX]; /* %u, %n: nobody's id and name */
	enum caller_way way; /* WAY_UNKNOWN: refused */
	bool nobody; /* the caller is nobody, else root */
	const char *why; /* of the refusal */
};

static struct passwd nobody;

/* The variables with nobody's id and name filled in. */
static char *const *
environment(const char *const *rows)
{
	char **env = arena_alloc(a, (ENV_MAX + 1) * sizeof(*env));

	for (size_t i = 0; i < ENV_MAX && rows[i] != NULL; i++) {
		const char *at = strchr(rows[i], '%');

		if (at == NULL)
			env[i] = arena_strdup(a, rows[i]);
		else if (at[1] == 'u')
			env[i] = arena_printf(a, "%.*s%lu%s",
			    (int)(at - rows[i]), rows[i],
			    (unsigned long)nobody.pw_uid, at + 2);
		else
			env[i] = arena_printf(a, "%.*s%s%s",
			    (int)(at - rows[i]), rows[i], nobody.pw_name,
			    at + 2);
	}
	return env;
}

enum { GOOD, NOT_AS_WANTED, NOT_TOLD, WRONG_WAY, WRONG_CALLER, NOT_ROOT };

static bool
root_in_all(void)
{
	uid_t r, e, s;

	return getresuid(&r, &e, &s) == 0 && r == 0 && e == 0 && s == 0 &&
	    getgroups(0, NULL) == 0;
}

static int
try_trial(void *data)
{
	const struct trial *t = data;
	enum caller_way way = WAY_UNKNOWN;
	struct fault f = { 0 };
	struct caller c;
	bool found = caller_find(&c, &way, a, environment(t->env), &f);

	if (found != (t->way != WAY_UNKNOWN)) {
		fprintf(stderr, "%s\n", found ? "found" : f.text);
		return NOT_AS_WANTED;
	}
	if (!found) {
		if (f.kind == FAULT_REFUSED && strstr(f.text, t->why) != NULL)
			return GOOD;
		fprintf(stderr, "%s\n", f.text);
		return NOT_TOLD;
	}
	if (way != t->way)
		return WRONG_WAY;
	if (c.uid != (t->nobody ? nobody.pw_uid : 0) || c.user == NULL ||
	    strcmp(c.user, t->nobody ? nobody.pw_name : "root") != 0 ||
	    c.gid != (t->nobody ? nobody.pw_gid : 0))
		return WRONG_CALLER;
	return root_in_all() ? GOOD : NOT_ROOT;
}

#define REFUSED WAY_UNKNOWN, false
#define AS_SUDO "are not as sudo sets them"

static struct trial trials[] = {
	{ { "SUDO_UID=%u", "SUDO_USER=%n" }, WAY_SUDO, true, NULL },
	{ { "SUDO_UID=0", "SUDO_USER=root" }, WAY_SUDO, false, NULL },
	{ { "SUDO_UID=%u", "SUDO_USER=%n", "SUDO_GID=0", "HOME=/x",
	    "USER=root" }, WAY_SUDO, true, NULL },
	{ { "XSUDO_UID=5", "SUDO_UID=%u", "SUDO_USER=%n", "SUDO_UIDX=5" },
	    WAY_SUDO, true, NULL },
	/* numbers that are none */
	{ { "SUDO_UID=", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=0%u", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=+%u", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=-1", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID= %u", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=%u ", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=%u\n", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=%ux", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=0x0", "SUDO_USER=root" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=00", "SUDO_USER=root" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=#0", "SUDO_USER=root" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=%n", "SUDO_USER=%n" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=4294967295", "SUDO_USER=root" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=4294967296", "SUDO_USER=root" }, REFUSED, AS_SUDO },
	{ { "SUDO_UID=18446744073709551616", "SUDO_USER=root" }, REFUSED,
	    AS_SUDO },
	{ { "SUDO_UID=99999999999999999999999999", "SUDO_USER=root" }, REFUSED,
	    AS_SUDO },
	/* twice, or half */
	{ { "SUDO_UID=%u", "SUDO_UID=0", "SUDO_USER=%n" }, REFUSED,
	    AS_SUDO },
	{ { "SUDO_UID=0", "SUDO_UID=0", "SUDO_USER=root" }, REFUSED,
	    AS_SUDO },
	{ { "SUDO_UID=%u", "SUDO_USER=%n", "SUDO_USER=root" }, REFUSED,
	    AS_SUDO },
	{ { "SUDO_UID=%u" }, REFUSED, AS_SUDO },
	/* two ways up at once */
	{ { "SUDO_UID=%u", "SUDO_USER=%n", "DOAS_USER=x" }, REFUSED,
	    AS_SUDO },
	{ { "SUDO_UID=%u", "SUDO_USER=%n", "PKEXEC_UID=1" }, REFUSED,
	    AS_SUDO },
	/* one that does not say who */
	{ { "DOAS_USER=%n" }, REFUSED, "doas and pkexec do not" },
	{ { "PKEXEC_UID=%u" }, REFUSED, "doas and pkexec do not" },
	/* id and name must be one account's */
	{ { "SUDO_UID=%u", "SUDO_USER=root" }, REFUSED,
	    "is not the id of SUDO_USER=root" },
	{ { "SUDO_UID=0", "SUDO_USER=%n" }, REFUSED,
	    "SUDO_UID=0 is not the id of" },
	{ { "SUDO_UID=%u", "SUDO_USER=" }, REFUSED, "is not the id of" },
	{ { "SUDO_UID=%u", "SUDO_USER=no such user" }, REFUSED,
	    "is not the id of" },
	{ { "SUDO_UID=%u", "SUDO_USER=#%u" }, REFUSED,
	    "is not the id of" },
	{ { "SUDO_UID=4294967294", "SUDO_USER=no such user" }, REFUSED,
	    "is not the id of" },
	/* an environment that did not arrive whole */
	{ { "SUDO_UID=%u", "SUDO_USER=%n", "UNDOCKER_ENV_0=!" }, REFUSED,
	    "did not arrive whole" },
	{ { "SUDO_UID=%u", "SUDO_USER=%n", "UNDOCKER_ENV_1=QT0xAA" },
	    REFUSED, "did not arrive whole" },
};

START_TEST(deny_a_caller_whom_sudo_does_not_vouch_for)
{
	int status = child_status(try_trial, &trials[_i]);

	ck_assert_msg(status == GOOD, "%s: %d", trials[_i].env[0], status);
}
END_TEST

/* The setuid way: the real uid says who asks, and nothing else. */
static int
try_shim(void *data)
{
	static const gid_t more[] = { 64999 };
	static const char *const env[ENV_MAX] = { "SUDO_UID=0",
		"SUDO_USER=root", "DOAS_USER=root", "USER=root",
		"UNDOCKER_ENV_0=QT0xAA", NULL };
	enum caller_way way = WAY_UNKNOWN;
	struct fault f = { 0 };
	struct caller c;

	(void)data;
	if (setgroups(1, more) != 0 ||
	    setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid) != 0 ||
	    setresuid(nobody.pw_uid, 0, 0) != 0)
		return NOT_AS_WANTED;
	if (!caller_find(&c, &way, a, environment(env), &f))
		return NOT_TOLD;
	if (way != WAY_SHIM)
		return WRONG_WAY;
	if (c.uid != nobody.pw_uid || strcmp(c.user, nobody.pw_name) != 0 ||
	    !caller_in_group(&c, 64999) || !caller_in_group(&c, c.gid) ||
	    c.env.n != 1 || strcmp(c.env.v[0], "A=1") != 0)
		return WRONG_CALLER;
	return root_in_all() ? GOOD : NOT_ROOT;
}

START_TEST(valid_the_real_uid_says_who_asks)
{
	ck_assert_int_eq(child_status(try_shim, NULL), GOOD);
}
END_TEST

static int
try_no_account(void *data)
{
	enum caller_way way = WAY_UNKNOWN;
	struct fault f = { 0 };
	struct caller c;
	char *const env[] = { NULL };

	(void)data;
	if (setresuid(4123456789U, 0, 0) != 0)
		return NOT_AS_WANTED;
	return !caller_find(&c, &way, a, env, &f) &&
	    strstr(f.text, "the user id 4123456789 has no account") != NULL
	    ? GOOD : NOT_TOLD;
}

START_TEST(deny_a_uid_without_an_account)
{
	ck_assert_int_eq(child_status(try_no_account, NULL), GOOD);
}
END_TEST

static int
try_unprivileged(void *data)
{
	enum caller_way way = WAY_UNKNOWN;
	struct fault f = { 0 };
	struct caller c;

	(void)data;
	if (setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid) != 0)
		return NOT_AS_WANTED;
	return !caller_find(&c, &way, a, environment(trials[0].env), &f) &&
	    strstr(f.text, "works as root only") != NULL ? GOOD : NOT_TOLD;
}

START_TEST(deny_a_runtime_that_is_not_root)
{
	ck_assert_int_eq(child_status(try_unprivileged, NULL), GOOD);
}
END_TEST

static bool
map_write(const char *file, const char *map)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, map, strlen(map)) ==
	    (ssize_t)strlen(map);

	if (fd >= 0)
		close(fd);
	return written;
}

/* Root there is nobody here, though all ids are 0. */
static int
try_namespace(void *data)
{
	enum caller_way way = WAY_UNKNOWN;
	struct fault f = { 0 };
	struct caller c;

	(void)data;
	if (unshare(CLONE_NEWUSER) != 0)
		return GOOD; /* not here, then */
	if (!map_write("/proc/self/setgroups", "deny") ||
	    !map_write("/proc/self/uid_map", "0 0 1") ||
	    !map_write("/proc/self/gid_map", "0 0 1") || geteuid() != 0)
		return NOT_AS_WANTED;
	return !caller_find(&c, &way, a, environment(trials[0].env), &f) &&
	    strstr(f.text, "inside a user namespace") != NULL
	    ? GOOD : NOT_TOLD;
}

START_TEST(deny_a_user_namespace_of_the_caller_s)
{
	ck_assert_int_eq(child_status(try_namespace, NULL), GOOD);
}
END_TEST

/* The working directory is the kernel's word. */
static int
try_directory(void *data)
{
	enum caller_way way = WAY_UNKNOWN;
	struct fault f = { 0 };
	struct caller c;
	char *const *env = environment(trials[0].env);

	(void)data;
	if (chdir("/usr/../usr/bin/.") != 0 ||
	    !caller_find(&c, &way, a, env, &f) || c.cwd == NULL ||
	    strcmp(c.cwd, "/usr/bin") != 0)
		return NOT_AS_WANTED;
	if (chdir("/tmp") != 0 || mkdir("undocker-unit.gone", 0700) != 0 ||
	    chdir("undocker-unit.gone") != 0 ||
	    rmdir("../undocker-unit.gone") != 0)
		return NOT_TOLD;
	return caller_find(&c, &way, a, env, &f) && c.cwd == NULL
	    ? GOOD : WRONG_CALLER;
}

START_TEST(valid_the_working_directory_or_none)
{
	ck_assert_int_eq(child_status(try_directory, NULL), GOOD);
}
END_TEST

START_TEST(valid_a_caller_by_name)
{
	char *const env[] = { arena_strdup(a, "A=1"), NULL };
	struct fault f = { 0 };
	struct caller c;

	ck_assert_msg(caller_find_named(&c, a, "root", env, &f), "%s", f.text);
	ck_assert_uint_eq(c.uid, 0);
	ck_assert_str_eq(c.user, "root");
	ck_assert_uint_eq(c.env.n, 1);
	ck_assert_str_eq(c.env.v[0], "A=1");
	ck_assert(!caller_find_named(&c, a, "no such user", env, &f));
	ck_assert_str_eq(f.text, "there is no user 'no such user' here");
}
END_TEST

Suite *
caller_find_suite(void)
{
	Suite *s = suite_create("caller_find");
	TCase *t = tcase_of(s, "caller_find");
	const struct passwd *pw = getpwnam("nobody");
	struct stat st;

	ONE(t, valid_a_caller_by_name);
	/* PROC_USER_INIT_INO: anywhere else everybody is refused */
	if (geteuid() != 0 || pw == NULL ||
	    stat("/proc/self/ns/user", &st) != 0 || st.st_ino != 0xEFFFFFFDU)
		return s;
	nobody = *pw;
	nobody.pw_name = strdup(pw->pw_name);
	EACH(t, deny_a_caller_whom_sudo_does_not_vouch_for, trials);
	ONE(t, valid_the_real_uid_says_who_asks);
	ONE(t, deny_a_uid_without_an_account);
	ONE(t, deny_a_runtime_that_is_not_root);
	ONE(t, deny_a_user_namespace_of_the_caller_s);
	ONE(t, valid_the_working_directory_or_none);
	return s;
}
