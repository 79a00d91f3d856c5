/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/client_env.h"

#include "core/docker/client_variables.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define ENGINE "unix:///run/d.sock"

/* What the client gets of one variable; NULL: nothing. */
static const char *
passed(const char *entry)
{
	char *came[] = { arena_strdup(a, entry), NULL };
	struct strv env = client_env(a, ENGINE, NULL, false, came);

	ck_assert_uint_ge(env.n, 4);
	ck_assert_uint_le(env.n, 5);
	return env.n == 5 ? env.v[4] : NULL;
}

START_TEST(valid_what_is_ours_is_always_there)
{
	char *came[] = { NULL };
	struct strv env = client_env(a, ENGINE, NULL, false, came);

	ck_assert_uint_eq(env.n, 4);
	ck_assert_str_eq(env.v[0], "PATH=/usr/bin:/bin");
	ck_assert(strncmp(env.v[1], "HOME=/", 6) == 0);
	ck_assert(strncmp(env.v[2], "DOCKER_CONFIG=/", 15) == 0);
	ck_assert_str_eq(env.v[3], "DOCKER_HOST=" ENGINE);
	ck_assert_ptr_null(env.v[4]);
	/* and so --env=NAME of one is not left to the client */
	for (size_t i = 0; i < env.n; i++)
		ck_assert_int_eq(client_variables_find(env.v[i],
		    strcspn(env.v[i], "=")), CLIENT_VARIABLE_SET);
}
END_TEST

static const char *const good[] = { "TERM=xterm-256color", "TERM=",
	"LANG=de_DE.UTF-8", "LANGUAGE=de:en", "LC_ALL=C.UTF-8",
	"LC_CTYPE=en_US@euro", "NO_COLOR=1", "NO_COLOR=",
	"COLORTERM=truecolor", "TZ=Europe/Berlin", "TZ=UTC", "TZ=CET-1CEST",
	"TZ=" };

START_TEST(allow_terminal_language_and_time_zone)
{
	ck_assert_pstr_eq(passed(good[_i]), good[_i]);
}
END_TEST

static const char *const bad[] = {
	/* which engine, which programs, whose files */
	"DOCKER_HOST=tcp://x", "DOCKER_CONFIG=/x", "DOCKER_CONTEXT=x",
	"DOCKER_TLS=1", "DOCKER_TLS_VERIFY=1", "DOCKER_CERT_PATH=/x",
	"DOCKER_API_VERSION=1.24", "DOCKER_CUSTOM_HEADERS=x",
	"DOCKER_AUTH_CONFIG=x", "DOCKER_CLI_HINTS=1", "DOCKER_BUILDKIT=1",
	"HOME=/x", "PATH=/x", "TMPDIR=/x", "XDG_CONFIG_HOME=/x",
	"HTTP_PROXY=http://x", "http_proxy=http://x", "SSL_CERT_FILE=/x",
	"LD_PRELOAD=/x", "LD_LIBRARY_PATH=/x", "GODEBUG=x", "GOTRACEBACK=x",
	"ZONEINFO=/x", "OTEL_X=x", "DOCKER_CLI_OTEL_EXPORTER_OTLP_ENDPOINT=x",
	"SUDO_UID=0", "UNDOCKER_ENV_0=QQ", "SECRET=x",
	/* nearly */
	"TERMX=x", "TER=x", "XTERM=x", "term=x", "TERM", "=x", "", "LANGX=x",
	"LC_=x", "LC=x", "LC_all=x", "LC_A B=x", "LC_ALL;x=1", "TZX=UTC",
	"LC_ALL", "TZ",
	/* values that are no plain words */
	"TERM=../x", "TERM=/x", "TERM=a b", "TERM=a\nb", "TERM=\x1b[2J",
	"LANG=/x", "LANG=a/b", "LC_ALL=x;y", "TERM=$x", "TERM=\xff",
	"TZ=/etc/passwd", "TZ=:/etc/passwd", "TZ=:Europe/Berlin",
	"TZ=../../x", "TZ=Europe/../../x", "TZ=a b", "TZ=a\n", "TZ=<x>1",
};

START_TEST(deny_everything_else)
{
	ck_assert_pstr_eq(passed(bad[_i]), NULL);
}
END_TEST

START_TEST(duplicate_the_first_counts_and_ours_before_all)
{
	char *came[] = { arena_strdup(a, "TERM=a"), arena_strdup(a, "LANG=x"),
		arena_strdup(a, "TERM=b"), arena_strdup(a, "PATH=/x"),
		arena_strdup(a, "LC_ALL=c"), arena_strdup(a, "LC_ALLX=d"),
		NULL };
	struct strv env = client_env(a, ENGINE, NULL, false, came);

	ck_assert_uint_eq(env.n, 8);
	ck_assert_str_eq(env.v[4], "TERM=a");
	ck_assert_str_eq(env.v[5], "LANG=x");
	ck_assert_str_eq(env.v[6], "LC_ALL=c");
	ck_assert_str_eq(env.v[7], "LC_ALLX=d");
}
END_TEST

START_TEST(valid_a_configuration_of_the_users_own)
{
	char *came[] = { NULL };
	struct strv env = client_env(a, ENGINE, "/c", false, came);

	ck_assert_uint_eq(env.n, 4);
	ck_assert_str_eq(env.v[0], "PATH=/usr/bin:/bin");
	ck_assert_str_eq(env.v[2], "DOCKER_CONFIG=/c");
}
END_TEST

/* No helper is found, and the memory of few threads is enough. */
START_TEST(valid_a_login)
{
	char *came[] = { arena_strdup(a, "GOMAXPROCS=9"), NULL };
	struct strv env = client_env(a, ENGINE, "/c", true, came);

	ck_assert_uint_eq(env.n, 5);
	ck_assert(strncmp(env.v[0], "PATH=/usr/bin", 13) != 0);
	ck_assert_str_eq(env.v[1], "GOMAXPROCS=2");
	ck_assert_str_eq(env.v[3], "DOCKER_CONFIG=/c");
}
END_TEST

Suite *
client_env_suite(void)
{
	Suite *s = suite_create("client_env");
	TCase *t = tcase_of(s, "client_env");

	ONE(t, valid_what_is_ours_is_always_there);
	EACH(t, allow_terminal_language_and_time_zone, good);
	EACH(t, deny_everything_else, bad);
	ONE(t, valid_a_configuration_of_the_users_own);
	ONE(t, valid_a_login);
	ONE(t, duplicate_the_first_counts_and_ours_before_all);
	return s;
}
