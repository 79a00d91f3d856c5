/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/effective.h"

#include "core/base/text.h"

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

/* Where a key's value goes, in [main] and in a command's section; 0: none. */
static const struct {
	size_t in_main, in_command;
} places[] = {
#define AT_NONE(field) 0
#define AT_EFFECTIVE(field) offsetof(struct effective, field)
#define AT_SAME(field) offsetof(struct effective, field)
#define AT_SETTINGS(field) \
	offsetof(struct effective, settings) + offsetof(struct settings, field)
#define PLACES_MAIN(into, field) { AT_##into(field), 0 }
#define PLACES_COMMAND(into, field) { 0, AT_##into(field) }
#define PLACES_BOTH(into, field) { AT_##into(global_##field), AT_##into(field) }
#define KEY(name, where, type, into, field, standard, doc) \
	[KEY_##name] = PLACES_##where(into, field),
#include "core/policy/keys.def"
#undef KEY
};

/* So that 0 is nowhere. */
_Static_assert(offsetof(struct effective, command) == 0, "not a key's field");

static bool
is_true(const struct setting *s)
{
	return strcmp(s->value, "true") == 0;
}

/* The one word of a setting, its variables filled in. */
static bool
read_text(struct merging *m, const struct setting *s, const char **text,
    const char **reason)
{
	struct words words = { 0 };
	struct strv values = strv_new(m->arena);

	*reason = "one word is wanted";
	if (!value_words_split(&words, m->arena, s->value, reason) ||
	    words.n != 1 || !value_words_expand(&words.v[0], m->arena,
	    m->caller, "/", &values, reason) || values.n != 1)
		return false;
	*text = values.v[0];
	/* Whose engine it is hangs on whether the address says whose. */
	if (s->key->id == KEY_DOCKERHOST)
		m->e->settings.engine_per_user =
		    value_words_have(&words.v[0], VAR_U_UID);
	return true;
}

/* Whether it is not the first of the choices. */
static bool
read_choice(struct merging *m, const struct setting *s, bool *other,
    const char **reason)
{
	const char *text = "";

	if (!read_text(m, s, &text, reason))
		return false;
	*other = !text_is(s->key->standard, strcspn(s->key->standard, "|"),
	    text);
	return true;
}

static void
read_strict(enum effective_strict *strict, const struct setting *s)
{
	if (*strict != STRICT_ON)
		*strict = is_true(s) ? STRICT_ON : STRICT_OFF;
}

/* The one place where a value gets where its key says. */
static bool
merge_value(struct merging *m, const struct setting *s, bool in_main,
    const char **reason)
{
	struct effective *e = m->e;
	const enum key_id id = s->key->id;
	const size_t at = in_main ? places[id].in_main : places[id].in_command;
	void *to = (char *)e + at;

	if (at == 0)
		return true;
	switch (s->key->type) {
	case TYPE_SPECS:
		return flagset_read(to, in_main ? &e->global_flags : &e->flags,
		    s->value, reason);
	case TYPE_FLAGS:
	case TYPE_LIMITS:
		return flag_settings_read(to, m->arena, e->command, s, reason);
	case TYPE_PATTERNS:
		return patterns_read(to, m->arena, s, m->caller, reason);
	case TYPE_VALUES:
		return value_rules_read(to, m->arena, e->command, s, m->caller,
		    true, reason);
	case TYPE_PATHS:
		return path_rules_read(to, m->arena, s, m->caller, reason);
	case TYPE_PORTS:
		return port_rules_read(to, m->arena, s, m->caller, reason);
	case TYPE_TEXT:
	case TYPE_ADDRESS:
		return read_text(m, s, to, reason);
	case TYPE_CHOICE:
		return read_choice(m, s, to, reason);
	case TYPE_LINE:
		*(const char **)to = s->value;
		return true;
	case TYPE_BOOLEAN:
		*(bool *)to = is_true(s);
		return true;
	case TYPE_STRICT:
		read_strict(to, s);
		return true;
	case TYPE_NUMBER:
		*(const struct setting **)to = s;
		return true;
	case TYPE_NAMES:
	case TYPE_WORDS:
		break;
	}
	*reason = "is of no type";
	return false;
}

static bool
merge(struct merging *m, const struct setting *s, bool in_main)
{
	const char *reason = NULL;

	return merge_value(m, s, in_main, &reason) || complain(m, s, reason);
}

/* What holds where the policy says nothing. */
static bool
merge_standards(struct merging *m, bool in_main)
{
	for (int i = 0; i < KEY_COUNT; i++) {
		const struct policy_key *k = policy_key_get((enum key_id)i);
		struct setting *s;

		/* Of what stays on, what nobody says is no word for it. */
		if ((k->where & (in_main ? WHERE_MAIN : WHERE_COMMAND)) == 0 ||
		    k->standard == NULL || k->type == TYPE_STRICT)
			continue;
		s = arena_alloc(m->arena, sizeof(*s)); /* some keep it */
		s->key = k;
		s->file = "(built in)";
		s->value = arena_strndup(m->arena, k->standard,
		    k->type == TYPE_CHOICE ? strcspn(k->standard, "|")
			: strlen(k->standard));
		if (!merge(m, s, in_main))
			return false;
	}
	return true;
}

static bool
merge_main(struct merging *m)
{
	const struct policy *p = m->policy;

	if (!merge_standards(m, true))
		return false;
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t j = 0; s->kind == SECTION_MAIN && j < s->n; j++) {
			if (!merge(m, &s->settings[j], true) &&
			    !policy_collects(p))
				return false;
		}
	}
	return true;
}

bool
effective_main(struct effective *e, struct settings *settings, struct arena *a,
    const struct policy *p, const struct caller *c, struct fault *f)
{
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };
	bool sound;

	e->global_flags = flag_table_new(a, NULL);
	sound = merge_main(&m);
	*settings = e->settings;
	return sound;
}

static bool
command_begin(struct merging *m, const struct docker_command *command)
{
	m->e->command = command;
	m->e->flags = flag_table_new(m->arena, command);
	m->e->rules = strv_new(m->arena);
	return merge_standards(m, false);
}

static bool
merge_section(struct merging *m, const struct section *s)
{
	strv_pushf(&m->e->rules, "[%s] (%s:%u)", s->title, s->file, s->line);
	for (size_t i = 0; i < s->n; i++) {
		if (!merge(m, &s->settings[i], false) &&
		    !policy_collects(m->policy))
			return false;
	}
	return true;
}

bool
effective_section(struct effective *e, struct arena *a, const struct policy *p,
    const struct section *s, const struct caller *c, struct fault *f)
{
	struct merging m = { .e = e, .arena = a, .policy = p, .caller = c,
		.fault = f };

	if (!command_begin(&m, s->command) || !merge_section(&m, s))
		return false;
	e->uid_must_match = e->uid_stands = e->uid == STRICT_ON;
	return true;
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

	if (!command_begin(&m, command) ||
	    !effective_check_groups(a, p, command, f))
		return false;
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
	e->uid_must_match = e->uid != STRICT_OFF;
	e->uid_stands = e->uid == STRICT_ON;
	flag_settings_keep_last(&e->forced, true);
	flag_settings_keep_last(&e->defaults, false);
	flag_settings_keep_limits(&e->max);
	return true;
}
