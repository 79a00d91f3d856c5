/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each call is tried in a process of its own that has the filter, by its
 * number, as a hostile client would: what is forbidden, and its allowed
 * neighbour.
 */
#include "host/client/client_filter.h"

#include "filter/client_rules.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif
#define FD_PROGRAM 100
#define NOT_SET 200 /* exit statuses that no errno has */
#define WRONG_FILE 201

static char directory[64];

/* A directory to try in; the child's files go with it. */
static void
directory_begin(void)
{
	snprintf(directory, sizeof(directory), "/tmp/undocker-unit.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	ck_assert_int_eq(close(creat("file", 0600)), 0);
	ck_assert_int_eq(mkdir("dir", 0700), 0);
	umask(0);
}

static void
directory_end(void)
{
	static const char *const names[] = { "file", "new" };

	for (int i = 0; i < ROWS(names); i++)
		(void)unlink(names[i]);
	(void)rmdir("new");
	(void)rmdir("dir");
	(void)rmdir(directory);
}

static char *no_argv[] = { NULL };
static char *true_argv[] = { NULL, NULL };
static const char empty[] = "";

static bool
filter_set(void)
{
	static const struct client_exec only = { .fd = FD_PROGRAM,
		.path = empty, .argv = true_argv, .env = no_argv };
	struct fault f = { 0 };

	return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 &&
	    client_filter(a, &only, &f) && f.kind == FAULT_NONE;
}

/* What the runtime loads is what libseccomp makes of the rules here. */
START_TEST(valid_the_instructions_are_libseccomp_s)
{
	static struct client_program fresh;
	static struct sock_filter code[CLIENT_FILTER_MOST];
	const struct client_exec only = { .fd = FD_PROGRAM + _i,
		.path = empty, .argv = true_argv, .env = no_argv };
	const uint64_t values[CLIENT_EXEC_VALUES] = { FD_PROGRAM + (uint64_t)_i,
		(uintptr_t)empty, (uintptr_t)true_argv, (uintptr_t)no_argv };
	const char *why = "";

	ck_assert_msg(client_rules(&fresh, values, &why), "%s", why);
	ck_assert_uint_gt(fresh.n, 90);
	ck_assert_uint_eq(client_filter_fill(code, &only), fresh.n);
	ck_assert_mem_eq(code, fresh.code, fresh.n * sizeof(code[0]));
}
END_TEST

struct call {
	const char *name;
	long number;
	long arg[6];
	int error; /* what it must say; 0: it must work */
};

/* The address of a string, as an argument. */
#define AT(s) ((long)(intptr_t)(s))
#define HIGH (1L << 32) /* bits that the kernel does not look at */

static const char file_name[] = "file", new_name[] = "new", dir_name[] = "dir";

static int
try_call(void *data)
{
	const struct call *c = data;
	long r;

	if (!filter_set())
		return NOT_SET;
	r = syscall(c->number, c->arg[0], c->arg[1], c->arg[2], c->arg[3],
	    c->arg[4], c->arg[5]);
	return r < 0 ? errno : 0;
}

#define SETID_CALLS(name, number, before, mode, behind) \
	{ name " 0755", number, { before mode(0755) behind }, 0 }, \
	{ name " sticky", number, { before mode(01700) behind }, 0 }, \
	{ name " setuid", number, { before mode(04755) behind }, EPERM }, \
	{ name " setgid", number, { before mode(02755) behind }, EPERM }, \
	{ name " both", number, { before mode(06755) behind }, EPERM }, \
	{ name " setgid alone", number, { before mode(02000) behind }, \
	    EPERM }, \
	{ name " setuid and more", number, \
	    { before mode(07777) behind }, EPERM }, \
	{ name " hidden by high bits", number, \
	    { before mode(HIGH | 0x10000 | 04755) behind }, EPERM }

#define PLAIN(m) (m)
#define NODE(m) (S_IFREG | (m))
#define COMMA ,
#define NEW_FLAGS (O_WRONLY | O_CREAT | O_EXCL)

static struct call calls[] = {
	SETID_CALLS("fchmodat", SYS_fchmodat, AT_FDCWD COMMA 0 COMMA, PLAIN,),
	SETID_CALLS("openat", SYS_openat, AT_FDCWD COMMA 1 COMMA NEW_FLAGS
	    COMMA, PLAIN,),
	SETID_CALLS("mkdirat", SYS_mkdirat, AT_FDCWD COMMA 1 COMMA, PLAIN,),
	SETID_CALLS("mknodat", SYS_mknodat, AT_FDCWD COMMA 1 COMMA, NODE,),
	SETID_CALLS("fchmod", SYS_fchmod, 2 COMMA, PLAIN,),
#ifdef SYS_chmod
	SETID_CALLS("chmod", SYS_chmod, 0 COMMA, PLAIN,),
	SETID_CALLS("open", SYS_open, 1 COMMA NEW_FLAGS COMMA, PLAIN,),
	SETID_CALLS("creat", SYS_creat, 1 COMMA, PLAIN,),
	SETID_CALLS("mkdir", SYS_mkdir, 1 COMMA, PLAIN,),
	SETID_CALLS("mknod", SYS_mknod, 1 COMMA, NODE,),
#endif
	/* what takes its mode from memory is not there at all */
	{ "openat2", SYS_openat2, { AT_FDCWD, 0, 0, 0, 0, 0 }, ENOSYS },
	{ "io_uring_setup", SYS_io_uring_setup, { 1, 0 }, ENOSYS },
	{ "io_uring_enter", SYS_io_uring_enter, { 0 }, ENOSYS },
	{ "io_uring_register", SYS_io_uring_register, { 0 }, ENOSYS },
	/* neighbours */
	{ "openat to read", SYS_openat, { AT_FDCWD, 0, O_RDONLY, 0 }, 0 },
	{ "faccessat", SYS_faccessat, { AT_FDCWD, 0, R_OK }, 0 },
	{ "unlinkat", SYS_unlinkat, { AT_FDCWD, 0, 0 }, 0 },
	{ "umask", SYS_umask, { 06022 }, 0 },
	/* other programs */
	{ "execve", SYS_execve, { 0, 0, 0 }, EPERM },
	{ "ptrace", SYS_ptrace, { PTRACE_TRACEME, 0, 0, 0 }, EPERM },
#ifdef SYS_uselib
	{ "uselib", SYS_uselib, { 0 }, EPERM },
#endif
};

/*
 * A path stands in the table as 0 (the file that is there) or 1 (one that is
 * not); addresses are no constants. Descriptor 2 stands for an open file.
 */
static struct call
filled(const struct call *row)
{
	struct call c = *row;
	int at = c.number == SYS_fchmodat || c.number == SYS_openat ||
	    c.number == SYS_mkdirat || c.number == SYS_mknodat ||
	    c.number == SYS_faccessat || c.number == SYS_unlinkat ||
	    c.number == SYS_openat2;

	if (c.number == SYS_fchmod) {
		c.arg[0] = open("file", O_RDONLY | O_CLOEXEC);
		ck_assert_int_ge((int)c.arg[0], 0);
	} else if (c.number != SYS_umask && c.number != SYS_ptrace &&
	    c.number != SYS_io_uring_setup &&
	    c.number != SYS_io_uring_enter &&
	    c.number != SYS_io_uring_register) {
		c.arg[at] = c.arg[at] == 0 ? AT(file_name) : AT(new_name);
	}
	return c;
}

START_TEST(deny_setid_bits_and_programs_but_not_their_neighbours)
{
	struct call c = filled(&calls[_i]);
	int status = child_status(try_call, &c);

	ck_assert_msg(status == c.error, "%s: %d, not %d", c.name, status,
	    c.error);
}
END_TEST

static struct call modes[] = {
	{ "fchmodat2 0755", SYS_fchmodat2, { AT_FDCWD, 0, 0755, 0 }, 0 },
	{ "fchmodat2 setuid", SYS_fchmodat2, { AT_FDCWD, 0, 04755, 0 },
	    EPERM },
	{ "fchmodat2 setgid", SYS_fchmodat2, { AT_FDCWD, 0, 02755, 0 },
	    EPERM },
	{ "fchmodat2 by descriptor", SYS_fchmodat2,
	    { AT_FDCWD, 0, 02755, AT_EMPTY_PATH }, EPERM },
};

START_TEST(deny_the_newest_chmod_too)
{
	struct call c = modes[_i];
	int status;

	c.arg[1] = AT(file_name);
	status = child_status(try_call, &c);
	/* A kernel before 6.6 does not have it. */
	ck_assert_msg(status == c.error || (c.error == 0 && status == ENOSYS),
	    "%s: %d", c.name, status);
}
END_TEST

START_TEST(deny_a_setgid_bit_on_a_directory)
{
	struct call c = { "fchmodat", SYS_fchmodat,
		{ AT_FDCWD, AT(dir_name), 02755 }, EPERM };

	ck_assert_int_eq(child_status(try_call, &c), EPERM);
	c.arg[2] = 0755;
	ck_assert_int_eq(child_status(try_call, &c), 0);
}
END_TEST

/* Nothing of the mode may be there afterwards. */
START_TEST(deny_a_refused_call_makes_nothing)
{
	struct call c = { "openat", SYS_openat,
		{ AT_FDCWD, AT(new_name), NEW_FLAGS, 02755 }, EPERM };
	struct stat st;

	ck_assert_int_eq(child_status(try_call, &c), EPERM);
	ck_assert_int_ne(stat("new", &st), 0);
	c.number = SYS_fchmodat;
	c.arg[1] = AT(file_name);
	c.arg[2] = 04755;
	ck_assert_int_eq(child_status(try_call, &c), EPERM);
	ck_assert_int_eq(stat("file", &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
}
END_TEST

struct execution {
	const char *name;
	int fd;
	const char *path;
	char **argv;
	char **env;
	long flags;
	int status;
};

static char *other_argv[] = { NULL, NULL };
static char *other_env[] = { NULL };
static const char other_empty[1] = "";
static char true_path[] = "/bin/true";

static struct execution executions[] = {
	{ "the one", FD_PROGRAM, empty, true_argv, no_argv, AT_EMPTY_PATH, 0 },
	{ "another descriptor", FD_PROGRAM + 1, empty, true_argv, no_argv,
	    AT_EMPTY_PATH, EPERM },
	{ "the same by path", AT_FDCWD, true_path, true_argv, no_argv, 0,
	    EPERM },
	{ "a path beside the descriptor", FD_PROGRAM, true_path, true_argv,
	    no_argv, AT_EMPTY_PATH, EPERM },
	{ "another empty path", FD_PROGRAM, other_empty, true_argv, no_argv,
	    AT_EMPTY_PATH, EPERM },
	{ "other words", FD_PROGRAM, empty, other_argv, no_argv,
	    AT_EMPTY_PATH, EPERM },
	{ "other variables", FD_PROGRAM, empty, true_argv, other_env,
	    AT_EMPTY_PATH, EPERM },
	{ "no words", FD_PROGRAM, empty, NULL, no_argv, AT_EMPTY_PATH, EPERM },
	{ "other flags", FD_PROGRAM, empty, true_argv, no_argv,
	    AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, EPERM },
	{ "no flags", FD_PROGRAM, empty, true_argv, no_argv, 0, EPERM },
};

static int
try_execution(void *data)
{
	const struct execution *e = data;
	int fd = open("/bin/true", O_PATH | O_CLOEXEC);

	true_argv[0] = other_argv[0] = true_path;
	if (fd < 0 || dup3(fd, FD_PROGRAM, O_CLOEXEC) != FD_PROGRAM ||
	    dup3(fd, FD_PROGRAM + 1, O_CLOEXEC) != FD_PROGRAM + 1)
		return WRONG_FILE;
	if (!filter_set())
		return NOT_SET;
	(void)syscall(SYS_execveat, e->fd, e->path, e->argv, e->env, e->flags);
	return errno;
}

START_TEST(deny_every_program_but_the_one)
{
	struct execution *e = &executions[_i];
	int status = child_status(try_execution, e);

	ck_assert_msg(status == e->status, "%s: %d", e->name, status);
}
END_TEST

/* libc's ways all end in the same calls. */
static int
try_libc(void *data)
{
	char *const argv[] = { true_path, NULL };
	int fd = open("/bin/true", O_RDONLY | O_CLOEXEC);

	(void)data;
	if (fd < 0 || !filter_set())
		return NOT_SET;
	if (execv(true_path, argv) == 0 || errno != EPERM)
		return 1;
	if (fexecve(fd, argv, argv + 1) == 0 || errno != EPERM)
		return 2;
	return 0;
}

START_TEST(deny_programs_by_libc_too)
{
	ck_assert_int_eq(child_status(try_libc, NULL), 0);
}
END_TEST

/* A process that the client makes has the filter, too. */
static int
try_grandchild(void *data)
{
	struct call c = { "execve", SYS_execve, { AT(true_path), 0, 0 }, 0 };
	pid_t pid;
	int status;

	(void)data;
	if (!filter_set())
		return NOT_SET;
	pid = fork();
	if (pid == 0) {
		(void)syscall(c.number, c.arg[0], c.arg[1], c.arg[2]);
		_exit(errno);
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status)
	    ? WEXITSTATUS(status) : NOT_SET;
}

START_TEST(deny_a_child_has_the_filter_too)
{
	ck_assert_int_eq(child_status(try_grandchild, NULL), EPERM);
}
END_TEST

#ifdef __x86_64__
static int
try_i386(void *data)
{
	long r = 20; /* getpid */

	(void)data;
	(void)signal(SIGSEGV, SIG_DFL); /* not a sanitizer's own */
	if (!filter_set())
		return NOT_SET;
	__asm__ volatile("int $0x80" : "+a"(r) : : "memory");
	return 1;
}

/* Without a filter: whether this kernel has that table at all. */
static int
try_bare_i386(void *data)
{
	long r = 20;

	(void)data;
	(void)signal(SIGSEGV, SIG_DFL);
	__asm__ volatile("int $0x80" : "+a"(r) : : "memory");
	return 0;
}

static int
try_x32(void *data)
{
	(void)data;
	if (!filter_set())
		return NOT_SET;
	(void)syscall(0x40000000L | SYS_getpid);
	return 1;
}

START_TEST(deny_the_other_system_call_tables_kill)
{
	/* A kernel built without it kills by itself. */
	ck_assert_int_eq(child_status(try_i386, NULL),
	    child_status(try_bare_i386, NULL) == 0 ? 128 + SIGSYS
	    : 128 + SIGSEGV);
	ck_assert_int_eq(child_status(try_x32, NULL), 128 + SIGSYS);
}
END_TEST
#endif

static int
try_new_privileges(void *data)
{
	(void)data;
	return !filter_set() ? NOT_SET
	    : prctl(PR_GET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L) == 1 ? 0 : 1;
}

START_TEST(deny_new_privileges)
{
	ck_assert_int_eq(child_status(try_new_privileges, NULL), 0);
}
END_TEST

Suite *
client_filter_suite(void)
{
	Suite *s = suite_create("client_filter");
	TCase *t = tcase_of(s, "client_filter");

	tcase_add_checked_fixture(t, directory_begin, directory_end);
	tcase_add_loop_test(t, valid_the_instructions_are_libseccomp_s, 0, 2);
	EACH(t, deny_setid_bits_and_programs_but_not_their_neighbours, calls);
	EACH(t, deny_the_newest_chmod_too, modes);
	ONE(t, deny_a_setgid_bit_on_a_directory);
	ONE(t, deny_a_refused_call_makes_nothing);
	EACH(t, deny_every_program_but_the_one, executions);
	ONE(t, deny_programs_by_libc_too);
	ONE(t, deny_a_child_has_the_filter_too);
#ifdef __x86_64__
	ONE(t, deny_the_other_system_call_tables_kill);
#endif
	ONE(t, deny_new_privileges);
	return s;
}
