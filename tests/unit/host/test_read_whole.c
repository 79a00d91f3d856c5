/* SPDX-License-Identifier: Apache-2.0 */
#include "host/read_whole.h"

#include "fixture.h"
#include "suites.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* So many bytes in a file, of which the first `passed` were read before. */
static int
file_of(size_t size, size_t passed)
{
	int fd = memfd_create("undocker", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	for (size_t i = 0; i < size; i++) {
		char c = (char)('a' + i % 23);

		ck_assert_int_eq(write(fd, &c, 1), 1);
	}
	ck_assert_int_eq(lseek(fd, (off_t)passed, SEEK_SET), (off_t)passed);
	return fd;
}

static const struct {
	size_t size, likely, most;
} cases[] = {
	{ 0, 0, 0 }, { 0, 4096, 4096 }, { 1, 0, 1 }, { 1, 1, 1 },
	{ 7, 0, 7 }, { 7, 7, 7 }, { 7, 6, 7 }, { 7, 8, 7 }, { 7, 99, 7 },
	{ 8, 0, 99 }, { 99, 1, 100 }, { 100, 1, 100 }, { 4096, 4096, 9999 },
	{ 4097, 4096, 9999 }, { 9999, 4096, 9999 }, { 9999, 2, 9999 },
	/* one too many */
	{ 1, 0, 0 }, { 1, 1, 0 }, { 8, 0, 7 }, { 8, 7, 7 }, { 8, 99, 7 },
	{ 101, 1, 100 }, { 10000, 4096, 9999 }, { 10000, 9999, 9999 },
};

START_TEST(limit_all_or_nothing)
{
	size_t size = cases[_i].size, n = 12345;
	int fd = file_of(size, 0);
	char *text;

	errno = 0;
	text = read_whole(a, fd, cases[_i].likely, cases[_i].most, &n);
	(void)close(fd);
	if (size > cases[_i].most) {
		ck_assert_ptr_null(text);
		ck_assert_int_eq(errno, EFBIG);
		return;
	}
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(n, size);
	ck_assert_int_eq(text[n], '\0');
	for (size_t i = 0; i < n; i++)
		ck_assert_int_eq(text[i], 'a' + (int)(i % 23));
}
END_TEST

START_TEST(allow_what_is_left)
{
	int fd = file_of(50, 47);
	size_t n;
	char *text = read_whole(a, fd, 4096, 3, &n);

	(void)close(fd);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(text, "bcd");
}
END_TEST

/* A pipe brings it in pieces, and a NUL is a byte. */
START_TEST(allow_pieces)
{
	static const char piece[] = "ab\0cd";
	char *text;
	int ends[2];
	size_t n;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(write(ends[1], piece, 5), 5);
	(void)close(ends[1]);
	text = read_whole(a, ends[0], 3, 500, &n);
	(void)close(ends[0]);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(n, 500);
	for (size_t i = 0; i < n; i += 5)
		ck_assert_mem_eq(text + i, piece, 5);
}
END_TEST

START_TEST(deny_what_cannot_be_read)
{
	int directory = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t n;

	ck_assert_ptr_null(read_whole(a, directory, 10, 10, &n));
	ck_assert_int_eq(errno, EISDIR);
	(void)close(directory);
	ck_assert_ptr_null(read_whole(a, -1, 10, 10, &n));
	ck_assert_int_eq(errno, EBADF);
}
END_TEST

Suite *
read_whole_suite(void)
{
	Suite *s = suite_create("read_whole");
	TCase *t = tcase_of(s, "read_whole");

	EACH(t, limit_all_or_nothing, cases);
	ONE(t, allow_what_is_left);
	ONE(t, allow_pieces);
	ONE(t, deny_what_cannot_be_read);
	return s;
}
