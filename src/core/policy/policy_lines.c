/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/policy_lines.h"

#include "core/base/ascii.h"
#include "core/base/strv.h"
#include "core/policy/policy_key.h"

#include <ini.h>
#include <string.h>

#define KEY_MAX 40 /* inih cuts names at 49 bytes; ours are shorter */
#define SECTION "[s]" /* stands for every section */

struct reader {
	struct policy_lines *lines;
	struct arena *arena;
	struct fault *fault;
	const char *name; /* of the file */
	const char *at; /* next unread byte */
	const char *end;
	unsigned number; /* of the last physical line read */
	unsigned sections;
	struct policy_line now; /* what the last stand-in stands for */
};

static bool
complain(struct reader *r, unsigned number, const char *reason)
{
	if (r->lines->faults != NULL) {
		policy_faults_add(r->lines->faults, r->name, number, reason);
		return false;
	}
	return fault_set(r->fault, r->arena, FAULT_POLICY, "%s:%u: %s", r->name,
	    number, reason);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* What no text file holds; NULL: the line is text. */
static const char *
no_text(const char *line, size_t size)
{
	if (size > POLICY_LINE_MAX)
		return "the line is longer than 1 MiB";
	if (memchr(line, '\0', size) != NULL)
		return "the line holds a NUL byte";
	if (memchr(line, '\r', size) != NULL)
		return "a carriage return inside a line";
	return NULL;
}

/*
 * The next physical line, without its end (LF or CRLF). NULL: there is none,
 * or a fault.
 */
static const char *
physical_line(struct reader *r, size_t *size)
{
	const char *line = r->at, *lf, *why;

	if (r->at == r->end)
		return NULL;
	lf = memchr(line, '\n', (size_t)(r->end - line));
	r->at = lf == NULL ? r->end : lf + 1;
	*size = (size_t)((lf == NULL ? r->end : lf) - line);
	r->number++;
	if (*size > 0 && line[*size - 1] == '\r')
		--*size;
	why = no_text(line, *size);
	if (why == NULL)
		return line;
	complain(r, r->number, why);
	*size = 0; /* as an empty line, where faults are collected */
	return r->lines->faults != NULL ? line : NULL;
}

/* Whether text begins like a new setting or section: KEY= or [main, [command */
static bool
begins_anew(struct reader *r, const char *text, size_t size)
{
	size_t n = 0;

	while (n < size && is_blank(text[n]))
		n++;
	text += n;
	size -= n;
	if (size > 0 && (*text == '#' || *text == ';'))
		return true;
	/* A pattern may begin with a bracket, too. */
	if ((size >= 6 && strncmp(text, "[main]", 6) == 0) ||
	    (size >= 9 && strncmp(text, "[command:", 9) == 0))
		return true;
	n = 0;
	while (n < size && ((text[n] >= 'A' && text[n] <= 'Z') ||
	    text[n] == '_'))
		n++;
	if (n == 0 || n > KEY_MAX)
		return false;
	if (policy_key_find(arena_strndup(r->arena, text, n)) == NULL)
		return false;
	while (n < size && is_blank(text[n]))
		n++;
	return n < size && text[n] == '=';
}

/*
 * The next logical line: a \ at the end of a line takes the next one in. NULL:
 * the end, or a fault. A continuation that runs into what is plainly a line of
 * its own would swallow that line, so it is a fault.
 */
static char *
logical_line(struct reader *r, unsigned *number)
{
	struct strv parts = strv_new(r->arena);
	const char *line;
	size_t size, total = 0;

	while ((line = physical_line(r, &size)) != NULL) {
		bool more = size > 0 && line[size - 1] == '\\';

		if (parts.n > 0 && begins_anew(r, line, size)) {
			complain(r, r->number, "this line is swallowed by the "
			    "\\ at the end of the line above");
			if (r->lines->faults == NULL)
				return NULL;
			parts = strv_new(r->arena);
			total = 0;
		}
		if (parts.n == 0)
			*number = r->number;
		/* A comment does not continue. */
		if (parts.n == 0 && (line[0] == '#' || line[0] == ';') &&
		    size > 0)
			return arena_strdup(r->arena, "#");
		if (parts.n == 0 && !more)
			return arena_strndup(r->arena, line, size);
		total += size;
		if (total > POLICY_LINE_MAX) {
			complain(r, *number, "the line and its continuations "
			    "are longer than 1 MiB");
			/* What follows is no line of its own. */
			r->at = r->end;
			return NULL;
		}
		strv_push(&parts,
		    arena_strndup(r->arena, line, more ? size - 1 : size));
		if (!more)
			return strv_join(&parts, "");
	}
	if (parts.n > 0)
		complain(r, *number, "a \\ continues this line, but the file "
		    "ends");
	return NULL;
}

/* Cuts blanks off both ends, in place. */
static char *
trim(char *s)
{
	size_t n;

	while (is_blank(*s))
		s++;
	n = strlen(s);
	while (n > 0 && is_blank(s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

static bool
read_section(struct reader *r, char *text)
{
	char *bracket = strchr(text, ']');

	r->sections++;
	if (bracket == NULL || *trim(bracket + 1) != '\0') {
		complain(r, r->now.number, bracket == NULL ? "the ] is missing"
		    : "text after the ]");
		/* The settings that follow are none of the section above. */
		return r->lines->faults != NULL;
	}
	*bracket = '\0';
	r->now.section = trim(text + 1);
	return true;
}

static bool
read_setting(struct reader *r, char *text)
{
	size_t n = ascii_span(text, "_");
	char *behind = text + n;

	while (is_blank(*behind))
		behind++;
	if (n == 0 || *behind != '=')
		return complain(r, r->now.number,
		    "neither a [section] nor KEY=value nor a comment");
	if (n > KEY_MAX)
		return complain(r, r->now.number, "no key is that long");
	if (r->sections == 0)
		return complain(r, r->now.number,
		    "a setting before the first [section]");
	r->now.key = arena_strndup(r->arena, text, n);
	r->now.value = trim(behind + 1);
	return true;
}

/* Reads up to the next section or setting into r->now. False: end or fault. */
static bool
next_line(struct reader *r)
{
	char *text;

	r->now = (struct policy_line) { 0 };
	while (!policy_faults_full(r->lines->faults) &&
	    (text = logical_line(r, &r->now.number)) != NULL) {
		if (*text == '#')
			continue;
		if (*text == '[')
			return read_section(r, text);
		if (!is_blank(*text) && *text != '\0') {
			if (read_setting(r, text))
				return true;
		} else if (*trim(text) != '\0') {
			complain(r, r->now.number,
			    "an indented line (only a continuation may be)");
		}
		if (r->fault->kind != FAULT_NONE)
			return false;
	}
	return false;
}

static void
push(struct reader *r)
{
	struct policy_lines *l = r->lines;

	ARENA_ADD(r->arena, l, r->now);
}

/* inih's reader: the stand-in for the next line. */
static char *
stand_in(char *line, int size, void *stream)
{
	struct reader *r = stream;
	size_t n;

	if (!next_line(r) || size < KEY_MAX + 4)
		return NULL;
	if (r->now.key == NULL) {
		push(r);
		return memcpy(line, SECTION "\n", sizeof(SECTION "\n"));
	}
	n = strlen(r->now.key);
	memcpy(line, r->now.key, n);
	memcpy(line + n, "=v\n", 4);
	return line;
}

/* inih's handler: takes the true value for the stand-in back. */
static int
take_back(void *user, const char *section, const char *name, const char *value)
{
	struct reader *r = user;

	if (r->now.key == NULL || strcmp(section, "s") != 0 ||
	    strcmp(name, r->now.key) != 0 || strcmp(value, "v") != 0) {
		complain(r, r->number, "inih read something else");
		return 0;
	}
	push(r);
	return 1;
}

bool
policy_lines_read(struct policy_lines *lines, struct arena *a,
    const char *name, const char *bytes, size_t size, struct fault *f)
{
	struct reader r = { .lines = lines, .arena = a, .fault = f,
		.name = name, .at = bytes, .end = bytes + size };
	int result;

	result = ini_parse_stream(stand_in, &r, take_back, &r);
	if (f->kind != FAULT_NONE)
		return false;
	if (result != 0 || r.at != r.end)
		return complain(&r, r.number, "inih did not read it all");
	return true;
}
