/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/quantity.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define KI INT64_C(1024)
#define S INT64_C(1000000000)

static const struct {
	enum value_kind kind;
	const char *text;
	int64_t number;
} good[] = {
	/* sizes: every unit, in any case, with and without a blank */
	{ VALUE_SIZE, "0", 0 },
	{ VALUE_SIZE, "1", 1 },
	{ VALUE_SIZE, "1b", 1 },
	{ VALUE_SIZE, "1B", 1 },
	{ VALUE_SIZE, "1 ", 1 },
	{ VALUE_SIZE, "1 b", 1 },
	{ VALUE_SIZE, "1k", KI },
	{ VALUE_SIZE, "1K", KI },
	{ VALUE_SIZE, "1kb", KI },
	{ VALUE_SIZE, "1KiB", KI },
	{ VALUE_SIZE, "1kIb", KI },
	{ VALUE_SIZE, "1 kib", KI },
	{ VALUE_SIZE, "64m", 64 * KI * KI },
	{ VALUE_SIZE, "2G", 2 * KI * KI * KI },
	{ VALUE_SIZE, "1tb", KI * KI * KI * KI },
	{ VALUE_SIZE, "1PiB", KI * KI * KI * KI * KI },
	{ VALUE_SIZE, "8191p", 8191 * KI * KI * KI * KI * KI },
	/* sizes: a leading 0 is decimal */
	{ VALUE_SIZE, "010", 10 },
	{ VALUE_SIZE, "000000000000000000000001k", KI },
	/* sizes: fractions are truncated */
	{ VALUE_SIZE, "1.5GiB", KI * KI * KI * 3 / 2 },
	{ VALUE_SIZE, "0.5 k", 512 },
	{ VALUE_SIZE, "1.5", 1 },
	{ VALUE_SIZE, "1.5b", 1 },
	{ VALUE_SIZE, "0.1k", 102 },
	{ VALUE_SIZE, "0.999k", 1022 },
	{ VALUE_SIZE, "1.1p", INT64_C(1238489897526886) },
	/* sizes: as many digits as a float64 keeps */
	{ VALUE_SIZE, "999999999999999", INT64_C(999999999999999) },
	{ VALUE_SIZE, "99999999999999.9", INT64_C(99999999999999) },
	{ VALUE_SIZE, "0.00000000000001k", 0 },
	{ VALUE_SIZE, "0.999999999999999k", 1023 },
	/* sizes: no limit of --memory-swap */
	{ VALUE_SIZE, "-1", -1 },
	/* whole numbers, in all of Go's bases */
	{ VALUE_COUNT, "0", 0 },
	{ VALUE_COUNT, "00", 0 },
	{ VALUE_COUNT, "-0", 0 },
	{ VALUE_COUNT, "100", 100 },
	{ VALUE_COUNT, "+5", 5 },
	{ VALUE_COUNT, "-5", -5 },
	{ VALUE_COUNT, "010", 8 },
	{ VALUE_COUNT, "0o10", 8 },
	{ VALUE_COUNT, "0O10", 8 },
	{ VALUE_COUNT, "0x1f", 31 },
	{ VALUE_COUNT, "0X1F", 31 },
	{ VALUE_COUNT, "-0x10", -16 },
	{ VALUE_COUNT, "0b101", 5 },
	{ VALUE_COUNT, "0B101", 5 },
	{ VALUE_COUNT, "1_000", 1000 },
	{ VALUE_COUNT, "1_2_3", 123 },
	{ VALUE_COUNT, "0_7", 7 },
	{ VALUE_COUNT, "0x_f", 15 },
	{ VALUE_COUNT, "+0x_f_f", 255 },
	{ VALUE_COUNT, "000000000000000000000000000012", 10 },
	{ VALUE_COUNT, "9223372036854775807", INT64_MAX },
	{ VALUE_COUNT, "0x7fffffffffffffff", INT64_MAX },
	{ VALUE_COUNT, "-9223372036854775807", -INT64_MAX },
	{ VALUE_NUMBER, "0x10", 16 },
	{ VALUE_NUMBER, "-500", -500 },
	/* decimals, in billionths */
	{ VALUE_DECIMAL, "0", 0 },
	{ VALUE_DECIMAL, "0.0", 0 },
	{ VALUE_DECIMAL, "2", 2 * S },
	{ VALUE_DECIMAL, "1.5", S * 3 / 2 },
	{ VALUE_DECIMAL, "0.5", S / 2 },
	{ VALUE_DECIMAL, ".5", S / 2 },
	{ VALUE_DECIMAL, "5.", 5 * S },
	{ VALUE_DECIMAL, "0.000000001", 1 },
	{ VALUE_DECIMAL, "0.1234567890", 123456789 },
	{ VALUE_DECIMAL, "9223372036.854775807", INT64_MAX },
	{ VALUE_DECIMAL, "1e3", 1000 * S },
	{ VALUE_DECIMAL, "1E+3", 1000 * S },
	{ VALUE_DECIMAL, "1e03", 1000 * S },
	{ VALUE_DECIMAL, "1e-9", 1 },
	{ VALUE_DECIMAL, "10e-10", 1 },
	{ VALUE_DECIMAL, "0.0000000001e1", 1 },
	{ VALUE_DECIMAL, "0e99", 0 },
	{ VALUE_DECIMAL, "1/2", S / 2 },
	{ VALUE_DECIMAL, "0/7", 0 },
	{ VALUE_DECIMAL, "7/7", S },
	{ VALUE_DECIMAL, "3/3000000000", 1 },
	{ VALUE_DECIMAL, "18446744073/2", INT64_C(9223372036500000000) },
	/* durations, in nanoseconds */
	{ VALUE_DURATION, "0", 0 },
	{ VALUE_DURATION, "+0", 0 },
	{ VALUE_DURATION, "-0", 0 },
	{ VALUE_DURATION, "0s", 0 },
	{ VALUE_DURATION, "1ns", 1 },
	{ VALUE_DURATION, "1us", 1000 },
	{ VALUE_DURATION, "1\xc2\xb5s", 1000 },
	{ VALUE_DURATION, "1\xce\xbcs", 1000 },
	{ VALUE_DURATION, "1ms", S / 1000 },
	{ VALUE_DURATION, "30s", 30 * S },
	{ VALUE_DURATION, "1m", 60 * S },
	{ VALUE_DURATION, "1h", 3600 * S },
	{ VALUE_DURATION, "1h2m3.5s", 3723 * S + S / 2 },
	{ VALUE_DURATION, "1s1h1s", 3602 * S },
	{ VALUE_DURATION, "-1h1m", -3660 * S },
	{ VALUE_DURATION, "+1s", S },
	{ VALUE_DURATION, "007s", 7 * S },
	{ VALUE_DURATION, ".5s", S / 2 },
	{ VALUE_DURATION, "1.s", S },
	{ VALUE_DURATION, "1.5us", 1500 },
	{ VALUE_DURATION, "0.123456789s", 123456789 },
	{ VALUE_DURATION, "0.0000000001m", 6 },
	{ VALUE_DURATION, "0.00000000001h", 36 },
	{ VALUE_DURATION, "9223372036854775807ns", INT64_MAX },
	{ VALUE_DURATION, "2562047h47m16.854775807s", INT64_MAX },
	{ VALUE_DURATION, "-2562047h47m16.854775807s", -INT64_MAX },
};

START_TEST(allow_every_spelling_of_a_number)
{
	int64_t number = 4711;

	ck_assert_msg(quantity_read(good[_i].kind, good[_i].text, &number),
	    "'%s'", good[_i].text);
	ck_assert_msg(number == good[_i].number, "'%s': %lld", good[_i].text,
	    (long long)number);
}
END_TEST

static const struct {
	enum value_kind kind;
	const char *text;
} junk[] = {
	{ VALUE_SIZE, "" },
	{ VALUE_SIZE, "k" },
	{ VALUE_SIZE, "." },
	{ VALUE_SIZE, " 1" },
	{ VALUE_SIZE, "1  k" },
	{ VALUE_SIZE, "1\tk" },
	{ VALUE_SIZE, "1\xc2\xa0k" },
	{ VALUE_SIZE, "1k " },
	{ VALUE_SIZE, "1kk" },
	{ VALUE_SIZE, "1bb" },
	{ VALUE_SIZE, "1bk" },
	{ VALUE_SIZE, "1x" },
	{ VALUE_SIZE, "1kx" },
	{ VALUE_SIZE, "1,5k" },
	{ VALUE_SIZE, "1.1.1" },
	{ VALUE_SIZE, "1 .5k" },
	{ VALUE_SIZE, "-5" },
	{ VALUE_SIZE, "-1b" },
	{ VALUE_SIZE, "-1 " },
	{ VALUE_SIZE, "-01" },
	{ VALUE_SIZE, "inf" },
	{ VALUE_SIZE, "0x10" },
	{ VALUE_SIZE, "1@" },
	{ VALUE_SIZE, "1\xcb" },
	{ VALUE_COUNT, "" },
	{ VALUE_COUNT, "-" },
	{ VALUE_COUNT, "+" },
	{ VALUE_COUNT, "--1" },
	{ VALUE_COUNT, "+-1" },
	{ VALUE_COUNT, " 1" },
	{ VALUE_COUNT, "1 " },
	{ VALUE_COUNT, "1.0" },
	{ VALUE_COUNT, "1e3" },
	{ VALUE_COUNT, "1k" },
	{ VALUE_COUNT, "f" },
	{ VALUE_COUNT, "08" },
	{ VALUE_COUNT, "0o8" },
	{ VALUE_COUNT, "0b2" },
	{ VALUE_COUNT, "0xg" },
	{ VALUE_COUNT, "0x" },
	{ VALUE_COUNT, "0b" },
	{ VALUE_COUNT, "0o" },
	{ VALUE_COUNT, "0x_" },
	{ VALUE_COUNT, "_1" },
	{ VALUE_COUNT, "-_1" },
	{ VALUE_COUNT, "1_" },
	{ VALUE_COUNT, "0_" },
	{ VALUE_COUNT, "1__0" },
	{ VALUE_COUNT, "0_8" },
	{ VALUE_COUNT, "0_x1" },
	{ VALUE_COUNT, "\xd9\xa1" }, /* an Arabic 1 */
	{ VALUE_NUMBER, "08" },
	{ VALUE_DECIMAL, "" },
	{ VALUE_DECIMAL, "." },
	{ VALUE_DECIMAL, "e1" },
	{ VALUE_DECIMAL, ".e1" },
	{ VALUE_DECIMAL, "1e" },
	{ VALUE_DECIMAL, "1e+" },
	{ VALUE_DECIMAL, "1e1.5" },
	{ VALUE_DECIMAL, "1 " },
	{ VALUE_DECIMAL, "1,5" },
	{ VALUE_DECIMAL, "inf" },
	{ VALUE_DECIMAL, "1/0" },
	{ VALUE_DECIMAL, "1/" },
	{ VALUE_DECIMAL, "/2" },
	{ VALUE_DECIMAL, "1//2" },
	{ VALUE_DECIMAL, "1/2/3" },
	{ VALUE_DECIMAL, "1/-2" },
	{ VALUE_DECIMAL, "1/2e1" },
	{ VALUE_DECIMAL, "1e3/2" },
	{ VALUE_DECIMAL, "1.5/2" },
	{ VALUE_DECIMAL, "1./2" },
	{ VALUE_DECIMAL, "1/1.5" },
	{ VALUE_DECIMAL, "1e-10" },
	{ VALUE_DECIMAL, "0.1234567891" },
	{ VALUE_DECIMAL, "1/3" },
	{ VALUE_DECIMAL, "1/3000000000" },
	{ VALUE_DURATION, "" },
	{ VALUE_DURATION, "-" },
	{ VALUE_DURATION, "1" },
	{ VALUE_DURATION, "00" },
	{ VALUE_DURATION, "0.0" },
	{ VALUE_DURATION, "s" },
	{ VALUE_DURATION, ".s" },
	{ VALUE_DURATION, "1h2" },
	{ VALUE_DURATION, "1 s" },
	{ VALUE_DURATION, "1s " },
	{ VALUE_DURATION, "1S" },
	{ VALUE_DURATION, "1d" },
	{ VALUE_DURATION, "1sec" },
	{ VALUE_DURATION, "1e3s" },
	{ VALUE_DURATION, "1_0s" },
	{ VALUE_DURATION, "0x1s" },
	{ VALUE_DURATION, "1h-1m" },
	{ VALUE_DURATION, "1\xc2\xb5" },
	/* not a number at all */
	{ VALUE_PLAIN, "1" },
	{ VALUE_ULIMIT, "1" },
};

START_TEST(junk_what_docker_refuses)
{
	int64_t number;

	ck_assert_msg(!quantity_read(junk[_i].kind, junk[_i].text, &number),
	    "'%s'", junk[_i].text);
}
END_TEST

static const struct {
	enum value_kind kind;
	const char *text;
} doubtful[] = {
	/* one client takes it */
	{ VALUE_SIZE, "1i" },
	{ VALUE_SIZE, "1ib" },
	{ VALUE_SIZE, "1ki" },
	{ VALUE_SIZE, "1." },
	{ VALUE_SIZE, "1.k" },
	{ VALUE_SIZE, ".5k" },
	{ VALUE_SIZE, "+5" },
	{ VALUE_SIZE, "1_000" },
	{ VALUE_SIZE, "1e3" },
	{ VALUE_SIZE, "1e" },
	/* rounded, or wrapped around to a negative number */
	{ VALUE_SIZE, "1000000000000000" },
	{ VALUE_SIZE, "9007199254740993" },
	{ VALUE_SIZE, "9223372036854775807" },
	{ VALUE_SIZE, "99999999999999999999" },
	{ VALUE_SIZE, "8192p" },
	{ VALUE_SIZE, "999999999999999p" },
	{ VALUE_SIZE, "0.9999999999999999999k" },
	{ VALUE_SIZE, "9.99999999999999p" },
	{ VALUE_SIZE, "8191.6083778p" },
	{ VALUE_COUNT, "9223372036854775808" },
	{ VALUE_COUNT, "99999999999999999999" },
	{ VALUE_COUNT, "0x8000000000000000" },
	{ VALUE_COUNT, "-9223372036854775809" },
	{ VALUE_DECIMAL, "9223372036.854775808" },
	{ VALUE_DECIMAL, "9223372037" },
	{ VALUE_DECIMAL, "1e10" },
	{ VALUE_DECIMAL, "1e99" },
	{ VALUE_DECIMAL, "1e99999" },
	{ VALUE_DECIMAL, "1e-99999999999999999999" },
	{ VALUE_DECIMAL, "99999999999999999999e-19" },
	{ VALUE_DECIMAL, "18446744074/2" },
	{ VALUE_DECIMAL, "9223372036854775807/1" },
	{ VALUE_DURATION, "9223372036854775808ns" },
	{ VALUE_DURATION, "2562047h47m16.854775808s" },
	{ VALUE_DURATION, "2562048h" },
	{ VALUE_DURATION, "99999999999999999999s" },
	/* octal to some */
	{ VALUE_DECIMAL, "01" },
	{ VALUE_DECIMAL, "00.5" },
	{ VALUE_DECIMAL, "010/1" },
	{ VALUE_DECIMAL, "1/010" },
	/* what only newer versions of Go read */
	{ VALUE_DECIMAL, "0x10" },
	{ VALUE_DECIMAL, "0b1" },
	{ VALUE_DECIMAL, "0o7" },
	{ VALUE_DECIMAL, "1_0" },
	{ VALUE_DECIMAL, "1e1_0" },
	{ VALUE_DECIMAL, "1p3" },
	{ VALUE_DECIMAL, "0x1p3" },
	{ VALUE_DECIMAL, "+1" },
	{ VALUE_DECIMAL, "-1" },
	{ VALUE_DECIMAL, "+1/2" },
	/* finer than a nanosecond */
	{ VALUE_DURATION, "1.5ns" },
	{ VALUE_DURATION, "1.0ns" },
	{ VALUE_DURATION, "0.0001us" },
	{ VALUE_DURATION, "0.0000001ms" },
	{ VALUE_DURATION, "0.1234567891s" },
	{ VALUE_DURATION, "0.00000000001m" },
	{ VALUE_DURATION, "0.000000000001h" },
};

START_TEST(deny_what_docker_reads_in_a_way_of_its_own)
{
	int64_t number;

	ck_assert_msg(!quantity_read(doubtful[_i].kind, doubtful[_i].text,
	    &number), "'%s'", doubtful[_i].text);
}
END_TEST

START_TEST(valid_five_kinds_can_be_compared)
{
	ck_assert(value_kind_has(VALUE_SIZE, KIND_QUANTITY));
	ck_assert(value_kind_has(VALUE_COUNT, KIND_QUANTITY));
	ck_assert(value_kind_has(VALUE_NUMBER, KIND_QUANTITY));
	ck_assert(value_kind_has(VALUE_DECIMAL, KIND_QUANTITY));
	ck_assert(value_kind_has(VALUE_DURATION, KIND_QUANTITY));
	ck_assert(!value_kind_has(VALUE_PLAIN, KIND_QUANTITY));
	ck_assert(!value_kind_has(VALUE_ULIMIT, KIND_QUANTITY));
	ck_assert(!value_kind_has(VALUE_PORT, KIND_QUANTITY));
}
END_TEST

static const struct {
	enum value_kind kind;
	int64_t number;
	bool endless;
} ends[] = {
	{ VALUE_SIZE, -1, true },
	{ VALUE_SIZE, 0, true },
	{ VALUE_SIZE, 1, false },
	{ VALUE_COUNT, -1, true },
	{ VALUE_COUNT, 0, true },
	{ VALUE_COUNT, 1, false },
	{ VALUE_NUMBER, -1, true },
	{ VALUE_NUMBER, 0, false },
	{ VALUE_NUMBER, 1, false },
	{ VALUE_DECIMAL, 0, true },
	{ VALUE_DECIMAL, 1, false },
	{ VALUE_DURATION, -1, true },
	{ VALUE_DURATION, 0, false },
	{ VALUE_DURATION, INT64_MAX, false },
};

START_TEST(valid_no_number_may_be_no_limit)
{
	ck_assert_int_eq(quantity_endless(ends[_i].kind, ends[_i].number),
	    ends[_i].endless);
}
END_TEST

static const struct {
	const char *text, *name;
	int64_t soft, hard;
} ulimits[] = {
	{ "core=0", "core", 0, 0 },
	{ "cpu=1", "cpu", 1, 1 },
	{ "data=1", "data", 1, 1 },
	{ "fsize=1", "fsize", 1, 1 },
	{ "locks=1", "locks", 1, 1 },
	{ "memlock=1", "memlock", 1, 1 },
	{ "msgqueue=1", "msgqueue", 1, 1 },
	{ "nice=1", "nice", 1, 1 },
	{ "nofile=1024", "nofile", 1024, 1024 },
	{ "nproc=1", "nproc", 1, 1 },
	{ "rss=1", "rss", 1, 1 },
	{ "rtprio=1", "rtprio", 1, 1 },
	{ "rttime=1", "rttime", 1, 1 },
	{ "sigpending=1", "sigpending", 1, 1 },
	{ "stack=1", "stack", 1, 1 },
	{ "nofile=5:6", "nofile", 5, 6 },
	{ "nofile=5:5", "nofile", 5, 5 },
	{ "nofile=0:0", "nofile", 0, 0 },
	{ "nofile=-0", "nofile", 0, 0 },
	{ "nofile=+5:+6", "nofile", 5, 6 },
	{ "nofile=010", "nofile", 10, 10 },
	{ "nofile=-1", "nofile", -1, -1 },
	{ "nofile=-1:-1", "nofile", -1, -1 },
	{ "nofile=5:-1", "nofile", 5, -1 },
	{ "memlock=9223372036854775807", "memlock", INT64_MAX, INT64_MAX },
};

START_TEST(allow_ulimits)
{
	struct ulimit u;

	ck_assert_msg(quantity_ulimit(&u, a, ulimits[_i].text), "'%s'",
	    ulimits[_i].text);
	ck_assert_str_eq(u.name, ulimits[_i].name);
	ck_assert(u.soft == ulimits[_i].soft);
	ck_assert(u.hard == ulimits[_i].hard);
}
END_TEST

static const char *const no_ulimits[] = { "", "=", "=5", "nofile", "nofile=",
	"nofile:5", "NOFILE=5", " nofile=5", "as=5", "RLIMIT_NOFILE=5",
	"nofile==5", "nofile= 5", "nofile=5 ", "nofile=:5", "nofile=5:",
	"nofile=1:2:3", "nofile=6:5", "nofile=-1:5", "nofile=-2",
	"nofile=-2:-2", "nofile=-5:5", "nofile=5:-2", "nofile=-", "nofile=0x5",
	"nofile=1_0", "nofile=1.5", "nofile=5k", "nofile=5,6",
	"nofile=unlimited", "memlock=9223372036854775808",
	"memlock=0:9223372036854775808" };

START_TEST(junk_ulimits)
{
	struct ulimit u;

	ck_assert_msg(!quantity_ulimit(&u, a, no_ulimits[_i]), "'%s'",
	    no_ulimits[_i]);
}
END_TEST

START_TEST(limit_long_numbers)
{
	static const enum value_kind kinds[] = { VALUE_SIZE, VALUE_COUNT,
		VALUE_NUMBER, VALUE_DECIMAL, VALUE_DURATION };
	char *text = arena_alloc(a, 1 << 17);
	int64_t number;

	for (int i = 0; i < ROWS(kinds); i++) {
		memset(text, '9', (1 << 17) - 1);
		ck_assert(!quantity_read(kinds[i], text, &number));
		text[1] = '.';
		ck_assert(!quantity_read(kinds[i], text, &number));
		text[1] = 'e';
		ck_assert(!quantity_read(kinds[i], text, &number));
		text[1] = '/';
		ck_assert(!quantity_read(kinds[i], text, &number));
		memset(text, '0', (1 << 17) - 1);
		text[1] = '.';
		ck_assert(!quantity_read(kinds[i], text, &number));
	}
}
END_TEST

Suite *
quantity_suite(void)
{
	Suite *s = suite_create("quantity");
	TCase *t = tcase_of(s, "quantity");

	EACH(t, allow_every_spelling_of_a_number, good);
	EACH(t, junk_what_docker_refuses, junk);
	EACH(t, deny_what_docker_reads_in_a_way_of_its_own, doubtful);
	ONE(t, valid_five_kinds_can_be_compared);
	EACH(t, valid_no_number_may_be_no_limit, ends);
	EACH(t, allow_ulimits, ulimits);
	EACH(t, junk_ulimits, no_ulimits);
	ONE(t, limit_long_numbers);
	return s;
}
