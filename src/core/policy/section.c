/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/section.h"

#include <string.h>

#define TITLE_MAX 1024

/* Blanks: "run", "network  ls" -> the command. NULL: *reason says why. */
static const struct docker_command *
read_command(struct arena *a, char *name, const char **reason)
{
	const struct docker_command *c;
	char *first = name + strspn(name, " \t"), *second, *end;
	int words = 0, given;

	for (end = first + strlen(first); end > first && (end[-1] == ' ' ||
	    end[-1] == '\t'); end--)
		end[-1] = '\0';
	second = first + strcspn(first, " \t");
	if (*second != '\0')
		*second++ = '\0';
	second += strspn(second, " \t");
	given = *second == '\0' ? 1 : 2;
	c = docker_command_find(first, given == 2 ? second : NULL, &words);
	if (c != NULL && c->never != NULL) {
		*reason = arena_printf(a, "'%s' cannot be offered: %s", c->name,
		    c->never);
		return NULL;
	}
	if (c == NULL || words != given) {
		*reason = arena_printf(a, "docker has no command '%s%s%s' that "
		    "undocker knows", first, given == 2 ? " " : "", second);
		return NULL;
	}
	return c;
}

/* Where the section says whose it is; NULL: it is everybody's. */
static char *
find_whose(char *text, enum section_kind *kind)
{
	for (char *s = text; *s != '\0'; s++) {
		bool blank = s != text && (s[-1] == ' ' || s[-1] == '\t');

		if (blank && strncmp(s, "group:", 6) == 0) {
			*kind = SECTION_GROUP;
			return s;
		}
		if (blank && strncmp(s, "user:", 5) == 0) {
			*kind = SECTION_USER;
			return s;
		}
	}
	return NULL;
}

bool
section_read_title(struct section *s, struct arena *a, const char *title,
    const char **reason)
{
	enum section_kind kind = SECTION_COMMAND, second;
	char *text, *whose, *name;

	if (strlen(title) > TITLE_MAX) {
		*reason = "a section's name is longer than 1024 bytes";
		return false;
	}
	s->title = title;
	if (strcmp(title, "main") == 0) {
		s->kind = SECTION_MAIN;
		return true;
	}
	if (strncmp(title, "command:", 8) != 0) {
		*reason = arena_printf(a, "unknown section [%s] (known: [main] "
		    "[command:NAME] [command:NAME group:GROUP] "
		    "[command:NAME user:USER])", title);
		return false;
	}
	text = arena_strdup(a, title + 8);
	whose = find_whose(text, &kind);
	if (whose != NULL) {
		name = strchr(whose, ':') + 1;
		name += strspn(name, " \t");
		s->who = arena_strdup(a, name);
		if (*s->who == '\0' || find_whose(name, &second) != NULL) {
			*reason = "a section is for one group or one user; "
				  "which?";
			return false;
		}
		*whose = '\0';
	}
	s->kind = kind;
	s->command = read_command(a, text, reason);
	return s->command != NULL;
}

bool
section_same(const struct section *a, const struct section *b)
{
	return a->kind == b->kind && a->command == b->command &&
	    (a->who == NULL || strcmp(a->who, b->who) == 0);
}
