/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/mount_flag.h"

#include "core/base/csv.h"

#include <string.h>

const char *
mount_flag_text(struct arena *a, const struct mount *m, const char *source)
{
	struct strv options = strv_new(a);

	if (m->type == MOUNT_TMPFS) {
		if (m->tmpfs_options != NULL)
			strv_push(&options, m->tmpfs_options);
		if (m->kind == VALUE_MOUNT && m->read_only)
			strv_push(&options, "ro");
		if (m->tmpfs_size != NULL)
			strv_pushf(&options, "size=%s", m->tmpfs_size);
		if (m->tmpfs_mode != NULL)
			strv_pushf(&options, "mode=%s", m->tmpfs_mode);
		return options.n == 0 ? m->target : arena_printf(a, "%s:%s",
		    m->target, strv_join(&options, ","));
	}
	return arena_printf(a, "%s%s%s%s", source == NULL ? "" : source,
	    source == NULL ? "" : ":", m->target, m->read_only ? ":ro" : "");
}

/* SELinux's labels: only -v can say them. */
static const char *
relabelled(struct arena *a, const struct mount *m, const char *source)
{
	if (!mount_relabels(m) || source == NULL || strchr(source, ':') != NULL)
		return NULL;
	return arena_printf(a, "--volume=%s:%s:%s%s%s", source, m->target,
	    m->options.v[0], m->read_only ? ",ro" : "",
	    m->no_copy ? ",nocopy" : "");
}

const char *
mount_flag(struct arena *a, const struct mount *m, const char *source)
{
	struct strv fields = strv_new(a);
	const char *volume = relabelled(a, m, source);

	if (volume != NULL)
		return volume;
	/* These two create nothing and read the same in every client. */
	if (m->kind == VALUE_TMPFS)
		return arena_printf(
		    a, "--tmpfs=%s", mount_flag_text(a, m, NULL));
	if (m->kind == VALUE_VOLUME && m->type == MOUNT_ANONYMOUS)
		return arena_printf(a, "--volume=%s", m->target);
	strv_push(&fields, m->type == MOUNT_BIND ? "type=bind"
		: m->type == MOUNT_TMPFS ? "type=tmpfs" : "type=volume");
	if (source != NULL)
		strv_push(&fields, csv_field(a,
		    arena_printf(a, "source=%s", source)));
	strv_push(&fields, csv_field(a,
	    arena_printf(a, "target=%s", m->target)));
	if (m->read_only)
		strv_push(&fields, "readonly");
	if (m->no_copy)
		strv_push(&fields, "volume-nocopy");
	for (size_t i = 0; i < m->options.n; i++)
		strv_push(&fields, csv_field(a, m->options.v[i]));
	if (m->tmpfs_size != NULL)
		strv_push(&fields, csv_field(a,
		    arena_printf(a, "tmpfs-size=%s", m->tmpfs_size)));
	if (m->tmpfs_mode != NULL)
		strv_push(&fields, csv_field(a,
		    arena_printf(a, "tmpfs-mode=%s", m->tmpfs_mode)));
	return arena_printf(a, "--mount=%s", strv_join(&fields, ","));
}
