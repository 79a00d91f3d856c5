/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_device.h"

#include "core/base/ascii.h"
#include "core/docker/path.h"
#include "core/docker/value_text.h"

#include <string.h>

/* A letter of each at most, in docker's order. */
static const char *
permissions(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, 4);
	size_t n = 0;

	for (const char *c = "rwm"; *c != '\0'; c++) {
		if (strchr(text, *c) != NULL)
			out[n++] = *c;
	}
	return *text != '\0' && text[strspn(text, "rwm")] == '\0' ? out : NULL;
}

/*
 * Whether the path is a plain one of a device: not one that users can make,
 * link or mean otherwise.
 */
static bool
is_device_path(struct arena *a, const char *path)
{
	static const char *const others[] = { "/dev/shm", "/dev/mqueue",
		"/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr" };

	if (strncmp(path, "/dev/", 5) != 0 ||
	    strcmp(path_clean(a, path), path) != 0)
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcmp(others[i], path) == 0 ||
		    path_below(others[i], path) != NULL)
			return false;
	}
	return true;
}

/* VENDOR/CLASS=NAME */
static bool
is_cdi_name(const char *value)
{
	size_t vendor = ascii_span(value, ".-_"), class, name;

	if (!ascii_letter(*value) || value[vendor] != '/')
		return false;
	value += vendor + 1;
	class = ascii_span(value, "-_");
	if (!ascii_letter(*value) || value[class] != '=')
		return false;
	value += class + 1;
	name = ascii_span(value, "-_.:");
	return ascii_span(value, "") > 0 && value[name] == '\0';
}

/* SOURCE[:TARGET][:PERMISSIONS], or a name of CDI: vendor.com/class=name */
bool
value_device_forms(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct strv part = strv_new(a);
	const char *mode = "rwm", *last;
	struct value_part *p;

	if (is_cdi_name(value)) {
		(void)value_parts_add(out, a, value);
		return true;
	}
	for (const char *s = value;; s++) {
		size_t n = strcspn(s, ":");

		strv_push(&part, arena_strndup(a, s, n));
		s += n;
		if (*s == '\0')
			break;
	}
	last = part.v[part.n - 1];
	if (part.n == 3 || (part.n == 2 && permissions(a, last) != NULL)) {
		mode = permissions(a, last);
		part.n--;
	}
	if (part.n > 2 || mode == NULL || !is_device_path(a, part.v[0]) ||
	    !is_device_path(a, part.v[part.n - 1]))
		return value_text_wrong(reason, "is not a device below /dev "
		    "(SOURCE[:TARGET][:rwm])");
	out->canonical = arena_printf(a, "%s:%s:%s", part.v[0],
	    part.v[part.n - 1], mode);
	p = value_parts_add(out, a, out->canonical);
	strv_push(&p->forms, part.v[0]);
	if (strcmp(part.v[0], part.v[part.n - 1]) == 0)
		strv_pushf(&p->forms, "%s:%s", part.v[0], mode);
	return true;
}
