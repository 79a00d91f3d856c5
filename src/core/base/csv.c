/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/csv.h"

#include <string.h>

/* A field that begins behind a quote; *text moves behind the field. */
static bool
read_quoted(struct strv *fields, const char **text)
{
	char *field = arena_alloc(fields->arena, strlen(*text) + 1);
	char *out = field;
	const char *s = *text;

	while (*s != '"' || s[1] == '"') {
		if (*s == '\0')
			return false;
		if (*s == '"')
			s++;
		*out++ = *s++;
	}
	s++;
	if (*s != ',' && *s != '\0')
		return false;
	strv_push(fields, field);
	*text = s;
	return true;
}

bool
csv_read(struct strv *fields, const char *text)
{
	if (text[strcspn(text, "\r\n")] != '\0')
		return false;
	while (true) {
		if (*text == '"') {
			text++;
			if (!read_quoted(fields, &text))
				return false;
		} else {
			size_t n = strcspn(text, ",\"");

			if (text[n] == '"')
				return false;
			strv_push(fields,
			    arena_strndup(fields->arena, text, n));
			text += n;
		}
		if (*text == '\0')
			return true;
		text++;
	}
}

const char *
csv_field(struct arena *a, const char *text)
{
	char *quoted, *out;

	if (text[strcspn(text, ",\"")] == '\0')
		return text;
	out = quoted = arena_alloc(a, strlen(text) * 2 + 3);
	*out++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"')
			*out++ = '"';
		*out++ = *text;
	}
	*out = '"';
	return quoted;
}
