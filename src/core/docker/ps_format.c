/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/ps_format.h"

#include "core/base/text.h"

#include <string.h>

#define FIELD(name) "\"" name "\":{{json ." name "}},"

/* What {{json .}} prints, of clients from 20.10 on. */
static const char whole[] = "{" FIELD("Command") FIELD("CreatedAt")
    FIELD("ID") FIELD("Image") FIELD("Labels") FIELD("LocalVolumes")
    FIELD("Mounts") FIELD("Names") FIELD("Networks") FIELD("Ports")
    FIELD("RunningFor") "\"Size\":\"0B\"," FIELD("State")
    "\"Status\":{{json .Status}}}";

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Text behind a dot: methods of Go that a template can call begin so. */
static bool
is_field(const char *text)
{
	static const char *const fields[] = { "ID", "Names", "Image", "Command",
		"CreatedAt", "RunningFor", "Ports", "State", "Status",
		"LocalVolumes", "Mounts", "Networks", "Labels", "Label",
		"Platform", "HealthStatus", NULL };
	size_t n = 0;

	while (is_capital(text[n]) || (text[n] >= 'a' && text[n] <= 'z') ||
	    (text[n] >= '0' && text[n] <= '9') || text[n] == '_')
		n++;
	return text_among(text, n, fields);
}

/* Every use of json is of a field. In a text it may stand for itself: refused,
   because where a template's text ends is docker's to say. */
static bool
json_is_of_fields(const char *text)
{
	while ((text = strstr(text, "json")) != NULL) {
		text += 4;
		text += strspn(text, " \t\r\n");
		if (text[0] != '.' || !is_capital(text[1]))
			return false;
	}
	return true;
}

static bool
is_whole(const char *text)
{
	static const char *const words[] = { "{{", "json", ".", "}}" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);

		text += strspn(text, " ");
		if (strncmp(text, words[i], n) != 0)
			return false;
		text += n;
	}
	return *text == '\0';
}

bool
ps_format(const char **text)
{
	if (strcmp(*text, "json") == 0)
		return true;
	if (is_whole(*text)) {
		*text = whole;
		return true;
	}
	for (const char *dot = *text; (dot = strchr(dot, '.')) != NULL; dot++) {
		if (is_capital(dot[1]) && !is_field(dot + 1))
			return false;
	}
	return json_is_of_fields(*text);
}
