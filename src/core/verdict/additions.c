/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/additions.h"

#include <string.h>

struct composing {
	struct used_flags *out;
	struct arena *arena;
	const struct effective *e;
	const struct caller *caller;
	struct fault *fault;
};

static bool
among(const struct flag_settings *words, const struct docker_flag *f)
{
	for (size_t i = 0; i < words->n; i++) {
		if (words->v[i].flag == f)
			return true;
	}
	return false;
}

/* Whether the user's own word says just what is forced. */
static bool
forced_alike(const struct flag_settings *words, const struct used_flag *u)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct word *value = &words->v[i].value;

		if (words->v[i].flag == u->flag && (value_words_vary(value) ||
		    strcmp(value_words_head(value), u->value) != 0))
			return false;
	}
	return true;
}

static bool
used(const struct used_flags *flags, const struct docker_flag *f)
{
	for (size_t i = 0; i < flags->n; i++) {
		if (flags->v[i].flag == f)
			return true;
	}
	return false;
}

/* The flag of a policy's word, once or, with $U_GROUPS, once a group. */
static bool
add_word(struct composing *c, const struct flag_setting *w,
    enum flag_origin origin)
{
	struct strv values = strv_new(c->arena);
	const char *reason = NULL;

	if (!value_words_expand(&w->value, c->arena, c->caller,
		value_kind_separators(w->flag->kind), &values, &reason))
		return fault_set(c->fault, c->arena, FAULT_REFUSED,
		    "%s: %s (%s, %s:%u)", c->e->command->name, reason,
		    w->setting->key->name, w->setting->file, w->setting->line);
	for (size_t i = 0; i < values.n; i++) {
		used_flags_add(c->out, c->arena,
		    (struct used_flag){.flag = w->flag,
			.value = values.v[i],
			.origin = origin,
			.varies = value_words_vary(&w->value),
			.setting = w->setting});
	}
	return true;
}

static bool
add_built_in(struct composing *c, const char *name, const char *value,
    const char *why)
{
	const struct docker_flag *f = docker_flag_long(c->e->command, name,
	    strlen(name));

	if (f == NULL)
		return fault_set(c->fault, c->arena, FAULT_REFUSED,
		    "%s: docker has no --%s", c->e->command->name, name);
	used_flags_add(c->out, c->arena, (struct used_flag) { .flag = f,
	    .value = value, .origin = FLAG_BUILT_IN, .why = why });
	return true;
}

/* Of these the caller gets to see, or to remove, what has his label. */
static bool
is_his_list(const struct composing *c)
{
	const struct docker_command *command = c->e->command;

	return docker_command_has(command, TRAIT_LISTS) ? c->e->uid_stands
	    : docker_command_has(command, TRAIT_PRUNES) &&
		c->e->uid_must_match;
}

/* What makes a command one on the caller's own containers. */
static bool
add_ownership(struct composing *c, const char *label)
{
	const struct used_flag *type = used_flags_last(c->out, "type");

	if (is_his_list(c))
		return add_built_in(c, "filter", arena_printf(c->arena,
		    "label=%s", label), "only what is yours");
	if (strcmp(c->e->command->name, "inspect") == 0 &&
	    c->e->uid_must_match && (type == NULL || *type->value == '\0'))
		return add_built_in(c, "type", "container",
		    "only your own containers");
	/* No image says whose its containers are. */
	if (used_flags_last(c->out, "change") != NULL)
		return add_built_in(c, "change", "LABEL undocker.uid=",
		    "no image is labelled as somebody's container");
	return true;
}

/*
 * What every caller but root gets, whatever the policy says. Without any one
 * of them an image with a setuid file and a mount of the caller's own
 * directory is root on the host.
 */
static bool
add_all_built_in(struct composing *c)
{
	bool creates = docker_command_has(c->e->command, TRAIT_CREATES);
	bool enters = docker_command_has(c->e->command, TRAIT_ENTERS);
	unsigned long uid = c->caller->uid, gid = c->caller->gid;
	const char *user = arena_printf(c->arena, "%lu:%lu", uid, gid);
	const char *label = arena_printf(c->arena, "undocker.uid=%lu", uid);

	if (c->caller->uid == 0)
		return true;
	if (!creates && !enters)
		return add_ownership(c, label);
	if (!c->e->root_inside && !add_built_in(c, "user", user,
	    "processes run as you"))
		return false;
	if (enters)
		return true;
	if (!c->e->root_inside && !add_built_in(c, "cap-drop", "ALL",
	    "they have no capabilities"))
		return false;
	return add_built_in(c, "security-opt", "no-new-privileges",
		   "no program gets them more rights") &&
	    add_built_in(c, "label", label, "it says whose container it is");
}

bool
additions_make(struct used_flags *out, struct arena *a,
    const struct effective *e, const struct caller *caller,
    const struct used_flags *user, struct strv *notes, struct fault *f)
{
	struct composing c = { .out = out, .arena = a, .e = e,
		.caller = caller, .fault = f };

	for (size_t i = 0; i < user->n; i++) {
		const struct used_flag *u = &user->v[i];

		if (among(&e->forced, u->flag) &&
		    !value_kind_has(u->flag->kind, KIND_ADDS_UP)) {
			if (forced_alike(&e->forced, u))
				continue;
			strv_pushf(notes, "%s: your %s=%s is left out: this "
			    "host sets %s itself", e->command->name,
			    docker_flag_name(a, u->flag), u->value,
			    docker_flag_name(a, u->flag));
		} else {
			used_flags_add(out, a, *u);
		}
	}
	for (size_t i = 0; i < e->defaults.n; i++) {
		const struct flag_setting *w = &e->defaults.v[i];

		if (!used(user, w->flag) && !among(&e->forced, w->flag) &&
		    !add_word(&c, w, FLAG_DEFAULT))
			return false;
	}
	for (size_t i = 0; i < e->forced.n; i++) {
		if (!add_word(&c, &e->forced.v[i], FLAG_FORCED))
			return false;
	}
	return add_all_built_in(&c);
}
