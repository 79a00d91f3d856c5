/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/path_rules.h"

#include "core/policy/policy_key.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static gid_t groups[] = { 60, 61 };
static struct caller ann;

static void
caller_begin(void)
{
	ann = (struct caller) { .uid = 1000, .gid = 10, .user = "ann",
		.group = "ten", .home = "/home/ann", .cwd = "/w",
		.gids = groups,
		.ngids = 2, .u_groups = groups, .nu_groups = 2 };
}

/* Adds one setting; line tells them apart. */
static bool
read_line(struct path_rules *rules, const char *key, const char *value,
    unsigned line, const struct caller *c, const char **reason)
{
	struct setting *s = arena_alloc(a, sizeof(*s));

	*s = (struct setting) { .key = policy_key_find(key), .value = value,
		.file = "f", .line = line };
	return path_rules_read(rules, a, s, c, reason);
}

/* Both lists; NULL: there is none of it. */
static struct path_rules
rules_of(const char *allowed, const char *restricted)
{
	struct path_rules rules = { 0 };
	const char *reason = NULL;

	ck_assert_msg(allowed == NULL || read_line(&rules, "ALLOWEDPATHS",
	    allowed, 1, &ann, &reason), "%s", reason);
	ck_assert_msg(restricted == NULL || read_line(&rules,
	    "RESTRICTEDPATHS", restricted, 2, &ann, &reason), "%s", reason);
	return rules;
}

static const struct {
	const char *allowed, *restricted, *path;
	enum path_grade grade;
	unsigned by; /* the line of the rule; 0: none says so */
} grades[] = {
	/* nothing said: anything */
	{ NULL, NULL, "/", PATH_WRITABLE, 0 },
	{ NULL, NULL, "/etc", PATH_WRITABLE, 0 },
	/* components */
	{ "/a", NULL, "/a", PATH_WRITABLE, 1 },
	{ "/a", NULL, "/a/b", PATH_WRITABLE, 1 },
	{ "/a", NULL, "/a/b/c", PATH_WRITABLE, 1 },
	{ "/a", NULL, "/ab", PATH_REFUSED, 0 },
	{ "/a", NULL, "/a.", PATH_REFUSED, 0 },
	{ "/a", NULL, "/", PATH_REFUSED, 0 },
	{ "/a", NULL, "/b/a", PATH_REFUSED, 0 },
	{ "/a/b", NULL, "/a", PATH_REFUSED, 0 },
	{ "/a/b", NULL, "/a/bc", PATH_REFUSED, 0 },
	{ "/a/", NULL, "/a/b", PATH_WRITABLE, 1 },
	{ "//a//./b/", NULL, "/a/b", PATH_WRITABLE, 1 },
	{ "/", NULL, "/", PATH_WRITABLE, 1 },
	{ "/", NULL, "/x", PATH_WRITABLE, 1 },
	{ "/A", NULL, "/a", PATH_REFUSED, 0 },
	/* several */
	{ "/a /b", NULL, "/b/x", PATH_WRITABLE, 1 },
	{ "/a\t/b", NULL, "/b/x", PATH_WRITABLE, 1 },
	{ "'/a b'", NULL, "/a b/x", PATH_WRITABLE, 1 },
	{ "'/a b'", NULL, "/a", PATH_REFUSED, 0 },
	/* :ro */
	{ "/a:ro", NULL, "/a", PATH_READ_ONLY, 1 },
	{ "/a:ro", NULL, "/a/b", PATH_READ_ONLY, 1 },
	{ "/a/:ro", NULL, "/a/b", PATH_READ_ONLY, 1 },
	{ "/:ro", NULL, "/a", PATH_READ_ONLY, 1 },
	{ "'/a:ro'", NULL, "/a", PATH_READ_ONLY, 1 },
	{ "/a:ro:ro", NULL, "/a:ro/x", PATH_READ_ONLY, 1 },
	{ "/a:rw", NULL, "/a", PATH_REFUSED, 0 },
	{ "/a:ro/b", NULL, "/a:ro/b", PATH_WRITABLE, 1 },
	/* the longest that covers decides */
	{ "/a /a/b:ro", NULL, "/a/c", PATH_WRITABLE, 1 },
	{ "/a /a/b:ro", NULL, "/a/b/c", PATH_READ_ONLY, 1 },
	{ "/a/b:ro /a", NULL, "/a/b/c", PATH_READ_ONLY, 1 },
	{ "/a:ro /a/b", NULL, "/a/b/c", PATH_WRITABLE, 1 },
	{ "/a:ro /a/b", NULL, "/a/c", PATH_READ_ONLY, 1 },
	{ "/a", "/a/b", "/a/b/c", PATH_REFUSED, 2 },
	{ "/a /a/b/c", "/a/b", "/a/b/c/d", PATH_WRITABLE, 1 },
	{ "/a /a/b/c", "/a/b", "/a/b/d", PATH_REFUSED, 2 },
	{ "/a /a/b/c:ro", "/a/b", "/a/b/c/d", PATH_READ_ONLY, 1 },
	{ "/", "/a", "/a/b", PATH_REFUSED, 2 },
	{ "/", "/a", "/b", PATH_WRITABLE, 1 },
	{ "/ab", "/a", "/ab/c", PATH_WRITABLE, 1 },
	/* of equals a restriction, else the most */
	{ "/a /a:ro", NULL, "/a/b", PATH_WRITABLE, 1 },
	{ "/a:ro /a", NULL, "/a/b", PATH_WRITABLE, 1 },
	{ "/a /a/b:ro /a/b", NULL, "/a", PATH_WRITABLE, 1 },
	{ "/a /a/b:ro /a/b", "/a/b:ro", "/a", PATH_READ_ONLY, 2 },
	{ "/a", "/a:ro /a", "/a/b", PATH_REFUSED, 2 },
	{ "/a", "/a /a:ro", "/a/b", PATH_REFUSED, 2 },
	{ "/a /a:ro", "/a:ro", "/a/b", PATH_READ_ONLY, 2 },
	/* a restriction gives nothing */
	{ "/a", "/b:ro", "/b", PATH_REFUSED, 0 },
	{ "/a", "/b:ro", "/b/c", PATH_REFUSED, 0 },
	{ "/a/b", "/a:ro", "/a/c", PATH_REFUSED, 0 },
	{ "/a:ro", "/a/b:ro", "/a/b", PATH_READ_ONLY, 1 },
	{ "/a", "/a", "/a/b", PATH_REFUSED, 2 },
	{ "/a/", "/a:ro", "/a/b", PATH_READ_ONLY, 2 },
	{ "/a:ro", "/a", "/a/b", PATH_REFUSED, 2 },
	{ "/", "/", "/a", PATH_REFUSED, 2 },
	/* above a stricter one */
	{ "/a", "/a/b", "/a", PATH_REFUSED, 2 },
	{ "/a", "/a/b/c/d", "/a/b", PATH_REFUSED, 2 },
	{ "/a", "/a/b/c", "/a/bb", PATH_WRITABLE, 1 },
	{ "/a /a/b:ro", NULL, "/a", PATH_READ_ONLY, 1 },
	{ "/a:ro", "/a/b", "/a", PATH_REFUSED, 2 },
	{ "/a /a/b:ro", "/a/b/c", "/a", PATH_REFUSED, 2 },
	{ "/a /a/b/c", "/a/b", "/a", PATH_REFUSED, 2 },
	{ "/a:ro /a/b", NULL, "/a", PATH_READ_ONLY, 1 },
	{ "/", "/a", "/", PATH_REFUSED, 2 },
	{ "/ /a:ro", NULL, "/", PATH_READ_ONLY, 1 },
	/* RESTRICTEDPATHS alone */
	{ NULL, "/a", "/b", PATH_WRITABLE, 0 },
	{ NULL, "/a", "/ab", PATH_WRITABLE, 0 },
	{ NULL, "/a", "/a", PATH_REFUSED, 2 },
	{ NULL, "/a", "/a/b", PATH_REFUSED, 2 },
	{ NULL, "/a/b", "/a", PATH_REFUSED, 2 },
	{ NULL, "/a/b", "/", PATH_REFUSED, 2 },
	{ NULL, "/a:ro", "/a/b", PATH_READ_ONLY, 2 },
	{ NULL, "/a/b:ro", "/a", PATH_READ_ONLY, 2 },
	{ NULL, "/a /a/b:ro", "/a/b", PATH_READ_ONLY, 2 },
	{ NULL, "/", "/a", PATH_REFUSED, 2 },
	/* variables */
	{ "$HOME", NULL, "/home/ann/x", PATH_WRITABLE, 1 },
	{ "$HOME", NULL, "/home/anna", PATH_REFUSED, 0 },
	{ "$HOME:ro", NULL, "/home/ann", PATH_READ_ONLY, 1 },
	{ "$HOME/x:ro", NULL, "/home/ann/x", PATH_READ_ONLY, 1 },
	{ "/s/$USER-$U_UID", NULL, "/s/ann-1000/x", PATH_WRITABLE, 1 },
	{ "\"/s/$GROUP\"", NULL, "/s/ten", PATH_WRITABLE, 1 },
	{ "$PWD", NULL, "/w/x", PATH_WRITABLE, 1 },
	{ "/g/$U_GROUPS:ro", NULL, "/g/61/x", PATH_READ_ONLY, 1 },
	{ "/g/$U_GROUPS", NULL, "/g/62", PATH_REFUSED, 0 },
	{ "/a\\$HOME", NULL, "/a$HOME", PATH_WRITABLE, 1 },
	{ "/", "$HOME", "/home/ann/x", PATH_REFUSED, 2 },
};

START_TEST(valid_or_deny_by_the_longest_and_what_lies_below)
{
	const struct path_rules rules = rules_of(grades[_i].allowed,
	    grades[_i].restricted);
	const struct path_rule *by = NULL;
	enum path_grade grade = path_rules_grade(&rules, grades[_i].path, &by);

	ck_assert_int_eq(grade, grades[_i].grade);
	ck_assert_uint_eq(by == NULL ? 0 : by->setting->line, grades[_i].by);
}
END_TEST

/* Where it is refused, what lies below it is no way around. */
START_TEST(deny_more_rules_below_never_give_the_path_above)
{
	const struct path_rule *by;
	struct path_rules rules;

	for (int i = 0; i < ROWS(grades); i++) {
		const char *more = arena_printf(a, "%s%s%s/more",
		    grades[i].allowed == NULL ? "" : grades[i].allowed,
		    grades[i].allowed == NULL ? "" : " ",
		    strcmp(grades[i].path, "/") == 0 ? "" : grades[i].path);

		if (strpbrk(grades[i].path, " $") != NULL)
			continue;
		rules = rules_of(more, grades[i].restricted);
		ck_assert_msg(path_rules_grade(&rules, grades[i].path, &by) <=
		    grades[i].grade, "%d", i);
	}
}
END_TEST

static struct need *
leads(const char *resolved)
{
	struct need *n = arena_alloc(a, sizeof(*n));

	n->kind = NEED_PATH;
	n->state = NEED_MET;
	n->resolved = resolved;
	return n;
}

/* /link leads to /real: both are its names. */
START_TEST(valid_both_names_of_a_rule_count)
{
	static const struct {
		const char *allowed, *restricted, *path;
		enum path_grade grade;
	} rows[] = {
		{ "/link", NULL, "/real/x", PATH_WRITABLE },
		{ "/link", NULL, "/link/x", PATH_WRITABLE },
		{ "/link", NULL, "/really", PATH_REFUSED },
		{ "/link:ro", NULL, "/real", PATH_READ_ONLY },
		{ NULL, "/link", "/real/x", PATH_REFUSED },
		{ NULL, "/link", "/link/x", PATH_REFUSED },
		{ NULL, "/link", "/", PATH_REFUSED },
		{ "/", "/link", "/real/x", PATH_REFUSED },
		{ "/real", "/link", "/real/x", PATH_REFUSED },
		{ "/real/x", "/link", "/real/x", PATH_WRITABLE },
		{ "/real/x", "/link", "/real/y", PATH_REFUSED },
		{ "/link", "/real", "/real/x", PATH_REFUSED },
		{ "/link", "/real/x", "/real", PATH_REFUSED },
		{ "/link", "/real/x", "/real/y", PATH_WRITABLE },
	};

	for (int i = 0; i < ROWS(rows); i++) {
		struct path_rules rules = rules_of(rows[i].allowed,
		    rows[i].restricted);
		const struct path_rule *by;

		for (size_t k = 0; k < rules.n; k++) {
			if (strcmp(rules.v[k].path, "/link") == 0)
				rules.v[k].need = leads("/real");
		}
		ck_assert_msg(path_rules_grade(&rules, rows[i].path, &by) ==
		    rows[i].grade, "%d", i);
	}
}
END_TEST

/* A look that failed, or that never was, adds no name. */
START_TEST(deny_a_name_that_nobody_found)
{
	struct path_rules rules = rules_of("/link", NULL);
	const struct path_rule *by;

	rules.v[0].need = leads("/real");
	rules.v[0].need->state = NEED_FAILED;
	ck_assert_int_eq(path_rules_grade(&rules, "/real", &by), PATH_REFUSED);
	rules.v[0].need->state = NEED_OPEN;
	ck_assert_int_eq(path_rules_grade(&rules, "/real", &by), PATH_REFUSED);
	rules.v[0].need->state = NEED_MET;
	ck_assert_int_eq(path_rules_grade(&rules, "/real", &by),
	    PATH_WRITABLE);
	rules.v[0].need->resolved = NULL;
	ck_assert_int_eq(path_rules_grade(&rules, "/real", &by), PATH_REFUSED);
}
END_TEST

static const struct {
	const char *home, *allowed;
} homes[] = {
	{ "/", "$HOME" },
	{ "//", "$HOME" },
	{ "/.", "$HOME" },
	{ "/./", "$HOME" },
	{ "/", "$HOME/" },
	{ "/", "$HOME/." },
	{ "/", "$HOME:ro" },
	{ "/", "\"$HOME\"" },
};

START_TEST(deny_a_home_that_is_everything)
{
	const struct path_rule *by;
	struct path_rules rules;

	ann.home = homes[_i].home;
	rules = rules_of(homes[_i].allowed, NULL);
	ck_assert(rules.bounded);
	ck_assert_uint_eq(rules.n, 0);
	ck_assert_int_eq(path_rules_grade(&rules, "/etc", &by), PATH_REFUSED);
	ck_assert_int_eq(path_rules_grade(&rules, "/", &by), PATH_REFUSED);
	/* as a restriction it is one */
	rules = rules_of(NULL, homes[_i].allowed);
	ck_assert_int_ne(path_rules_grade(&rules, "/etc", &by), PATH_WRITABLE);
}
END_TEST

static const char *const junk[] = { "a", "./a", "../a", "~/a", "/a/../b",
	"/..", "/a/..", "..", "/a b", "$USER/a", "$U_UID", "x$HOME", ":ro",
	"\"\"", "/a \"\"", "$NOSUCH", "/$NOSUCH", "\"/a", "/a'", "$HOME/../x",
	"/a/$USER/../../etc", "file:///a" };

START_TEST(junk_words)
{
	struct path_rules rules = { 0 };
	const char *reason = NULL;

	ck_assert_msg(!read_line(&rules, "ALLOWEDPATHS", junk[_i], 1, &ann,
	    &reason), "%s", junk[_i]);
	ck_assert_ptr_nonnull(reason);
	reason = NULL;
	ck_assert(!read_line(&rules, "RESTRICTEDPATHS", junk[_i], 1, NULL,
	    &reason));
	ck_assert_ptr_nonnull(reason);
}
END_TEST

static const char *const sound[] = { "/", "/a", "/a:ro", "/..a", "/a..",
	"/.../b", "$HOME", "$HOME/x:ro", "$PWD", "/$USER", "/g/$U_GROUPS" };

/* For the check of the sections of others: nobody's values are known. */
START_TEST(valid_words_are_looked_at_without_a_caller)
{
	struct path_rules rules = { 0 };
	const char *reason = NULL;

	ck_assert_msg(read_line(&rules, "ALLOWEDPATHS", sound[_i], 1, NULL,
	    &reason), "%s", reason);
	ck_assert_uint_eq(rules.n, 0);
}
END_TEST

/* What a variable brings along is no text of the policy. */
START_TEST(deny_values_that_change_the_path)
{
	static const struct {
		const char *user, *home, *value;
	} rows[] = {
		{ "..", "/home/x", "/s/$USER" },
		{ "../../etc", "/home/x", "/s/$USER/x" },
		{ ".", "/home/x", "/s/.$USER" },
		{ "x", "/home/x/..", "$HOME" },
		{ "x", "home/x", "$HOME" },
		{ "x", "", "$HOME" },
		{ "x", NULL, "$HOME" },
	};

	for (int i = 0; i < ROWS(rows); i++) {
		struct path_rules rules = { 0 };
		const char *reason = NULL;

		ann.user = rows[i].user;
		ann.home = rows[i].home;
		ck_assert_msg(!read_line(&rules, "ALLOWEDPATHS",
		    rows[i].value, 1, &ann, &reason), "%d", i);
		ck_assert_ptr_nonnull(reason);
	}
}
END_TEST

START_TEST(valid_what_is_allowed_is_told)
{
	struct path_rules rules = rules_of("$HOME/x:ro '/a b' /c/", "/d");

	ck_assert_str_eq(strv_join(&rules.allowed, "|"),
	    "/home/ann/x:ro|/a b|/c");
	ck_assert(rules.bounded);
	ck_assert(!rules_of(NULL, "/d").bounded);
}
END_TEST

Suite *
path_rules_suite(void)
{
	Suite *s = suite_create("path_rules");
	TCase *t = tcase_of(s, "path_rules");

	tcase_add_checked_fixture(t, caller_begin, NULL);
	EACH(t, valid_or_deny_by_the_longest_and_what_lies_below, grades);
	ONE(t, deny_more_rules_below_never_give_the_path_above);
	ONE(t, valid_both_names_of_a_rule_count);
	ONE(t, deny_a_name_that_nobody_found);
	EACH(t, deny_a_home_that_is_everything, homes);
	EACH(t, junk_words, junk);
	EACH(t, valid_words_are_looked_at_without_a_caller, sound);
	ONE(t, deny_values_that_change_the_path);
	ONE(t, valid_what_is_allowed_is_told);
	return s;
}
