/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/client_env.h"

#include "core/docker/client_variables.h"

#include <stdbool.h>
#include <string.h>

/* Root's directories: no credentials, plugins or helpers to be found there. */
#ifndef UNDOCKER_DATADIR
#define UNDOCKER_DATADIR "/usr/share/undocker"
#endif

static const char plain[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:@,+=-";

static bool
made_of(const char *s, const char *bytes)
{
	return s[strspn(s, bytes)] == '\0';
}

/* The name of a zone, never a path to a file of the caller's. */
static bool
zone_plain(const char *value)
{
	for (const char *p = value; *p != '\0'; p++) {
		if (*p != '/' && strchr(plain, *p) == NULL)
			return false;
	}
	return value[0] != '/' && value[0] != ':' &&
	    strstr(value, "..") == NULL;
}

static bool
may_pass(const char *entry)
{
	size_t n = strcspn(entry, "=");

	if (n == 0 || entry[n] == '\0')
		return false;
	switch (client_variables_find(entry, n)) {
	case CLIENT_VARIABLE_ZONE:
		return zone_plain(entry + n + 1);
	case CLIENT_VARIABLE_PLAIN:
		return made_of(entry + n + 1, plain) &&
		    strspn(entry, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == n;
	case CLIENT_VARIABLE_SET:
	case CLIENT_VARIABLE_NONE:
	default:
		return false;
	}
}

static bool
is_set(const struct strv *env, const char *entry)
{
	size_t n = strcspn(entry, "=") + 1;

	for (size_t i = 0; i < env->n; i++) {
		if (strncmp(env->v[i], entry, n) == 0)
			return true;
	}
	return false;
}

/* Every name of it is in client_variables.c. */
struct strv
client_env(struct arena *a, const char *engine, const char *config, bool login,
    char *const *came)
{
	struct strv env = strv_new(a);

	/*
	 * Who logs in must find no credential helper: docker would store with
	 * it, and cannot start it. And his memory is bounded, of which each
	 * thread takes.
	 */
	strv_push(&env, !login ? "PATH=/usr/bin:/bin"
	    : "PATH=" UNDOCKER_DATADIR "/home");
	if (login)
		strv_push(&env, "GOMAXPROCS=2");
	strv_push(&env, "HOME=" UNDOCKER_DATADIR "/home");
	strv_pushf(&env, "DOCKER_CONFIG=%s", config == NULL
	    ? UNDOCKER_DATADIR "/docker" : config);
	strv_pushf(&env, "DOCKER_HOST=%s", engine);
	for (; *came != NULL; came++) {
		if (may_pass(*came) && !is_set(&env, *came))
			strv_push(&env, *came);
	}
	return env;
}
