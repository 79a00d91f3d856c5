/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/images_brought.h"

#include "core/base/strmap.h"
#include "core/policy/flag_settings.h"
#include "core/policy/offered.h"

#include <string.h>

/* What the sections of one title say of where images come from. */
struct source {
	bool named; /* ALLOWEDIMAGES */
	bool pulls_said, pulls_never; /* FORCED=--pull=, the last one */
};

static void
read_forced(struct source *source, struct arena *a,
    const struct docker_command *command, const struct setting *setting)
{
	struct flag_settings words = { 0 };
	const char *reason;

	(void)flag_settings_read(&words, a, command, setting, &reason);
	for (size_t i = 0; i < words.n; i++) {
		const struct flag_setting *word = &words.v[i];

		if (!docker_flag_is(word->flag, "pull"))
			continue;
		source->pulls_said = true;
		source->pulls_never = !value_words_vary(&word->value) &&
		    strcmp(value_words_head(&word->value), "never") == 0;
	}
}

static struct source *
source_of(struct strmap *map, struct arena *a,
    const struct docker_command *command, enum section_kind kind,
    const char *who)
{
	void **slot = strmap_at(map, arena_printf(a, "%s %d %s", command->name,
	    (int)kind, who == NULL ? "" : who));

	if (*slot == NULL)
		*slot = arena_alloc(a, sizeof(struct source));
	return *slot;
}

static void
read_section(struct strmap *map, struct arena *a, const struct section *s)
{
	struct source *source = source_of(map, a, s->command, s->kind, s->who);

	for (size_t i = 0; i < s->n; i++) {
		source->named |= s->settings[i].key->id == KEY_ALLOWEDIMAGES;
		if (s->settings[i].key->id == KEY_FORCED)
			read_forced(source, a, s->command, &s->settings[i]);
	}
}

/*
 * Whether those to whom a section gives the command get only images that the
 * policy names, or that are on the host. What everybody's sections say holds
 * for them, too.
 */
static bool
keeps_images(struct strmap *map, struct arena *a, const struct section *s)
{
	const struct source *own = source_of(map, a, s->command, s->kind,
	    s->who);
	const struct source *all = source_of(map, a, s->command,
	    SECTION_COMMAND, NULL);

	return own->named || all->named ||
	    (own->pulls_said ? own->pulls_never : all->pulls_never);
}

const struct section *
images_brought(struct arena *a, const struct policy *p, const struct caller *c)
{
	struct strmap map = strmap_new(a);

	for (size_t i = 0; i < p->n; i++) {
		if (docker_command_has(p->sections[i]->command, TRAIT_FETCHES))
			read_section(&map, a, p->sections[i]);
	}
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->sections[i];

		if (s->command == NULL || offered_in_vain(s->command, c))
			continue;
		if (docker_command_has(s->command, TRAIT_MAKES_IMAGE) ||
		    (docker_command_has(s->command, TRAIT_FETCHES) &&
		    !keeps_images(&map, a, s)))
			return s;
	}
	return NULL;
}
