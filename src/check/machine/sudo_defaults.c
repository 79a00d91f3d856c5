/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/sudo_defaults.h"

#include "core/base/text.h"

#include <fnmatch.h>
#include <string.h>

struct reading {
	struct arena *arena;
	struct sudo_defaults *d;
	const char *host;
	const struct sudo_program *program;
};

static const char *const flag_names[SUDO_FLAGS] = {
	[SUDO_ENV_RESET] = "env_reset",
	[SUDO_SETENV] = "setenv",
	[SUDO_NOEXEC] = "noexec",
	[SUDO_INTERCEPT] = "intercept",
	[SUDO_REQUIRETTY] = "requiretty",
	[SUDO_AUTHENTICATE] = "authenticate",
	[SUDO_TARGETPW] = "targetpw",
	[SUDO_ROOTPW] = "rootpw",
	[SUDO_LOG_ALLOWED] = "log_allowed",
};

/* The list without a pattern. */
static struct strv
without(struct arena *a, const struct strv *list, const char *pattern)
{
	struct strv rest = strv_new(a);

	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->v[i], pattern) != 0)
			strv_push(&rest, list->v[i]);
	}
	return rest;
}

static void
add_once(struct reading *r, struct strv *list, const char *text)
{
	if (!strv_has(list, text))
		strv_push(list, arena_strdup(r->arena, text));
}

/* env_keep or env_check: with "=", "+=", "-=", or all of it off. */
static void
read_list(struct reading *r, struct strv *list, enum sudo_match match,
    const char *operation, const json_t *patterns)
{
	bool less = operation != NULL && strcmp(operation, "list_remove") == 0;
	bool all = json_is_false(patterns) || (operation != NULL &&
	    strcmp(operation, "list_assign") == 0);

	/* What may not happen takes nothing away. */
	if (match == SUDO_YES && all)
		*list = strv_new(r->arena);
	for (size_t i = 0; i < json_array_size(patterns); i++) {
		const char *pattern = json_string_value(
		    json_array_get(patterns, i));

		if (pattern == NULL)
			continue;
		if (!less)
			add_once(r, list, pattern);
		else if (match == SUDO_YES)
			*list = without(r->arena, list, pattern);
	}
}

static void
read_flag(struct reading *r, enum sudo_match match, const char *name,
    const json_t *value)
{
	unsigned set = json_is_true(value) ? SUDO_ON : SUDO_OFF;

	for (size_t i = 0; i < SUDO_FLAGS; i++) {
		if (strcmp(flag_names[i], name) != 0)
			continue;
		r->d->flags[i] = match == SUDO_YES ? set :
		    r->d->flags[i] | set;
	}
}

/* As whom one user's commands run says nothing of the others. */
static void
read_text(struct reading *r, enum sudo_match match, const char *key,
    const char *value)
{
	if (TEXT_AMONG(key, "env_file", "restricted_env_file"))
		add_once(r, &r->d->files, value);
	else if (strcmp(key, "runas_default") == 0 && match == SUDO_YES)
		r->d->runas = arena_strdup(r->arena, value);
}

static void
read_option(struct reading *r, enum sudo_match match, json_t *option)
{
	const char *operation = json_string_value(
	    json_object_get(option, "operation"));
	const char *key;
	json_t *value;

	json_object_foreach (option, key, value) {
		if (strcmp(key, "env_keep") == 0)
			read_list(r, &r->d->keep, match, operation, value);
		else if (strcmp(key, "env_check") == 0)
			read_list(r, &r->d->check, match, operation, value);
		else if (json_is_string(value))
			read_text(r, match, key, json_string_value(value));
		else if (json_is_boolean(value))
			read_flag(r, match, key, value);
	}
}

static enum sudo_match
entry_match(const struct reading *r, const json_t *binding,
    enum sudo_match_scope scope)
{
	switch (scope) {
	case SCOPE_COMMAND:
		return sudo_match_commands(binding, r->program);
	case SCOPE_HOST:
		return sudo_match_hosts(binding, r->host);
	case SCOPE_USER:
		return SUDO_MAYBE; /* of whom it is for nobody asks here */
	case SCOPE_ANY:
	default:
		return SUDO_YES;
	}
}

static void
read_entry(struct reading *r, const json_t *entry)
{
	const json_t *binding = json_object_get(entry, "Binding");
	const json_t *options = json_object_get(entry, "Options");
	enum sudo_match match =
	    entry_match(r, binding, sudo_match_scope(binding));

	for (size_t i = 0; match != SUDO_NO && i < json_array_size(options);
	    i++)
		read_option(r, match, json_array_get(options, i));
}

/*
 * sudo's order: those for all, for hosts and for users as they come, then those
 * for whom a command runs as, then those for the command. Those for users and
 * for whom it runs as look the same in JSON, so they are read at both places.
 */
struct sudo_defaults
sudo_defaults_read(struct arena *a, const json_t *list, const char *host,
    const struct sudo_program *program)
{
	struct sudo_defaults d = { .keep = strv_new(a),
		.check = strv_new(a), .files = strv_new(a), .runas = "root" };
	struct reading r = { .arena = a, .d = &d, .host = host,
		.program = program };

	for (size_t i = 0; i < SUDO_FLAGS; i++)
		d.flags[i] = SUDO_OFF;
	d.flags[SUDO_ENV_RESET] = d.flags[SUDO_AUTHENTICATE] = SUDO_ON;
	d.flags[SUDO_LOG_ALLOWED] = SUDO_ON;
	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < json_array_size(list); i++) {
			const json_t *entry = json_array_get(list, i);
			enum sudo_match_scope scope = sudo_match_scope(
			    json_object_get(entry, "Binding"));

			if (pass == 0 ? scope != SCOPE_COMMAND :
			    pass == 1 ? scope == SCOPE_USER :
			    scope == SCOPE_COMMAND)
				read_entry(&r, entry);
		}
	}
	return d;
}

/* A pattern's name, as a pattern: "NAME=VALUE" keeps some values only. */
static bool
covers(const char *pattern, const char *name)
{
	char bare[256];
	size_t n = strcspn(pattern, "=");

	if (n >= sizeof(bare))
		return true;
	memcpy(bare, pattern, n);
	bare[n] = '\0';
	return fnmatch(bare, name, FNM_NOESCAPE) == 0;
}

bool
sudo_defaults_open(const char *pattern)
{
	/*
	 * The loader's, the C library's, and by what others tell the caller;
	 * sudo's own SUDO_UID and the like it sets whatever it keeps.
	 */
	static const char *const names[] = { "LD_PRELOAD", "LD_AUDIT",
		"LD_LIBRARY_PATH", "GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH",
		"NLSPATH", "RESOLV_HOST_CONF", "RES_OPTIONS", "HOSTALIASES",
		"LOCALDOMAIN", "DOAS_USER", "PKEXEC_UID" };

	if (strncmp(pattern, "LD_", 3) == 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (covers(pattern, names[i]))
			return true;
	}
	return false;
}

bool
sudo_defaults_keep(const struct sudo_defaults *d, const char *name)
{
	for (size_t i = 0; i < d->keep.n; i++) {
		if (covers(d->keep.v[i], name))
			return true;
	}
	return false;
}
