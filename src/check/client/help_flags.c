/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client/help_flags.h"

#include "core/base/ascii.h"

#include <string.h>

#define INDENT_MOST 6 /* of a line that begins a flag; text stands deeper */

/* Cuts the next line off; NULL: there is none. */
static const char *
line_next(struct arena *a, const char **text)
{
	size_t n = strcspn(*text, "\n");
	const char *line;

	if (**text == '\0')
		return NULL;
	line = arena_strndup(a, *text, n);
	*text += n + ((*text)[n] == '\n');
	return line;
}

/* "Options:", "Global Options:" */
static bool
line_heads_flags(const char *line)
{
	static const char *const heads[] = { "Options:", "Flags:" };
	size_t n = strlen(line);

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		size_t m = strlen(heads[i]);

		if (n >= m && strcmp(line + n - m, heads[i]) == 0 &&
		    (n == m || line[n - m - 1] == ' '))
			return true;
	}
	return false;
}

/* Takes the word that *s begins with off it. */
static const char *
word_cut(struct arena *a, const char **s)
{
	size_t n = ascii_span(*s, "-_.");
	const char *word = arena_strndup(a, *s, n);

	*s += n;
	return word;
}

/*
 * "  -a, --attach list      Attach to". A type word stands one blank behind the
 * name, the text at least two. An optional value ("--x string[=y]") is none
 * that a next word could be.
 */
static bool
flag_read(struct help_flag *f, struct arena *a, const char *line)
{
	const char *s = line + strspn(line, " ");

	*f = (struct help_flag) { .name = "", .type = "", .text = "" };
	if (s[0] != '-' || (size_t)(s - line) > INDENT_MOST)
		return false;
	if (s[1] != '-') {
		f->letter = s[1];
		s += s[1] == '\0' ? 1 : 2;
		s += strncmp(s, ", ", 2) == 0 ? 2 : 0;
	}
	if (strncmp(s, "--", 2) == 0) {
		s += 2;
		f->name = word_cut(a, &s);
	}
	if (s[0] == ' ' && s[1] != ' ' && s[1] != '\0') {
		s++;
		f->type = word_cut(a, &s);
		if (*s == '[') {
			f->type = "";
			s += strcspn(s, " ");
		}
	}
	f->text = s + strspn(s, " ");
	return (*s == ' ' || *s == '\0') &&
	    (f->letter == '\0' || ascii_letter(f->letter) ||
	    ascii_digit(f->letter)) &&
	    (f->letter != '\0' || *f->name != '\0');
}

static void
flag_add(struct help_flags *out, struct arena *a, const struct help_flag *f)
{
	ARENA_ADD(a, out, *f);
}

bool
help_flags_read(struct help_flags *out, struct arena *a, const char *text,
    const char **reason)
{
	bool inside = false;
	const char *line;

	*out = (struct help_flags) { 0 };
	*reason = "it has no line Usage:";
	if (strncmp(text, "Usage:", 6) != 0 && strstr(text, "\nUsage:") == NULL)
		return false;
	while ((line = line_next(a, &text)) != NULL) {
		struct help_flag f;

		if (*line != ' ' && *line != '\0')
			inside = line_heads_flags(line);
		else if (inside && flag_read(&f, a, line))
			flag_add(out, a, &f);
		else if (inside && out->n > 0 && *line != '\0')
			out->v[out->n - 1].text = arena_printf(a, "%s %s",
			    out->v[out->n - 1].text, line + strspn(line, " "));
	}
	return true;
}

/* Whether the usage goes on with these words, and they end there. */
static bool
usage_names(const char *usage, const char *words, size_t n)
{
	return strncmp(usage, words, n) == 0 &&
	    strchr(" \t\r\n", usage[n]) != NULL;
}

bool
help_flags_are_of(const char *text, const struct docker_command *c)
{
	const char *usage = strncmp(text, "Usage:", 6) == 0 ? text
	    : strstr(text, "\nUsage:"), *rest;

	if (usage == NULL)
		return false;
	usage = strchr(usage, ':') + 1;
	usage += strspn(usage, " \t\n");
	if (!usage_names(usage, "docker", 6))
		return false;
	if (c == NULL)
		return true;
	usage += 6 + strspn(usage + 6, " ");
	if (usage_names(usage, c->name, strlen(c->name)))
		return true;
	for (rest = c->aliases; *rest != '\0';) {
		size_t n = strcspn(rest, "|");

		if (usage_names(usage, rest, n))
			return true;
		rest += n + (rest[n] == '|');
	}
	return false;
}

const struct help_flag *
help_flags_find(const struct help_flags *flags, const struct docker_flag *f)
{
	for (size_t i = 0; i < flags->n; i++) {
		const struct help_flag *h = &flags->v[i];

		if (docker_flag_is_named(f, h->name, strlen(h->name)) ||
		    (*f->names == '\0' && f->letter == h->letter))
			return h;
	}
	return NULL;
}
