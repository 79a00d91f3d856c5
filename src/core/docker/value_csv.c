/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_csv.h"

#include "core/base/ascii.h"
#include "core/base/csv.h"
#include "core/docker/object_name.h"
#include "core/docker/value_text.h"

#include <string.h>

static bool
is_ascii(struct arena *a, const char *s)
{
	return value_text_trimmed(a, s) != NULL;
}

/* Lowered, and without the blanks around it. */
static char *
folded(struct arena *a, const char *s, size_t n)
{
	char *text = value_text_trimmed(a, arena_strndup(a, s, n));

	return value_text_lowered(a, text, strlen(text));
}

/* A network's name or a mode, or container:NAME. */
static bool
is_network(const char *name)
{
	if (strncmp(name, "container:", 10) == 0)
		name += 10;
	return object_name_valid(name, strlen(name));
}

/* docker finds a network by the beginning of its id, too. */
static void
add_name(struct value_parts *out, struct arena *a, const char *name)
{
	if (name[strspn(name, "0123456789abcdef")] == '\0')
		out->many = "may be a network's id: give its name";
	(void)value_parts_add(out, a, name);
}

/* docker's long syntax: lower case, the last name= counts. */
static bool
network_long(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct strv fields = strv_new(a), options = strv_new(a);
	const char *name = NULL;

	if (!csv_read(&fields, value))
		return value_text_wrong(reason, "is not one line of "
		    "comma-separated fields");
	for (size_t i = 0; i < fields.n; i++) {
		size_t n = strcspn(fields.v[i], "=");
		const char *key = folded(a, fields.v[i], n), *rest;

		if (fields.v[i][n] == '\0' || *key == '\0')
			return value_text_wrong(reason, "has a field that is "
			    "not KEY=VALUE");
		rest = fields.v[i] + n + 1;
		rest = folded(a, rest, strlen(rest));
		if (strcmp(key, "name") == 0)
			name = rest;
		else
			strv_pushf(&options, "%s=%s", key, rest);
	}
	if (name == NULL || !is_network(name))
		return value_text_wrong(reason, "names no network");
	add_name(out, a, name);
	out->canonical = name;
	if (options.n == 0)
		return true;
	out->canonical = arena_printf(a, "name=%s", name);
	for (size_t i = 0; i < options.n; i++) {
		(void)value_parts_add(out, a, options.v[i]);
		out->canonical = arena_printf(a, "%s,%s", out->canonical,
		    csv_field(a, options.v[i]));
	}
	return true;
}

bool
value_csv_network(struct value_parts *out, struct arena *a,
    const char *value, const char **reason)
{
	*out = (struct value_parts) { 0 };
	if (!is_ascii(a, value))
		return value_text_wrong(reason, "is not plain ASCII");
	if (strchr(value, '=') != NULL)
		return network_long(out, a, value, reason);
	/* Empty is docker's default. */
	if (*value != '\0' && !is_network(value))
		return value_text_wrong(reason, "is not a network's name");
	add_name(out, a, *value == '\0' ? "default" : value);
	return true;
}

/* all, -1 and a number of GPUs */
static bool
gpu_count(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct value_part *p;

	if (strcmp(value, "all") == 0 || strcmp(value, "-1") == 0)
		value = "all";
	else if (*value == '\0' || strlen(value) > 9 ||
	    value[strspn(value, "0123456789")] != '\0')
		return value_text_wrong(reason, "is no number of GPUs");
	while (value[0] == '0')
		value++;
	/* For none the image's own variable would decide. */
	if (*value == '\0')
		return value_text_wrong(reason, "is no number of GPUs");
	out->many = "may be any GPU, and some are restricted: name devices";
	p = value_parts_add(out, a, arena_printf(a, "count=%s", value));
	strv_push(&p->forms, value);
	return true;
}

/* Each device is a part of its own: who may have 0 and 1 may have both. */
static bool
gpu_devices(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct value_part *p;

	while (true) {
		size_t n = strcspn(value, ",");

		/* "00" would be read as 0. */
		if (n == 0 || ascii_span(value, "_.:/-") < n ||
		    (n > 1 && *value == '0' && ascii_digit(value[1])))
			return value_text_wrong(
			    reason, "has a device that is none");
		p = value_parts_add(out, a, arena_printf(a, "device=%.*s",
		    (int)n, value));
		if (strspn(value, "0123456789") < n)
			out->many = "may be any GPU, and some are restricted: "
				    "name devices by number";
		if (n == 3 && strncmp(value, "all", n) == 0) {
			strv_push(&p->forms, "count=all");
			strv_push(&p->forms, "all");
		}
		if (value[n] == '\0')
			return true;
		value += n + 1;
	}
}

bool
value_csv_gpus(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct strv fields = strv_new(a), seen = strv_new(a);

	if (!is_ascii(a, value) || !csv_read(&fields, value))
		return value_text_wrong(reason, "is not one line of "
		    "comma-separated fields");
	for (size_t i = 0; i < fields.n; i++) {
		size_t n = strcspn(fields.v[i], "=");
		bool bare = fields.v[i][n] == '\0';
		const char *key = bare ? "count"
		    : arena_strndup(a, fields.v[i], n);
		const char *rest = bare ? fields.v[i] : fields.v[i] + n + 1;

		if (strv_has(&seen, key))
			return value_text_wrong(reason, "says something twice");
		strv_push(&seen, key);
		if (strcmp(key, "count") == 0) {
			if (!gpu_count(out, a, rest, reason))
				return false;
		} else if (strcmp(key, "device") == 0) {
			if (!gpu_devices(out, a, rest, reason))
				return false;
		} else if (strcmp(key, "driver") == 0 ||
		    strcmp(key, "capabilities") == 0 ||
		    strcmp(key, "options") == 0) {
			(void)value_parts_add(out, a,
			    arena_printf(a, "%s=%s", key, rest));
		} else {
			return value_text_wrong(reason, "has a field that is "
			    "none of --gpus");
		}
	}
	/* docker gives one where neither is said. */
	return strv_has(&seen, "count") || strv_has(&seen, "device") ||
	    gpu_count(out, a, "1", reason);
}
