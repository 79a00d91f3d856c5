/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/port.h"

#include "core/base/ascii.h"

#include <string.h>

#define PORT_MAX 65535

static bool
wrong(const char **reason, const char *why)
{
	*reason = why;
	return false;
}

const char *
port_protocol(const char *text)
{
	static const char *const names[] = { "tcp", "udp", "sctp" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = 0;

		while (names[i][n] != '\0' && (text[n] | 0x20) == names[i][n])
			n++;
		if (names[i][n] == '\0' && text[n] == '\0')
			return names[i];
	}
	return NULL;
}

/* Reads on past a number. */
static bool
read_number(unsigned *n, const char **s)
{
	if (!ascii_digit(**s))
		return false;
	for (*n = 0; ascii_digit(**s) && *n <= PORT_MAX; (*s)++)
		*n = *n * 10 + (unsigned)(**s - '0');
	return *n <= PORT_MAX;
}

bool
port_range(unsigned *first, unsigned *last, const char *s)
{
	if (!read_number(first, &s))
		return false;
	*last = *first;
	if (*s == '-') {
		s++;
		if (!read_number(last, &s))
			return false;
	}
	return *s == '\0' && *first <= *last;
}

static bool
ipv4_valid(const char *s)
{
	for (int i = 0; i < 4; i++) {
		unsigned n;

		if (i > 0 && *s++ != '.')
			return false;
		/* To some, a leading 0 is octal. */
		if (*s == '0' && ascii_digit(s[1]))
			return false;
		if (!read_number(&n, &s) || n > 255)
			return false;
	}
	return *s == '\0';
}

/* Groups of one to four hex digits, eight or fewer with one ::. */
static bool
ipv6_valid(const char *s)
{
	bool gap = false;
	int groups = 0;

	do {
		size_t n;

		if (s[0] == ':' && s[1] == ':') {
			if (gap)
				return false;
			gap = true;
			s += 2;
			if (*s == '\0')
				break;
		} else if (groups > 0 && *s++ != ':') {
			return false;
		}
		n = strspn(s, "0123456789abcdefABCDEF");
		if (n < 1 || n > 4)
			return false;
		s += n;
		groups++;
	} while (*s != '\0');
	return gap ? groups < 8 : groups == 8;
}

/* An address as in -p; it loses its brackets. NULL: it is none. */
static const char *
read_address(char *text)
{
	size_t n = strlen(text);

	if (*text != '[')
		return ipv4_valid(text) ? text : NULL;
	if (text[n - 1] != ']')
		return NULL;
	text[n - 1] = '\0';
	return ipv6_valid(text + 1) ? text + 1 : NULL;
}

/* Cuts the last field off, which a colon begins; NULL: there is no colon. */
static char *
cut_last(char *text)
{
	char *colon = strrchr(text, ':');

	if (colon == NULL)
		return NULL;
	*colon = '\0';
	return colon + 1;
}

/* What docker makes of published=,target=,protocol=: the short form. */
static const char *
short_form(struct arena *a, const char *value, const char **reason)
{
	static const char *const keys[] = { "published", "target", "protocol" };
	const char *values[] = { NULL, NULL, NULL };
	char *field = arena_strdup(a, value), *comma;

	do {
		size_t i = 0, n;

		comma = strchr(field, ',');
		if (comma != NULL)
			*comma++ = '\0';
		n = strcspn(field, "=");
		while (i < 3 && (strlen(keys[i]) != n ||
		    strncmp(keys[i], field, n) != 0))
			i++;
		if (i == 3 || field[n] == '\0') {
			*reason = "has a field that is not published=, "
			    "target= or protocol=";
			return NULL;
		}
		if (values[i] != NULL) {
			*reason = "has a field twice";
			return NULL;
		}
		values[i] = field + n + 1;
		field = comma;
	} while (comma != NULL);
	return arena_printf(a, "%s:%s/%s", values[0] != NULL ? values[0] : "",
	    values[1] != NULL ? values[1] : "",
	    values[2] != NULL ? values[2] : "tcp");
}

/* host: as in -p, NULL or empty without one. */
static bool
read_ports(struct port *p, const char *host, const char *port,
    const char **reason)
{
	static const char bad[] = "holds what is no port, 1 to 65535, and no "
	    "range of ports";
	bool range;

	if (!port_range(&p->port, &p->port_last, port) || p->port == 0)
		return wrong(reason, bad);
	if (host == NULL || *host == '\0')
		return true;
	if (!port_range(&p->host, &p->host_last, host))
		return wrong(reason, bad);
	range = p->port != p->port_last;
	if (p->host == 0 && (range || strchr(host, '-') != NULL))
		return wrong(reason, "has port 0 in or for a range");
	if (range && p->host_last - p->host != p->port_last - p->port)
		return wrong(reason, "has two ranges that differ in length");
	return true;
}

bool
port_read(struct port *p, struct arena *a, const char *value,
    const char **reason)
{
	char *text, *port, *host = NULL, *protocol;

	*p = (struct port) { .protocol = "tcp" };
	if (strchr(value, '=') != NULL) {
		value = short_form(a, value, reason);
		if (value == NULL)
			return false;
	}
	text = arena_strdup(a, value);
	protocol = strchr(text, '/');
	if (protocol != NULL) {
		*protocol = '\0';
		p->protocol = port_protocol(protocol + 1);
		if (p->protocol == NULL)
			return wrong(reason, "has a protocol other than tcp, "
			    "udp and sctp");
	}
	port = cut_last(text);
	if (port == NULL)
		return read_ports(p, NULL, text, reason);
	host = cut_last(text);
	if (host == NULL)
		return read_ports(p, text, port, reason);
	p->ip = read_address(text);
	if (p->ip == NULL)
		return wrong(reason, "begins with what is no IPv4 address, "
		    "and no IPv6 address in brackets");
	return read_ports(p, host, port, reason);
}

static const char *
range_text(struct arena *a, unsigned first, unsigned last)
{
	return first == last ? arena_printf(a, "%u", first)
	    : arena_printf(a, "%u-%u", first, last);
}

const char *
port_text(struct arena *a, const struct port *p)
{
	const char *ip = "", *host = "";

	if (p->ip != NULL)
		ip = strchr(p->ip, ':') != NULL
		    ? arena_printf(a, "[%s]:", p->ip)
		    : arena_printf(a, "%s:", p->ip);
	if (p->host != 0)
		host = arena_printf(a, "%s:",
		    range_text(a, p->host, p->host_last));
	else if (p->ip != NULL)
		host = ":";
	return arena_printf(a, "%s%s%s/%s", ip, host,
	    range_text(a, p->port, p->port_last), p->protocol);
}
