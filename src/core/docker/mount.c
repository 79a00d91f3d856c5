/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/mount.h"

#include "core/base/boolean.h"
#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/docker/object_name.h"

#include <string.h>

static bool
wrong(struct arena *a, const char **reason, const char *what, const char *why)
{
	*reason = arena_printf(a, "'%s' %s", what, why);
	return false;
}

static bool
source_valid(struct mount *m, struct arena *a, const char **reason)
{
	if (m->source[strcspn(m->source, "\r\n")] != '\0')
		return wrong(a, reason, m->source, "holds a line end");
	if (m->type == MOUNT_VOLUME) {
		if (strlen(m->source) < 2 ||
		    !object_name_valid(m->source, strlen(m->source)))
			return wrong(a, reason, m->source, "is neither a path "
			    "(/x, ./x) nor a volume's name");
	} else if (m->source[0] != '/' && m->source[0] != '.') {
		return wrong(a, reason, m->source,
		    "is not a path (/x, ./x)");
	}
	return true;
}

static bool
set_option(struct mount *m, struct arena *a, const char *option,
    const char **reason)
{
	static const char *const propagations[] = { "shared", "rshared",
		"slave", "rslave", "private", "rprivate",
		NULL };

	if (strcmp(option, "ro") == 0 || strcmp(option, "rw") == 0) {
		m->read_only = m->read_only || option[1] == 'o';
		return true;
	}
	if (strcmp(option, "nocopy") == 0 && m->type == MOUNT_VOLUME) {
		m->no_copy = true;
		return true;
	}
	/* One at the most: only -v can say z, only --mount the others. */
	if (m->options.n == 0 && (strcmp(option, "z") == 0 ||
	    strcmp(option, "Z") == 0)) {
		strv_push(&m->options, option);
		return true;
	}
	if (m->type == MOUNT_BIND && m->options.n == 0 &&
	    text_among(option, strlen(option), propagations)) {
		strv_pushf(&m->options, "bind-propagation=%s", option);
		return true;
	}
	return wrong(a, reason, option, "is an option that is not allowed "
	    "(allowed: ro, rw)");
}

/* -v: DST, SRC:DST or SRC:DST:OPTIONS */
static bool
read_volume(struct mount *m, struct arena *a, const char *value,
    const char **reason)
{
	char *part[4] = { arena_strdup(a, value) }, *colon, *option;
	bool good = true;
	size_t n = 1;

	while ((colon = strchr(part[n - 1], ':')) != NULL) {
		if (n == 3)
			return wrong(a, reason, value, "has too many colons");
		*colon = '\0';
		part[n++] = colon + 1;
	}
	for (size_t i = 0; i < n; i++) {
		if (*part[i] == '\0')
			return wrong(a, reason, value, "has an empty part");
	}
	m->type = MOUNT_ANONYMOUS;
	m->target = part[n == 1 ? 0 : 1];
	if (n == 1)
		return true;
	m->source = part[0];
	m->type = strchr("/.", part[0][0]) != NULL ? MOUNT_BIND : MOUNT_VOLUME;
	while (n == 3 && part[2] != NULL) {
		option = part[2];
		colon = strchr(option, ',');
		if (colon != NULL)
			*colon++ = '\0';
		part[2] = colon;
		good = set_option(m, a, option, reason) && good;
	}
	return good;
}

static void
lower(char *s)
{
	for (; *s != '\0'; s++) {
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	}
}

static bool
set_type(struct mount *m, struct arena *a, const char *value,
    const char **reason)
{
	char *type = arena_strdup(a, value);

	lower(type);
	if (strcmp(type, "bind") == 0)
		m->type = MOUNT_BIND;
	else if (strcmp(type, "volume") == 0)
		m->type = MOUNT_VOLUME;
	else if (strcmp(type, "tmpfs") == 0)
		m->type = MOUNT_TMPFS;
	else
		m->type = MOUNT_OTHER;
	return m->type != MOUNT_OTHER || wrong(a, reason, value, "is a mount "
	    "type that is not allowed (allowed: bind, volume, tmpfs)");
}

/* Fields that need ALLOWEDVALUES: what they do is not seen in source and
   target. */
static bool
is_option(const char *key)
{
	static const char *const keys[] = { "bind-propagation",
		"bind-nonrecursive", "bind-recursive", "volume-driver",
		"volume-opt", "volume-label", "volume-subpath", NULL };

	return text_among(key, strlen(key), keys);
}

/* One field of --mount; value NULL: it has none. */
static bool
set_field(struct mount *m, struct arena *a, const char *key, const char *value,
    const char **reason)
{
	bool on = true;

	if (value != NULL && strcmp(key, "type") == 0)
		return set_type(m, a, value, reason);
	if (value != NULL && (strcmp(key, "source") == 0 ||
	    strcmp(key, "src") == 0)) {
		m->source = value;
	} else if (value != NULL && (strcmp(key, "target") == 0 ||
	    strcmp(key, "dst") == 0 || strcmp(key, "destination") == 0)) {
		m->target = value;
	} else if (value != NULL && strcmp(key, "tmpfs-size") == 0) {
		m->tmpfs_size = value;
	} else if (value != NULL && strcmp(key, "tmpfs-mode") == 0) {
		m->tmpfs_mode = value;
	} else if (strcmp(key, "readonly") == 0 || strcmp(key, "ro") == 0 ||
	    strcmp(key, "volume-nocopy") == 0) {
		if (value != NULL && !boolean_read(value, &on))
			return wrong(a, reason, value, "is no boolean");
		if (*key == 'r')
			m->read_only = on;
		else
			m->no_copy = on;
	} else if (value != NULL && strcmp(key, "volume-driver") == 0 &&
	    !object_name_path_valid(value, strlen(value))) {
		return wrong(a, reason, value, "is not a driver's name");
	} else if (is_option(key)) {
		strv_pushf(&m->options, "%s%s%s", key, value == NULL ? "" : "=",
		    value == NULL ? "" : value);
	} else {
		return wrong(a, reason, key, "is not allowed in --mount "
		    "(allowed: type source target readonly tmpfs-size "
		    "tmpfs-mode)");
	}
	return true;
}

static bool
read_mount(struct mount *m, struct arena *a, const char *value,
    const char **reason)
{
	struct strv fields = strv_new(a);
	bool good = true;

	m->type = MOUNT_VOLUME;
	if (!csv_read(&fields, value))
		return wrong(a, reason, value, "is not one line of "
		    "comma-separated fields");
	for (size_t i = 0; i < fields.n; i++) {
		char *key = arena_strdup(a, fields.v[i]);
		char *equals = strchr(key, '=');

		if (equals != NULL)
			*equals++ = '\0';
		lower(key);
		good = set_field(m, a, key, equals, reason) && good;
	}
	if (!good)
		return false;
	if (m->target == NULL || *m->target == '\0')
		return wrong(a, reason, value, "has no target");
	if (m->source != NULL && *m->source == '\0')
		m->source = NULL;
	if (m->type == MOUNT_VOLUME && m->source == NULL)
		m->type = MOUNT_ANONYMOUS;
	if (m->type == MOUNT_BIND && m->source == NULL)
		return wrong(a, reason, value, "has no source");
	if (m->type == MOUNT_TMPFS && m->source != NULL)
		return wrong(a, reason, value, "is a tmpfs with a source");
	if (m->no_copy && m->type != MOUNT_VOLUME)
		return wrong(a, reason, value, "is no volume with a name");
	if (strchr(m->target, ':') != NULL)
		return wrong(a, reason, m->target, "holds a colon");
	if (m->type != MOUNT_TMPFS && (m->tmpfs_size != NULL ||
	    m->tmpfs_mode != NULL))
		return wrong(a, reason, value, "is no tmpfs");
	return true;
}

/* Every option must be on the list: "suid" and "dev" are not. */
static bool
tmpfs_options_valid(struct arena *a, const char *options, const char **reason)
{
	static const char *const names[] = { "ro", "rw", "noexec", "exec",
		"nosuid", "nodev", "size", "mode", "uid", "gid", "nr_inodes",
		NULL };

	while (true) {
		size_t n = strcspn(options, ",");

		if (!text_among(options, strcspn(options, ",="), names))
			return wrong(a, reason, arena_strndup(a, options, n),
			    "is a tmpfs option that is not allowed");
		if (options[n] == '\0')
			return true;
		options += n + 1;
	}
}

static bool
read_tmpfs(struct mount *m, struct arena *a, const char *value,
    const char **reason)
{
	size_t n = strcspn(value, ":");

	m->type = MOUNT_TMPFS;
	m->target = arena_strndup(a, value, n);
	if (value[n] == '\0')
		return true;
	m->tmpfs_options = value + n + 1;
	return tmpfs_options_valid(a, m->tmpfs_options, reason);
}

bool
mount_read(struct mount *m, struct arena *a, enum value_kind kind,
    const char *value, const char **reason)
{
	bool read;

	*m = (struct mount) { .kind = kind, .options = strv_new(a) };
	if (kind == VALUE_VOLUME)
		read = read_volume(m, a, value, reason);
	else if (kind == VALUE_MOUNT)
		read = read_mount(m, a, value, reason);
	else
		read = read_tmpfs(m, a, value, reason);
	return read && (m->source == NULL || source_valid(m, a, reason));
}

bool
mount_relabels(const struct mount *m)
{
	return m->options.n > 0 && strncasecmp(m->options.v[0], "z", 2) == 0;
}
