/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_ids.h"

#include "core/base/ascii.h"
#include "core/docker/value_text.h"

#include <string.h>

/* USER[:GROUP]; docker takes an empty user for root. */
bool
value_ids_user(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, ":");
	struct value_part *p;
	const char *user;

	/* Signs are numbers to docker, too: -0 is root. */
	if (ascii_span(value, "_.:-") != strlen(value) || *value == '-' ||
	    (value[n] != '\0' && (strchr(value + n + 1, ':') != NULL ||
	    value[n + 1] == '-')))
		return value_text_wrong(reason, "is not USER or USER:GROUP");
	user = value_text_plain_id(a, value, n);
	if (value[n] == '\0' || value[n + 1] == '\0') {
		out->canonical = user;
		(void)value_parts_add(out, a, user);
		return true;
	}
	out->canonical = arena_printf(a, "%s:%s", user,
	    value_text_plain_id(a, value + n + 1, strlen(value + n + 1)));
	p = value_parts_add(out, a, out->canonical);
	p->restrictable = user;
	return true;
}

/* A name would be looked up in the image, which may say any number. */
bool
value_ids_group(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strspn(value, "0123456789");

	if (n == 0 || value[n] != '\0')
		return value_text_wrong(reason, "is not a group's number");
	out->canonical = value_text_plain_id(a, value, n);
	(void)value_parts_add(out, a, out->canonical);
	return true;
}

bool
value_ids_capability(struct value_parts *out, struct arena *a,
    const char *value, const char **reason)
{
	char *name = value_text_trimmed(a, value);
	struct value_part *p;

	if (name == NULL)
		return value_text_wrong(reason, "is not a capability");
	for (char *c = name; *c != '\0'; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
	if (strncmp(name, "CAP_", 4) == 0)
		name += 4;
	if (strncmp(name, "CAP_", 4) == 0 || *name == '\0')
		return value_text_wrong(reason, "is not a capability");
	out->canonical = strcmp(name, "ALL") == 0 ? name
	    : arena_printf(a, "CAP_%s", name);
	if (strcmp(name, "ALL") == 0)
		out->many = "holds some that are restricted";
	p = value_parts_add(out, a, name);
	strv_pushf(&p->forms, "CAP_%s", name);
	return true;
}
