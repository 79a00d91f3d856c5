/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/mounts_sources.h"

#include "core/verdict/trace.h"

#include <string.h>

void
mounts_sources_rules(struct state *s, struct path_rules *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		struct path_rule *r = &rules->v[i];

		if (r->need != NULL)
			continue;
		r->need = needs_add(s->needs, s->arena, NEED_PATH, r->path);
		r->need->wants_all = r->grade == PATH_REFUSED;
	}
}

/* The sentence for a path that the policy does not give. */
static const char *
path_reason(struct state *s, const struct path_rules *rules,
    const char *path, const struct path_rule *by)
{
	if (by == NULL)
		return arena_printf(s->arena, "'%s' is not in ALLOWEDPATHS "
		    "(allowed: %s)", path, rules->allowed.n == 0 ? "none"
			: strv_join(&rules->allowed, " "));
	return arena_printf(s->arena, path_rules_cover(by, path)
	    ? "'%s' lies in '%s', which is restricted (%s:%u)"
	    : "'%s' holds '%s', which is restricted (%s:%u)", path, by->path,
	    by->setting->file, by->setting->line);
}

static void
trace_path(struct state *s, const char *path, enum path_grade grade,
    const struct path_rule *by)
{
	static const char *const words[] = { "refused", "read-only",
		"writable" };

	if (s->trace == NULL)
		return;
	if (by == NULL)
		trace_line(s, "'%s' is %s: no %s", path, words[grade],
		    grade == PATH_REFUSED ? "ALLOWEDPATHS covers it"
			: "ALLOWEDPATHS or RESTRICTEDPATHS limits it");
	else
		trace_line(s, "'%s' is %s by '%s' of %s (%s:%u)", path,
		    words[grade], by->path, by->setting->key->name,
		    by->setting->file, by->setting->line);
}

bool
mounts_sources_allowed(struct state *s, const struct path_rules *rules,
    const char *path, bool forced, bool *read_only, const char **reason)
{
	struct path_rules bound = *rules;
	const struct path_rule *by;
	enum path_grade grade;

	bound.bounded = rules->bounded && !forced;
	grade = path_rules_grade(&bound, path, &by);
	trace_path(s, path, grade, by);
	if (grade == PATH_REFUSED) {
		*reason = path_reason(s, rules, path, by);
		return false;
	}
	*read_only = *read_only || grade == PATH_READ_ONLY;
	return true;
}

bool
mounts_sources_found(struct state *s, struct need *n,
    const char *given, const char **source, const char **reason)
{
	if (n->state != NEED_MET || n->resolved == NULL) {
		*reason = arena_printf(s->arena, "'%s': %s", given,
		    need_why(n));
		return false;
	}
	*source = n->resolved;
	if (path_is_kernels(*source) &&
	    path_below("/dev/shm", *source) == NULL) {
		*reason = arena_printf(s->arena, "'%s' is the kernel's (/proc, "
		    "/sys, /dev)", *source);
		return false;
	}
	if (**source != '/' || (*source)[strcspn(*source, "\r\n")] != '\0') {
		*reason = arena_printf(s->arena, "'%s' cannot be mounted by "
		    "that name", *source);
		return false;
	}
	return true;
}
