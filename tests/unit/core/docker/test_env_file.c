/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/env_file.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

static const struct {
	const char *file, *entries; /* with | between */
} files[] = {
	{ "", "" },
	{ "\n\n", "" },
	{ "A=1\n", "A=1" },
	{ "A=1", "A=1" },
	{ "A=1\nB=2\n", "A=1|B=2" },
	{ "A=1\r\nB=2\r\n", "A=1|B=2" },
	{ "A=1\r", "A=1" },
	{ "A=1\r\r\n", "A=1\r" },
	{ "A=1\rB=2\n", "A=1\rB=2" },
	{ "A\n", "A" },
	{ "A=\n", "A=" },
	{ "A=b=c\n", "A=b=c" },
	{ "A= x \n", "A= x " },
	{ "A='x'\n", "A='x'" },
	{ "A=\"x\"\n", "A=\"x\"" },
	{ "A=$HOME\n", "A=$HOME" },
	{ "A=x\\\nB=y\n", "A=x\\|B=y" },
	{ "A=x #y\n", "A=x #y" },
	{ "  \t A=1\n", "A=1" },
	{ "\v\fA=1\n", "A=1" },
	{ "\xc2\xa0" "A=1\n", "A=1" }, /* docker trims every blank of Unicode */
	{ "\xc2\x85\xe2\x80\x83\xe3\x80\x80" "A=1\n", "A=1" },
	{ "\xe2\x80\x8b" "A=1\n", "\xe2\x80\x8b" "A=1" }, /* no blank to Go */
	{ "# A=1\nB=2\n", "B=2" },
	{ "  # A=1\nB=2\n", "B=2" },
	{ "#\n;A=1\n", ";A=1" },
	{ BOM "A=1\n", "A=1" },
	{ BOM, "" },
	{ BOM BOM "A=1\n", BOM "A=1" },
	{ "A=1\n" BOM "B=2\n", "A=1|" BOM "B=2" },
	{ "A=1\nA=2\n", "A=1|A=2" },
	{ "a.b-c/d=1\n", "a.b-c/d=1" },
	{ "\xc3\xa9=\xe2\x82\xac\n", "\xc3\xa9=\xe2\x82\xac" },
	{ "A=\x01\x7f\n", "A=\x01\x7f" },
};

START_TEST(valid_files_are_read_as_docker_reads_them)
{
	struct strv v = strv_new(a);
	const char *reason = NULL;
	const char *file = files[_i].file;

	ck_assert_msg(env_file_read(&v, file, strlen(file), &reason), "%s",
	    reason);
	ck_assert_str_eq(strv_join(&v, "|"), files[_i].entries);
}
END_TEST

static const struct {
	const char *file, *reason;
} junk[] = {
	{ "=1\n", "line 1 has no name" },
	{ "A=1\n =1\n", "line 2 has no name" },
	{ "A B=1\n", "line 1 has no name, or one with a blank" },
	{ "A =1\n", "line 1 has no name, or one with a blank" },
	{ "A\t=1\n", "line 1 has no name, or one with a blank" },
	{ "A B\n", "line 1 has no name, or one with a blank" },
	{ "A \n", "line 1 has no name, or one with a blank" },
	{ "export A=1\n", "line 1 has no name, or one with a blank" },
	{ "A=\xff\n", "line 1 is not UTF-8" },
	{ "A=1\n\x80=1\n", "line 2 is not UTF-8" },
	{ "# \xff\n", "line 1 is not UTF-8" },
	{ "A=\xc3\n", "line 1 is not UTF-8" },
};

START_TEST(junk_lines_that_docker_refuses)
{
	struct strv v = strv_new(a);
	const char *reason = "";

	ck_assert(!env_file_read(&v, junk[_i].file, strlen(junk[_i].file),
	    &reason));
	ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "%s", reason);
}
END_TEST

static const struct {
	const char *bytes;
	size_t size;
} nuls[] = {
	{ "\0", 1 },
	{ "A=1\0", 4 },
	{ "A=1\0B=2\n", 8 },
	{ "A=1\n\0", 5 },
	{ "#\0\n", 3 },
};

START_TEST(junk_a_nul_anywhere_is_refused)
{
	struct strv v = strv_new(a);
	const char *reason = "";

	ck_assert(!env_file_read(&v, nuls[_i].bytes, nuls[_i].size, &reason));
	ck_assert_msg(strstr(reason, "NUL") != NULL, "%s", reason);
}
END_TEST

/* The bytes need not end with a NUL. */
START_TEST(valid_a_file_is_only_as_long_as_it_is_said_to_be)
{
	const char bytes[] = { 'A', '=', '1', '\n', 'B', '=', '2', 'x' };
	struct strv v = strv_new(a);
	const char *reason = NULL;

	ck_assert(env_file_read(&v, bytes, 7, &reason));
	ck_assert_str_eq(strv_join(&v, "|"), "A=1|B=2");
}
END_TEST

START_TEST(too_long_a_line_has_at_most_65535_bytes)
{
	char *bytes = arena_alloc(a, 70000);
	struct strv v = strv_new(a);
	const char *reason = "";

	memset(bytes, 'x', 65536);
	bytes[1] = '=';
	ck_assert(env_file_read(&v, bytes, 65535, &reason));
	ck_assert_uint_eq(strlen(v.v[0]), 65535);
	ck_assert(!env_file_read(&v, bytes, 65536, &reason));
	ck_assert_msg(strstr(reason, "line 1 is too long") != NULL, "%s",
	    reason);
	bytes[0] = '#';
	ck_assert(!env_file_read(&v, bytes, 65536, &reason));
}
END_TEST

static const struct {
	const char *entry;
	bool can;
} entries[] = {
	{ "A=1", true },
	{ "A=", true },
	{ "A", true },
	{ "A=b=c #x\t ", true },
	{ "A=\xc3\xa9", true },
	{ "A=x\ry", true },
	{ "", false },
	{ "=x", false },
	{ "A=x\ny", false },
	{ "A=x\n", false },
	{ "A=x\r", false }, /* docker drops it */
	{ "A=\xff", false },
	{ "#A=1", false },
	{ " A=1", false },
	{ "\tA=1", false },
	{ "\xc2\xa0" "A=1", false },
	{ "A B=1", false },
	{ BOM "A=1", false }, /* it would vanish at the start of the file */
};

START_TEST(valid_an_entry_is_written_only_if_it_reads_back)
{
	const char *reason = NULL;

	ck_assert_msg(env_file_can_hold(a, entries[_i].entry, &reason) ==
	    entries[_i].can, "'%s'", entries[_i].entry);
	ck_assert(entries[_i].can || reason != NULL);
}
END_TEST

START_TEST(too_long_an_entry_cannot_be_written)
{
	char *entry = arena_alloc(a, 65537);
	const char *reason = NULL;

	memset(entry, 'x', 65535);
	entry[1] = '=';
	ck_assert(env_file_can_hold(a, entry, &reason));
	entry[65535] = 'x';
	ck_assert(!env_file_can_hold(a, entry, &reason));
}
END_TEST

/* A secret is not told by the message about it. */
START_TEST(deny_the_reason_does_not_tell_the_value)
{
	static const char *const secret[] = { "A=secret\n", "A B=secret",
		"A=secret\xff", "secret" };
	const char *reason;

	for (int i = 0; i < 3; i++) {
		reason = NULL;
		ck_assert(!env_file_can_hold(a, secret[i], &reason));
		ck_assert_ptr_null(strstr(reason, "secret"));
	}
}
END_TEST

static const struct {
	const char *text;
	bool utf8;
} utf8[] = {
	{ "", true },
	{ "abc\x7f", true },
	{ "\xc2\x80", true },
	{ "\xdf\xbf", true },
	{ "\xe0\xa0\x80", true },
	{ "\xed\x9f\xbf", true },
	{ "\xee\x80\x80", true },
	{ "\xef\xbf\xbf", true },
	{ "\xf0\x90\x80\x80", true },
	{ "\xf4\x8f\xbf\xbf", true },
	{ "\x80", false },
	{ "\xbf", false },
	{ "\xc0\x80", false },
	{ "\xc1\xbf", false },
	{ "\xc2", false },
	{ "\xc2x", false },
	{ "\xc2\xc2", false },
	{ "\xe0\x9f\xbf", false },
	{ "\xe0\xa0", false },
	{ "\xed\xa0\x80", false },
	{ "\xf0\x8f\xbf\xbf", false },
	{ "\xf0\x90\x80", false },
	{ "\xf4\x90\x80\x80", false },
	{ "\xf5\x80\x80\x80", false },
	{ "\xfe", false },
	{ "\xff", false },
};

START_TEST(valid_utf8_is_go_s)
{
	ck_assert_int_eq(env_file_utf8(utf8[_i].text, strlen(utf8[_i].text)),
	    utf8[_i].utf8);
}
END_TEST

Suite *
env_file_suite(void)
{
	Suite *s = suite_create("env_file");
	TCase *t = tcase_of(s, "kv_file");

	EACH(t, valid_files_are_read_as_docker_reads_them, files);
	EACH(t, junk_lines_that_docker_refuses, junk);
	EACH(t, junk_a_nul_anywhere_is_refused, nuls);
	ONE(t, valid_a_file_is_only_as_long_as_it_is_said_to_be);
	ONE(t, too_long_a_line_has_at_most_65535_bytes);
	EACH(t, valid_an_entry_is_written_only_if_it_reads_back, entries);
	ONE(t, too_long_an_entry_cannot_be_written);
	ONE(t, deny_the_reason_does_not_tell_the_value);
	EACH(t, valid_utf8_is_go_s, utf8);
	return s;
}
