/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/policy_lines.h"

#include "core/base/strv.h"

#include "fixture.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#define KIB 1024

/*
 * The bytes as they are read: "[section]@line" and "KEY=value@line" with ;
 * between, or the fault. They stand at the end of memory of their own, so that
 * a byte too many is seen.
 */
static const char *
lines_of(const char *bytes, size_t size)
{
	struct policy_lines lines = { 0 };
	struct strv out = strv_new(a);
	struct fault f = { 0 };
	char *copy = malloc(size == 0 ? 1 : size);
	bool read;

	memcpy(copy, bytes, size);
	read = policy_lines_read(&lines, a, "f", copy, size, &f);
	free(copy);
	ck_assert_int_eq(f.kind, read ? FAULT_NONE : FAULT_POLICY);
	if (!read)
		return f.text;
	for (size_t i = 0; i < lines.n; i++) {
		const struct policy_line *l = &lines.v[i];

		if (l->key == NULL)
			strv_pushf(&out, "[%s]@%u", l->section, l->number);
		else
			strv_pushf(&out, "%s=%s@%u", l->key, l->value,
			    l->number);
	}
	return strv_join(&out, ";");
}

static const char *
lines_in(const char *text)
{
	return lines_of(text, strlen(text));
}

static const struct {
	const char *text, *lines;
} good[] = {
	{ "", "" },
	{ "\n\n", "" },
	{ " \n\t\n", "" },
	{ "[main]", "[main]@1" },
	{ "[main]\n", "[main]@1" },
	{ "[main]\nA=1\nB=2\n", "[main]@1;A=1@2;B=2@3" },
	{ "[main]\nA=1\nB=2", "[main]@1;A=1@2;B=2@3" },
	{ "[main]\r\nA=1\r\n\r\nB=2\r\n", "[main]@1;A=1@2;B=2@4" },
	{ "[main]\nA=1\r", "[main]@1;A=1@2" },
	{ "[ main ] \t\nA \t= \t1 2\t \n", "[main]@1;A=1 2@2" },
	{ "[main]\nA=\nB= \t\n", "[main]@1;A=@2;B=@3" },
	{ "[main]\nA==x=\n", "[main]@1;A==x=@2" },
	{ "[main]\nA=1\n[main]\nA=1\n", "[main]@1;A=1@2;[main]@3;A=1@4" },
	/* comments */
	{ "# x\n; y\n[main]\n#A=1\nA=2\n;B=3\n", "[main]@3;A=2@5" },
	{ "#\n;\n[main]\n", "[main]@3" },
	{ "#[main]\n[main]\n", "[main]@2" },
	{ "# a comment does not continue \\\n[main]\n", "[main]@2" },
	{ "[main]\n; \\\nA=1\n", "[main]@1;A=1@3" },
	{ "# the end \\", "" },
	{ "[main]\nA=1 # no comment\nB=2 ;nor this\n",
	    "[main]@1;A=1 # no comment@2;B=2 ;nor this@3" },
	{ "[main]\nA=#x\nB=;y\n", "[main]@1;A=#x@2;B=;y@3" },
	/* continuations */
	{ "[main]\nA=1 \\\n2\nB=3\n", "[main]@1;A=1 2@2;B=3@4" },
	{ "[main]\nA=1\\\n   2\nB=3\n", "[main]@1;A=1   2@2;B=3@4" },
	{ "[main]\nA=a \\\n\tb \\\n\tc\nB=3\n",
	    "[main]@1;A=a \tb \tc@2;B=3@5" },
	{ "[main]\r\nA=a \\\r\n b\r\nB=3\r\n", "[main]@1;A=a  b@2;B=3@4" },
	{ "[main]\nA=1\\\n\nB=2\n", "[main]@1;A=1@2;B=2@4" },
	{ "[main]\nA=a\\b\nB=\\x20\n", "[main]@1;A=a\\b@2;B=\\x20@3" },
	{ "[main]\nA=\\\\\n\nB=1\n", "[main]@1;A=\\@2;B=1@4" },
	{ "[main]\nA=-e \\\nFOO=1\n", "[main]@1;A=-e FOO=1@2" },
	{ "[main]\nA=-e \\\nWHITELISTX=1\n",
	    "[main]@1;A=-e WHITELISTX=1@2" },
	{ "[main]\nA=x \\\nWHITELIST\n", "[main]@1;A=x WHITELIST@2" },
	{ "[main]\n\\\nA=1\n", "[main]@1;A=1@2" },
	{ "[main]\nA=x \\\n[a-z]+/y\n", "[main]@1;A=x [a-z]+/y@2" },
	{ "[ma\\\nin]\n", "[main]@1" },
	/* quotes, brackets and bytes are the value's */
	{ "[main]\nA='x' \"y\"\n", "[main]@1;A='x' \"y\"@2" },
	{ "[main]\nA=[x]\n", "[main]@1;A=[x]@2" },
	{ "[main]\nA=\xff\xc3\xa9\x01\n", "[main]@1;A=\xff\xc3\xa9\x01@2" },
	{ "[a=b:c#d;e]\n", "[a=b:c#d;e]@1" },
	{ "[]\n", "[]@1" },
	{ "[command:run group:domain users@corp.example]\nA=1\n",
	    "[command:run group:domain users@corp.example]@1;A=1@2" },
	{ "[main]\na_Z9=1\n", "[main]@1;a_Z9=1@2" },
};

START_TEST(valid_lines_are_sections_and_settings)
{
	ck_assert_str_eq(lines_in(good[_i].text), good[_i].lines);
}
END_TEST

static const struct {
	const char *text, *fault;
} junk[] = {
	/* neither this nor that */
	{ "[main]\nfoo\n", "f:2: neither a [section] nor KEY=value" },
	{ "[main]\nA B=1\n", "f:2: neither" },
	{ "[main]\nA:1\n", "f:2: neither" },
	{ "[main]\nA: 1=2\n", "f:2: neither" },
	{ "[main]\n=1\n", "f:2: neither" },
	{ "[main]\nA-B=1\n", "f:2: neither" },
	{ "[main]\n\"A\"=1\n", "f:2: neither" },
	{ "[main]\nexport A=1\n", "f:2: neither" },
	{ "\xef\xbb\xbf[main]\n", "f:1: neither" },
	{ "]\n", "f:1: neither" },
	{ "\v[main]\n", "f:1: neither" },
	{ "A=1\n", "f:1: a setting before the first [section]" },
	{ "# x\n\nA=1\n[main]\n", "f:3: a setting before" },
	/* sections */
	{ "[main\n", "f:1: the ] is missing" },
	{ "[\n", "f:1: the ] is missing" },
	{ "[main]x\n", "f:1: text after the ]" },
	{ "[main] # x\n", "f:1: text after the ]" },
	{ "[main] ; x\n", "f:1: text after the ]" },
	{ "[main]]\n", "f:1: text after the ]" },
	{ "[main] [x]\n", "f:1: text after the ]" },
	{ "[main]A=1\n", "f:1: text after the ]" },
	/* an indented line is a continuation to inih, and would vanish */
	{ "[main]\nA=1\n B=2\n", "f:3: an indented line" },
	{ "[main]\nA=1\n\tB=2\n", "f:3: an indented line" },
	{ " [main]\n", "f:1: an indented line" },
	{ "[main]\n # x\n", "f:2: an indented line" },
	{ "[main]\nA=1\n\n -u 1:1\n", "f:4: an indented line" },
	{ "[main]\n \\\nx\n", "f:2: an indented line" },
	/* a continuation that swallows the next line */
	{ "[main]\nA=1 \\\nWHITELIST=--rm\n", "f:3: this line is swallowed" },
	{ "[main]\nA=1 \\\n  FORCED = -e A\n", "f:3: this line is swallowed" },
	{ "[main]\nA=1 \\\nRESTRICTEDIMAGES\t=x\n", "f:3: this line is" },
	{ "[main]\nA=1 \\\n2 \\\nFORCED=x\n", "f:4: this line is swallowed" },
	{ "[main]\nA=1 \\\n[command:run]\n", "f:3: this line is swallowed" },
	{ "[main]\nA=1 \\\n  [main]\n", "f:3: this line is swallowed" },
	{ "[main]\nA=1 \\\n# x\n2\n", "f:3: this line is swallowed" },
	{ "[main]\nA=1 \\\n; x\n2\n", "f:3: this line is swallowed" },
	{ "[main]\r\nA=1 \\\r\nFORCED=x\r\n", "f:3: this line is swallowed" },
	{ "[main]\nA=1 \\\nUIDMUSTMATCH=true", "f:3: this line is" },
	{ "[main] \\\nWHITELIST=x\n", "f:2: this line is swallowed" },
	/* a continuation of nothing */
	{ "[main]\nA=1 \\", "f:2: a \\ continues this line, but the file" },
	{ "[main]\nA=1 \\\n", "f:2: a \\ continues this line, but the file" },
	{ "[main]\nA=1 \\\r\n", "f:2: a \\ continues this line" },
	{ "[main]\nA=1 \\\n2 \\\n", "f:2: a \\ continues this line" },
	{ "\\", "f:1: a \\ continues this line" },
	{ "[main]\\", "f:1: a \\ continues this line" },
	/* line ends that are none */
	{ "[main]\rA=1\n", "f:1: a carriage return inside a line" },
	{ "[main]\nA=1\rB=2\n", "f:2: a carriage return" },
	{ "[main]\nA=1\r\r\n", "f:2: a carriage return" },
	{ "# x\rA=1\n", "f:1: a carriage return" },
	{ "[main]\nA=x \\\r \n", "f:2: a carriage return" },
	/* names */
	{ "[main]\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=1\n",
	    "f:2: no key is that long" },
	{ "[main]\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	  "AAAAAAAAAAAAAAAAAAAA=1\n", "f:2: no key is that long" },
};

START_TEST(junk_lines_are_told_with_file_and_number)
{
	const char *got = lines_in(junk[_i].text);

	ck_assert_msg(strncmp(got, junk[_i].fault, strlen(junk[_i].fault)) ==
	    0, "%s", got);
}
END_TEST

static const struct {
	const char *bytes;
	size_t size;
} nuls[] = {
	{ "\0", 1 },
	{ "[main]\0\n", 8 },
	{ "[main]\nA=1\0B\n", 13 },
	{ "[main]\nA=1\n\0", 12 },
	{ "#\0\n[main]\n", 10 },
	{ "[main]\nA=1 \\\n\0\n", 15 },
};

START_TEST(junk_a_nul_is_an_error_and_not_the_end)
{
	ck_assert_ptr_nonnull(strstr(lines_of(nuls[_i].bytes, nuls[_i].size),
	    "the line holds a NUL byte"));
}
END_TEST

/* text, then n times c, then tail */
static char *
filled(const char *text, char c, size_t n, const char *tail)
{
	size_t size = strlen(text);
	char *filled = arena_alloc(a, size + n + strlen(tail) + 1);

	memcpy(filled, text, size);
	memset(filled + size, c, n);
	strcpy(filled + size + n, tail);
	return filled;
}

/* inih's traps (libinih 55): each must read exactly or be an error. */

START_TEST(limit_a_long_value_is_not_split_or_cut)
{
	static const size_t sizes[] = { 190, 199, 200, 201, 255, 256, 8191,
		8192, 64 * KIB, 64 * KIB + 1, 512 * KIB };

	for (int i = 0; i < ROWS(sizes); i++) {
		const char *text = filled("[main]\nA=", 'b', sizes[i],
		    "\nB=2\n");
		const char *lines = filled("[main]@1;A=", 'b', sizes[i],
		    "@2;B=2@3");

		ck_assert_str_eq(lines_in(text), lines);
	}
}
END_TEST

START_TEST(limit_the_tail_of_a_long_value_opens_no_section)
{
	const char *text = filled("[main]\nA=", 'b', 191,
	    "[admin]\nB=2\n");

	ck_assert_str_eq(lines_in(text), filled("[main]@1;A=", 'b', 191,
	    "[admin]@2;B=2@3"));
	text = filled("[main]\nA=", ' ', 300, "[admin]\nB=2\n");
	ck_assert_str_eq(lines_in(text), "[main]@1;A=[admin]@2;B=2@3");
}
END_TEST

START_TEST(limit_long_section_names_do_not_collide)
{
	const char *one = filled("[command:create user:", 'u', 300, "1]\n");
	const char *two = filled("[command:create user:", 'u', 300, "2]\n");
	const char *text = arena_printf(a, "%sA=1\n%sA=2\n", one, two);
	const char *lines = lines_in(text);

	ck_assert_ptr_nonnull(strstr(lines, "uuu1]@1;A=1@2;"));
	ck_assert_ptr_nonnull(strstr(lines, "uuu2]@3;A=2@4"));
	ck_assert_str_eq(lines_in(one),
	    filled("[command:create user:", 'u', 300, "1]@1"));
}
END_TEST

START_TEST(limit_an_indented_line_swallows_no_forced_flag)
{
	ck_assert_ptr_nonnull(strstr(lines_in("[command:run]\n"
	    "RESTRICTEDIMAGES=\n FORCED=-u 1:1\n"), "f:3: an indented line"));
}
END_TEST

START_TEST(limit_no_inline_comment_cuts_a_pattern)
{
	ck_assert_str_eq(lines_in("[main]\nA=x ;y z\nB=x\t;y\nC=;\n"),
	    "[main]@1;A=x ;y z@2;B=x\t;y@3;C=;@4");
}
END_TEST

START_TEST(limit_colons_do_not_separate_a_key)
{
	ck_assert_str_eq(lines_in("[main]\nA=x:y\n"), "[main]@1;A=x:y@2");
	ck_assert_ptr_nonnull(strstr(lines_in("[main]\nA:x\n"), "neither"));
}
END_TEST

START_TEST(limit_nothing_is_read_behind_an_error)
{
	struct policy_lines lines = { 0 };
	struct fault f = { 0 };
	static const char text[] = "[main]\nA=1\nrubbish\nB=2\n[x]\nC=3\n";

	ck_assert(!policy_lines_read(&lines, a, "f", text, strlen(text), &f));
	ck_assert_str_eq(f.text, "f:3: neither a [section] nor KEY=value nor a "
	    "comment");
	ck_assert_uint_le(lines.n, 2);
}
END_TEST

/* The limit is on the bytes of the line, its continuations included. */
START_TEST(too_long_a_line_has_at_most_1_mib)
{
	const size_t most = POLICY_LINE_MAX - strlen("A=");
	const char *text = filled("[main]\nA=", 'b', most, "\n");

	ck_assert_int_eq(*lines_in(text), '[');
	text = filled("[main]\nA=", 'b', most + 1, "\n");
	ck_assert_str_eq(lines_in(text), "f:2: the line is longer than 1 MiB");
	text = filled("#", 'b', POLICY_LINE_MAX, "\n[main]\n");
	ck_assert_str_eq(lines_in(text), "f:1: the line is longer than 1 MiB");
}
END_TEST

START_TEST(too_long_continuations_have_at_most_1_mib_together)
{
	const char *half = filled("", 'b', 512 * KIB - 2, "\\\n");
	const char *text = arena_printf(a, "[main]\nA=%s%sx\n", half, half);

	ck_assert_str_eq(lines_in(text),
	    "f:2: the line and its continuations are longer than 1 MiB");
	text = arena_printf(a, "[main]\nA=%sx\n", half);
	ck_assert_int_eq(*lines_in(text), '[');
}
END_TEST

START_TEST(too_long_a_key_has_at_most_40_bytes)
{
	const char *text = filled("[main]\n", 'A', 40, "=1\n");

	ck_assert_str_eq(lines_in(text), filled("[main]@1;", 'A', 40, "=1@2"));
	ck_assert_ptr_nonnull(strstr(lines_in(filled("[main]\n", 'A', 41,
	    "=1\n")), "no key is that long"));
}
END_TEST

START_TEST(limit_many_lines)
{
	enum { MANY = 100000 };
	static const char row[] = "[command:run user:u]\nWHITELIST=--rm\n";
	char *text = arena_alloc(a, MANY * (sizeof(row) - 1) + 1);
	struct policy_lines lines = { 0 };
	struct fault f = { 0 };

	for (size_t i = 0; i < MANY; i++)
		memcpy(text + i * (sizeof(row) - 1), row, sizeof(row));
	ck_assert(policy_lines_read(&lines, a, "f", text, strlen(text), &f));
	ck_assert_uint_eq(lines.n, 2 * MANY);
	ck_assert_uint_eq(lines.v[2 * MANY - 1].number, 2 * MANY);
}
END_TEST

Suite *
policy_lines_suite(void)
{
	Suite *s = suite_create("policy_lines");
	TCase *t = tcase_of(s, "policy_lines");

	tcase_set_timeout(t, 30);
	EACH(t, valid_lines_are_sections_and_settings, good);
	EACH(t, junk_lines_are_told_with_file_and_number, junk);
	EACH(t, junk_a_nul_is_an_error_and_not_the_end, nuls);
	ONE(t, limit_a_long_value_is_not_split_or_cut);
	ONE(t, limit_the_tail_of_a_long_value_opens_no_section);
	ONE(t, limit_long_section_names_do_not_collide);
	ONE(t, limit_an_indented_line_swallows_no_forced_flag);
	ONE(t, limit_no_inline_comment_cuts_a_pattern);
	ONE(t, limit_colons_do_not_separate_a_key);
	ONE(t, limit_nothing_is_read_behind_an_error);
	ONE(t, too_long_a_line_has_at_most_1_mib);
	ONE(t, too_long_continuations_have_at_most_1_mib_together);
	ONE(t, too_long_a_key_has_at_most_40_bytes);
	ONE(t, limit_many_lines);
	return s;
}
