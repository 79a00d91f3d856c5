/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_forms.h"

#include "core/base/ascii.h"
#include "core/base/boolean.h"
#include "core/docker/path.h"
#include "core/docker/port.h"
#include "core/docker/quantity.h"
#include "core/docker/value_csv.h"
#include "core/docker/value_device.h"
#include "core/docker/value_ids.h"
#include "core/docker/value_text.h"

#include <string.h>

/* Options of volumes: KEY=VALUE, the value often a path. */
static bool
forms_volume_option(struct value_parts *out, struct arena *a,
    const char *value, const char **reason)
{
	if (path_odd(value))
		return value_text_wrong(reason, "holds a path that is not "
		    "plain (no .., no //)");
	(void)value_parts_add(out, a, value);
	return true;
}

/* KEY=VALUE and KEY:VALUE; docker cuts at the first =, else at the first : */
static bool
forms_security(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, strchr(value, '=') != NULL ? "=" : ":");
	bool on = true, bare = value[n] == '\0';
	struct value_part *p;

	if (bare && strcmp(value, "no-new-privileges") != 0)
		return value_text_wrong(reason, "is not KEY=VALUE");
	if (!bare && strncmp(value, "no-new-privileges", n) == 0 && n == 17 &&
	    !boolean_read(value + n + 1, &on))
		return value_text_wrong(reason, "is neither true nor false");
	if (n == 17 && strncmp(value, "no-new-privileges", n) == 0) {
		out->canonical = on ? "no-new-privileges=true"
				    : "no-new-privileges=false";
		p = value_parts_add(out, a, out->canonical);
		if (on)
			strv_push(&p->forms, "no-new-privileges");
		return true;
	}
	if (value[n + 1] == '/' && strcmp(path_clean(a, value + n + 1),
	    value + n + 1) != 0)
		return value_text_wrong(reason,
		    "is not a plain path (no .., no //)");
	out->canonical = arena_printf(a, "%.*s=%s", (int)n, value,
	    value + n + 1);
	(void)value_parts_add(out, a, out->canonical);
	return true;
}

/* docker trims both sides and lowers the key. */
static bool
forms_filter(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, "=");
	char *key = value_text_trimmed(a, arena_strndup(a, value, n));
	char *rest =
	    value_text_trimmed(a, value[n] == '\0' ? "" : value + n + 1);

	if (key == NULL || rest == NULL || value[n] == '\0')
		return value_text_wrong(
		    reason, "is not KEY=VALUE in plain ASCII");
	out->canonical = arena_printf(a, "%s=%s",
	    value_text_lowered(a, key, strlen(key)), rest);
	(void)value_parts_add(out, a, out->canonical);
	return true;
}

/* no, always, unless-stopped, on-failure[:COUNT]; a count of 0 is none. */
static bool
forms_restart(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, ":");
	const char *name = *value == '\0' ? "no" : arena_strndup(a, value, n);
	const char *count = value[n] == '\0' ? "0" : value + n + 1;
	struct value_part *p;

	if (*count == '\0' || count[strspn(count, "0123456789")] != '\0')
		return value_text_wrong(reason, "is not NAME or NAME:COUNT");
	count = value_text_plain_id(a, count, strlen(count));
	p = value_parts_add(out, a, strcmp(count, "0") == 0 ? name
	    : arena_printf(a, "%s:%s", name, count));
	/* Empty: update changes nothing. */
	out->canonical = *value == '\0' ? NULL : p->forms.v[0];
	strv_push(&p->forms, strcmp(count, "0") == 0
	    ? arena_printf(a, "%s:0", name) : name);
	return true;
}

/* A file: one spelling for a path; links are the directory's owner's affair. */
static bool
forms_file(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	const char *whole = *value == '/' ? value
	    : arena_printf(a, "/%s", value);

	if (strcmp(path_clean(a, whole), whole) != 0)
		return value_text_wrong(reason, "is not a plain path (no .., "
		    "no //, no ./)");
	(void)value_parts_add(out, a, value);
	return true;
}

/* NAME:ADDRESS; newer clients take a = for the colon. */
static bool
forms_host(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, "=:");

	if (value[n] == '\0')
		return value_text_wrong(reason, "is not NAME:ADDRESS");
	(void)value_parts_add(out, a, arena_printf(a, "%.*s:%s", (int)n, value,
	    value + n + 1));
	return true;
}

/* A cgroup's path, or a slice's name. */
static bool
forms_cgroup(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	bool path = strchr(value, '/') != NULL;

	if (path && strcmp(path_clean(a, value), value) != 0)
		return value_text_wrong(reason,
		    "is not a plain path (/x, no .., no //)");
	(void)value_parts_add(out, a, value);
	return true;
}

/* The kernel takes a / for a dot, and two for one. */
static bool
forms_sysctl(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, "=");

	if (ascii_span(value, "_.-") != n || value[n] == '\0' ||
	    *value == '.' || (n > 0 && value[n - 1] == '.') ||
	    strstr(arena_strndup(a, value, n), "..") != NULL)
		return value_text_wrong(reason, "is not NAME=VALUE");
	(void)value_parts_add(out, a, value);
	return true;
}

/* docker lowers the key. */
static bool
forms_storage(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, "=");

	if (ascii_span(value, "_.-") != n || value[n] == '\0')
		return value_text_wrong(reason, "is not NAME=VALUE");
	out->canonical =
	    arena_printf(a, "%s%s", value_text_lowered(a, value, n), value + n);
	(void)value_parts_add(out, a, out->canonical);
	return true;
}

static bool
forms_ulimit(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct value_part *p;
	struct ulimit u;

	if (!quantity_ulimit(&u, a, value))
		return value_text_wrong(reason, "is not NAME=SOFT[:HARD]");
	out->canonical = arena_printf(a, "%s=%lld:%lld", u.name,
	    (long long)u.soft, (long long)u.hard);
	p = value_parts_add(out, a, out->canonical);
	if (u.soft == u.hard)
		strv_pushf(&p->forms, "%s=%lld", u.name, (long long)u.soft);
	return true;
}

static bool
forms_port(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	struct port p;

	if (!port_read(&p, a, value, reason))
		return false;
	out->canonical = port_text(a, &p);
	if (p.host != p.host_last || p.port != p.port_last)
		out->many = "is a range, and some ports are restricted: "
			    "publish them one by one";
	(void)value_parts_add(out, a, out->canonical);
	return true;
}

static bool
forms_workdir(struct value_parts *out, struct arena *a, const char *value,
    const char **reason)
{
	(void)reason;
	(void)value_parts_add(out, a, *value == '/' ? path_clean(a, value)
						   : value);
	return true;
}

/* As value_forms; NULL: there is none. */
static value_forms_fn *const forms_of[] = {
#define KIND(name, traits, separators, word, forms, check, probe) \
	[VALUE_##name] = forms,
#include "core/docker/kinds.def"
#undef KIND
};

bool
value_forms(struct value_parts *out, struct arena *a,
    const struct docker_flag *f, const char *value, const char **reason)
{
	value_forms_fn *forms = forms_of[f->kind];
	struct value_part *p;
	int64_t number;

	*out = (struct value_parts) { 0 };
	if (forms != NULL)
		return forms(out, a, value, reason);
	p = value_parts_add(out, a, value);
	if (!value_kind_has(f->kind, KIND_QUANTITY))
		return true;
	if (quantity_read(f->kind, value, &number))
		strv_pushf(&p->forms, "%lld", (long long)number);
	else
		out->many = "is no number that docker and undocker read alike";
	return true;
}
