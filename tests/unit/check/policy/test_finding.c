/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/finding.h"

#include "core/base/strv.h"

#include "fixture.h"
#include "suites.h"

static const struct {
	struct finding finding;
	const char *line;
} lines[] = {
	{ { SEVERITY_ERROR, "/etc/p", 12, "t" }, "/etc/p:12: error: t" },
	{ { SEVERITY_WARNING, "/etc/p", 0, "t" }, "/etc/p: warning: t" },
	{ { SEVERITY_NOTE, NULL, 7, "t" }, "note: t" },
};

START_TEST(valid_lines)
{
	ck_assert_str_eq(finding_line(a, &lines[_i].finding), lines[_i].line);
}
END_TEST

/* Files as they came up, lines in order, and what is equal as it was added. */
START_TEST(valid_order)
{
	struct findings f = findings_new(a);
	struct strv got = strv_new(a);

	findings_add(&f, SEVERITY_ERROR, "z", 9, "%s", "z9");
	findings_add(&f, SEVERITY_ERROR, "b", 5, "%s", "b5");
	findings_add(&f, SEVERITY_WARNING, "z", 2, "%s", "z2");
	findings_add(&f, SEVERITY_ERROR, "b", 5, "%s", "b5 again");
	findings_add(&f, SEVERITY_NOTE, NULL, 0, "%s", "host");
	findings_add(&f, SEVERITY_ERROR, "b", 0, "%s", "b");
	findings_sort(&f);
	for (size_t i = 0; i < f.n; i++)
		strv_push(&got, f.v[i].text);
	ck_assert_str_eq(strv_join(&got, "|"),
	    "host|z2|z9|b|b5|b5 again");
}
END_TEST

START_TEST(valid_severity)
{
	struct findings f = findings_new(a);

	findings_sort(&f);
	ck_assert(!findings_have(&f, SEVERITY_ERROR));
	findings_add(&f, SEVERITY_WARNING, NULL, 0, "w");
	ck_assert(!findings_have(&f, SEVERITY_ERROR));
	ck_assert(findings_have(&f, SEVERITY_WARNING));
}
END_TEST

Suite *
finding_suite(void)
{
	Suite *s = suite_create("finding");
	TCase *t = tcase_of(s, "findings");

	EACH(t, valid_lines, lines);
	ONE(t, valid_order);
	ONE(t, valid_severity);
	return s;
}
