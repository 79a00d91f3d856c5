/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/operands.h"

#include "core/docker/image.h"
#include "core/docker/object_name.h"
#include "core/docker/ps_words.h"
#include "core/verdict/images.h"
#include "core/verdict/registry.h"
#include "core/verdict/value_limits.h"

#include <string.h>

static bool
check_name(struct state *s, const char *kind, const char *given)
{
	return object_name_valid(given, strlen(given)) ||
	    state_refuse(s, "'%s' is not a %s's name", given, kind);
}

/* Who types the id of another object would get this one. */
static bool
check_new_name(struct state *s, const char *kind, const char *given)
{
	if (object_name_like_id(given))
		return state_refuse(s, "'%s' looks like a %s's id (take "
		    "another name)", given, kind);
	return check_name(s, kind, given);
}

/* inspect takes the name of anything, but nothing that leaves its place. */
static bool
check_any(struct state *s, const char *given)
{
	const char *reason = NULL;
	struct image image;
	const struct used_flag *type = used_flags_last(s->flags, "type");

	/* Without a type it may be a volume, too, unless it must be his own
	   container. */
	if ((type == NULL || *type->value == '\0'
		    ? !s->effective->uid_must_match
		    : strcmp(type->value, "volume") == 0) &&
	    !value_limits_volume(s, given))
		return false;
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
check_local(struct state *s, const char *given)
{
	if (is_git_url(given))
		return state_refuse(s, "'%s': docker would run git for it, and "
		    "undocker lets it run no other program (clone it, and give "
		    "the directory)", given);
	/* As docker's client tells URLs. */
	if (s->caller->uid != 0 && (strncmp(given, "http://", 7) == 0 ||
	    strncmp(given, "https://", 8) == 0))
		return state_refuse(s, "'%s': the engine would fetch it, as "
		    "root in the host's network; fetch it yourself (curl -L "
		    "URL | undocker %s -)", given, s->command->name);
	return !s->as_root || strcmp(given, "-") == 0 ||
	    state_refuse(s, "'%s': this host runs docker's client as root "
		"(RUNAS), so it may open no file for you", given);
}

/* C:PATH, a local path, or - */
static bool
check_copy_side(struct state *s, const char *given)
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

/* S: the operands from here on; what ps gets takes their place. */
static bool
check_ps_words(struct state *s, size_t from)
{
	struct strv printed = strv_new(s->arena);
	const char *reason = NULL;

	for (size_t i = 0; i < from; i++)
		strv_push(&printed, s->operands->v[i]);
	if (!ps_words(&printed, s->arena, s->operands->v + from,
	    s->operands->n - from, &reason))
		return state_refuse(s, "%s", reason);
	settlement_operands(s->line, &printed);
	return true;
}

static bool
check_operand(struct state *s, char letter, size_t index)
{
	const char *given = s->operands->v[index];

	if (*given == '\0' && letter != 'T')
		return state_misspelt(s, "an empty operand");
	switch (letter) {
	case 'I':
		return images_plan(s, index);
	case 'R':
		return images_new(s, given);
	case 'C':
	case 'E':
		return check_name(s, "container", given);
	case 'N':
		return check_new_name(s, "container", given);
	case 'V':
		return check_name(s, "volume", given) &&
		    value_limits_volume(s, given);
	case 'M':
		return check_new_name(s, "volume", given) &&
		    value_limits_volume(s, given);
	case 'W':
		return check_name(s, "network", given);
	case 'O':
		return check_new_name(s, "network", given);
	case 'A':
		return check_any(s, given);
	case 'X':
		return check_copy_side(s, given);
	case 'P':
		return check_local(s, given);
	case 'H':
		return registry_check(s, index);
	case 'Q':
		return registry_check_search(s, index);
	case 'T':
		return true;
	default:
		return state_misspelt(s, "'%s' is an operand too many", given);
	}
}

bool
operands_check(struct state *s)
{
	const char *operands = s->command->operands;
	bool optional;

	/* Root may do as docker does; the image rules are for everybody. */
	for (size_t i = 0; i < s->operands->n; i++) {
		char letter = docker_command_operand(s->command, i,
		    &optional);

		if (letter == 'S') {
			if (s->caller->uid != 0 && !check_ps_words(s, i))
				return false;
			break;
		}
		if (!check_operand(s, letter, i))
			return false;
	}
	if (used_flags_on(s->flags, "help"))
		return true;
	if (*operands == 'H' && s->operands->n == 0)
		return registry_check(s, 0);
	(void)docker_command_operand(s->command, s->operands->n, &optional);
	return optional || state_misspelt(s, "an operand is missing");
}
