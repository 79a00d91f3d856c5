/* SPDX-License-Identifier: Apache-2.0 */
#include "core/image.h"
#include "core/object_name.h"
#include "core/state.h"

#include <string.h>

/*
 * The letter for the operand with this index in a command's operands, and
 * whether the line may end before it. '\0': there is no such operand.
 */
static char
operand_letter(const char *operands, size_t index, bool *optional)
{
	size_t at = 0;

	while (*operands != '\0') {
		char letter = operands[0], sign = operands[1];
		bool many = sign == '*' || sign == '+';

		if (at == index || (many && index > at)) {
			*optional = sign == '?' || sign == '*' || index > at;
			return letter;
		}
		operands += sign == '?' || many ? 2 : 1;
		at++;
	}
	*optional = true;
	return '\0';
}

/* Tries one list on one form; false: a fault of the pattern itself. */
static bool
try_form(struct decision_state *s, const struct patterns *p, const char *form,
    const struct pattern **match)
{
	const struct pattern *which = NULL;

	switch (patterns_match(p, s->arena, form, &which)) {
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

/* Other names under which docker.io answers; a port 443 is none. */
static bool
is_docker_io(const char *domain)
{
	static const char *const names[] = { "docker.io", "index.docker.io",
		"registry-1.docker.io", "registry.hub.docker.com" };
	size_t n = strcspn(domain, ":");

	if (domain[n] != '\0' && strcmp(domain + n, ":443") != 0)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == n &&
		    strncmp(names[i], domain, n) == 0)
			return true;
	}
	return false;
}

/* All the ways in which a pattern may speak of the image. */
static struct strv
image_forms(struct arena *a, const struct image *image)
{
	struct strv forms = strv_new(a), names = strv_new(a);

	strv_push(&names, image->name);
	strv_pushf(&names, "%s/%s", image->domain, image->path);
	if (is_docker_io(image->domain)) {
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
restricted(struct decision_state *s, const char *given,
    const struct image *image)
{
	struct strv forms = image_forms(s->arena, image);
	const struct pattern *match = NULL;

	for (size_t i = 0; i < forms.n; i++) {
		if (!try_form(s, &s->effective.restricted_images, forms.v[i],
			&match))
			return false;
		if (match != NULL)
			return state_refuse(s, "image '%s' is restricted "
			    "(%s:%u)", given, match->setting->file,
			    match->setting->line);
	}
	return true;
}

static bool
allowed(struct decision_state *s, const char *given, const struct image *image)
{
	const struct patterns *p = &s->effective.allowed_images;
	const struct pattern *match = NULL;
	struct strv texts = strv_new(s->arena);

	if (p->n == 0)
		return true;
	if (!try_form(s, p, arena_printf(s->arena, "%s:%s", image->name,
		image->tag), &match))
		return false;
	if (match == NULL && strcmp(image->tag, "latest") == 0 &&
	    !try_form(s, p, image->name, &match))
		return false;
	if (match != NULL)
		return true;
	for (size_t i = 0; i < p->n; i++)
		strv_push(&texts, p->v[i].text);
	return state_refuse(s, "image '%s' is not allowed (allowed: %s)", given,
	    strv_join(&texts, " "));
}

static bool
check_image(struct decision_state *s, const char *given, struct strv *trace)
{
	const struct effective *e = &s->effective;
	const char *reason = NULL;
	struct image image;

	if (!image_parse(&image, s->arena, given, &reason))
		return state_refuse(s, "image '%s': %s", given, reason);
	if (e->allowed_images.n == 0 && e->restricted_images.n == 0)
		return true;
	if (image.maybe_id || image.digest != NULL)
		return state_refuse(s, "image '%s': images by id or digest are "
		    "not supported yet where images are limited (give name and "
		    "tag)", given);
	strv_pushf(trace, "image '%s' is %s:%s", given, image.name, image.tag);
	return restricted(s, given, &image) && allowed(s, given, &image);
}

static bool
check_name(struct decision_state *s, const char *kind, const char *given)
{
	return object_name_valid(given, strlen(given)) ||
	    state_refuse(s, "'%s' is not a %s's name", given, kind);
}

/* inspect takes the name of anything, but nothing that leaves its place. */
static bool
check_any(struct decision_state *s, const char *given)
{
	const char *reason = NULL;
	struct image image;

	return object_name_valid(given, strlen(given)) ||
	    image_parse(&image, s->arena, given, &reason) ||
	    state_refuse(s, "'%s' is no object's name", given);
}

/* docker's rule for a build context that it fetches with git. */
static bool
is_git_url(const char *given)
{
	static const char *const starts[] = { "git://", "github.com/",
		"git@" };
	const char *git;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (strncmp(given, starts[i], strlen(starts[i])) == 0)
			return true;
	}
	if (strncmp(given, "http://", 7) != 0 &&
	    strncmp(given, "https://", 8) != 0)
		return false;
	for (git = given; (git = strstr(git, ".git")) != NULL; git += 4) {
		if (git[4] == '\0' || (git[4] == '#' && git[5] != '\0'))
			return true;
	}
	return false;
}

/* P: a file or directory of the client's, a URL, or - */
static bool
check_local(struct decision_state *s, const char *given)
{
	if (is_git_url(given))
		return state_refuse(s, "'%s': docker would run git for it, and "
		    "undocker lets it run no other program (clone it, and give "
		    "the directory)", given);
	return !s->as_root || strcmp(given, "-") == 0 ||
	    state_refuse(s, "'%s': this host runs docker's client as root "
		"(RUNAS), so it may open no file for you", given);
}

/* C:PATH, a local path, or - */
static bool
check_copy_side(struct decision_state *s, const char *given)
{
	size_t n = strcspn(given, ":");
	bool local = *given == '/' || *given == '.' || given[n] == '\0';

	if (strcmp(given, "-") == 0)
		return true;
	if (!local)
		return object_name_valid(given, n) ||
		    state_refuse(s, "'%s' is not a container's name",
			arena_strndup(s->arena, given, n));
	return check_local(s, given);
}

static bool
check_operand(struct decision_state *s, char letter, const char *given,
    struct strv *trace)
{
	if (*given == '\0' && letter != 'T')
		return state_refuse(s, "an empty operand");
	switch (letter) {
	case 'I':
	case 'R':
		return check_image(s, given, trace);
	case 'C':
		return check_name(s, "container", given);
	case 'N':
		if (object_name_like_id(given))
			return state_refuse(s, "'%s' looks like a container's "
			    "id", given);
		return check_name(s, "container", given);
	case 'V':
	case 'M':
		return check_name(s, "volume", given);
	case 'W':
	case 'O':
		return check_name(s, "network", given);
	case 'A':
		return check_any(s, given);
	case 'X':
		return check_copy_side(s, given);
	case 'P':
		return check_local(s, given);
	case 'T':
		return true;
	default:
		return state_refuse(s, "'%s' is an operand too many", given);
	}
}

bool
operand_check(struct decision_state *s, struct strv *trace)
{
	const char *operands = s->command->operands;
	bool optional;

	/* Root may do as docker does; the image rules are for everybody. */
	for (size_t i = 0; i < s->operands.n; i++) {
		char letter = operand_letter(operands, i, &optional);

		if (!check_operand(s, letter, s->operands.v[i], trace))
			return false;
	}
	(void)operand_letter(operands, s->operands.n, &optional);
	if (optional || used_flags_on(&s->flags, "help"))
		return true;
	return state_refuse(s, "an operand is missing");
}
