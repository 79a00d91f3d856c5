/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/client_files.h"

#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define AT 100
#define UID 65533U
#define OTHER 65532U

#define WANT(what) \
	do { \
		if (!(what)) \
			return 1 + (__LINE__ - first) % 120; \
	} while (0)

static bool
reads(const char *bytes)
{
	size_t room = strlen(bytes) + 2;
	char *got = arena_alloc(a, room);
	int fd = open("/proc/self/fd/100", O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	ssize_t r;

	if (fd < 0)
		return false;
	while ((r = read(fd, got + n, room - n)) > 0)
		n += (size_t)r;
	close(fd);
	return n == strlen(bytes) && memcmp(got, bytes, n) == 0;
}

static int
try_file(void *data)
{
	const int first = __LINE__;
	const char *bytes = data;
	struct fault f = { 0 };
	struct stat st;

	WANT(client_files_make(a, bytes, UID, AT, &f));
	WANT(fstat(AT, &st) == 0 && st.st_uid == UID);
	WANT((st.st_mode & 07777) == 0400);
	WANT(fcntl(AT, F_GETFD) == 0); /* open across an exec */
	WANT((fcntl(AT, F_GET_SEALS) & (F_SEAL_SEAL | F_SEAL_SHRINK |
	    F_SEAL_GROW | F_SEAL_WRITE)) == (F_SEAL_SEAL | F_SEAL_SHRINK |
	    F_SEAL_GROW | F_SEAL_WRITE));
	WANT(write(AT, "x", 1) < 0 && ftruncate(AT, 5000000) != 0);
	WANT(setresuid(UID, UID, UID) == 0);
	WANT(reads(bytes));
	WANT(reads(bytes)); /* from its start again */
	return 0;
}

START_TEST(valid_its_owner_reads_what_was_written)
{
	char *big = arena_alloc(a, 3 << 20);
	char small[] = "A=1\nB=\xff\n", empty[] = "";

	memset(big, 'x', (3 << 20) - 1);
	ck_assert_int_eq(child_status(try_file, small), 0);
	ck_assert_int_eq(child_status(try_file, empty), 0);
	ck_assert_int_eq(child_status(try_file, big), 0);
}
END_TEST

static int
try_other(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };

	(void)data;
	WANT(client_files_make(a, "A=1\n", UID, AT, &f));
	WANT(setresgid(OTHER, OTHER, OTHER) == 0);
	WANT(setresuid(OTHER, OTHER, OTHER) == 0);
	WANT(open("/proc/self/fd/100", O_RDONLY | O_CLOEXEC) < 0);
	WANT(errno == EACCES);
	return 0;
}

START_TEST(deny_others_do_not_read_it)
{
	ck_assert_int_eq(child_status(try_other, NULL), 0);
}
END_TEST

/* Another file may not be taken for it. */
static int
try_taken(void *data)
{
	const int first = __LINE__;
	struct fault f = { 0 };
	int next;

	(void)data;
	WANT(dup2(1, AT) == AT);
	next = open("/dev/null", O_RDONLY | O_CLOEXEC);
	WANT(!client_files_make(a, "A=1\n", UID, AT, &f));
	WANT(f.kind == FAULT_REFUSED);
	/* and nothing is left open */
	WANT(next >= 0 && close(next) == 0);
	WANT(open("/dev/null", O_RDONLY | O_CLOEXEC) == next);
	return 0;
}

START_TEST(deny_a_descriptor_that_is_taken)
{
	ck_assert_int_eq(child_status(try_taken, NULL), 0);
}
END_TEST

/* What memfd_create gives instead of a new file. */
static const char *instead;

int __real_memfd_create(const char *name, unsigned int flags);
int __wrap_memfd_create(const char *name, unsigned int flags);

int
__wrap_memfd_create(const char *name, unsigned int flags)
{
	return instead == NULL ? __real_memfd_create(name, flags)
			       : open(instead, O_RDWR | O_CLOEXEC);
}

/* On a tmpfs, and not. */
static const char *const places[] = { "/dev/shm", "/run", "/tmp" };

static int
try_other_file(void *data)
{
	const int first = __LINE__;
	char *path = arena_printf(a, "%s/undocker-unit.XXXXXX",
	    (const char *)data);
	struct fault f = { 0 };
	struct stat st;
	bool same;
	int fd = mkstemp(path);

	WANT(fd >= 0 && write(fd, "secret", 6) == 6 && close(fd) == 0);
	instead = path;
	WANT(!client_files_make(a, "A=1\n", UID, AT, &f));
	same = stat(path, &st) == 0 && st.st_uid == 0 && st.st_size == 6 &&
	    (st.st_mode & 07777) == 0600;
	WANT(unlink(path) == 0 && same && f.kind == FAULT_REFUSED);
	return 0;
}

START_TEST(deny_a_file_that_is_not_anonymous)
{
	char *place = arena_strdup(a, places[_i]);

	ck_assert_int_eq(child_status(try_other_file, place), 0);
}
END_TEST

Suite *
client_files_suite(void)
{
	Suite *s = suite_create("client_files");
	TCase *t = tcase_of(s, "client_files");

	if (geteuid() != 0)
		return s;
	ONE(t, valid_its_owner_reads_what_was_written);
	ONE(t, deny_others_do_not_read_it);
	ONE(t, deny_a_descriptor_that_is_taken);
	EACH(t, deny_a_file_that_is_not_anonymous, places);
	return s;
}
