/* SPDX-License-Identifier: Apache-2.0 */
#include "core/images_brought.h"

#include "core/flag_words.h"
#include "core/state.h"

#include <string.h>

static bool
is_one_of(const struct docker_command *c, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(c->name, names[i]) == 0)
			return true;
	}
	return false;
}

/* What one section says of it; words collects its FORCED. */
static bool
names_images(struct arena *a, const struct section *section,
    struct flag_words *words)
{
	bool named = false;
	const char *reason;

	for (size_t i = 0; i < section->n; i++) {
		const struct setting *s = &section->settings[i];

		named = named || s->key->id == KEY_ALLOWEDIMAGES;
		if (s->key->id == KEY_FORCED)
			(void)flag_words_read(words, a, section->command, s,
			    &reason);
	}
	return named;
}

static bool
forces_never(const struct flag_words *words)
{
	const struct flag_word *last = NULL;

	for (size_t i = 0; i < words->n; i++) {
		if (strcmp(words->v[i].flag->names, "pull") == 0)
			last = &words->v[i];
	}
	return last != NULL && !word_varies(&last->value) &&
	    strcmp(word_head(&last->value), "never") == 0;
}

/*
 * Whether those to whom a section gives the command get only images that the
 * policy names, or that are on the host. What everybody's sections say holds
 * for them, too.
 */
static bool
keeps_images(struct arena *a, const struct policy *p,
    const struct section *section)
{
	struct flag_words words = { 0 };
	bool named = false;

	for (int own = 0; own < 2; own++) {
		for (size_t i = 0; i < p->n; i++) {
			const struct section *other = p->sections[i];

			if (own ? section_same(other, section)
				: other->kind == SECTION_COMMAND &&
				other->command == section->command)
				named = names_images(a, other, &words) || named;
		}
	}
	return named || forces_never(&words);
}

const struct section *
images_brought(struct arena *a, const struct policy *p, const struct caller *c)
{
	static const char *const makes[] = { "load", "import" };
	static const char *const fetches[] = { "pull", "run", "create" };

	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		if (s->command == NULL || command_vain(s->command, c))
			continue;
		if (is_one_of(s->command, makes, 2) ||
		    (is_one_of(s->command, fetches, 3) &&
		    !keeps_images(a, p, s)))
			return s;
	}
	return NULL;
}

/*
 * docker looks up a number of --group-add among the names of the image's groups
 * first, so that its maker says which gid it is.
 */
bool
group_check(struct decision_state *s)
{
	const struct section *by;

	if (s->plain_mounts || s->effective.allowed_images.n > 0)
		return true;
	for (size_t i = 0; i < s->flags.n; i++) {
		const struct used_flag *f = &s->flags.v[i];

		if (f->flag->kind != VALUE_GROUP)
			continue;
		by = images_brought(s->arena, s->policy, s->caller);
		return by == NULL || state_refuse(s, "%s: an image may give "
		    "that number another group's gid, and this host lets users "
		    "bring images ([%s], %s:%u): it takes an ALLOWEDIMAGES for "
		    "'%s'", state_flag_word(s, f), by->title, by->file,
		    by->line, s->command->name);
	}
	return true;
}
