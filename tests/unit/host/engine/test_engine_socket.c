/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_socket.h"

#include "child.h"
#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#define GROUP 65531U

static const struct caller ann = { .uid = 1000, .gid = 10, .user = "ann" };
static const struct caller root = { .uid = 0, .gid = 0, .user = "root" };

static void
make_socket(const char *name, uid_t uid, gid_t gid)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", root_path(name));
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&at, sizeof(at)),
	    0);
	ck_assert_int_eq(chown(root_path(name), uid, gid), 0);
	ck_assert_int_eq(close(fd), 0);
}

/* The gid, or -1: *why. */
static long
group_of(const char *engine, bool per_user, bool as_root,
    const struct caller *c, const char **why)
{
	const struct settings s = { .engine = engine, .as_root = as_root,
		.engine_per_user = per_user };
	struct fault f = { 0 };
	gid_t gid = 12345;

	if (engine_socket_group(&s, c, a, &gid, &f))
		return (long)gid;
	ck_assert_int_eq(f.kind, FAULT_REFUSED);
	*why = f.text;
	return -1;
}

static const char *
unix_of(const char *name)
{
	return arena_printf(a, "unix://%s", root_path(name));
}

static void
refused(const char *engine, const char *part)
{
	const char *why = "";

	ck_assert_int_eq(group_of(engine, false, false, &ann, &why), -1);
	ck_assert_msg(strstr(why, part) != NULL, "%s", why);
}

START_TEST(valid_the_group_of_root_s_socket)
{
	const char *why = "";

	make_socket("s", 0, GROUP);
	ck_assert_int_eq(group_of(unix_of("s"), false, false, &ann, &why),
	    (long)GROUP);
	/* a client that is root needs none, and root's group will do */
	ck_assert_int_eq(group_of(unix_of("s"), false, true, &ann, &why), 0);
	ck_assert_int_eq(group_of(unix_of("s"), false, false, &root, &why), 0);
	make_socket("r", 0, 0);
	ck_assert_int_eq(group_of(unix_of("r"), false, true, &ann, &why), 0);
}
END_TEST

START_TEST(deny_a_socket_that_is_not_root_s_alone)
{
	const char *why = "";

	make_socket("r", 0, 0);
	refused(unix_of("r"), "belongs to the group root");
	make_socket("o", OTHER, GROUP);
	refused(unix_of("o"), "is not owned by root");
	ck_assert_int_eq(group_of(unix_of("o"), false, true, &ann, &why), -1);
	root_file("f", "x", 0660, 0);
	refused(unix_of("f"), "is not a socket");
	refused(unix_of("nosuch"), "does not exist: is the engine running?");
	make_socket("s", 0, GROUP);
	root_link("s", "l", 0);
	refused(unix_of("l"), "is a symbolic link");
	root_directory("d", 0777, 0);
	make_socket("d/s", 0, GROUP);
	refused(unix_of("d/s"), "is writable by group or others");
	root_change("d", 0755, OTHER);
	refused(unix_of("d/s"), "is not owned by root");
}
END_TEST

/* An engine of the user's own: no group but his. */
START_TEST(valid_an_engine_of_the_user_s_own)
{
	const char *why = "";

	ck_assert_int_eq(group_of("unix:///run/user/1000/docker.sock", true,
	    false, &ann, &why), 10);
	ck_assert_int_eq(group_of("unix:///run/user/1000/docker.sock", true,
	    true, &ann, &why), -1);
	ck_assert_msg(strstr(why, "would lend it root's rights") != NULL, "%s",
	    why);
}
END_TEST

START_TEST(valid_other_addresses)
{
	const char *why = "";

	ck_assert_int_eq(group_of("tcp://127.0.0.1:2375", false, false, &ann,
	    &why), 10);
	refused("ssh://root@host", "ssh:// engine is not supported");
	refused("unix://run/x", "is neither unix:///PATH nor tcp://");
	refused("fd://", "is neither unix:///PATH nor tcp://");
	refused("", "is neither unix:///PATH nor tcp://");
	refused("/var/run/docker.sock", "is neither");
}
END_TEST

/* An engine's process, in a mount namespace of its own or in ours. */
static pid_t
listen_elsewhere(const char *name, bool elsewhere)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), ready[2];
	pid_t pid;
	char c;

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", root_path(name));
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&at, sizeof(at)),
	    0);
	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		(void)alarm(20);
		c = elsewhere && unshare(CLONE_NEWNS) != 0 ? 'n' : 'y';
		if (listen(fd, 5) != 0 || write(ready[1], &c, 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	ck_assert_int_eq(read(ready[0], &c, 1), 1);
	(void)close(ready[0]);
	(void)close(ready[1]);
	(void)close(fd);
	if (c == 'y')
		return pid;
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return -1;
}

/* NULL: it shares them; else why not. */
static const char *
not_shared(const char *engine, bool per_user)
{
	const struct settings s = { .engine = engine,
		.engine_per_user = per_user };
	struct fault f = { 0 };

	if (engine_socket_shares_mounts(&s, &ann, a, &f))
		return f.kind == FAULT_NONE ? NULL : "with a fault";
	ck_assert_int_eq(f.kind, FAULT_REFUSED);
	return f.text;
}

START_TEST(valid_or_deny_the_engine_s_mounts)
{
	static const char *const texts[] = { NULL, "is not the engine's" };
	pid_t pid = listen_elsewhere("s", _i == 1);
	const char *why;

	if (pid < 0)
		return;
	why = not_shared(unix_of("s"), false);
	ck_assert_pstr_eq(not_shared(unix_of("s"), true), NULL);
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_int_eq(why == NULL, texts[_i] == NULL);
	if (why != NULL)
		ck_assert_msg(strstr(why, texts[_i]) != NULL, "%s", why);
	/* the socket is still there, its process is not */
	why = not_shared(unix_of("s"), false);
	ck_assert_msg(why != NULL && strstr(why, "cannot be asked") != NULL,
	    "%s", why);
}
END_TEST

/* Whoever listened is gone, another has the socket. */
static int
try_without_its_maker(void *data)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	pid_t pid;

	(void)data;
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", root_path("s"));
	if (bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0)
		return 1;
	pid = fork();
	if (pid == 0)
		_exit(listen(fd, 5) == 0 ? 0 : 1);
	if (pid < 0 || waitpid(pid, NULL, 0) != pid)
		return 2;
	return strstr(not_shared(unix_of("s"), false), "is not the engine's")
	    != NULL ? 0 : 3;
}

START_TEST(deny_an_engine_that_nobody_knows)
{
	static const struct {
		const char *engine, *why;
	} rows[] = {
		{ "tcp://127.0.0.1:2375", "not on this host's unix socket" },
		{ "ssh://root@host", "not on this host's unix socket" },
		{ "unix://run/x", "not on this host's unix socket" },
		{ "", "not on this host's unix socket" },
		{ "unix:///nosuch/sock", "does not exist" },
	};

	for (int i = 0; i < ROWS(rows); i++) {
		const char *why = not_shared(rows[i].engine, false);

		ck_assert_msg(why != NULL && strstr(why, rows[i].why) != NULL,
		    "%s", why);
	}
	make_socket("o", OTHER, GROUP);
	ck_assert_ptr_nonnull(strstr(not_shared(unix_of("o"), false),
	    "is not owned by root"));
	ck_assert_int_eq(child_status(try_without_its_maker, NULL), 0);
}
END_TEST

Suite *
engine_socket_suite(void)
{
	Suite *s = suite_create("engine_socket");
	TCase *t = root_tcase(s, "engine_socket");

	if (t == NULL)
		return s;
	ONE(t, valid_the_group_of_root_s_socket);
	ONE(t, deny_a_socket_that_is_not_root_s_alone);
	ONE(t, valid_an_engine_of_the_user_s_own);
	ONE(t, valid_other_addresses);
	tcase_add_loop_test(t, valid_or_deny_the_engine_s_mounts, 0, 2);
	ONE(t, deny_an_engine_that_nobody_knows);
	return s;
}
