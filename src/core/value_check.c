/* SPDX-License-Identifier: Apache-2.0 */
#include "core/object_name.h"
#include "core/state.h"

#include <string.h>

typedef bool check_fn(struct decision_state *s, const struct used_flag *f);

static bool
check_new_name(struct decision_state *s, const struct used_flag *f)
{
	size_t n = strlen(f->value);

	/* Empty: docker makes one up. */
	if (n == 0)
		return true;
	if (n < 2 || !object_name_valid(f->value, n))
		return state_refuse(s, "%s: not a name (letters, digits, "
		    "_ . and -, two at least)", state_flag_word(s, f));
	if (object_name_like_id(f->value))
		return state_refuse(s, "%s: the name looks like a container's "
		    "id", state_flag_word(s, f));
	return true;
}

static bool
check_workdir(struct decision_state *s, const struct used_flag *f)
{
	const char *cleaned, *reason = NULL;

	return mount_target_valid(s->arena, f->value, &cleaned, &reason) ||
	    state_refuse(s, "%s: %s", flag_name(s->arena, f->flag), reason);
}

static bool
contains_caseless(const char *text, const char *what)
{
	size_t n = strlen(what);

	for (; *text != '\0'; text++) {
		if (strncasecmp(text, what, n) == 0)
			return true;
	}
	return false;
}

static bool
refuse_container(struct decision_state *s, const struct used_flag *f)
{
	return state_refuse(s, "%s: naming another container in a flag is not "
	    "supported yet", state_flag_word(s, f));
}

static bool
check_container(struct decision_state *s, const struct used_flag *f)
{
	return refuse_container(s, f);
}

/*
 * --network and the namespaces may name a container, in many spellings; none
 * of them does without this word. docker lowers Unicode's letters, so that
 * more than C spells a c: plain ASCII is all that a name needs.
 */
static bool
check_namespace(struct decision_state *s, const struct used_flag *f)
{
	for (const char *c = f->value; *c != '\0'; c++) {
		if ((unsigned char)*c >= 0x7f || (unsigned char)*c < 0x20)
			return state_refuse(s, "%s: not plain ASCII",
			    state_flag_word(s, f));
	}
	return !contains_caseless(f->value, "container:") ||
	    refuse_container(s, f);
}

/* A label of undocker's own says whose a container is. */
static bool
check_label(struct decision_state *s, const struct used_flag *f)
{
	const char *key = f->value + strspn(f->value, " \t\r\n\v\f");

	if (strncasecmp(key, "undocker.", 9) == 0)
		return state_refuse(s, "%s: labels that begin with undocker. "
		    "are undocker's own", state_flag_word(s, f));
	return true;
}

static bool
check_env(struct decision_state *s, const struct used_flag *f)
{
	if (*f->value == '\0' || *f->value == '=')
		return state_refuse(s, "%s: there is no variable's name",
		    state_flag_word(s, f));
	return true;
}

/* A driver is a program of the engine's that mounts what it likes. */
static bool
check_volume_driver(struct decision_state *s, const struct used_flag *f)
{
	return strcmp(f->value, "local") == 0 || *f->value == '\0' ||
	    state_refuse(s, "%s is not allowed (allowed: local)",
		state_flag_word(s, f));
}

/* With RUNAS=root the client would open the file as root. */
static bool
check_file(struct decision_state *s, const struct used_flag *f)
{
	return !s->as_root || state_refuse(s, "%s: this host runs docker's "
	    "client as root (RUNAS), so it may open no file for you",
	    state_flag_word(s, f));
}

/* --security-opt seccomp=FILE is a file, too. */
static bool
check_security(struct decision_state *s, const struct used_flag *f)
{
	return !s->as_root || strncmp(f->value, "seccomp", 7) != 0 ||
	    check_file(s, f);
}

static check_fn *
find_check(enum value_kind kind)
{
	switch (kind) {
	case VALUE_NEW_NAME:
		return check_new_name;
	case VALUE_WORKDIR:
		return check_workdir;
	case VALUE_CONTAINER:
		return check_container;
	case VALUE_NETWORK:
	case VALUE_NAMESPACE:
		return check_namespace;
	case VALUE_LABEL:
		return check_label;
	case VALUE_ENV:
		return check_env;
	case VALUE_VOLUME_DRIVER:
		return check_volume_driver;
	case VALUE_FILE:
		return check_file;
	case VALUE_SECURITY:
		return check_security;
	default: /* no rule, or one that mount_plan and kv_plan know */
		return NULL;
	}
}

bool
value_check(struct decision_state *s)
{
	for (size_t i = 0; i < s->flags.n; i++) {
		const struct used_flag *f = &s->flags.v[i];
		check_fn *check = find_check(f->flag->kind);

		/* What the administrator wrote out is the administrator's. */
		if (f->origin == FLAG_BUILT_IN ||
		    (f->origin != FLAG_USER && !f->varies))
			continue;
		if (check != NULL && !check(s, f))
			return false;
	}
	return true;
}
