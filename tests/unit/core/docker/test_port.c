/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/port.h"

#include "port_of.h"
#include "suites.h"

#include <string.h>

static const struct {
	const char *value, *text;
} good[] = {
	/* the port in the container alone: any free port of the host */
	{ "80", "80/tcp" },
	{ "80/tcp", "80/tcp" },
	{ "80/udp", "80/udp" },
	{ "80/sctp", "80/sctp" },
	{ "80/TCP", "80/tcp" },
	{ "80/Udp", "80/udp" },
	{ ":80", "80/tcp" },
	{ "0:80", "80/tcp" },
	{ "000:80", "80/tcp" },
	{ "1", "1/tcp" },
	{ "65535", "65535/tcp" },
	{ "0080", "80/tcp" },
	{ "0000000000000000000000000000080", "80/tcp" },
	{ "80-80", "80/tcp" },
	{ "80-82", "80-82/tcp" },
	{ ":80-82/udp", "80-82/udp" },
	/* a port of the host */
	{ "8080:80", "8080:80/tcp" },
	{ "8080:80/udp", "8080:80/udp" },
	{ "08080:080", "8080:80/tcp" },
	{ "8080-8080:80", "8080:80/tcp" },
	{ "8080:80-80", "8080:80/tcp" },
	{ "65535:65535", "65535:65535/tcp" },
	/* ranges: each to each, or one of them */
	{ "8000-8002:80-82", "8000-8002:80-82/tcp" },
	{ "08000-08002:080-082", "8000-8002:80-82/tcp" },
	{ "8000-8002:80", "8000-8002:80/tcp" },
	{ "1-65535:1-65535/udp", "1-65535:1-65535/udp" },
	/* an address of the host */
	{ "127.0.0.1:8080:80", "127.0.0.1:8080:80/tcp" },
	{ "127.0.0.1::80", "127.0.0.1::80/tcp" },
	{ "127.0.0.1:0:80", "127.0.0.1::80/tcp" },
	{ "127.0.0.1::80-82", "127.0.0.1::80-82/tcp" },
	{ "127.0.0.1:8000-8002:80-82", "127.0.0.1:8000-8002:80-82/tcp" },
	{ "0.0.0.0:8080:80", "0.0.0.0:8080:80/tcp" },
	{ "255.255.255.255:1:1", "255.255.255.255:1:1/tcp" },
	{ "[::1]:8080:80", "[::1]:8080:80/tcp" },
	{ "[::1]::80/udp", "[::1]::80/udp" },
	{ "[::]:8080:80", "[::]:8080:80/tcp" },
	{ "[fe80::1]:8080:80", "[fe80::1]:8080:80/tcp" },
	{ "[FE80::]:8080:80", "[FE80::]:8080:80/tcp" },
	{ "[1:2:3:4:5:6:7:8]:1:2", "[1:2:3:4:5:6:7:8]:1:2/tcp" },
	{ "[1::3:4:5:6:7:8]:1:2", "[1::3:4:5:6:7:8]:1:2/tcp" },
	{ "[::ffff:7f00:1]:1:2", "[::ffff:7f00:1]:1:2/tcp" },
	/* the long syntax, which is the short one in pieces */
	{ "published=8080,target=80", "8080:80/tcp" },
	{ "target=80,published=8080", "8080:80/tcp" },
	{ "protocol=udp,published=8080,target=80", "8080:80/udp" },
	{ "published=8080,target=80,protocol=UDP", "8080:80/udp" },
	{ "target=80", "80/tcp" },
	{ "published=,target=80", "80/tcp" },
	{ "published=0,target=80", "80/tcp" },
	{ "published=8000-8002,target=80-82", "8000-8002:80-82/tcp" },
	{ "published=127.0.0.1:8080,target=80", "127.0.0.1:8080:80/tcp" },
	{ "published=127.0.0.1:,target=80", "127.0.0.1::80/tcp" },
	{ "published=[::1]:8080,target=80", "[::1]:8080:80/tcp" },
	{ "published=127.0.0.1,target=80:90", "127.0.0.1:80:90/tcp" },
};

START_TEST(allow_every_spelling_becomes_one_strict_form)
{
	struct port p = port_of(good[_i].value);

	ck_assert_str_eq(port_text(a, &p), good[_i].text);
}
END_TEST

START_TEST(valid_the_strict_form_is_its_own)
{
	struct port p = port_of(good[_i].value), q = port_of(good[_i].text);

	ck_assert_str_eq(port_text(a, &q), good[_i].text);
	ck_assert_pstr_eq(q.ip, p.ip);
	ck_assert_str_eq(q.protocol, p.protocol);
	ck_assert_uint_eq(q.host, p.host);
	ck_assert_uint_eq(q.host_last, p.host_last);
	ck_assert_uint_eq(q.port, p.port);
	ck_assert_uint_eq(q.port_last, p.port_last);
}
END_TEST

START_TEST(valid_the_parts_are_told_apart)
{
	struct port p = port_of("[::1]:8000-8002:80-82/UDP");

	ck_assert_str_eq(p.ip, "::1");
	ck_assert_uint_eq(p.host, 8000);
	ck_assert_uint_eq(p.host_last, 8002);
	ck_assert_uint_eq(p.port, 80);
	ck_assert_uint_eq(p.port_last, 82);
	ck_assert_str_eq(p.protocol, "udp");
	p = port_of("80");
	ck_assert_ptr_null(p.ip);
	ck_assert_uint_eq(p.host, 0);
	ck_assert_uint_eq(p.host_last, 0);
	ck_assert_uint_eq(p.port_last, 80);
	ck_assert_str_eq(p.protocol, "tcp");
}
END_TEST

#define PORT "holds what is no port"
#define ADDRESS "no IPv6 address in brackets"
#define PROTOCOL "protocol other than"
#define FIELD "field that is not"

static const struct {
	const char *value, *reason;
} junk[] = {
	/* ports */
	{ "", PORT },
	{ ":", PORT },
	{ "80:", PORT },
	{ "0", PORT },
	{ "8080:0", PORT },
	{ "0-80", PORT },
	{ "65536", PORT },
	{ "65536:80", PORT },
	{ "4294967376:80", PORT },
	{ "18446744073709551696", PORT },
	{ "+80", PORT },
	{ "-80:80", PORT },
	{ "8_0", PORT },
	{ "0x50", PORT },
	{ "http", PORT },
	{ " 80", PORT },
	{ "80 ", PORT },
	{ "80\n", PORT },
	{ "8080:\xd9\xa8", PORT },
	{ "8080,8081:80", PORT },
	/* ranges */
	{ "80-", PORT },
	{ "-80", PORT },
	{ "82-80", PORT },
	{ "8002-8000:80", PORT },
	{ "8000-8001-8002:80", PORT }, /* docker drops the third */
	{ "80-81-82", PORT },
	{ "80--82", PORT },
	{ "8000 - 8002:80-82", PORT },
	{ "0-2:80", "port 0" },
	{ "0-0:80", "port 0" },
	{ "0-2:80-82", "port 0" },
	{ "0:80-82", "port 0" },
	{ "127.0.0.1:0:80-82", "port 0" },
	{ "8000:80-82", "differ in length" },
	{ "8000-8001:80-82", "differ in length" },
	{ "8000-8003:80-82", "differ in length" },
	/* addresses */
	{ "127.0.0.1:80", PORT },
	{ "[::1]:80", ADDRESS },
	{ "[::1]80:80", ADDRESS },
	{ "[::1]", ADDRESS },
	{ "::80", ADDRESS },
	{ ":8080:80", ADDRESS },
	{ "[]:8080:80", ADDRESS },
	{ "[:8080:80", ADDRESS },
	{ "]:8080:80", ADDRESS },
	{ "[::1:8080:80", ADDRESS },
	{ "::1]:8080:80", ADDRESS },
	{ "::1:8080:80", ADDRESS }, /* only docker 28 */
	{ "::1::80", ADDRESS },
	{ "localhost:8080:80", ADDRESS },
	{ "127.1:8080:80", ADDRESS },
	{ "1.2.3.4.5:8080:80", ADDRESS },
	{ "1.2.3.:8080:80", ADDRESS },
	{ ".1.2.3:8080:80", ADDRESS },
	{ "1.2.3.256:8080:80", ADDRESS },
	{ "127.0.0.01:8080:80", ADDRESS },
	{ "127.0.0.00:8080:80", ADDRESS },
	{ "127.0.0.0x1:8080:80", ADDRESS },
	{ " 127.0.0.1:8080:80", ADDRESS },
	{ "[127.0.0.1]:8080:80", ADDRESS },
	{ "[fe80::1%eth0]:8080:80", ADDRESS },
	{ "[::ffff:1.2.3.4]:8080:80", ADDRESS },
	{ "[1]:8080:80", ADDRESS },
	{ "[:]:8080:80", ADDRESS },
	{ "[:::]:8080:80", ADDRESS },
	{ "[::1::]:8080:80", ADDRESS },
	{ "[:1:2:3:4:5:6:7:8]:8080:80", ADDRESS },
	{ "[1:2:3:4:5:6:7:8:]:8080:80", ADDRESS },
	{ "[1:2:3:4:5:6:7]:8080:80", ADDRESS },
	{ "[1:2:3:4:5:6:7:8:9]:8080:80", ADDRESS },
	{ "[1:2:3:4::5:6:7:8]:8080:80", ADDRESS },
	{ "[::00001]:8080:80", ADDRESS }, /* only docker 20.10 */
	{ "[::g]:8080:80", ADDRESS },
	{ "[ ::1]:8080:80", ADDRESS },
	{ "[::1]]:8080:80", ADDRESS },
	{ "1:2:3:4", ADDRESS },
	/* protocols */
	{ "80/", PROTOCOL },
	{ "80/icmp", PROTOCOL },
	{ "80/tcpx", PROTOCOL },
	{ "80/tc", PROTOCOL },
	{ "80/tcp/udp", PROTOCOL }, /* docker drops the second */
	{ "80/ tcp", PROTOCOL },
	{ "80/T\xc3\x87P", PROTOCOL },
	{ "8080/tcp:80", PROTOCOL },
	{ "/tcp", PORT },
	/* the long syntax */
	{ "=", FIELD },
	{ "=80,target=80", FIELD },
	{ "target=80,", FIELD },
	{ ",target=80", FIELD },
	{ "target=80,,published=1", FIELD },
	{ "target=80,published", FIELD },
	{ "target,published=1", FIELD },
	{ "8080:80,target=80", FIELD },
	{ "Published=8080,target=80", FIELD }, /* docker drops it */
	{ "published=8080,target=80,mode=host", FIELD },
	{ "published=8080, target=80", FIELD },
	{ "published =8080,target=80", FIELD },
	{ "publish=8080,target=80", FIELD },
	{ "targets=80", FIELD },
	{ "\"target=80\"", FIELD },
	{ "target=80,target=81", "field twice" },
	{ "published=,target=80,published=1", "field twice" },
	{ "published=8080", PORT },
	{ "published=8080,target=", PORT },
	{ "published=8080,target=0", PORT },
	{ "target==80", PORT },
	{ "target=80=81", PORT },
	{ "target=8080:80", ADDRESS },
	{ "published=127.0.0.1,target=80", PORT },
	{ "published=8000-8001,target=80-82", "differ in length" },
	{ "target=80,protocol=", PROTOCOL },
	{ "target=80,protocol=icmp", PROTOCOL },
	{ "target=80/udp", PROTOCOL },
	{ "target=80/udp,protocol=tcp", PROTOCOL },
	{ "published=8080/tcp,target=80", PROTOCOL },
};

START_TEST(junk_ports)
{
	const char *reason = "";
	struct port p;

	ck_assert_msg(!port_read(&p, a, junk[_i].value, &reason), "'%s'",
	    junk[_i].value);
	ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "'%s' %s",
	    junk[_i].value, reason);
}
END_TEST

START_TEST(limit_long_ports)
{
	static const char fill[] = "0:=/,[.-";
	char *value = arena_alloc(a, 1 << 17);
	const char *reason;
	struct port p;

	for (size_t i = 0; i < sizeof(fill) - 1; i++) {
		memset(value, fill[i], (1 << 17) - 1);
		ck_assert(!port_read(&p, a, value, &reason));
		value[0] = '[';
		ck_assert(!port_read(&p, a, value, &reason));
	}
}
END_TEST

Suite *
port_suite(void)
{
	Suite *s = suite_create("port");
	TCase *t = tcase_of(s, "port");

	EACH(t, allow_every_spelling_becomes_one_strict_form, good);
	EACH(t, valid_the_strict_form_is_its_own, good);
	ONE(t, valid_the_parts_are_told_apart);
	EACH(t, junk_ports, junk);
	ONE(t, limit_long_ports);
	return s;
}
