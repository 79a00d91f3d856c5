/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/component_age.h"

#include "fixture.h"
#include "suites.h"

static const struct {
	const char *version;
	enum component_age age;
} versions[] = {
	{ "1.1.5+ds1", AGE_OLD },
	{ "1.1.5+ds1-1+deb12u1", AGE_OLD },
	{ "1.1.13", AGE_OLD },
	{ "1.1.13-0ubuntu1~22.04.1", AGE_OLD },
	{ "v1.1.9", AGE_OLD },
	{ "1.1.0+dev", AGE_OLD },
	{ "1.0.0-rc93", AGE_OLD },
	{ "1.0.0~rc95", AGE_OLD },
	{ "1.0.99", AGE_OLD },
	{ "0.1.1", AGE_OLD },
	{ "0.99.99", AGE_OLD },
	{ "1.2.0-rc.1", AGE_OLD },
	{ "1.2.0-rc.2", AGE_OLD },
	{ "1.2.0-rc.2+ds1", AGE_OLD },
	{ "1.2.0-rc1", AGE_OLD },
	{ "1.2.0~rc2", AGE_OLD },
	{ "1.2.0~rc.2-1", AGE_OLD },
	{ "1.2.0-rc", AGE_OLD },

	{ "1.1.14", AGE_MENDED },
	{ "1.1.15-0ubuntu1~24.04.1", AGE_MENDED },
	{ "1.1.15+ds1", AGE_MENDED },
	{ "v1.1.14", AGE_MENDED },
	{ "1.1.100", AGE_MENDED },
	{ "1.1.99999999999999999999", AGE_MENDED },
	{ "1.2.0", AGE_MENDED },
	{ "1.2.0-rc.3", AGE_MENDED },
	{ "1.2.0-rc.10", AGE_MENDED },
	{ "1.2.0~rc3", AGE_MENDED },
	{ "1.2.0+ds1-rc1", AGE_MENDED },
	{ "1.2.1", AGE_MENDED },
	{ "1.2.10-rc.1", AGE_MENDED },
	{ "1.3.0-rc.1", AGE_MENDED },
	{ "1.10.0", AGE_MENDED },
	{ "2.0.0", AGE_MENDED },

	{ NULL, AGE_UNKNOWN },
	{ "", AGE_UNKNOWN },
	{ "N/A", AGE_UNKNOWN },
	{ "unknown", AGE_UNKNOWN },
	{ "1", AGE_UNKNOWN },
	{ "1.2", AGE_UNKNOWN },
	{ "1.2.", AGE_UNKNOWN },
	{ "1..2", AGE_UNKNOWN },
	{ "-1.2.3", AGE_UNKNOWN },
	{ " 1.2.3", AGE_UNKNOWN },
	{ "vv1.2.3", AGE_UNKNOWN },
	{ "1,2,3", AGE_UNKNOWN },
	{ "12fccad4d5a9", AGE_UNKNOWN },
};

START_TEST(valid_the_age_goes_by_the_number)
{
	ck_assert_msg(component_age_runc(versions[_i].version) ==
	    versions[_i].age, "%s", versions[_i].version == NULL ? "NULL"
		: versions[_i].version);
}
END_TEST

static const struct {
	const char *version;
	enum component_age age;
} gos[] = {
	{ "go1.19.8", AGE_OLD },
	{ "go1.4", AGE_OLD },
	{ "go1.20", AGE_OLD },
	{ "go1.21", AGE_OLD },
	{ "go1.21.10", AGE_OLD },
	{ "go1.21rc2", AGE_OLD },
	{ "go1.22", AGE_OLD },
	{ "go1.22.0", AGE_OLD },
	{ "go1.22.3", AGE_OLD },
	{ "go1.22rc1", AGE_OLD },

	{ "go1.21.11", AGE_MENDED },
	{ "go1.21.13 X:boringcrypto", AGE_MENDED },
	{ "go1.22.4", AGE_MENDED },
	{ "go1.22.12", AGE_MENDED },
	{ "go1.23", AGE_MENDED },
	{ "go1.23.0", AGE_MENDED },
	{ "go1.24.4", AGE_MENDED },
	{ "go2.0", AGE_MENDED },

	{ NULL, AGE_UNKNOWN },
	{ "", AGE_UNKNOWN },
	{ "1.22.4", AGE_UNKNOWN },
	{ "go", AGE_UNKNOWN },
	{ "go1", AGE_UNKNOWN },
	{ "go1.", AGE_UNKNOWN },
	{ "gc1.22.4", AGE_UNKNOWN },
	{ "devel go1.23-1234", AGE_UNKNOWN },
};

START_TEST(valid_the_age_of_go)
{
	ck_assert_msg(component_age_go(gos[_i].version) == gos[_i].age, "%s",
	    gos[_i].version == NULL ? "NULL" : gos[_i].version);
}
END_TEST

Suite *
component_age_suite(void)
{
	Suite *s = suite_create("component_age");
	TCase *t = tcase_of(s, "component_age");

	EACH(t, valid_the_age_goes_by_the_number, versions);
	EACH(t, valid_the_age_of_go, gos);
	return s;
}
