/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/images.h"

#include "core/docker/image.h"
#include "core/docker/object_name.h"
#include "core/verdict/trace.h"

#include <string.h>

/* An image whose names only the engine knows: an id, a digest. */
struct planned_image {
	size_t operand;
	struct need *need;
};

struct images {
	struct planned_image *v;
	size_t n, size;
};

bool
images_try_form(struct state *s, const struct patterns *p,
    const char *form, const struct pattern **match)
{
	const struct pattern *which = NULL;

	switch (patterns_match(p, form, &which)) {
	case PATTERN_MATCHES:
		*match = which;
		return true;
	case PATTERN_NONE:
		return true;
	case PATTERN_FAULT:
		break;
	}
	return state_refuse(s, "image '%s': the pattern '%s' (%s:%u) takes too "
	    "long on it", form, which->text, which->setting->file,
	    which->setting->line);
}

/* All the ways in which a pattern may speak of the image. */
static struct strv
image_forms(struct arena *a, const struct image *image)
{
	struct strv forms = strv_new(a), names = strv_new(a);

	strv_push(&names, image->name);
	strv_pushf(&names, "%s/%s", image->domain, image->path);
	if (image_at_docker_io(image->domain)) {
		strv_push(&names, image->path);
		strv_pushf(&names, "docker.io/%s", image->path);
		if (strncmp(image->path, "library/", 8) == 0)
			strv_push(&names, image->path + 8);
	}
	for (size_t i = 0; i < names.n; i++) {
		const char *name = names.v[i];

		strv_push(&forms, name);
		if (image->tag != NULL)
			strv_pushf(&forms, "%s:%s", name, image->tag);
		if (image->digest != NULL)
			strv_pushf(&forms, "%s@%s", name, image->digest);
		if (image->tag != NULL && image->digest != NULL)
			strv_pushf(&forms, "%s:%s@%s", name, image->tag,
			    image->digest);
	}
	return forms;
}

static bool
restricted(struct state *s, const char *given,
    const struct image *image)
{
	struct strv forms = image_forms(s->arena, image);
	const struct pattern *match = NULL;

	for (size_t i = 0; i < forms.n; i++) {
		if (!images_try_form(s, &s->effective->restricted_images,
			forms.v[i], &match))
			return false;
		if (match != NULL)
			return state_refuse(s, "image '%s' is restricted "
			    "(%s:%u)", given, match->setting->file,
			    match->setting->line);
	}
	return true;
}

static bool
allowed(struct state *s, const char *given, const struct image *image)
{
	const struct patterns *p = &s->effective->allowed_images;
	const struct pattern *match = NULL;
	struct strv texts = strv_new(s->arena);

	if (p->n == 0)
		return true;
	if (!images_try_form(s, p, arena_printf(s->arena, "%s:%s", image->name,
		image->tag), &match))
		return false;
	if (match == NULL && strcmp(image->tag, "latest") == 0 &&
	    !images_try_form(s, p, image->name, &match))
		return false;
	if (match != NULL) {
		trace_pattern(s, given, match);
		return true;
	}
	trace_unmatched(s, given, p);
	for (size_t i = 0; i < p->n; i++)
		strv_push(&texts, p->v[i].text);
	return state_refuse(s, "image '%s' is not allowed (allowed: %s)", given,
	    strv_join(&texts, " "));
}

static bool
names_allowed(struct state *s, const char *given,
    const struct image *image)
{
	return restricted(s, given, image) && allowed(s, given, image);
}

static bool
limited(struct state *s, const char *given)
{
	const struct effective *e = s->effective;

	if (e->allowed_images.n == 0)
		trace_line(s, "image '%s': no ALLOWEDIMAGES, so any but a "
		    "restricted one", given);
	return e->allowed_images.n > 0 || e->restricted_images.n > 0;
}

/* docker saves every tag of a bare name; judged was the one of :latest. */
static void
say_tag(struct state *s, size_t operand)
{
	const char *given = s->operands->v[operand];
	const char *slash = strrchr(given, '/');

	if (strcmp(s->command->name, "save") == 0 &&
	    strchr(slash == NULL ? given : slash, ':') == NULL)
		settlement_operand(s->line, operand, arena_printf(s->arena,
		    "%s:latest", given));
}

/*
 * An image by name is checked at once. What an id, or a part of one, or a
 * digest stands for, only the engine knows.
 */
bool
images_plan(struct state *s, size_t operand)
{
	const char *given = s->operands->v[operand], *reason = NULL;
	struct planned_image p = { .operand = operand };
	struct image image;

	if (!image_parse(&image, s->arena, given, &reason))
		return state_refuse(s, "image '%s': %s", given, reason);
	if (!limited(s, given))
		return true;
	if (used_flags_on(s->flags, "all-tags"))
		return state_refuse(s, "--all-tags is not allowed where images "
		    "are limited: nobody knows which tags there are");
	if (image.maybe_id || image.digest != NULL) {
		if (image.name != NULL && !restricted(s, given, &image))
			return false;
		p.need = needs_add(s->needs, s->arena, NEED_IMAGE, given);
		if (s->images == NULL)
			s->images = arena_alloc(s->arena, sizeof(*s->images));
		ARENA_ADD(s->arena, s->images, p);
		return true;
	}
	trace_line(s, "image '%s' is %s:%s", given, image.name, image.tag);
	say_tag(s, operand);
	return names_allowed(s, given, &image);
}

/* Every name of it must be allowed, and docker gets the id that was checked */
static bool
settle_one(struct state *s, const struct planned_image *p)
{
	const char *given = s->operands->v[p->operand], *reason = NULL;
	const struct image_names *found = p->need->image;
	struct image image;

	if (p->need->state == NEED_FAILED && p->need->absent)
		return state_refuse(s, "image '%s': images by id or digest "
		    "must be on this host already (or give name and tag)",
		    given);
	if (p->need->state != NEED_MET || found == NULL)
		return state_refuse(s, "image '%s': %s", given,
		    need_why(p->need));
	if (found->names.n == 0)
		return state_refuse(s, "image '%s' has no name by which it "
		    "could be allowed", given);
	for (size_t i = 0; i < found->names.n; i++) {
		const char *name = found->names.v[i];

		/* What is not allowed the caller does not get to read. */
		if (!image_parse(&image, s->arena, name, &reason) ||
		    image.name == NULL || image.digest != NULL)
			return state_refuse(s, "image '%s': a name of it "
			    "cannot be judged", given);
		if (!names_allowed(s, given, &image))
			return false;
		trace_line(s, "image '%s' is %s", given, name);
	}
	settlement_operand(s->line, p->operand, found->id);
	return true;
}

bool
images_settle(struct state *s)
{
	for (size_t i = 0; s->images != NULL && i < s->images->n; i++) {
		if (!settle_one(s, &s->images->v[i]))
			return false;
	}
	return true;
}

/* given NULL: any name that an archive may hold. */
static bool
nobody_trusts(struct state *s, const struct setting *set,
    const char *given)
{
	struct patterns anybodys = { 0 };
	const struct pattern *match = NULL;
	const char *reason = NULL;
	struct strv forms;
	struct image image;

	if (given == NULL)
		return state_refuse(s, "an archive may give any name to an "
		    "image, and this host trusts images by name (%s:%u); an "
		    "administrator can do it, or say ALLOWEDIMAGES in "
		    "[command:%s], too", set->file, set->line,
		    s->command->name);
	if (!patterns_read(&anybodys, s->arena, set, NULL, &reason))
		return fault_set(s->fault, s->arena, FAULT_POLICY,
		    "%s:%u: %s: %s", set->file, set->line, set->key->name,
		    reason);
	if (!image_parse(&image, s->arena, given, &reason))
		return state_refuse(s, "image '%s': %s", given, reason);
	if (image.name == NULL)
		return state_refuse(s, "image '%s' is not a name", given);
	forms = image_forms(s->arena, &image);
	for (size_t i = 0; i < forms.n; i++) {
		if (!images_try_form(s, &anybodys, forms.v[i], &match))
			return false;
		if (match != NULL)
			return state_refuse(s, "image '%s': this host trusts "
			    "images of that name (%s:%u), so you may not give "
			    "it", given, set->file, set->line);
	}
	return true;
}

/*
 * Under a name that a policy trusts anybody could run what this caller made.
 * So it is not his to give, unless ALLOWEDIMAGES of this very command says so.
 */
bool
images_check_new(struct state *s, const char *given)
{
	const struct policy *p = s->policy;

	if (s->caller->uid == 0 || s->effective->allowed_images.n > 0)
		return true;
	for (size_t i = 0; i < p->n; i++) {
		const struct section *section = p->sections[i];

		for (size_t j = 0; j < section->n; j++) {
			const struct setting *set = &section->settings[j];

			if (set->key->id == KEY_ALLOWEDIMAGES &&
			    !docker_command_has(
				section->command, TRAIT_ASKS_REGISTRY) &&
			    !nobody_trusts(s, set, given))
				return false;
		}
	}
	return true;
}

/*
 * docker looks for a name before it looks for an id: who types another image's
 * id would get this one. "save" finds it with any tag. "sha256" is no name, but
 * how an id begins.
 */
static bool
like_id(const struct image *image)
{
	return image->name == NULL || object_name_like_id(image->name) ||
	    strcmp(image->name, "sha256") == 0;
}

bool
images_new(struct state *s, const char *given)
{
	const char *reason = NULL;
	struct image image;

	if (!image_parse(&image, s->arena, given, &reason))
		return state_refuse(s, "image '%s': %s", given, reason);
	if (s->caller->uid != 0 && like_id(&image))
		return state_refuse(s, "image '%s': the name looks like an id "
		    "(take another)", given);
	if (limited(s, given)) {
		if (image.name == NULL || image.digest != NULL)
			return state_refuse(s, "image '%s': a new name has no "
			    "digest", given);
		if (!names_allowed(s, given, &image))
			return false;
	}
	return images_check_new(s, given);
}
