/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/effective.h"

#include <string.h>

struct merging {
	struct effective *e;
	struct arena *arena;
	const struct policy *policy;
	const struct caller *caller;
	struct fault *fault;
};

static bool
complain(struct merging *m, const struct setting *s, const char *reason)
{
	return policy_complain(m->policy, m->fault, s->file, s->line,
	    arena_printf(m->arena, "%s: %s", s->key->name, reason));
}

bool
effective_applies(const struct section *s, const struct caller *c)
{
	switch (s->kind) {
	case SECTION_MAIN:
		return false;
	case SECTION_COMMAND:
		return true;
	case SECTION_GROUP:
		return s->group->state == GROUP_KNOWN &&
		    caller_in_group(c, s->group->gid);
	case SECTION_USER:
		return strcmp(s->who, c->user) == 0;
	}
	return false;
}

static bool
is_true(const struct setting *s)
{
	return strcmp(s->value, "true") == 0;
}

/* The one word of a TYPE_TEXT setting, DOCKERHOST's variables filled in. */
static bool
text_value(struct merging *m, const struct setting *s, const char **text,
    bool *has_uid)
{
	struct words words = { 0 };
	struct strv values = strv_new(m->arena);
	const char *reason = "one word is wanted";

	if (!value_words_split(&words, m->arena, s->value, &reason) ||
	    words.n != 1 ||
	    !value_words_expand(
		&words.v[0], m->arena, m->caller, "/", &values, &reason) ||
	    values.n != 1)
		return complain(m, s, reason);
	*text = values.v[0];
	*has_uid = value_words_have(&words.v[0], VAR_U_UID);
	return true;
}

static bool
merge_main(struct merging *m, struct settings *settings,
    const struct setting *s)
{
	struct effective *e = m->e;
	const char *text = "", *reason = NULL;
	bool has_uid = false;

	if (s->key->type == TYPE_TEXT && !text_value(m, s, &text, &has_uid))
		return false;
	switch (s->key->id) {
	case KEY_WHITELIST:
		return flagset_read(&e->global_white, &e->global_flags,
		    s->value, &reason) || complain(m, s, reason);
	case KEY_BLACKLIST:
		return flagset_read(&e->global_black, &e->global_flags,
		    s->value, &reason) || complain(m, s, reason);
	case KEY_ERROR_ON_BLACKLISTED:
		e->drop_blacklisted = !is_true(s);
		break;
	case KEY_OWNBYUSER:
		e->own_by_user = is_true(s);
		break;
	case KEY_DOCKERPATH:
		settings->docker = text;
		break;
	case KEY_DOCKERHOST:
		settings->engine = text;
		settings->engine_per_user = has_uid;
		break;
	case KEY_RUNAS:
		settings->as_root = strcmp(text, "root") == 0;
		break;
	case KEY_AUDIT:
		settings->audit = strcmp(text, "off") != 0;
		break;
	case KEY_CONTACT:
		settings->contact = s->value;
		break;
	default: /* REQUIREGROUPS and INCLUDE have had their effect */
		break;
	}
	return true;
}

bool
effective_main(struct effective *e, struct settings *settings, struct arena *a,
    const struct policy *p, const struct caller *c, struct fault *f)
{
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };

	e->global_flags = flag_table_new(a, NULL);
	settings->docker = "/usr/bin/docker";
	settings->engine = "unix:///var/run/docker.sock";
	settings->audit = true;
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t j = 0; s->kind == SECTION_MAIN && j < s->n; j++) {
			if (!merge_main(&m, settings, &s->settings[j]) &&
			    !policy_collects(p))
				return false;
		}
	}
	return true;
}

static bool
merge_ports(struct merging *m, const struct setting *s, const char **reason)
{
	struct effective *e = m->e;
	struct strv texts = strv_new(m->arena), more = strv_new(m->arena);
	struct words words = { 0 };
	bool varies = false;

	if (!value_words_split(&words, m->arena, s->value, reason))
		return false;
	for (size_t i = 0; i < words.n; i++) {
		varies = varies || value_words_vary(&words.v[i]);
		if (!value_words_expand(
			&words.v[i], m->arena, m->caller, "", &more, reason))
			return false;
	}
	if (e->ports_text != NULL)
		strv_push(&texts, e->ports_text);
	for (size_t i = 0; i < more.n; i++) {
		struct port_rule rule;

		if (!port_rule_read(&rule, m->arena, more.v[i], reason)) {
			/* A uid is not always a port: it gives none. */
			if (varies)
				continue;
			*reason = arena_printf(m->arena, "'%s' %s", more.v[i],
			    *reason);
			return false;
		}
		e->ports = arena_room(m->arena, e->ports, e->nports,
		    &e->ports_size, sizeof(*e->ports));
		e->ports[e->nports++] = rule;
		strv_push(&texts, more.v[i]);
	}
	e->ports_text = strv_join(&texts, " ");
	e->ports_setting = s;
	return true;
}

static bool
merge_flags(struct merging *m, const struct setting *s, const char **reason)
{
	struct effective *e = m->e;
	struct flag_settings *words = s->key->id == KEY_FORCED ? &e->forced
	    : s->key->id == KEY_DEFAULTS ? &e->defaults : &e->max;

	return flag_settings_read(words, m->arena, e->command, s, reason);
}

static bool
merge_patterns(struct merging *m, const struct setting *s, const char **reason)
{
	struct effective *e = m->e;
	struct patterns *p = s->key->id == KEY_ALLOWEDIMAGES
	    ? &e->allowed_images : s->key->id == KEY_RESTRICTEDIMAGES
	    ? &e->restricted_images : &e->allowed_volumes;

	return patterns_read(p, m->arena, s, m->caller, reason);
}

static bool
merge_values(struct merging *m, const struct setting *s, const char **reason)
{
	struct effective *e = m->e;
	struct value_rules *rules = s->key->id == KEY_ALLOWEDVALUES
	    ? &e->allowed_values : &e->restricted_values;

	return value_rules_read(rules, m->arena, e->command, s, m->caller,
	    true, reason);
}

static bool
merge_list(struct merging *m, const struct setting *s, const char **reason)
{
	struct effective *e = m->e;

	switch (s->key->id) {
	case KEY_WHITELIST:
		return flagset_read(&e->white, &e->flags, s->value, reason);
	case KEY_BLACKLIST:
		return flagset_read(&e->black, &e->flags, s->value, reason);
	case KEY_FORCED:
	case KEY_DEFAULTS:
	case KEY_MAXVALUES:
		return merge_flags(m, s, reason);
	case KEY_ALLOWEDIMAGES:
	case KEY_RESTRICTEDIMAGES:
	case KEY_ALLOWEDVOLUMES:
		return merge_patterns(m, s, reason);
	case KEY_ALLOWEDVALUES:
	case KEY_RESTRICTEDVALUES:
		return merge_values(m, s, reason);
	case KEY_ALLOWEDPATHS:
	case KEY_RESTRICTEDPATHS:
		return path_rules_read(&e->paths, m->arena, s, m->caller,
		    reason);
	case KEY_ALLOWEDPORTS:
		return merge_ports(m, s, reason);
	default: /* a key of [main] */
		*reason = "does not stand in a command's section";
		return false;
	}
}

static bool
merge_command(struct merging *m, const struct setting *s)
{
	struct effective *e = m->e;
	const char *reason = NULL;

	switch (s->key->id) {
	case KEY_UIDMUSTMATCH:
		/* Once on it stays on. */
		e->uid_must_match = e->uid_must_match || is_true(s);
		e->uid_stands = e->uid_must_match;
		return true;
	case KEY_ROOTINSIDE:
		e->root_inside = is_true(s);
		return true;
	case KEY_MAXCONTAINERS:
		e->max_containers = s;
		return true;
	default:
		return merge_list(m, s, &reason) || complain(m, s, reason);
	}
}

static void
command_begin(struct merging *m, const struct docker_command *command)
{
	m->e->command = command;
	m->e->flags = flag_table_new(m->arena, command);
	m->e->rules = strv_new(m->arena);
}

static bool
merge_section(struct merging *m, const struct section *s)
{
	strv_pushf(&m->e->rules, "[%s] (%s:%u)", s->title, s->file, s->line);
	for (size_t i = 0; i < s->n; i++) {
		if (!merge_command(m, &s->settings[i]) &&
		    !policy_collects(m->policy))
			return false;
	}
	return true;
}

/* Whether any section that applies settles UIDMUSTMATCH at all. */
static bool
says_uid_must_match(const struct policy *p, const struct caller *c,
    const struct docker_command *command)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		bool says = false;

		for (size_t j = 0; s->command == command && j < s->n; j++)
			says = says ||
			    s->settings[j].key->id == KEY_UIDMUSTMATCH;
		/* Last, for it looks through all groups of the caller. */
		if (says && effective_applies(s, c))
			return true;
	}
	return false;
}

bool
effective_section(struct effective *e, struct arena *a, const struct policy *p,
    const struct section *s, const struct caller *c, struct fault *f)
{
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };

	command_begin(&m, s->command);
	return merge_section(&m, s);
}

bool
effective_command(struct effective *e, struct arena *a, const struct policy *p,
    const struct caller *c, const struct docker_command *command,
    struct fault *f)
{
	static const enum section_kind order[] = { SECTION_COMMAND,
		SECTION_GROUP, SECTION_USER };
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };

	command_begin(&m, command);
	if (!effective_check_groups(a, p, command, f))
		return false;
	e->uid_must_match = !says_uid_must_match(p, c, command);
	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
		for (size_t i = 0; i < p->n; i++) {
			const struct section *s = p->sections[i];

			if (s->command != command || s->kind != order[k] ||
			    !effective_applies(s, c))
				continue;
			if (!merge_section(&m, s))
				return false;
		}
	}
	flag_settings_keep_last(&e->forced, true);
	flag_settings_keep_last(&e->defaults, false);
	flag_settings_keep_limits(&e->max);
	return true;
}
