/* SPDX-License-Identifier: Apache-2.0 */
/* In a mount namespace with an empty /var/lib. */
#include "host/client/credentials.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define HERE CREDENTIALS_DIR "/1000"
#define FILE_HERE HERE "/config.json"
#define SOUND "{\"auths\": {\"r.example\": {\"auth\": \"eDp5\"}}}"

/* In a child: says where it failed, and ends. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%d: %s: errno %d\n", __LINE__, \
			    #condition, errno); \
			_exit(1); \
		} \
	} while (0)

static void
world(void)
{
	MUST(unshare(CLONE_NEWNS) == 0);
	MUST(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
	MUST(mount("none", "/var/lib", "tmpfs", 0, "mode=0755") == 0);
}

static void
write_bytes(const char *path, const char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	MUST(fd >= 0);
	MUST(write(fd, bytes, n) == (ssize_t)n);
	MUST(close(fd) == 0);
}

/* NULL: it worked, and *c is it; else what was said. */
static const char *
opened(struct credentials *c, const char *command)
{
	struct fault f = { 0 };

	if (credentials_open(c, command, 1000, 1000, a, &f)) {
		MUST(f.kind == FAULT_NONE);
		return NULL;
	}
	MUST(f.kind == FAULT_REFUSED && c->fd < 0);
	return f.text;
}

/* As docker's login leaves it. */
static void
logged_in(const char *bytes)
{
	struct credentials c;

	world();
	MUST(opened(&c, "login") == NULL && c.fd >= 0);
	write_bytes(FILE_HERE, bytes, strlen(bytes));
	MUST(chown(FILE_HERE, 1000, 0) == 0);
	MUST(close(c.fd) == 0);
}

static bool
is(const char *path, uid_t uid, mode_t mode)
{
	struct stat st;

	return lstat(path, &st) == 0 && st.st_uid == uid &&
	    (st.st_mode & 07777) == mode;
}

static int
a_login_gets_a_directory_of_the_users_own(void *data)
{
	struct credentials c;
	int fd;

	(void)data;
	world();
	MUST(opened(&c, "login") == NULL);
	MUST(c.fd >= 0 && c.writable);
	MUST(is(CREDENTIALS_DIR, 0, 0700));
	MUST(is(HERE, 1000, 0700));
	fd = openat(c.fd, "config.json", O_WRONLY | O_CREAT | O_EXCL, 0600);
	MUST(fd >= 0);
	MUST(access(FILE_HERE, F_OK) == 0);
	return 0;
}

static int
a_pull_reads_it_and_cannot_write(void *data)
{
	struct credentials c;
	char text[64] = { 0 };
	int fd;

	logged_in(SOUND);
	MUST(opened(&c, data) == NULL);
	MUST(c.fd >= 0 && !c.writable);
	fd = openat(c.fd, "config.json", O_RDONLY);
	MUST(fd >= 0 && read(fd, text, sizeof(text) - 1) > 0);
	MUST(strcmp(text, SOUND) == 0);
	MUST(openat(c.fd, "config.json", O_WRONLY) < 0 && errno == EROFS);
	MUST(openat(c.fd, "new", O_WRONLY | O_CREAT, 0600) < 0);
	MUST(errno == EROFS);
	return 0;
}

/* Neither before the first login nor after the last logout. */
static int
without_credentials_there_is_none(void *data)
{
	struct credentials c;

	world();
	MUST(opened(&c, data) == NULL && c.fd < 0);
	MUST(access(CREDENTIALS_DIR, F_OK) != 0);
	MUST(opened(&c, "login") == NULL && c.fd >= 0);
	if (strcmp(data, "logout") != 0)
		MUST(opened(&c, data) == NULL && c.fd < 0);
	return 0;
}

static int
another_command_gets_none(void *data)
{
	struct credentials c;

	logged_in(SOUND);
	MUST(opened(&c, data) == NULL && c.fd < 0);
	return 0;
}

static int
what_is_more_than_credentials_is_refused(void *data)
{
	struct credentials c;
	const char *why;

	logged_in(data);
	why = opened(&c, "run");
	MUST(why != NULL && strstr(why, "undocker logout") != NULL);
	MUST(opened(&c, "login") != NULL);
	MUST(opened(&c, "logout") == NULL && c.fd >= 0);
	MUST(access(FILE_HERE, F_OK) != 0);
	MUST(opened(&c, "run") == NULL && c.fd < 0);
	return 0;
}

static int
what_is_no_plain_file_is_refused(void *data)
{
	const char *how = data;
	struct credentials c;

	logged_in(SOUND);
	MUST(rename(FILE_HERE, HERE "/other") == 0);
	if (strcmp(how, "link") == 0)
		MUST(symlink("other", FILE_HERE) == 0);
	else if (strcmp(how, "hard link") == 0)
		MUST(link(HERE "/other", FILE_HERE) == 0);
	else if (strcmp(how, "fifo") == 0)
		MUST(mkfifo(FILE_HERE, 0600) == 0);
	else
		MUST(mkdir(FILE_HERE, 0700) == 0);
	MUST(opened(&c, "run") != NULL);
	MUST(opened(&c, "login") != NULL);
	return 0;
}

/* A client that its user may trace could have put another's file here. */
static int
a_file_of_somebody_elses_is_refused(void *data)
{
	struct credentials c;
	uid_t owner = strcmp(data, "root") == 0 ? 0 : 2000;

	logged_in(SOUND);
	MUST(chown(FILE_HERE, owner, 0) == 0);
	MUST(opened(&c, "run") != NULL);
	MUST(opened(&c, "login") != NULL);
	MUST(is(FILE_HERE, owner, 0600));
	return 0;
}

static int
what_a_killed_login_left_goes(void *data)
{
	struct credentials c;

	logged_in(SOUND);
	write_bytes(HERE "/config.json123", SOUND, strlen(SOUND));
	MUST(opened(&c, "run") == NULL);
	MUST(access(HERE "/config.json123", F_OK) == 0);
	MUST(opened(&c, data) == NULL);
	MUST(access(HERE "/config.json123", F_OK) != 0);
	MUST(access(FILE_HERE, F_OK) == 0);
	return 0;
}

static int
a_bound_is_never_more_than_was(void *data)
{
	const struct rlimit little = { 100 << 20, 200 << 20 };
	struct rlimit limit;

	(void)data;
	MUST(credentials_bound() && getrlimit(RLIMIT_DATA, &limit) == 0);
	MUST(limit.rlim_cur == 256 << 20 && limit.rlim_max == 256 << 20);
	MUST(setrlimit(RLIMIT_DATA, &little) == 0);
	MUST(credentials_bound() && getrlimit(RLIMIT_DATA, &limit) == 0);
	MUST(limit.rlim_cur == 100 << 20 && limit.rlim_max == 200 << 20);
	return 0;
}

static int
a_long_file_is_refused(void *data)
{
	static char bytes[(1 << 16) + 2];
	struct credentials c;

	(void)data;
	logged_in(SOUND);
	memset(bytes, ' ', sizeof(bytes));
	memcpy(bytes, SOUND, strlen(SOUND));
	write_bytes(FILE_HERE, bytes, 1 << 16);
	MUST(chown(FILE_HERE, 1000, 0) == 0);
	MUST(opened(&c, "pull") == NULL && c.fd >= 0);
	write_bytes(FILE_HERE, bytes, (1 << 16) + 1);
	MUST(chown(FILE_HERE, 1000, 0) == 0);
	MUST(opened(&c, "pull") != NULL);
	return 0;
}

/* It has become whoever's the client now is. */
static int
the_file_is_the_clients_own(void *data)
{
	struct credentials c;
	struct fault f = { 0 };

	(void)data;
	logged_in(SOUND);
	MUST(chmod(FILE_HERE, 0666) == 0 && chmod(HERE, 0777) == 0);
	MUST(credentials_open(&c, "login", 1000, 0, a, &f));
	MUST(is(HERE, 0, 0700) && is(FILE_HERE, 0, 0600));
	MUST(opened(&c, "login") == NULL);
	MUST(is(HERE, 1000, 0700) && is(FILE_HERE, 1000, 0600));
	return 0;
}

static int
a_directory_that_is_not_roots_is_refused(void *data)
{
	struct credentials c;

	logged_in(SOUND);
	MUST(chown(data, 1000, 0) == 0);
	MUST(opened(&c, "login") != NULL);
	MUST(opened(&c, "run") != NULL);
	return 0;
}

static int
a_link_in_its_place_is_refused(void *data)
{
	struct credentials c;

	(void)data;
	logged_in(SOUND);
	MUST(rename(HERE, CREDENTIALS_DIR "/2000") == 0);
	MUST(symlink("2000", HERE) == 0);
	MUST(opened(&c, "login") != NULL);
	MUST(opened(&c, "run") != NULL);
	return 0;
}

static const struct row {
	const char *name;
	int (*work)(void *);
	const char *data;
} rows[] = {
#define ROW(work, data) { #work, work, data }
	ROW(a_login_gets_a_directory_of_the_users_own, ""),
	ROW(a_pull_reads_it_and_cannot_write, "pull"),
	ROW(a_pull_reads_it_and_cannot_write, "push"),
	ROW(a_pull_reads_it_and_cannot_write, "run"),
	ROW(a_pull_reads_it_and_cannot_write, "create"),
	ROW(without_credentials_there_is_none, "pull"),
	ROW(without_credentials_there_is_none, "run"),
	ROW(without_credentials_there_is_none, "logout"),
	ROW(another_command_gets_none, "cp"),
	ROW(another_command_gets_none, "exec"),
	ROW(another_command_gets_none, "save"),
	ROW(another_command_gets_none, "network create"),
	ROW(another_command_gets_none, ""),
	ROW(what_is_more_than_credentials_is_refused, ""),
	ROW(what_is_more_than_credentials_is_refused, "[]"),
	ROW(what_is_more_than_credentials_is_refused, "{\"auths\": []}"),
	ROW(what_is_more_than_credentials_is_refused, "{\"auths\": {\"r\": 1}}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"auths\": {\"r\": {\"auth\": {}}}}"),
	ROW(what_is_more_than_credentials_is_refused, "{\"auths\": {}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"auths\": {}, \"auths\": {}}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"auths\": {}, \"credsStore\": \"x\"}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"currentContext\": \"x\"}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"cliPluginsExtraDirs\": [\"/tmp\"]}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"proxies\": {\"default\": {\"httpProxy\": \"x\"}}}"),
	ROW(what_is_more_than_credentials_is_refused,
	    "{\"HttpHeaders\": {\"X\": \"y\"}}"),
	ROW(what_is_no_plain_file_is_refused, "link"),
	ROW(what_is_no_plain_file_is_refused, "hard link"),
	ROW(what_is_no_plain_file_is_refused, "fifo"),
	ROW(what_is_no_plain_file_is_refused, "directory"),
	ROW(a_long_file_is_refused, ""),
	ROW(a_file_of_somebody_elses_is_refused, "root"),
	ROW(a_file_of_somebody_elses_is_refused, "another"),
	ROW(what_a_killed_login_left_goes, "login"),
	ROW(what_a_killed_login_left_goes, "logout"),
	ROW(a_bound_is_never_more_than_was, ""),
	ROW(the_file_is_the_clients_own, ""),
	ROW(a_directory_that_is_not_roots_is_refused, CREDENTIALS_DIR),
	ROW(a_directory_that_is_not_roots_is_refused,
	    CREDENTIALS_PARENT "/undocker"),
	ROW(a_link_in_its_place_is_refused, ""),
};

START_TEST(holds)
{
	const struct row *r = &rows[_i];

	ck_assert_msg(child_status(r->work, (void *)(uintptr_t)r->data) == 0,
	    "%s: %s", r->name, r->data);
}
END_TEST

Suite *
credentials_suite(void)
{
	Suite *s = suite_create("credentials");

	if (geteuid() != 0) {
		fprintf(stderr, "credentials: not root, left out\n");
		return s;
	}
	EACH(tcase_of(s, "credentials"), holds, rows);
	return s;
}
