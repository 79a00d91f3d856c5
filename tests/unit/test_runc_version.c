/* SPDX-License-Identifier: Apache-2.0 */
#include "check/runc_version.h"

#include "fixture.h"
#include "suites.h"

static const struct {
	const char *version;
	enum runc_age age;
} versions[] = {
	{ "1.1.5+ds1", RUNC_OLD },
	{ "1.1.5+ds1-1+deb12u1", RUNC_OLD },
	{ "1.1.13", RUNC_OLD },
	{ "1.1.13-0ubuntu1~22.04.1", RUNC_OLD },
	{ "v1.1.9", RUNC_OLD },
	{ "1.1.0+dev", RUNC_OLD },
	{ "1.0.0-rc93", RUNC_OLD },
	{ "1.0.0~rc95", RUNC_OLD },
	{ "1.0.99", RUNC_OLD },
	{ "0.1.1", RUNC_OLD },
	{ "0.99.99", RUNC_OLD },
	{ "1.2.0-rc.1", RUNC_OLD },
	{ "1.2.0-rc.2", RUNC_OLD },
	{ "1.2.0-rc.2+ds1", RUNC_OLD },
	{ "1.2.0-rc1", RUNC_OLD },
	{ "1.2.0~rc2", RUNC_OLD },
	{ "1.2.0~rc.2-1", RUNC_OLD },
	{ "1.2.0-rc", RUNC_OLD },

	{ "1.1.14", RUNC_MENDED },
	{ "1.1.15-0ubuntu1~24.04.1", RUNC_MENDED },
	{ "1.1.15+ds1", RUNC_MENDED },
	{ "v1.1.14", RUNC_MENDED },
	{ "1.1.100", RUNC_MENDED },
	{ "1.1.99999999999999999999", RUNC_MENDED },
	{ "1.2.0", RUNC_MENDED },
	{ "1.2.0-rc.3", RUNC_MENDED },
	{ "1.2.0-rc.10", RUNC_MENDED },
	{ "1.2.0~rc3", RUNC_MENDED },
	{ "1.2.0+ds1-rc1", RUNC_MENDED },
	{ "1.2.1", RUNC_MENDED },
	{ "1.2.10-rc.1", RUNC_MENDED },
	{ "1.3.0-rc.1", RUNC_MENDED },
	{ "1.10.0", RUNC_MENDED },
	{ "2.0.0", RUNC_MENDED },

	{ NULL, RUNC_UNKNOWN },
	{ "", RUNC_UNKNOWN },
	{ "N/A", RUNC_UNKNOWN },
	{ "unknown", RUNC_UNKNOWN },
	{ "1", RUNC_UNKNOWN },
	{ "1.2", RUNC_UNKNOWN },
	{ "1.2.", RUNC_UNKNOWN },
	{ "1..2", RUNC_UNKNOWN },
	{ "-1.2.3", RUNC_UNKNOWN },
	{ " 1.2.3", RUNC_UNKNOWN },
	{ "vv1.2.3", RUNC_UNKNOWN },
	{ "1,2,3", RUNC_UNKNOWN },
	{ "12fccad4d5a9", RUNC_UNKNOWN },
};

START_TEST(valid_the_age_goes_by_the_number)
{
	ck_assert_msg(runc_age(versions[_i].version) == versions[_i].age, "%s",
	    versions[_i].version == NULL ? "NULL" : versions[_i].version);
}
END_TEST

Suite *
runc_version_suite(void)
{
	Suite *s = suite_create("runc_version");
	TCase *t = tcase_of(s, "runc_version");

	EACH(t, valid_the_age_goes_by_the_number, versions);
	return s;
}
