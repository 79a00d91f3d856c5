/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of a settlement. What they are for every flag is told by the golden
 * cases; here, that none is written without what it names.
 */
#include "core/write/cli_write.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static struct settlement st;
static struct handover h;
static struct fault f;

static void
add(const char *name, const char *value)
{
	const struct docker_flag *flag = docker_flag_long(st.command, name,
	    strlen(name));

	ck_assert_ptr_nonnull(flag);
	used_flags_add(&st.flags, a, (struct used_flag) { .flag = flag,
	    .value = value });
	settlement_flags(&st, a, &st.flags);
}

static void
begin(void)
{
	settlement_begin(&st, a);
	st.command = docker_command_named("run");
	st.docker = "/d";
	st.verdict = VERDICT_ALLOW;
	h = (struct handover) { .places = strv_new(a) };
	f = (struct fault) { .kind = FAULT_NONE };
	strv_push(&st.operands, "alpine");
}

/* docker's argv as one text; NULL: a fault. */
static const char *
written(void)
{
	struct strv argv = strv_new(a);

	return cli_write(&st, &h, &argv, &f) ? strv_join(&argv, " ") : NULL;
}

static const char *
shown(void)
{
	struct strv words = strv_new(a);

	return cli_write_shown(&st, &words, &f) ? strv_join(&words, " ") : NULL;
}

static const struct settled_mount *
mount_at(size_t place)
{
	struct settled_mount *m = arena_alloc(a, sizeof(*m));
	const char *reason;

	ck_assert(mount_read(&m->mount, a, VALUE_VOLUME, "/a:/b", &reason));
	m->source = "/real";
	m->place = place;
	m->read_only_there = true;
	return m;
}

START_TEST(valid_each_hears_what_is_for_him)
{
	add("name", "n");
	add("env-file", "/f");
	add("workdir", "/x");
	settlement_heard(&st, 1, SETTLED_PEOPLE);
	settlement_heard(&st, 2, SETTLED_NOBODY);
	ck_assert_str_eq(shown(), "/d run --name=n --env-file=/f -- alpine");
	ck_assert_str_eq(written(), "docker run --name=n -- alpine");
}
END_TEST

START_TEST(valid_files_come_before_flags)
{
	add("env", "A=1");
	strv_push(&st.variables, "B=2");
	strv_push(&st.variables, "C");
	strv_push(&st.labels, "l=");
	h.variables = "/v";
	h.labels = "/l";
	ck_assert_str_eq(written(), "docker run --env-file=/v --label-file=/l "
	    "--env=A=1 -- alpine");
	ck_assert_str_eq(cli_write_file(a, &st.variables), "B=2\nC\n");
	ck_assert_str_eq(cli_write_file(a, &st.labels), "l=\n");
	st.labels = strv_new(a);
	ck_assert_ptr_null(cli_write_file(a, &st.labels));
}
END_TEST

START_TEST(valid_a_mount_is_named_by_its_place)
{
	add("volume", "/a:/b");
	add("volume", "/a:/c");
	settlement_mount(&st, 0, mount_at(1));
	settlement_mount(&st, 1, mount_at(SETTLED_NO_PLACE));
	strv_push(&h.places, "/p/0");
	strv_push(&h.places, "/p/1");
	ck_assert_str_eq(shown(), "/d run --mount=type=bind,source=/real,"
	    "target=/b --mount=type=bind,source=/real,target=/b -- alpine");
	ck_assert_str_eq(written(), "docker run --mount=type=bind,source=/p/1,"
	    "target=/b,readonly --mount=type=bind,source=/real,target=/b -- "
	    "alpine");
}
END_TEST

START_TEST(invalid_a_place_that_nobody_made)
{
	add("volume", "/a:/b");
	settlement_mount(&st, 0, mount_at(1));
	strv_push(&h.places, "/p/0");
	ck_assert_ptr_null(written());
	ck_assert_ptr_nonnull(strstr(f.text, "a mount has no place"));
}
END_TEST

START_TEST(invalid_a_file_that_nobody_made)
{
	strv_push(&st.variables, "A=1");
	ck_assert_ptr_null(written());
	ck_assert_ptr_nonnull(strstr(f.text, "a file for the client has no"));
	begin();
	strv_push(&st.labels, "A=1");
	ck_assert_ptr_null(written());
}
END_TEST

/* One that is not wanted would be somebody else's. */
START_TEST(invalid_a_file_of_nothing)
{
	h.labels = "/l";
	ck_assert_ptr_null(written());
	ck_assert_int_eq(f.kind, FAULT_REFUSED);
}
END_TEST

START_TEST(invalid_what_is_not_allowed)
{
	st.verdict = VERDICT_DENY;
	ck_assert_ptr_null(written());
	ck_assert_str_eq(f.text, "nothing was allowed");
	begin();
	st.verdict = VERDICT_DENY;
	ck_assert_ptr_null(shown());
	begin();
	st = (struct settlement) { .docker = "/d" };
	ck_assert_ptr_null(shown());
}
END_TEST

START_TEST(invalid_what_cannot_be_said)
{
	ck_assert(cli_write_sayable(&st, a, &f));
	strv_push(&st.variables, "A=1\nB=2");
	ck_assert(!cli_write_sayable(&st, a, &f));
	ck_assert_ptr_nonnull(strstr(f.text, "run: A: "));
	begin();
	strv_push(&st.labels, "A=\xff");
	ck_assert(!cli_write_sayable(&st, a, &f));
}
END_TEST

Suite *
cli_write_suite(void)
{
	Suite *s = suite_create("cli_write");
	TCase *t = tcase_of(s, "cli_write");

	tcase_add_checked_fixture(t, begin, NULL);
	ONE(t, valid_each_hears_what_is_for_him);
	ONE(t, valid_files_come_before_flags);
	ONE(t, valid_a_mount_is_named_by_its_place);
	ONE(t, invalid_a_place_that_nobody_made);
	ONE(t, invalid_a_file_that_nobody_made);
	ONE(t, invalid_a_file_of_nothing);
	ONE(t, invalid_what_is_not_allowed);
	ONE(t, invalid_what_cannot_be_said);
	return s;
}
