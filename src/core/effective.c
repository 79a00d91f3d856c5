/* SPDX-License-Identifier: Apache-2.0 */
#include "core/effective.h"

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
section_applies(const struct section *s, const struct caller *c)
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

	if (!words_split(&words, m->arena, s->value, &reason) ||
	    words.n != 1 || !word_expand(&words.v[0], m->arena, m->caller, "/",
	    &values, &reason) || values.n != 1)
		return complain(m, s, reason);
	*text = values.v[0];
	*has_uid = word_has_variable(&words.v[0], VAR_U_UID);
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
		return flagspec_read(&e->global_white, &e->global_flags,
		    s->value, &reason) || complain(m, s, reason);
	case KEY_BLACKLIST:
		return flagspec_read(&e->global_black, &e->global_flags,
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

	if (!words_split(&words, m->arena, s->value, reason))
		return false;
	for (size_t i = 0; i < words.n; i++) {
		varies = varies || word_varies(&words.v[i]);
		if (!word_expand(&words.v[i], m->arena, m->caller, "", &more,
			reason))
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
merge_command(struct merging *m, const struct setting *s)
{
	struct effective *e = m->e;
	const struct docker_command *command = e->command;
	const char *reason = NULL;
	bool ok = true;

	switch (s->key->id) {
	case KEY_WHITELIST:
		ok = flagspec_read(&e->white, &e->flags, s->value, &reason);
		break;
	case KEY_BLACKLIST:
		ok = flagspec_read(&e->black, &e->flags, s->value, &reason);
		break;
	case KEY_FORCED:
		ok = flag_words_read(&e->forced, m->arena, command, s, &reason);
		break;
	case KEY_DEFAULTS:
		ok = flag_words_read(&e->defaults, m->arena, command, s,
		    &reason);
		break;
	case KEY_ALLOWEDIMAGES:
		ok = patterns_read(&e->allowed_images, m->arena, s, m->caller,
		    &reason);
		break;
	case KEY_RESTRICTEDIMAGES:
		ok = patterns_read(&e->restricted_images, m->arena, s,
		    m->caller, &reason);
		break;
	case KEY_UIDMUSTMATCH:
		/* Once on it stays on. */
		e->uid_must_match = e->uid_must_match || is_true(s);
		e->uid_stands = e->uid_must_match;
		break;
	case KEY_ROOTINSIDE:
		e->root_inside = is_true(s);
		break;
	case KEY_MAXCONTAINERS:
		e->max_containers = s;
		break;
	case KEY_ALLOWEDVALUES:
		ok = value_rules_read(&e->allowed_values, m->arena, command, s,
		    m->caller, true, &reason);
		break;
	case KEY_RESTRICTEDVALUES:
		ok = value_rules_read(&e->restricted_values, m->arena, command,
		    s, m->caller, true, &reason);
		break;
	case KEY_MAXVALUES:
		ok = flag_words_read(&e->max, m->arena, command, s, &reason);
		break;
	case KEY_ALLOWEDPATHS:
	case KEY_RESTRICTEDPATHS:
		ok = path_rules_read(&e->paths, m->arena, s, m->caller,
		    &reason);
		break;
	case KEY_ALLOWEDVOLUMES:
		ok = patterns_read(&e->allowed_volumes, m->arena, s, m->caller,
		    &reason);
		break;
	case KEY_ALLOWEDPORTS:
		ok = merge_ports(m, s, &reason);
		break;
	default: /* a key of [main] */
		ok = false;
		reason = "does not stand in a command's section";
		break;
	}
	return ok || complain(m, s, reason);
}

static bool
merge_section(struct merging *m, const struct section *s, struct strv *trace)
{
	struct effective *e = m->e;

	strv_pushf(trace, "section [%s] (%s:%u) applies", s->title, s->file,
	    s->line);
	e->sections++;
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

		if (s->command != command || !section_applies(s, c))
			continue;
		for (size_t j = 0; j < s->n; j++) {
			if (s->settings[j].key->id == KEY_UIDMUSTMATCH)
				return true;
		}
	}
	return false;
}

bool
effective_groups(struct arena *a, const struct policy *p,
    const struct docker_command *command, struct fault *f)
{
	bool require = policy_requires_groups(p), sound = true;

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		if (s->kind != SECTION_GROUP ||
		    (command != NULL && s->command != command))
			continue;
		if (s->group->state == GROUP_UNASKED)
			sound = policy_complain(p, f, s->file, s->line,
			    arena_printf(a, "nobody looked up group '%s'",
			    s->who));
		else if (require && s->group->state != GROUP_KNOWN)
			sound = policy_complain(p, f, s->file, s->line,
			    arena_printf(a, "the accounts do not know group "
			    "'%s' (REQUIREGROUPS=false lets such sections be)",
			    s->who));
		if (!sound && !policy_collects(p))
			return false;
	}
	return sound;
}

bool
effective_section(struct effective *e, struct arena *a, const struct policy *p,
    const struct section *s, const struct caller *c, struct fault *f)
{
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };
	struct strv trace = strv_new(a);

	e->command = s->command;
	e->flags = flag_table_new(a, s->command);
	return merge_section(&m, s, &trace);
}

bool
effective_command(struct effective *e, struct arena *a, const struct policy *p,
    const struct caller *c, const struct docker_command *command,
    struct strv *trace, struct fault *f)
{
	static const enum section_kind order[] = { SECTION_COMMAND,
		SECTION_GROUP, SECTION_USER };
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };

	e->command = command;
	e->flags = flag_table_new(a, command);
	if (!effective_groups(a, p, command, f))
		return false;
	e->uid_must_match = !says_uid_must_match(p, c, command);
	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
		for (size_t i = 0; i < p->n; i++) {
			const struct section *s = p->sections[i];

			if (s->command != command || s->kind != order[k] ||
			    !section_applies(s, c))
				continue;
			if (!merge_section(&m, s, trace))
				return false;
		}
	}
	flag_words_keep_last(&e->forced, true);
	flag_words_keep_last(&e->defaults, false);
	flag_words_keep_limits(&e->max);
	return true;
}
