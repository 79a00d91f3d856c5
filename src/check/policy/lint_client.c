/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/lint_client.h"

#include "core/policy/flag_settings.h"
#include "core/policy/flagset.h"
#include "core/policy/section.h"
#include "core/policy/value_rules.h"

#include <string.h>

struct client_lint {
	struct findings *findings;
	struct client_help *client;
	struct strmap lacking; /* commands that were found to be missing */
};

static void
flag_add(struct flagset *set, struct arena *a, const struct docker_flag *f)
{
	if (flagset_has(set, f))
		return;
	ARENA_ADD(a, set, f);
}

/* The flags that a setting names. What cannot be read, others complain of. */
static struct flagset
setting_flags(struct arena *a, const struct setting *s)
{
	const struct docker_command *c = s->section->command;
	struct flag_table table = flag_table_new(a, c);
	struct flag_settings words = { 0 };
	struct value_rules rules = { 0 };
	struct flagset set = { 0 };
	const char *reason;

	if (s->key->type == TYPE_SPECS)
		(void)flagset_read(&set, &table, s->value, &reason);
	else if (s->key->type == TYPE_FLAGS || s->key->type == TYPE_LIMITS)
		(void)flag_settings_read(&words, a, c, s, &reason);
	else if (s->key->type == TYPE_VALUES)
		(void)value_rules_read(&rules, a, c, s, NULL, false, &reason);
	for (size_t i = 0; i < words.n; i++)
		flag_add(&set, a, words.v[i].flag);
	for (size_t i = 0; i < rules.n; i++)
		flag_add(&set, a, rules.v[i].flag);
	return set;
}

/* Whether docker's table has it, and so some docker. */
static bool
flag_known(const struct docker_command *c, const struct docker_flag *f)
{
	if (*f->names == '\0')
		return docker_flag_letter(c, f->letter) == f;
	return docker_flag_long(c, f->names, strcspn(f->names, "|")) == f;
}

/* "run --annotation" */
static const char *
flag_of_command(struct arena *a, const struct docker_command *c,
    const struct docker_flag *f)
{
	return arena_printf(a, "%s%s%s", c == NULL ? "" : c->name,
	    c == NULL ? "" : " ", docker_flag_name(a, f));
}

static void
flag_lacking(struct client_lint *l, const struct setting *s,
    const struct docker_flag *f)
{
	const struct docker_command *c = s->section->command;
	const char *name = flag_of_command(l->findings->arena, c, f);

	if (s->key->type == TYPE_FLAGS)
		findings_add(l->findings, SEVERITY_WARNING, s->file, s->line,
		    "%s: the installed docker (%s) has no %s, so that every "
		    "%s fails", s->key->name, l->client->path, name,
		    c == NULL ? "command" : c->name);
	else if (!flag_known(c, f))
		findings_add(l->findings, SEVERITY_WARNING, s->file, s->line,
		    "%s: the installed docker (%s) has no %s, and no docker "
		    "that undocker knows has it", s->key->name,
		    l->client->path, name);
}

static void
arity_differs(struct client_lint *l, const struct setting *s,
    const struct docker_flag *f, bool value)
{
	const struct docker_command *c = s->section->command;
	struct arena *a = l->findings->arena;
	const char *name = flag_of_command(a, c, f);

	if (flag_known(c, f))
		findings_add(l->findings, SEVERITY_WARNING, s->file, s->line,
		    "%s: %s takes %s value in the installed docker (%s), not "
		    "so in those that undocker knows: do without it",
		    s->key->name, name, value ? "a" : "no", l->client->path);
	else
		findings_add(l->findings, SEVERITY_WARNING, s->file, s->line,
		    "%s: %s takes %s value in the installed docker (%s): "
		    "write '%s%s'",
		    s->key->name, name, value ? "a" : "no", l->client->path,
		    docker_flag_name(a, f), value ? " string" : "");
}

/*
 * A flag that docker's table knows is asked for only where it must be there;
 * else its arity is news in a client that the table is not made for, and what
 * help does not show is none.
 */
static enum client_flag
flag_ask(struct client_lint *l, const struct setting *s,
    const struct docker_flag *f)
{
	const struct docker_command *c = s->section->command;
	const struct help_flags *flags;
	const struct help_flag *shown;

	if (s->key->type == TYPE_FLAGS || !flag_known(c, f))
		return client_help_flag(l->client, c, f);
	if (c == NULL || client_help_tabled(l->client))
		return CLIENT_FLAG_UNKNOWN;
	flags = client_help_of(l->client, c, NULL);
	shown = flags == NULL ? NULL : help_flags_find(flags, f);
	if (shown == NULL)
		return CLIENT_FLAG_UNKNOWN;
	return *shown->type == '\0' ? CLIENT_FLAG_BOOL : CLIENT_FLAG_VALUE;
}

static void
lint_setting(struct client_lint *l, const struct setting *s)
{
	struct flagset set = setting_flags(l->findings->arena, s);

	for (size_t i = 0; i < set.n; i++) {
		const struct docker_flag *f = set.v[i];
		enum client_flag has = flag_ask(l, s, f);
		bool value = has == CLIENT_FLAG_VALUE;

		if (has == CLIENT_FLAG_LACKS)
			flag_lacking(l, s, f);
		else if (has != CLIENT_FLAG_UNKNOWN &&
		    value != (f->shape != FLAG_BOOL))
			arity_differs(l, s, f, value);
	}
}

/* Whether some client that docker's table is made for lacks the command. */
static bool
command_new(const struct docker_command *c)
{
	return strcmp(c->name, "volume update") == 0; /* 23.0 */
}

/* Whether the client has the section's command; says it once if not. */
static bool
command_there(struct client_lint *l, const struct section *s)
{
	void **said;

	if (s->command == NULL ||
	    (client_help_tabled(l->client) && !command_new(s->command)) ||
	    client_help_of(l->client, s->command, NULL) != NULL)
		return true;
	said = strmap_at(&l->lacking, s->command->name);
	if (*said == NULL && l->client->broken.kind == FAULT_NONE)
		findings_add(l->findings, SEVERITY_WARNING, s->file, s->line,
		    "the installed docker (%s) has no '%s'", l->client->path,
		    s->command->name);
	*said = l;
	return false;
}

void
lint_client(
    struct findings *f, const struct policy *p, struct client_help *h)
{
	struct client_lint l = { .findings = f, .client = h,
		.lacking = strmap_new(f->arena) };

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		if (!command_there(&l, s))
			continue;
		for (size_t k = 0; k < s->n; k++)
			lint_setting(&l, &s->settings[k]);
	}
	if (h->broken.kind != FAULT_NONE)
		findings_add(f, SEVERITY_NOTE, NULL, 0,
		    "%s, so that no flag was compared with it",
		    h->broken.text);
}
