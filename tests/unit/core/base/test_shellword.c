/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/shellword.h"

#include "fixture.h"
#include "suites.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
	const char *word, *text;
} words[] = {
	{ "run", "run" },
	{ "--rm=true", "--rm=true" },
	{ "--env=A=b", "--env=A=b" },
	{ "/usr/bin/docker", "/usr/bin/docker" },
	{ "a@b.c,d:e%f+g_h", "a@b.c,d:e%f+g_h" },
	{ "", "''" },
	{ " ", "' '" },
	{ "a b", "'a b'" },
	{ "'", "''\\'''" },
	{ "it's", "'it'\\''s'" },
	{ "\"", "'\"'" },
	{ "$HOME", "'$HOME'" },
	{ "`id`", "'`id`'" },
	{ "\\", "'\\'" },
	{ "!", "'!'" },
	{ "~", "'~'" },
	{ "*", "'*'" },
	{ "#a", "'#a'" },
	{ "{a,b}", "'{a,b}'" },
	{ "a;b", "'a;b'" },
	{ "\xc3\xa9", "'\xc3\xa9'" },
	{ "a\nb", "$'a\\012b'" },
	{ "\t'\\", "$'\\011\\'\\\\'" },
	{ "\x1b[2J", "$'\\033[2J'" },
	{ "\x7f" "0", "$'\\1770'" },
	{ "\xff" "7", "$'\\3777'" },
	{ "\xc2\x85", "$'\\302\\205'" }, /* a line end of C1 */
	{ "\xe2\x80\xae", "$'\\342\\200\\256'" }, /* right to left */
};

START_TEST(valid_a_word_is_quoted_as_it_needs)
{
	struct strv v = strv_new(a);

	strv_push(&v, words[_i].word);
	ck_assert_str_eq(shellword_join(a, &v), words[_i].text);
	strv_push(&v, "x");
	ck_assert_str_eq(shellword_join(a, &v),
	    arena_printf(a, "%s x", words[_i].text));
}
END_TEST

START_TEST(valid_no_words_are_an_empty_line)
{
	struct strv v = strv_new(a);

	ck_assert_str_eq(shellword_join(a, &v), "");
}
END_TEST

/* What a real bash makes of the line: strings with a NUL behind each. */
static size_t
bash_reads(const char *line, const char *locale, char *out, size_t room)
{
	static const char script[] = "eval \"printf '%s\\0' $1\"";
	size_t n = 0;
	int fds[2], status;
	ssize_t got;
	pid_t pid;

	ck_assert_int_eq(pipe(fds), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		if (dup2(fds[1], 1) == 1 && setenv("LC_ALL", locale, 1) == 0)
			execlp("bash", "bash", "-c", script, "bash", line,
			    (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	while ((got = read(fds[0], out + n, room - n)) > 0)
		n += (size_t)got;
	close(fds[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	return n;
}

static void
through_bash(const struct strv *v, const char *locale)
{
	static char out[131072];
	size_t n = bash_reads(shellword_join(a, v), locale, out, sizeof(out));
	size_t at = 0;

	for (size_t i = 0; i < v->n; i++) {
		size_t size = strlen(v->v[i]) + 1;

		ck_assert_uint_le(at + size, n);
		ck_assert_msg(memcmp(out + at, v->v[i], size) == 0,
		    "word %zu: %s", i, shellword_escape(a, v->v[i]));
		at += size;
	}
	ck_assert_uint_eq(at, n);
}

START_TEST(valid_bash_gives_the_table_s_words_back)
{
	struct strv v = strv_new(a);

	for (int i = 0; i < ROWS(words); i++)
		strv_push(&v, words[i].word);
	for (int c = 1; c < 256; c++)
		strv_pushf(&v, "%c%c", c, '0' + c % 10);
	through_bash(&v, "C");
	through_bash(&v, "C.UTF-8");
}
END_TEST

static uint32_t
next_random(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 8;
}

/* Half of the bytes are such as shells, UTF-8 and escapes care for. */
static char
nasty_byte(uint32_t *seed)
{
	static const char nasty[] = "'\"\\$`!~ \n\t#&|;()<>*?[]{}=x0178"
				    "\x1b\x7f\xc2\x85\xe2\x80\xae\xff";

	if (next_random(seed) % 2 == 0)
		return nasty[next_random(seed) % (sizeof(nasty) - 1)];
	return (char)(1 + next_random(seed) % 255);
}

START_TEST(valid_bash_gives_random_bytes_back)
{
	uint32_t seed = 20260101U + (uint32_t)_i;
	struct strv v = strv_new(a);

	for (int i = 0; i < 500; i++) {
		size_t n = next_random(&seed) % 40;
		char *word = arena_alloc(a, n + 1);

		for (size_t k = 0; k < n; k++)
			word[k] = nasty_byte(&seed);
		strv_push(&v, word);
	}
	through_bash(&v, _i % 2 == 0 ? "C" : "C.UTF-8");
}
END_TEST

static const struct {
	const char *text, *escaped;
} escapes[] = {
	{ "", "" },
	{ "plain 'text' \\x41 \"q\"", "plain 'text' \\x41 \"q\"" },
	{ "a\nundocker: b", "a\\x0aundocker: b" },
	{ "\r\t\x01\x1b[0m\x7f", "\\x0d\\x09\\x01\\x1b[0m\\x7f" },
	{ "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xb3",
	    "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xb3" },
	{ "\xc2\x9b" "2J", "\\xc2\\x9b" "2J" }, /* CSI of C1 */
	{ "\xc2\xa0", "\xc2\xa0" },
	{ "\xff", "\\xff" },
	{ "\x80", "\\x80" },
	{ "\xc3", "\\xc3" },
	{ "\xc3x", "\\xc3x" },
	{ "\xe2\x82", "\\xe2\\x82" },
	{ "\xf0\x9f\x90", "\\xf0\\x9f\\x90" },
	{ "\xc0\x8a", "\\xc0\\x8a" }, /* a line end, overlong */
	{ "\xe0\x80\x8a", "\\xe0\\x80\\x8a" },
	{ "\xf0\x80\x80\x8a", "\\xf0\\x80\\x80\\x8a" },
	{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* a surrogate */
	{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" }, /* beyond Unicode */
	{ "\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80" },
	{ "\xe2\x80\xa8", "\\xe2\\x80\\xa8" }, /* line separator */
	{ "\xe2\x80\xae" "x", "\\xe2\\x80\\xae" "x" },
	{ "\xe2\x81\xa6", "\\xe2\\x81\\xa6" },
};

START_TEST(valid_a_message_stays_one_line_and_moves_no_cursor)
{
	ck_assert_str_eq(shellword_escape(a, escapes[_i].text),
	    escapes[_i].escaped);
}
END_TEST

START_TEST(valid_no_control_byte_is_ever_left)
{
	uint32_t seed = 7;
	char *text = arena_alloc(a, 20001);
	const char *out;

	for (int i = 0; i < 20000; i++)
		text[i] = nasty_byte(&seed);
	out = shellword_escape(a, text);
	for (; *out != '\0'; out++)
		ck_assert((unsigned char)*out >= 0x20 && *out != 0x7f);
}
END_TEST

Suite *
shellword_suite(void)
{
	Suite *s = suite_create("shellword");
	TCase *t = tcase_of(s, "shellword");

	tcase_set_timeout(t, 30);
	EACH(t, valid_a_word_is_quoted_as_it_needs, words);
	ONE(t, valid_no_words_are_an_empty_line);
	ONE(t, valid_bash_gives_the_table_s_words_back);
	tcase_add_loop_test(t, valid_bash_gives_random_bytes_back, 0, 8);
	EACH(t, valid_a_message_stays_one_line_and_moves_no_cursor, escapes);
	ONE(t, valid_no_control_byte_is_ever_left);
	return s;
}
