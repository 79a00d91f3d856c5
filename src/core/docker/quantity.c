/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/quantity.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <string.h>

#define BILLIONTHS 9

/* 12.345 has the number 12345, 2 whole digits, and 3 in the fraction. */
struct decimal {
	uint64_t number; /* at most INT64_MAX */
	size_t whole, fraction;
	bool point;
};

bool
quantity_endless(enum value_kind kind, int64_t number)
{
	return number < 0 ||
	    (number == 0 && value_kind_has(kind, KIND_ENDLESS));
}

static bool
times(uint64_t *n, uint64_t factor)
{
	return !__builtin_mul_overflow(*n, factor, n) && *n <= INT64_MAX;
}

static bool
plus(uint64_t *n, uint64_t summand)
{
	return !__builtin_add_overflow(*n, summand, n) && *n <= INT64_MAX;
}

/* Reads on past decimal digits, and appends them to *n. */
static bool
read_digits(uint64_t *n, const char **s)
{
	for (; ascii_digit(**s); (*s)++) {
		if (!times(n, 10) || !plus(n, (uint64_t)(**s - '0')))
			return false;
	}
	return true;
}

static bool
read_decimal(struct decimal *d, const char **s)
{
	const char *start = *s;

	*d = (struct decimal) { 0 };
	if (!read_digits(&d->number, s))
		return false;
	d->whole = (size_t)(*s - start);
	d->point = **s == '.';
	if (d->point) {
		start = ++*s;
		if (!read_digits(&d->number, s))
			return false;
		d->fraction = (size_t)(*s - start);
	}
	return d->whole > 0 || d->fraction > 0;
}

/* Reads on past a sign. */
static bool
read_sign(const char **s)
{
	bool negative = **s == '-';

	if (negative || **s == '+')
		(*s)++;
	return negative;
}

static int64_t
with_sign(bool negative, uint64_t n)
{
	return negative ? -(int64_t)n : (int64_t)n;
}

/* The power of 2 of a unit: b, k, kb, kib, in any case. */
static bool
read_size_unit(const char *s, unsigned *power)
{
	static const char letters[] = "kmgtp";
	const char *letter = NULL;

	*power = 0;
	if (ascii_letter(*s))
		letter = strchr(letters, *s | 0x20);
	if (letter != NULL) {
		*power = 10 * (unsigned)(letter - letters + 1);
		s++;
		/* Docker 20.10 takes a lone i, later clients do not. */
		if (*s == 'i' || *s == 'I') {
			s++;
			if (*s != 'b' && *s != 'B')
				return false;
		}
	}
	if (*s == 'b' || *s == 'B')
		s++;
	return *s == '\0';
}

/*
 * Docker multiplies a float64 and truncates it. With at most 15 digits a whole
 * result is exact there; any other is taken only where it lies further below
 * the next whole number than the float64 can be wrong, half of its last bit.
 */
static bool
read_size(const char *s, uint64_t *n)
{
	struct decimal d;
	uint64_t one = 1, rest;
	unsigned power;

	if (!read_decimal(&d, &s) || d.whole == 0 ||
	    (d.point && d.fraction == 0) || d.fraction > 15 ||
	    d.number >= 1000000000000000)
		return false;
	if (*s == ' ')
		s++;
	if (!read_size_unit(s, &power))
		return false;
	for (size_t i = 0; i < d.fraction; i++)
		one *= 10;
	*n = d.number / one;
	rest = d.number % one;
	for (unsigned i = 0; i < power; i++) {
		rest *= 2;
		if (!times(n, 2) || !plus(n, rest / one))
			return false;
		rest %= one;
	}
	return rest == 0 || one - rest > d.number >> (53 - power);
}

static unsigned
digit_value(char c)
{
	if (ascii_digit(c))
		return (unsigned)(c - '0');
	if (ascii_letter(c))
		return (unsigned)((c | 0x20) - 'a' + 10);
	return 36;
}

/* As Go's strconv.ParseInt with base 0, but for the sign. */
static bool
read_whole(const char *s, uint64_t *n)
{
	static const char bases[] = { ['b'] = 2, ['o'] = 8, ['x'] = 16 };
	unsigned base = 10;
	bool digit = false; /* before this one; a prefix is as good as one */

	if (*s == '0') {
		base = 8;
		digit = true;
		s++;
		if (*s != '\0' && s[1] != '\0' && strchr("bBoOxX", *s) != NULL)
			base = (unsigned)bases[*s++ | 0x20];
	}
	*n = 0;
	for (; *s != '\0'; s++) {
		if (*s == '_') {
			if (!digit)
				return false;
			digit = false;
			continue;
		}
		digit = true;
		if (digit_value(*s) >= base || !times(n, base) ||
		    !plus(n, digit_value(*s)))
			return false;
	}
	return digit;
}

/* Some of Go's readers take it for octal, others do not. */
static bool
octal_like(const char *s)
{
	return s[0] == '0' && ascii_digit(s[1]);
}

/* a/b, in billionths */
static bool
read_ratio(uint64_t *n, const char *s)
{
	uint64_t divisor = 0, rest;

	if (!ascii_digit(*s) || octal_like(s) || !read_digits(&divisor, &s) ||
	    *s != '\0' || divisor == 0)
		return false;
	rest = *n % divisor;
	*n /= divisor;
	for (int i = 0; i < BILLIONTHS; i++) {
		if (!times(&rest, 10) || !times(n, 10) ||
		    !plus(n, rest / divisor))
			return false;
		rest %= divisor;
	}
	return rest == 0;
}

static bool
read_exponent(const char *s, int *exponent)
{
	bool negative = read_sign(&s);
	uint64_t n = 0;

	/* Docker's own range is wide enough to wrap around to 0. */
	if (!ascii_digit(*s) || !read_digits(&n, &s) || *s != '\0' || n > 99)
		return false;
	*exponent = negative ? -(int)n : (int)n;
	return true;
}

/* Docker multiplies by 10^9 and lets the product wrap around. */
static bool
read_billionths(const char *s, uint64_t *n)
{
	struct decimal d;
	int exponent = 0;

	if (octal_like(s) || !read_decimal(&d, &s) || d.fraction > 99)
		return false;
	*n = d.number;
	if (*s == '/')
		return !d.point && read_ratio(n, s + 1);
	if ((*s == 'e' || *s == 'E') && !read_exponent(s + 1, &exponent))
		return false;
	if (*s != '\0' && *s != 'e' && *s != 'E')
		return false;
	if (*n == 0)
		return true;
	exponent += BILLIONTHS - (int)d.fraction;
	for (; exponent > 0; exponent--) {
		if (!times(n, 10))
			return false;
	}
	for (; exponent < 0; exponent++) {
		if (*n % 10 != 0)
			return false;
		*n /= 10;
	}
	return true;
}

/* Reads on past a unit of time; 0: it is none. */
static uint64_t
read_time_unit(const char **s)
{
	static const struct {
		const char *name;
		uint64_t ns;
	} units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "\xc2\xb5s", 1000 },
		{ "\xce\xbcs", 1000 }, { "ms", 1000000 }, { "s", 1000000000 },
		{ "m", 60000000000 }, { "h", 3600000000000 },
	};
	size_t n = strcspn(*s, "0123456789.");

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strlen(units[i].name) == n &&
		    strncmp(units[i].name, *s, n) == 0) {
			*s += n;
			return units[i].ns;
		}
	}
	return 0;
}

/*
 * Go reckons fractions in float64. That is exact as long as each digit is
 * worth a whole number of nanoseconds, be it a 0 at the end or not.
 */
static bool
read_duration(const char *s, uint64_t *n)
{
	*n = 0;
	if (strcmp(s, "0") == 0)
		return true;
	do {
		struct decimal d;
		uint64_t unit;

		if (!read_decimal(&d, &s))
			return false;
		unit = read_time_unit(&s);
		if (unit == 0)
			return false;
		for (size_t i = 0; i < d.fraction; i++) {
			if (unit % 10 != 0)
				return false;
			unit /= 10;
		}
		if (!times(&d.number, unit) || !plus(n, d.number))
			return false;
	} while (*s != '\0');
	return true;
}

bool
quantity_read(enum value_kind kind, const char *text, int64_t *number)
{
	bool negative = false, read = false;
	uint64_t n = 0;

	if (kind == VALUE_SIZE && strcmp(text, "-1") == 0) {
		*number = -1;
		return true;
	}
	if (kind == VALUE_COUNT || kind == VALUE_NUMBER ||
	    kind == VALUE_DURATION)
		negative = read_sign(&text);
	if (kind == VALUE_SIZE)
		read = read_size(text, &n);
	else if (kind == VALUE_COUNT || kind == VALUE_NUMBER)
		read = read_whole(text, &n);
	else if (kind == VALUE_DECIMAL)
		read = read_billionths(text, &n);
	else if (kind == VALUE_DURATION)
		read = read_duration(text, &n);
	if (read)
		*number = with_sign(negative, n);
	return read;
}

/* One of the two limits, up to the end or to a colon; -1 at the least. */
static bool
read_limit(const char **s, int64_t *limit)
{
	bool negative = read_sign(s);
	uint64_t n = 0;

	if (!ascii_digit(**s) || !read_digits(&n, s))
		return false;
	*limit = with_sign(negative, n);
	return *limit >= -1 && (**s == '\0' || **s == ':');
}

bool
quantity_ulimit(struct ulimit *u, struct arena *a, const char *text)
{
	static const char *const names[] = { "core", "cpu", "data", "fsize",
		"locks", "memlock", "msgqueue", "nice", "nofile", "nproc",
		"rss", "rtprio", "rttime", "sigpending", "stack", NULL };
	const char *limits = text + strcspn(text, "=");

	if (*limits == '\0')
		return false;
	u->name = arena_strndup(a, text, (size_t)(limits - text));
	limits++;
	if (!text_among(u->name, strlen(u->name), names) ||
	    !read_limit(&limits, &u->soft))
		return false;
	u->hard = u->soft;
	if (*limits == ':') {
		limits++;
		if (!read_limit(&limits, &u->hard) || *limits != '\0')
			return false;
	}
	return u->hard == -1 || (u->soft != -1 && u->soft <= u->hard);
}
