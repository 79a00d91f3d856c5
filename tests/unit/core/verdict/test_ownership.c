/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/ownership.h"

#include "fixture.h"
#include "suites.h"

struct row {
	uid_t uid;
	struct container c;
};

#define BY_LABEL(l) { .label = (l), .image_there = true }

static const struct row labels_valid[] = {
	{ 1000, BY_LABEL("1000") },
	{ 0, BY_LABEL("0") },
	{ 4294967294U, BY_LABEL("4294967294") },
	{ 1000, { .label = "1000", .image_there = true, .image_label = "" } },
	{ 1000, { .label = "1000", .image_there = true,
	    .image_label = "1001" } },
	/* neither the user nor what it may do is asked */
	{ 1000, { .label = "1000", .image_there = true, .user = "0",
	    .image_user = "1000" } },
};

static const struct row labels_deny[] = {
	{ 1000, BY_LABEL(NULL) },
	{ 1000, BY_LABEL("") },
	{ 1000, BY_LABEL("?") },
	{ 1000, BY_LABEL("1001") },
	{ 1000, BY_LABEL("100") },
	{ 1000, BY_LABEL("10000") },
	{ 1000, BY_LABEL("01000") },
	{ 1000, BY_LABEL("+1000") },
	{ 1000, BY_LABEL(" 1000") },
	{ 1000, BY_LABEL("1000 ") },
	{ 1000, BY_LABEL("1000\n") },
	{ 1000, BY_LABEL("1000:1000") },
	{ 1000, BY_LABEL("1e3") },
	{ 1000, BY_LABEL("0x3e8") },
	{ 0, BY_LABEL("") },
	{ 0, BY_LABEL("00") },
	{ 0, BY_LABEL("root") },
	{ 4294967294U, BY_LABEL("-2") },
	/* the word of its image */
	{ 1000, { .label = "1000", .image_there = true,
	    .image_label = "1000" } },
	{ 0, { .label = "0", .image_there = true, .image_label = "0" } },
	/* of an image that is gone */
	{ 1000, { .label = "1000" } },
	/* the other rule's container */
	{ 1000, { .image_there = true, .user = "1000", .confined = true } },
};

#define BY_USER(u) { .user = (u), .image_there = true, .confined = true }

static const struct row users_valid[] = {
	{ 1000, BY_USER("1000") },
	{ 1000, BY_USER("1000:1000") },
	{ 1000, BY_USER("1000:") },
	{ 0, BY_USER("0") },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_user = "" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_user = "1001" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_user = "10000:1000" } },
};

static const struct row users_deny[] = {
	{ 1000, BY_USER(NULL) },
	{ 1000, BY_USER("") },
	{ 1000, BY_USER(":1000") },
	{ 1000, BY_USER("0") },
	{ 1000, BY_USER("0:1000") },
	{ 1000, BY_USER("1001") },
	{ 1000, BY_USER("100") },
	{ 1000, BY_USER("10000") },
	{ 1000, BY_USER("01000") },
	{ 1000, BY_USER("+1000") },
	{ 1000, BY_USER(" 1000") },
	{ 1000, BY_USER("1000 ") },
	{ 1000, BY_USER("ann") },
	{ 0, BY_USER("") },
	{ 0, BY_USER("root") },
	/* each of the rest of the rule */
	{ 1000, { .user = "1000", .confined = true } },
	{ 1000, { .user = "1000", .image_there = true } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .label = "1001" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .label = "1000" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .label = "" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_label = "1001" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_label = "" } },
	/* the word of its image */
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_user = "1000" } },
	{ 1000, { .user = "1000", .image_there = true, .confined = true,
	    .image_user = "1000:5" } },
	{ 1000, { .user = "1000:6", .image_there = true, .confined = true,
	    .image_user = "1000" } },
};

typedef bool rule(const struct container *c, const struct caller *caller);

static bool
is_his(rule *by, const struct row *row)
{
	const struct caller caller = { .uid = row->uid };

	return by(&row->c, &caller);
}

START_TEST(valid_by_label)
{
	ck_assert(is_his(ownership_by_label, &labels_valid[_i]));
}
END_TEST

START_TEST(deny_by_label)
{
	ck_assert(!is_his(ownership_by_label, &labels_deny[_i]));
}
END_TEST

START_TEST(valid_by_user)
{
	ck_assert(is_his(ownership_by_user, &users_valid[_i]));
}
END_TEST

START_TEST(deny_by_user)
{
	ck_assert(!is_his(ownership_by_user, &users_deny[_i]));
}
END_TEST

Suite *
ownership_suite(void)
{
	Suite *s = suite_create("ownership");
	TCase *t = tcase_of(s, "own");

	EACH(t, valid_by_label, labels_valid);
	EACH(t, deny_by_label, labels_deny);
	EACH(t, valid_by_user, users_valid);
	EACH(t, deny_by_user, users_deny);
	return s;
}
