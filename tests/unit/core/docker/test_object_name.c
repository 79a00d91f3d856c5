/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/object_name.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define HEX16 "0123456789abcdef"

static const char *const names[] = { "a", "Z", "0", "web1", "a.b", "a_b", "a-b",
	"a--b", "a.", "a-", "1.2.3", "A_.-z", HEX16 };
static const char *const junk[] = { "", ".", "..", "-", "_", "-a", ".a", "_a",
	"/a", "a/b", "../volumes/v", "a/", "a/..", " a", "a ", "a b", "a\n",
	"\na", "a:b", "a?b", "a%2fb", "a#b", "a\\b", "\xc3\xa9", "a\xff",
	"a*", "a,b", "a=b", "a@b", "a'b" };

START_TEST(valid_names_are_docker_s_grammar)
{
	ck_assert(object_name_valid(names[_i], strlen(names[_i])));
}
END_TEST

START_TEST(junk_everything_else_is_no_name)
{
	ck_assert_msg(!object_name_valid(junk[_i], strlen(junk[_i])), "'%s'",
	    junk[_i]);
}
END_TEST

START_TEST(valid_a_name_is_only_as_long_as_it_is_said_to_be)
{
	ck_assert(object_name_valid("web:/etc", 3));
	ck_assert(!object_name_valid("web:/etc", 4));
	ck_assert(!object_name_valid("web", 0));
	ck_assert(!object_name_valid("web", 4));
}
END_TEST

static const char *const paths[] = { "a", "a/b", "a/b/c", "runc", "a:1", "a.b:5",
	"registry.example.org:5000/a/b:1.0-x_y", "mapper/vg-lv" };
static const char *const no_paths[] = { "", "/", "/a", "a/", "a//b", "..",
	"../a", "a/..", "a/../b", "./a", "a/.", "a/.b", "a/:", ":a", "-a",
	"a/-b", "a b", "a\n", "a\xff", "a=b", "a,b", "a@b" };

START_TEST(valid_paths_lead_down)
{
	ck_assert(object_name_path_valid(paths[_i], strlen(paths[_i])));
}
END_TEST

START_TEST(junk_other_paths)
{
	ck_assert_msg(!object_name_path_valid(no_paths[_i], strlen(no_paths[_i])),
	    "'%s'", no_paths[_i]);
}
END_TEST

START_TEST(valid_a_path_is_only_as_long_as_it_is_said_to_be)
{
	ck_assert(object_name_path_valid("sda=1", 3));
	ck_assert(object_name_path_valid("a/b/..", 3));
	ck_assert(!object_name_path_valid("a/b", 2));
	ck_assert(!object_name_path_valid("a/b", 0));
}
END_TEST

static const struct {
	const char *name;
	bool like;
} ids[] = {
	{ "0123456789a", false }, /* 11 */
	{ "0123456789ab", true }, /* 12 */
	{ HEX16 HEX16 HEX16 HEX16, true }, /* 64 */
	{ HEX16 HEX16 HEX16 HEX16 "0", false }, /* 65 */
	{ "0123456789ag", false },
	{ "0123456789AB", false }, /* docker's ids are in small letters */
	{ "0123456789a-", false },
	{ "", false },
};

START_TEST(deny_a_name_of_12_to_64_hex_digits_is_like_an_id)
{
	ck_assert_int_eq(object_name_like_id(ids[_i].name), ids[_i].like);
}
END_TEST

Suite *
object_name_suite(void)
{
	Suite *s = suite_create("object_name");
	TCase *t = tcase_of(s, "object_name");

	EACH(t, valid_names_are_docker_s_grammar, names);
	EACH(t, junk_everything_else_is_no_name, junk);
	ONE(t, valid_a_name_is_only_as_long_as_it_is_said_to_be);
	EACH(t, deny_a_name_of_12_to_64_hex_digits_is_like_an_id, ids);
	EACH(t, valid_paths_lead_down, paths);
	EACH(t, junk_other_paths, no_paths);
	ONE(t, valid_a_path_is_only_as_long_as_it_is_said_to_be);
	return s;
}
