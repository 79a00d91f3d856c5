/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/sudo_match.h"

#include "core/base/strv.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

typedef enum sudo_match match_one(const json_t *item, const void *what);

static const char *
member(const json_t *item, const char *key)
{
	return json_string_value(json_object_get(item, key));
}

static bool
is_negated(const json_t *item)
{
	return json_is_true(json_object_get(item, "negated"));
}

static bool
same(const char *s, const char *t)
{
	return s != NULL && strcmp(s, t) == 0;
}

/* As sudo: of the items that match, the last decides. */
static enum sudo_match
match_list(const json_t *list, match_one *match, const void *what)
{
	bool maybe = false;

	for (size_t i = json_array_size(list); i-- > 0;) {
		const json_t *item = json_array_get(list, i);
		enum sudo_match one = match(item, what);

		if (one == SUDO_YES && is_negated(item))
			return maybe ? SUDO_MAYBE : SUDO_NO;
		if (one == SUDO_YES)
			return SUDO_YES;
		maybe = maybe || (one == SUDO_MAYBE && !is_negated(item));
	}
	return maybe ? SUDO_MAYBE : SUDO_NO;
}

static const char *
last_component(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* By another way to the same file (/bin) it is the same to sudo. */
static bool
same_file(const char *path, const struct sudo_program *program)
{
	return fnmatch(last_component(path), last_component(program->path),
	    FNM_PATHNAME) == 0 && (program->same == NULL ||
	    program->same(path, program->path));
}

/* Whether a command's path, of n bytes in room for more, is the program. */
static bool
is_program(char *path, size_t n, size_t size,
    const struct sudo_program *program)
{
	const char *name = last_component(program->path);

	if (path[0] != '/')
		return false;
	/* A directory stands for each program in it. */
	if (path[n - 1] == '/') {
		if (n + strlen(name) >= size)
			return false;
		memcpy(path + n, name, strlen(name) + 1);
		return strcmp(path, program->path) == 0 ||
		    (program->same != NULL && same_file(path, program));
	}
	return strcmp(path, program->path) == 0 ||
	    fnmatch(path, program->path, FNM_PATHNAME) == 0 ||
	    same_file(path, program);
}

static enum sudo_match
command_match(const json_t *item, const void *what)
{
	const struct sudo_program *program = what;
	const char *command = member(item, "command");
	char path[4096];
	size_t n;

	if (command == NULL)
		return SUDO_NO;
	if (strcmp(command, "ALL") == 0)
		return SUDO_YES;
	if (command[0] == '^')
		return SUDO_MAYBE; /* a regular expression */
	n = strcspn(command, " ");
	if (n >= sizeof(path))
		return SUDO_MAYBE;
	memcpy(path, command, n);
	path[n] = '\0';
	if (!is_program(path, n, sizeof(path), program))
		return SUDO_NO;
	return command[n] == '\0' ? SUDO_YES : SUDO_MAYBE;
}

enum sudo_match
sudo_match_commands(const json_t *list, const struct sudo_program *program)
{
	return match_list(list, command_match, program);
}

bool
sudo_match_all_commands(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (same(member(item, "command"), "ALL") && !is_negated(item))
			return true;
	}
	return false;
}

static enum sudo_match
host_match(const json_t *item, const void *what)
{
	const char *host = what;
	const char *name = member(item, "hostname");
	char first[256];
	size_t n = strcspn(host, ".");

	if (name == NULL) /* addresses and netgroups */
		return SUDO_MAYBE;
	if (n >= sizeof(first))
		return SUDO_MAYBE;
	memcpy(first, host, n);
	first[n] = '\0';
	return strcmp(name, "ALL") == 0 ||
	    fnmatch(name, host, FNM_CASEFOLD) == 0 ||
	    fnmatch(name, first, FNM_CASEFOLD) == 0 ? SUDO_YES : SUDO_NO;
}

enum sudo_match
sudo_match_hosts(const json_t *list, const char *host)
{
	return match_list(list, host_match, host);
}

static bool
is_root(const json_t *item)
{
	const json_t *id = json_object_get(item, "userid");

	return same(member(item, "username"), "root") ||
	    (json_is_integer(id) && json_integer_value(id) == 0);
}

static enum sudo_match
root_match(const json_t *item, const void *what)
{
	(void)what;
	if (is_root(item) || same(member(item, "username"), "ALL"))
		return SUDO_YES;
	return json_object_get(item, "username") != NULL ||
	    json_object_get(item, "userid") != NULL ? SUDO_NO : SUDO_MAYBE;
}

enum sudo_match
sudo_match_root(const json_t *list)
{
	return match_list(list, root_match, NULL);
}

bool
sudo_match_group(const json_t *list, const char *name, gid_t gid)
{
	char number[24];

	(void)snprintf(number, sizeof(number), "#%lu", (unsigned long)gid);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const json_t *id = json_object_get(item, "usergid");
		const char *group = member(item, "usergroup");

		if (!is_negated(item) && (same(group, "ALL") ||
		    same(group, name) || (gid != 0 && same(group, number)) ||
		    (json_is_integer(id) &&
		    json_integer_value(id) == (json_int_t)gid)))
			return true;
	}
	return false;
}

bool
sudo_match_only_root(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (!is_root(json_array_get(list, i)))
			return false;
	}
	return true;
}

const char *
sudo_match_users(struct arena *a, const json_t *list)
{
	static const char *const kinds[][2] = { { "username", "" },
		{ "usergroup", "%" }, { "netgroup", "+" },
		{ "nonunixgroup", "%:" }, { "useralias", "" } };
	struct strv names = strv_new(a);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const char *negated = is_negated(item) ? "!" : "";
		const json_t *id = json_object_get(item, "userid");
		const json_t *gid = json_object_get(item, "usergid");

		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
			const char *name = member(item, kinds[k][0]);

			if (name != NULL)
				strv_pushf(&names, "%s%s%s", negated,
				    kinds[k][1], name);
		}
		if (id != NULL || gid != NULL)
			strv_pushf(&names, "%s%s%lld", negated,
			    id != NULL ? "#" : "%#", (long long)
			    json_integer_value(id != NULL ? id : gid));
	}
	return strv_join(&names, ", ");
}

enum sudo_match_scope
sudo_match_scope(const json_t *binding)
{
	const json_t *first = json_array_get(binding, 0);

	if (first == NULL)
		return SCOPE_ANY;
	if (json_object_get(first, "command") != NULL ||
	    json_object_get(first, "cmndalias") != NULL)
		return SCOPE_COMMAND;
	if (json_object_get(first, "hostname") != NULL ||
	    json_object_get(first, "networkaddr") != NULL ||
	    json_object_get(first, "hostalias") != NULL)
		return SCOPE_HOST;
	return SCOPE_USER;
}
