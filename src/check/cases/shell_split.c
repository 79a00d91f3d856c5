/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/shell_split.h"

#include "core/base/ascii.h"

#include <string.h>

struct reading {
	const char *at;
	char *out; /* where the word's next byte goes */
	const char **reason;
};

static bool
fail(struct reading *r, const char *reason)
{
	*r->reason = reason;
	return false;
}

/* '...' */
static bool
single(struct reading *r)
{
	for (r->at++; *r->at != '\''; r->at++) {
		if (*r->at == '\0')
			return fail(r, "a ' is not closed");
		*r->out++ = *r->at;
	}
	r->at++;
	return true;
}

/* A $ or ` that a shell would replace by something. */
static bool
is_expansion(const char *s)
{
	return *s == '`' || (*s == '$' && s[1] != '\0' &&
	    (ascii_span(s + 1, "_") > 0 || strchr("({@*#?-!$", s[1]) != NULL));
}

/* "...": \ quotes ", \, $ and ` only. */
static bool
twofold(struct reading *r)
{
	for (r->at++; *r->at != '"'; r->at++) {
		if (*r->at == '\0')
			return fail(r, "a \" is not closed");
		if (is_expansion(r->at))
			return fail(r, "a shell would replace a $ or ` here: "
			    "write it in '...'");
		if (*r->at == '\\' && r->at[1] != '\0' &&
		    strchr("\"\\$`", r->at[1]) != NULL)
			r->at++;
		*r->out++ = *r->at;
	}
	r->at++;
	return true;
}

/* One escape of $'...', r->at on the byte behind the backslash. */
static bool
escape(struct reading *r)
{
	static const char letters[] = "ntr\\'\"", bytes[] = "\n\t\r\\'\"";
	const char *which = *r->at == '\0' ? NULL : strchr(letters, *r->at);
	unsigned value = 0;
	int n = 0;

	if (which != NULL) {
		*r->out++ = bytes[which - letters];
		r->at++;
		return true;
	}
	for (; n < 3 && *r->at >= '0' && *r->at <= '7'; n++)
		value = value * 8 + (unsigned)(*r->at++ - '0');
	if (n == 0 || value == 0 || value > 255)
		return fail(r, "in $'...' only \\n \\t \\r \\\\ \\' \\\" and "
		    "three octal digits are read");
	*r->out++ = (char)value;
	return true;
}

/* $'...' */
static bool
dollar(struct reading *r)
{
	for (r->at += 2; *r->at != '\'';) {
		if (*r->at == '\0')
			return fail(r, "a $' is not closed");
		if (*r->at == '\\') {
			r->at++;
			if (!escape(r))
				return false;
		} else {
			*r->out++ = *r->at++;
		}
	}
	r->at++;
	return true;
}

static bool
word(struct reading *r)
{
	while (*r->at != '\0' && *r->at != ' ' && *r->at != '\t') {
		bool good = true;

		if (*r->at == '\'')
			good = single(r);
		else if (*r->at == '"')
			good = twofold(r);
		else if (r->at[0] == '$' && r->at[1] == '\'')
			good = dollar(r);
		else if (is_expansion(r->at))
			good = fail(r, "a shell would replace a $ or ` here: "
			    "write it in '...'");
		else if (strchr(";&|<>()", *r->at) != NULL)
			good = fail(r, "a shell would not pass on one of "
			    ";&|<>() here: write it in '...'");
		else if (*r->at == '\\' && r->at[1] == '\0')
			good = fail(r, "a \\ at the end of a line");
		else {
			r->at += *r->at == '\\';
			*r->out++ = *r->at++;
		}
		if (!good)
			return false;
	}
	return true;
}

bool
shell_split(struct strv *words, const char *line, const char **reason)
{
	struct reading r = { .at = line, .reason = reason };

	for (r.at += strspn(r.at, " \t"); *r.at != '\0' && *r.at != '#';
	    r.at += strspn(r.at, " \t")) {
		char *text = arena_alloc(words->arena, strlen(r.at) + 1);

		r.out = text;
		if (!word(&r))
			return false;
		strv_push(words, text);
	}
	return true;
}
