/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/csv.h"

#include "fixture.h"
#include "suites.h"

static const struct {
	const char *text;
	const char *fields; /* with | between */
	size_t n;
} read[] = {
	{ "a", "a", 1 },
	{ "a,b", "a|b", 2 },
	{ "", "", 1 },
	{ ",", "|", 2 },
	{ "a,", "a|", 2 },
	{ ",a", "|a", 2 },
	{ "a,,b", "a||b", 3 },
	{ " a , b ", " a | b ", 2 },
	{ "\"a\"", "a", 1 },
	{ "\"a,b\"", "a,b", 1 },
	{ "\"a,b\",c", "a,b|c", 2 },
	{ "c,\"a,b\"", "c|a,b", 2 },
	{ "\"\"", "", 1 },
	{ "\"\",\"\"", "|", 2 },
	{ "\"a\"\"b\"", "a\"b", 1 },
	{ "\"\"\"\"", "\"", 1 },
	{ "\"\"\"a\"\"\"", "\"a\"", 1 },
	{ "a=b=c", "a=b=c", 1 },
	{ "'a,b'", "'a|b'", 2 },
	{ "\xff,\xc3\xa9", "\xff|\xc3\xa9", 2 },
};

START_TEST(valid_fields_are_read_as_go_reads_them)
{
	struct strv fields = strv_new(a);

	ck_assert_msg(csv_read(&fields, read[_i].text), "'%s'", read[_i].text);
	ck_assert_uint_eq(fields.n, read[_i].n);
	ck_assert_str_eq(strv_join(&fields, "|"), read[_i].fields);
}
END_TEST

static const char *const junk[] = { "\"", "\"a", "\"a,b", "a\"", "a\"b\"",
	"a\"b", "\"a\"b", "\"a\" ", " \"a\"", "\"a\"\"", "\"\"\"", "x,\"a",
	"x,a\"b", "a\nb", "a\n", "\na", "\r\na", "a\rb", "\"a\nb\"",
	"type=tmpfs,dst=/x\ntype=bind,src=/,dst=/x" };

START_TEST(junk_quotes_out_of_place_and_line_ends_are_refused)
{
	struct strv fields = strv_new(a);

	ck_assert_msg(!csv_read(&fields, junk[_i]), "'%s'", junk[_i]);
}
END_TEST

static const struct {
	const char *text, *field;
} written[] = {
	{ "", "" },
	{ "a", "a" },
	{ "a b", "a b" },
	{ "a,b", "\"a,b\"" },
	{ "\"", "\"\"\"\"" },
	{ "a\"b", "\"a\"\"b\"" },
	{ "source=/a,readonly=false", "\"source=/a,readonly=false\"" },
	{ ",\",\"", "\",\"\",\"\"\"" },
};

START_TEST(valid_a_field_is_quoted_where_it_must_be_and_reads_back)
{
	struct strv fields = strv_new(a);
	const char *field = csv_field(a, written[_i].text);

	ck_assert_str_eq(field, written[_i].field);
	ck_assert(csv_read(&fields, arena_printf(a, "x,%s,y", field)));
	ck_assert_uint_eq(fields.n, 3);
	ck_assert_str_eq(fields.v[1], written[_i].text);
}
END_TEST

Suite *
csv_suite(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_of(s, "csv");

	EACH(t, valid_fields_are_read_as_go_reads_them, read);
	EACH(t, junk_quotes_out_of_place_and_line_ends_are_refused, junk);
	EACH(t, valid_a_field_is_quoted_where_it_must_be_and_reads_back,
	    written);
	return s;
}
