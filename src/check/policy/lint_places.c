/* SPDX-License-Identifier: Apache-2.0 */
/* What of this host containers reach: volumes, paths and ports. */
#include "check/policy/lint.h"
#include "check/policy/lint_probe.h"
#include "core/base/text.h"
#include "core/docker/mount.h"
#include "core/docker/port.h"
#include "core/policy/port_rules.h"

#include <string.h>

#define PRIVILEGED_PORTS 1024

/* Named volumes have no owner but their name. */
static void
find_any_volume(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	if (!lint_creates(w) || lint_says(w, KEY_ALLOWEDVOLUMES) != NULL)
		return;
	for (size_t i = 0; i < w->white.n; i++) {
		const struct docker_flag *f = w->white.v[i].flag;

		if (!value_kind_has(f->kind, KIND_BINDS) ||
		    !lint_flags_may_give(w, f) || lint_flags_bounded(l, w, f))
			continue;
		lint_warn(l, w->white.v[i].setting,
		    lint_flags_spelled(l->arena, f), r->sentence);
		return; /* once is enough */
	}
}

static void
judge_volumes(struct lint *l, const struct setting *s, const char *pattern,
    const struct lint_rule *r)
{
	struct strv one = strv_new(l->arena);

	strv_push(&one, pattern);
	if (lint_probe_volumes(l->arena, &one))
		lint_warn(l, s, arena_printf(l->arena, "ALLOWEDVOLUMES=%s",
		    pattern), r->sentence);
}

static void
find_all_volumes(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	lint_each(l, w, KEY_ALLOWEDVOLUMES, judge_volumes, r);
}

/* A socket can be used through a mount that is read-only, too. */
static void
judge_path(struct lint *l, const struct setting *s, const char *word,
    const struct lint_rule *r)
{
	size_t n = strlen(word);
	const char *path;

	if (*word != '/' || strchr(word, '$') != NULL)
		return;
	if (n > 3 && strcmp(word + n - 3, ":ro") == 0)
		n -= 3;
	path = path_clean(l->arena, arena_strndup(l->arena, word, n));
	if (TEXT_AMONG(path, "/", "/run", "/var", "/var/run", "/dev"))
		lint_warn(l, s, arena_printf(l->arena, "ALLOWEDPATHS=%s", word),
		    r->sentence);
}

static void
find_wide_paths(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	lint_each(l, w, KEY_ALLOWEDPATHS, judge_path, r);
}

/* A single port for somebody is meant so. */
static void
judge_ports(struct lint *l, const struct setting *s, const char *word,
    const struct lint_rule *r)
{
	struct port_rule rule = { 0 };
	const char *reason;

	if (strchr(word, '$') != NULL ||
	    !port_rules_word(&rule, l->arena, word, &reason) ||
	    rule.first == 0 || rule.first >= PRIVILEGED_PORTS ||
	    (rule.first == rule.last && s->section->kind != SECTION_COMMAND))
		return;
	lint_warn(l, s, arena_printf(l->arena, "ALLOWEDPORTS=%s", word),
	    r->sentence);
}

static void
find_low_ports(struct lint *l, const struct lint_who *w,
    const struct lint_rule *r)
{
	lint_each(l, w, KEY_ALLOWEDPORTS, judge_ports, r);
}

static const struct lint_rule rules[] = {
	{ find_any_volume, "a user can mount any named volume, another's too "
	    "(say ALLOWEDVOLUMES=$U_UID-.*)" },
	{ find_all_volumes, "the pattern is for any volume, another's too (say "
	    "ALLOWEDVOLUMES=$U_UID-.*)" },
	{ find_wide_paths, "sockets and memory of this host's programs are "
	    "below it, and :ro does not keep a user from a socket (name what "
	    "he needs)" },
	{ find_low_ports, "ports below 1024 are those of this host's own "
	    "services, and a container can stand in for one that is down "
	    "(begin at 1024, or name a port in a user's section)" },
};

void
lint_places(struct lint *l, const struct lint_who *w)
{
	lint_rules_try(l, w, rules, sizeof(rules) / sizeof(rules[0]));
}
