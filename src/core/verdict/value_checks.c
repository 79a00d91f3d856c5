/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/value_checks.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/docker/object_name.h"
#include "core/docker/ps_format.h"
#include "core/verdict/value_limits.h"

#include <string.h>

typedef bool check_fn(struct state *s, const struct used_flag *f);

static bool
check_new_name(struct state *s, const struct used_flag *f)
{
	bool volume = strcmp(s->command->name, "volume create") == 0;
	size_t n = strlen(f->value);

	/* Empty: docker makes one up. */
	if (n == 0)
		return true;
	if (n < 2 || !object_name_valid(f->value, n))
		return state_refuse(s, "%s: not a name (letters, digits, "
		    "_ . and -, two at least)", state_flag_word(s, f));
	if (object_name_like_id(f->value))
		return state_refuse(s, "%s: the name looks like a %s's id "
		    "(take another)", state_flag_word(s, f),
		    volume ? "volume" : "container");
	return !volume || value_limits_volume(s, f->value);
}

static bool
check_workdir(struct state *s, const struct used_flag *f)
{
	const char *cleaned, *reason = NULL;

	return path_target_valid(s->arena, f->value, &cleaned, &reason) ||
	       state_refuse(
		   s, "%s: %s", docker_flag_name(s->arena, f->flag), reason);
}

/* A label of undocker's own says whose a container is. */
static bool
check_label(struct state *s, const struct used_flag *f)
{
	const char *key = f->value + strspn(f->value, " \t\r\n\v\f");

	if (strncasecmp(key, "undocker.", 9) == 0)
		return state_refuse(s, "%s: labels that begin with undocker. "
		    "are undocker's own", state_flag_word(s, f));
	return true;
}

static bool
check_env(struct state *s, const struct used_flag *f)
{
	if (*f->value == '\0' || *f->value == '=')
		return state_refuse(s, "%s: there is no variable's name",
		    state_flag_word(s, f));
	return true;
}

/*
 * The engine looks for what it does not know among the sockets and files of its
 * plugins, by joining paths: "../../../home/me/x" would be a user's program.
 */
static bool
check_driver(struct state *s, const struct used_flag *f)
{
	return *f->value == '\0' ||
	    object_name_path_valid(f->value, strlen(f->value)) ||
	    state_refuse(s, "%s is not a driver's name", state_flag_word(s, f));
}

/* The engine looks for the device, as root, and says what it finds. */
static bool
check_rate(struct state *s, const struct used_flag *f)
{
	static const char *const users[] = { "fd", "mqueue", "shm", NULL };
	bool good = strncmp(f->value, "/dev/", strlen("/dev/")) == 0;
	const char *name = f->value + (good ? strlen("/dev/") : 0);

	good = good && object_name_path_valid(name, strcspn(name, ":")) &&
	    !text_among(name, strcspn(name, "/:"), users);
	return good || state_refuse(s, "%s is not a device below /dev",
	    state_flag_word(s, f));
}

/* A driver is a program of the engine's that mounts what it likes. */
static bool
check_volume_driver(struct state *s, const struct used_flag *f)
{
	if (!check_driver(s, f))
		return false;
	return strcmp(f->value, "local") == 0 || *f->value == '\0' ||
	    value_rules_of(&s->effective->allowed_values, f->flag) != NULL ||
	    state_refuse(s, "%s is not allowed (allowed: local)",
		state_flag_word(s, f));
}

/* With RUNAS=root the client would open the file as root. */
static bool
check_file(struct state *s, const struct used_flag *f)
{
	return !s->as_root || state_refuse(s, "%s: this host runs docker's "
	    "client as root (RUNAS), so it may open no file for you",
	    state_flag_word(s, f));
}

/* --security-opt seccomp=FILE is a file, too. */
static bool
check_security(struct state *s, const struct used_flag *f)
{
	return !s->as_root || strncmp(f->value, "seccomp", 7) != 0 ||
	    check_file(s, f);
}

/*
 * docker reads the changes of import as one Dockerfile, ours as its last line:
 * no other may reach into it or change how it reads.
 */
static bool
check_change(struct state *s, const struct used_flag *f)
{
	size_t n = strlen(f->value), blank = strspn(f->value, " \t");

	/* A here-document, of ONBUILD RUN, could end with our line. */
	if (strstr(f->value, "<<") != NULL ||
	    strncasecmp(f->value + blank, "ONBUILD", 7) == 0)
		return state_refuse(s, "%s: no ONBUILD and no << in a change",
		    state_flag_word(s, f));
	for (const char *c = f->value; *c != '\0'; c++) {
		if ((unsigned char)*c < 0x20 && *c != '\t')
			return state_refuse(s, "%s: a control character",
			    state_flag_word(s, f));
	}
	return n > 0 && f->value[n - 1] != '\\' && f->value[n - 1] != '`' &&
	    f->value[blank] != '#' &&
	    f->value[n - 1] != ' ' && f->value[n - 1] != '\t' ? true :
	    state_refuse(s, "%s: not one whole line of a Dockerfile",
		state_flag_word(s, f));
}

/*
 * ps would tell whether others' containers are there. docker trims and lowers
 * the key: what is not plain letters is none that a user needs.
 */
static bool
check_filter(struct state *s, const struct used_flag *f)
{
	size_t n = strcspn(f->value, "=");

	if (strcmp(s->command->name, "ps") != 0 || !s->effective->uid_stands)
		return true;
	if (ascii_span(f->value, "_-") < n)
		return state_refuse(s, "%s: not a filter's name",
		    state_flag_word(s, f));
	return ((n != 6 || strncasecmp(f->value, "before", n) != 0) &&
		   (n != 5 || strncasecmp(f->value, "since", n) != 0)) ||
	    state_refuse(s, "%s is not allowed: it names any container",
		state_flag_word(s, f));
}

static bool
check_ps_format(struct state *s, const struct used_flag *f)
{
	const char *text = f->value;

	if (!ps_format(&text))
		return state_refuse(s, "%s: only fields other than Size, and "
		    "json of these, are allowed: %s", state_flag_word(s, f),
		    docker_flag_sizes);
	settlement_value(s->line, (size_t)(f - s->flags->v), text);
	return true;
}

/* NULL: no rule, or one that another room has. */
static check_fn *const checks[] = {
#define KIND(name, traits, separators, word, forms, check, probe) \
	[VALUE_##name] = check,
#include "core/docker/kinds.def"
#undef KIND
};

bool
value_checks(struct state *s)
{
	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *f = &s->flags->v[i];
		check_fn *check = checks[f->flag->kind];

		/* What the administrator wrote out is the administrator's. */
		if (used_flags_vary(f) && check != NULL && !check(s, f))
			return false;
	}
	return true;
}
