/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/port_rules.h"

#include "port_of.h"
#include "suites.h"

static const gid_t gids[] = { 20, 70000 };
static const struct caller alice = { .uid = 1000, .gid = 1000,
	.user = "alice", .u_groups = gids, .nu_groups = 2 };

/* Adds a setting; NULL, or why not. */
static const char *
add(struct port_rules *rules, const char *value)
{
	struct setting *s = arena_alloc(a, sizeof(*s));
	const char *reason = "";

	s->value = value;
	return port_rules_read(rules, a, s, &alice, &reason) ? NULL : reason;
}

static const struct {
	const char *word;
	unsigned first, last;
	const char *protocol;
} rules[] = {
	{ "80", 80, 80, NULL },
	{ "0080", 80, 80, NULL },
	{ "1", 1, 1, NULL },
	{ "65535", 65535, 65535, NULL },
	{ "8000-8999", 8000, 8999, NULL },
	{ "80-80", 80, 80, NULL },
	{ "443/tcp", 443, 443, "tcp" },
	{ "8000-8999/udp", 8000, 8999, "udp" },
	{ "1-65535/sctp", 1, 65535, "sctp" },
	{ "ephemeral", 0, 0, NULL },
};

START_TEST(allow_words_of_allowedports)
{
	const char *reason = "";
	struct port_rule r;

	ck_assert_msg(port_rules_word(&r, a, rules[_i].word, &reason), "'%s' %s",
	    rules[_i].word, reason);
	ck_assert_uint_eq(r.first, rules[_i].first);
	ck_assert_uint_eq(r.last, rules[_i].last);
	ck_assert_pstr_eq(r.protocol, rules[_i].protocol);
}
END_TEST

static const char *const no_rules[] = { "", "0", "0-10", "65536", "1-65536",
	"10-1", "80-", "-80", "80-81-82", "8080:80", "127.0.0.1:80", "80/",
	"80/TCP", "80/icmp", "80/tcp/udp", "/tcp", "+80", "80,81", "80 ", "*",
	"any", "http", "Ephemeral", "ephemeral/tcp", "ephemerals", "0/tcp" };

START_TEST(junk_words_of_allowedports)
{
	const char *reason = NULL;
	struct port_rule r;

	ck_assert_msg(!port_rules_word(&r, a, no_rules[_i], &reason), "'%s'",
	    no_rules[_i]);
	ck_assert_ptr_nonnull(reason);
}
END_TEST

static const struct {
	const char *rules[3], *value;
	bool allowed;
} verdicts[] = {
	/* one port */
	{ { "8080" }, "8080:80", true },
	{ { "8080" }, "8080:9999", true },
	{ { "8080" }, "8081:8080", false },
	{ { "8000-8999" }, "8000:80", true },
	{ { "8000-8999" }, "8999:80", true },
	{ { "8000-8999" }, "7999:80", false },
	{ { "8000-8999" }, "9000:80", false },
	{ { NULL }, "8080:80", false },
	{ { "1-65535" }, "0.0.0.0:65535:80", true },
	/* protocols */
	{ { "8080" }, "8080:80/udp", true },
	{ { "8080/udp" }, "8080:80/udp", true },
	{ { "8080/udp" }, "8080:80/UDP", true },
	{ { "8080/udp" }, "8080:80/tcp", false },
	{ { "8080/tcp" }, "8080:80", true },
	{ { "8080/tcp" }, "8080:80/sctp", false },
	{ { "8080/udp", "8080/tcp" }, "8080:80", true },
	/* the kernel's choice */
	{ { "ephemeral" }, "80", true },
	{ { "ephemeral" }, "0:80", true },
	{ { "ephemeral" }, "80/udp", true },
	{ { "ephemeral" }, "80-82", true },
	{ { "ephemeral" }, "127.0.0.1::80", true },
	{ { "ephemeral" }, "8080:80", false },
	{ { "ephemeral" }, "32768:80", false },
	{ { "1-65535" }, "80", false },
	{ { "80" }, "80", false },
	{ { "1-65535", "ephemeral" }, "80", true },
	/* ranges: the whole of it, by one rule or by several */
	{ { "8000-8999" }, "8000-8999:80", true },
	{ { "8000-8999" }, "8000-8002:80-82", true },
	{ { "8000-8999" }, "8998-9000:80", false },
	{ { "8000-8999" }, "7999-8001:80", false },
	{ { "8000", "8002" }, "8000-8002:80-82", false },
	{ { "8002", "8000-8001" }, "8000-8002:80-82", true },
	{ { "8000", "8002", "8001/tcp" }, "8000-8002:80-82", true },
	{ { "8000", "8002", "8001/udp" }, "8000-8002:80-82", false },
	{ { "1-65535" }, "1-65535:1-65535", true },
	{ { "1-65534" }, "1-65535:1-65535", false },
	{ { "2-65535" }, "1-65535:1-65535", false },
};

START_TEST(allow_ports_by_rule_and_deny_others)
{
	struct port p = port_of(verdicts[_i].value);
	struct port_rules r = { 0 };

	for (size_t n = 0; n < 3 && verdicts[_i].rules[n] != NULL; n++)
		ck_assert_ptr_null(add(&r, verdicts[_i].rules[n]));
	ck_assert_msg(port_rules_allow(&r, &p) == verdicts[_i].allowed,
	    "'%s': %d", verdicts[_i].value, !verdicts[_i].allowed);
}
END_TEST

static const struct {
	const char *values[2], *text;
	size_t n;
} texts[] = {
	{ { "80" }, "80", 1 },
	{ { "80  443/tcp" }, "80 443/tcp", 2 },
	{ { "80", "8000-8999" }, "80 8000-8999", 2 },
	{ { "'80' \"81\"" }, "80 81", 2 },
	{ { "$U_UID" }, "1000", 1 },
	{ { "80 1$U_UID 81" }, "80 11000 81", 3 },
	/* what is no port for this caller */
	{ { "9$U_UID" }, "", 0 },
	{ { "$U_UID-999 80" }, "80", 1 },
	{ { "$USER" }, "", 0 },
	{ { "$U_GROUPS" }, "20", 1 },
};

START_TEST(valid_settings_add_up_and_what_is_no_port_gives_none)
{
	struct port_rules r = { 0 };

	for (size_t i = 0; i < 2 && texts[_i].values[i] != NULL; i++)
		ck_assert_ptr_null(add(&r, texts[_i].values[i]));
	ck_assert_str_eq(r.text, texts[_i].text);
	ck_assert_uint_eq(r.n, texts[_i].n);
	ck_assert_ptr_nonnull(r.setting);
}
END_TEST

static const struct {
	const char *value, *reason;
} faulty[] = {
	{ "80 http", "'http' is no port, 1 to 65535, no range of ports, and "
	    "not \"ephemeral\"" },
	{ "80/TCP", "'80/TCP' has a protocol other than tcp, udp and sctp" },
	{ "$U_UID 0", "'0' is no port, 1 to 65535, no range of ports, and not "
	    "\"ephemeral\"" },
	{ "'80", "a ' is not closed" },
	{ "$HOME", "$HOME: the accounts do not say it" },
};

START_TEST(junk_settings_say_which_word)
{
	struct port_rules r = { 0 };

	ck_assert_pstr_eq(add(&r, faulty[_i].value), faulty[_i].reason);
	ck_assert_ptr_null(r.setting);
}
END_TEST

Suite *
port_rules_suite(void)
{
	Suite *s = suite_create("port_rules");
	TCase *t = tcase_of(s, "port_rules");

	EACH(t, allow_words_of_allowedports, rules);
	EACH(t, junk_words_of_allowedports, no_rules);
	EACH(t, allow_ports_by_rule_and_deny_others, verdicts);
	EACH(t, valid_settings_add_up_and_what_is_no_port_gives_none, texts);
	EACH(t, junk_settings_say_which_word, faulty);
	return s;
}
