/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/client_variables.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static const struct {
	const char *name;
	enum client_variable how;
} names[] = {
	{ "PATH", CLIENT_VARIABLE_SET },
	{ "HOME", CLIENT_VARIABLE_SET },
	{ "DOCKER_CONFIG", CLIENT_VARIABLE_SET },
	{ "DOCKER_HOST", CLIENT_VARIABLE_SET },
	{ "TERM", CLIENT_VARIABLE_PLAIN },
	{ "LANG", CLIENT_VARIABLE_PLAIN },
	{ "LANGUAGE", CLIENT_VARIABLE_PLAIN },
	{ "NO_COLOR", CLIENT_VARIABLE_PLAIN },
	{ "COLORTERM", CLIENT_VARIABLE_PLAIN },
	{ "LC_ALL", CLIENT_VARIABLE_PLAIN },
	{ "TZ", CLIENT_VARIABLE_ZONE },
	{ "LC", CLIENT_VARIABLE_NONE },
	{ "", CLIENT_VARIABLE_NONE },
	{ "TER", CLIENT_VARIABLE_NONE },
	{ "TERMX", CLIENT_VARIABLE_NONE },
	{ "term", CLIENT_VARIABLE_NONE },
	{ "LANGUAGES", CLIENT_VARIABLE_NONE },
	{ "DOCKER_TLS", CLIENT_VARIABLE_NONE },
	{ "DOCKER_CONTEXT", CLIENT_VARIABLE_NONE },
	{ "LD_PRELOAD", CLIENT_VARIABLE_NONE },
	{ "GODEBUG", CLIENT_VARIABLE_NONE },
	{ "HTTP_PROXY", CLIENT_VARIABLE_NONE },
};

START_TEST(a_name_says_whether_the_client_has_it)
{
	ck_assert_int_eq(client_variables_find(names[_i].name,
	    strlen(names[_i].name)), names[_i].how);
}
END_TEST

START_TEST(a_name_is_only_as_long_as_it_is_said_to_be)
{
	ck_assert_int_ne(client_variables_find("TERM=x", 4), 0);
	ck_assert_int_ne(client_variables_find("TERMX", 4), 0);
	ck_assert_int_eq(client_variables_find("TERM", 3), 0);
	ck_assert_int_eq(client_variables_find("TERM", 0), 0);
}
END_TEST

Suite *
client_variables_suite(void)
{
	Suite *s = suite_create("client_variables");
	TCase *t = tcase_of(s, "names");

	EACH(t, a_name_says_whether_the_client_has_it, names);
	ONE(t, a_name_is_only_as_long_as_it_is_said_to_be);
	return s;
}
