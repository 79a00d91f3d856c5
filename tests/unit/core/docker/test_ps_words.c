/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/ps_words.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define WORDS 3

/* What ps gets for the words, with blanks between; NULL: *reason. */
static const char *
printed(const char *const *words, const char **reason)
{
	struct strv out = strv_new(a);
	size_t n = 0;

	while (n < WORDS && words[n] != NULL)
		n++;
	*reason = NULL;
	return ps_words(&out, a, words, n, reason) ? strv_join(&out, " ")
						   : NULL;
}

static const struct {
	const char *words[WORDS], *text;
} good[] = {
	{ { NULL }, "" },
	{ { "aux" }, "aux" },
	{ { "-aux" }, "aux" },
	{ { "xx", "a" }, "ax" },
	{ { "-e" }, "-e" },
	{ { "-ff" }, "-f" },
	{ { "-fe" }, "-ef" },
	{ { "-f", "-e" }, "-ef" },
	{ { "-o", "pid" }, "-o pid" },
	{ { "-eo", "pid,args" }, "-eo pid,args" },
	{ { "-opid", "-e", "-ocomm" }, "-eo pid,comm" },
	{ { "ax", "-o", "user,pid" }, "ax -o user,pid" },
	{ { "x", "-oppid,pid" }, "x -o ppid,pid" },
};

START_TEST(allow_words_printed_anew)
{
	const char *reason, *text = printed(good[_i].words, &reason);

	ck_assert_msg(text != NULL, "'%s': %s", good[_i].text, reason);
	ck_assert_str_eq(text, good[_i].text);
}
END_TEST

static const struct {
	const char *words[WORDS], *reason; /* how it begins */
} junk[] = {
	{ { "" }, "'': the engine runs ps" },
	{ { "-" }, "'-': the engine runs ps" },
	{ { "--" }, "'--': the engine runs ps" },
	{ { "e" }, "'e': the engine runs ps" },
	{ { "aux", "e" }, "'e': the engine runs ps" },
	{ { "aux e" }, "'aux e': the engine runs ps" },
	{ { "-ef", "f" }, "'f': the engine runs ps" },
	{ { "-aux-" }, "'-aux-': the engine runs ps" },
	{ { "-eosz=PID" }, "'sz=PID': the engine runs ps" },
	{ { "-opid,rss=PID" }, "'rss=PID': the engine runs ps" },
	{ { "-o", "pid,%cpu" }, "'%cpu': the engine runs ps" },
	{ { "-o", "pid comm" }, "'pid comm': the engine runs ps" },
	{ { "-o", "pi" }, "'pi': the engine runs ps" },
	{ { "-o", "pidd" }, "'pidd': the engine runs ps" },
	{ { "-o", "pid," }, "'': the engine runs ps" },
	{ { "-o", ",pid" }, "'': the engine runs ps" },
	{ { "-o", "" }, "'': the engine runs ps" },
	{ { "-o" }, "-o needs columns" },
	{ { "-opid", "-o" }, "-o needs columns" },
	{ { "-opid,pid" }, "'pid' is a column already" },
	{ { "-opid", "-opid" }, "'pid' is a column already" },
	{ { "-ocomm,pid" }, "'comm' must stand behind pid" },
	{ { "-oargs", "-opid" }, "'args' must stand behind pid" },
	{ { "-otty,pid" }, "'tty' must stand behind pid" },
	{ { "-ouser,rss" }, "-o needs the column pid" },
	{ { "a", "-e" }, "of aux, -ef and -o only one" },
	{ { "-f", "x" }, "of aux, -ef and -o only one" },
	{ { "u", "-opid" }, "of aux, -ef and -o only one" },
	{ { "-efopid" }, "of aux, -ef and -o only one" },
};

START_TEST(junk_words)
{
	const char *reason, *text = printed(junk[_i].words, &reason);

	ck_assert_msg(text == NULL, "became '%s'", text);
	ck_assert_msg(strncmp(reason, junk[_i].reason,
	    strlen(junk[_i].reason)) == 0, "%s", reason);
}
END_TEST

/* Whether ps may have the words; said in another way than the code does. */
static bool
harmless(const struct strv *out)
{
	for (size_t i = 0; i < out->n; i++) {
		const char *w = out->v[i];
		bool list = i > 0 && out->v[i - 1][0] == '-' &&
		    strchr(out->v[i - 1], 'o') != NULL;

		if (list ? strspn(w, "pidargs,") != strlen(w) ||
		    strncmp(w, "pid", 3) != 0
		    : *w == '-' ? strspn(w + 1, "efo") + 1 != strlen(w)
		    : strspn(w, "aux") != strlen(w) || *w == '\0')
			return false;
	}
	return out->n <= 3;
}

/* Every word of up to five of these, and every pair of up to two each. */
static const char *const parts[] = { "", "a", "u", "x", "e", "f", "o", "-",
	"=", ",", " ", "pid", "args", "PID" };

#define PARTS (sizeof(parts) / sizeof(parts[0]))

START_TEST(limit_nothing_else_reaches_ps)
{
	size_t taken = 0;

	for (size_t n = 0; n < PARTS * PARTS * PARTS * PARTS * PARTS; n++) {
		char word[32] = "", second[32] = "";
		const char *const words[] = { word, second }, *reason = NULL;
		struct strv out;
		size_t rest = n;

		arena_reset(a);
		out = strv_new(a);
		for (int i = 0; i < 5; i++, rest /= PARTS)
			strcat(_i == 1 && i > 2 ? second : word,
			    parts[rest % PARTS]);
		if (!ps_words(&out, a, words, (size_t)_i + 1, &reason))
			continue;
		taken++;
		ck_assert_msg(harmless(&out), "'%s' '%s' became '%s'", word,
		    second, strv_join(&out, " "));
	}
	ck_assert_uint_gt(taken, 100);
}
END_TEST

Suite *
ps_words_suite(void)
{
	Suite *s = suite_create("ps_words");
	TCase *t = tcase_of(s, "ps_words");

	EACH(t, allow_words_printed_anew, good);
	EACH(t, junk_words, junk);
	tcase_add_loop_test(t, limit_nothing_else_reaches_ps, 0, 2);
	return s;
}
