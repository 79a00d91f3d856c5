/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/flagset.h"

#include "core/base/ascii.h"
#include "core/base/reason.h"
#include "core/base/strv.h"
#include "core/base/text.h"

#include <string.h>

/* One spec, as it is written. */
struct spec {
	struct strv names; /* long names, without -- */
	char letter;
	const char *type; /* the type word, or NULL */
};

/* The type words of flags whose values add up. */
static bool
list_word(const char *type)
{
	static const char *const words[] = { "list", "strings", "filter", "map",
		"ulimit", "network", "mount", "gpu-request", "port", "pref",
		"secret", "config", NULL };

	return text_among(type, strlen(type), words);
}

static enum flag_shape
spec_shape(const struct spec *s)
{
	if (s->type == NULL)
		return FLAG_BOOL;
	return list_word(s->type) ? FLAG_LIST : FLAG_SINGLE;
}

static bool
plain_name(const char *s)
{
	return *s != '\0' && *s != '-' && s[ascii_span(s, "-_.")] == '\0';
}

/* One name of a spec: -e or --env. */
static bool
read_name(struct spec *s, struct arena *a, const char *name,
    const char **reason)
{
	if (strncmp(name, "--", 2) == 0 && plain_name(name + 2)) {
		strv_push(&s->names, name + 2);
		return true;
	}
	if (name[0] == '-' && plain_name(name + 1) && name[2] == '\0' &&
	    s->letter == '\0') {
		s->letter = name[1];
		return true;
	}
	*reason = arena_printf(a, "'%s' is not a flag (as in "
	    "\"-e|--env list\", --rm)", name);
	return false;
}

/* Cuts the next word off *text at any of the separators; blanks around go. */
static char *
cut(char **text, const char *separators)
{
	char *word = *text + strspn(*text, " \t"), *end;
	size_t n = strcspn(word, separators);

	end = word + n;
	*text = *end == '\0' ? end : end + 1;
	while (n > 0 && (word[n - 1] == ' ' || word[n - 1] == '\t'))
		n--;
	word[n] = '\0';
	return word;
}

/* "-e | --env list" */
static bool
read_spec(struct spec *s, struct arena *a, char *text, const char **reason)
{
	char *word, *type;

	*s = (struct spec) { .names = strv_new(a) };
	do {
		bool last = strchr(text, '|') == NULL;

		word = cut(&text, "|");
		type = last ? word + strcspn(word, " \t") : NULL;
		if (type != NULL && *type != '\0') {
			*type++ = '\0';
			s->type = type + strspn(type, " \t");
			if (!plain_name(s->type)) {
				*reason = arena_printf(a, "'%s' is not a type "
				    "word (one word behind a flag means that "
				    "it takes a value)", s->type);
				return false;
			}
		}
		if (!read_name(s, a, word, reason))
			return false;
		if (last)
			return true;
	} while (true);
}

/*
 * The flag that docker's table knows under the spec's names. False: they name
 * several flags, or the shape is not the spec's.
 */
static bool
known_flag(struct flag_table *t, const struct spec *s,
    const struct docker_flag **flag, const char **reason)
{
	size_t names = s->names.n + (s->letter != '\0'), known = 0;
	bool several = false;

	*flag = flag_table_docker_letter(t, s->letter);
	known += *flag != NULL;
	for (size_t i = 0; i < s->names.n; i++) {
		const struct docker_flag *f =
		    flag_table_docker_long(t, s->names.v[i]);

		known += f != NULL;
		several = several || (f != NULL && *flag != NULL && f != *flag);
		if (f != NULL)
			*flag = f;
	}
	if (several || (known > 0 && known < names)) {
		*reason = arena_printf(t->arena, "these are not names of one "
		    "flag (docker's is %s)", docker_flag_name(t->arena, *flag));
		return false;
	}
	if (*flag != NULL && (*flag)->shape != spec_shape(s)) {
		static const char *const should[] = {
			[FLAG_BOOL] = "takes no value: no type word",
			[FLAG_SINGLE] = "takes one value: the type word string",
			[FLAG_LIST] = "may be repeated: the type word list",
		};

		*reason = arena_printf(t->arena, "docker's %s %s",
		    docker_flag_name(t->arena, *flag), should[(*flag)->shape]);
		return false;
	}
	return true;
}

/* The flag that only the policy knows; specs that share a name are one flag. */
static bool
extra_flag(struct flag_table *t, const struct spec *s,
    const struct docker_flag **flag, const char **reason)
{
	struct docker_flag *f = flag_table_extra_letter(t, s->letter);
	struct strv names = s->names;

	for (size_t i = 0; i < s->names.n; i++) {
		struct docker_flag *other = flag_table_extra_long(
		    t, s->names.v[i], strlen(s->names.v[i]));

		if (f != NULL && other != NULL && other != f)
			return reason_set(reason, t->arena, "%s and %s stand "
			    "in this policy as two flags",
			    docker_flag_name(t->arena, f),
			    docker_flag_name(t->arena, other));
		f = f == NULL ? other : f;
	}
	if (f == NULL) {
		t->extra = arena_room(t->arena, t->extra, t->n, &t->size,
		    sizeof(*t->extra));
		f = arena_alloc(t->arena, sizeof(*f));
		t->extra[t->n++] = f;
		f->commands = "";
		f->names = "";
		f->shape = spec_shape(s);
	}
	if (f->shape != spec_shape(s) || (s->letter != '\0' &&
	    f->letter != '\0' && f->letter != s->letter)) {
		*reason = arena_printf(t->arena, "%s stands in this policy in "
		    "another form", docker_flag_name(t->arena, f));
		return false;
	}
	if (f->letter == '\0')
		f->letter = s->letter;
	if (*f->names != '\0')
		strv_push(&names, f->names);
	f->names = strv_join(&names, "|");
	*flag = f;
	return true;
}

static void
set_add(struct flagset *set, struct arena *a, const struct docker_flag *f)
{
	if (flagset_has(set, f))
		return;
	ARENA_ADD(a, set, f);
}

bool
flagset_has(const struct flagset *set, const struct docker_flag *f)
{
	for (size_t i = 0; i < set->n; i++) {
		if (set->v[i] == f)
			return true;
	}
	return false;
}

/* Takes the quotes out; a quote only groups, and no flag holds one. */
static bool
unquote(char *text, struct arena *a, const char **reason)
{
	char quote = '\0', *out = text;

	for (; *text != '\0'; text++) {
		if (quote == '\0' && (*text == '"' || *text == '\''))
			quote = *text;
		else if (quote != '\0' && *text == quote)
			quote = '\0';
		else
			*out++ = *text;
	}
	*out = '\0';
	if (quote != '\0')
		*reason = arena_printf(a, "a %c is not closed", quote);
	return quote == '\0';
}

bool
flagset_read(struct flagset *set, struct flag_table *t, const char *specs,
    const char **reason)
{
	char *text = arena_strdup(t->arena, specs);

	if (!unquote(text, t->arena, reason))
		return false;
	do {
		bool last = strchr(text, ',') == NULL;
		const struct docker_flag *f;
		struct spec s;

		if (!read_spec(&s, t->arena, cut(&text, ","), reason) ||
		    !known_flag(t, &s, &f, reason))
			return false;
		if (f == NULL && !extra_flag(t, &s, &f, reason))
			return false;
		set_add(set, t->arena, f);
		if (last)
			return true;
	} while (true);
}
