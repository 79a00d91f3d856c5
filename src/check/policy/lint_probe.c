/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/lint_probe.h"

#include "core/docker/value_forms.h"
#include "core/policy/pattern.h"

#include <string.h>

#define PROBE_VOLUMES \
	"zq7vol:/mnt 4711-data:/mnt|zq7vol:/data 4711-data:/data"

/* For the kinds that have none of their own in kinds.def. */
static const char usual[] =
    "zqx other|zq=1 other.x=2|77777777 999991|777777g 999991g";
static const char *const probes[] = {
#define KIND(name, traits, separators, word, forms, check, probe) \
	[VALUE_##name] = probe,
#include "core/docker/kinds.def"
#undef KIND
};

struct caller
lint_probe_caller(void)
{
	return (struct caller) { .uid = 1000, .gid = 1000, .user = "somebody",
		.group = "somebody", .home = "/home/somebody",
		.cwd = "/home/somebody", .cgroup = "/user.slice/somebody" };
}

static bool
matches(const struct patterns *p, const char *text)
{
	const struct pattern *which;

	return patterns_match(p, text, &which) == PATTERN_MATCHES;
}

/* Whether each part of the value is let through, in some form of it. */
static bool
let_through(struct arena *a, const struct patterns *p,
    const struct docker_flag *f, const char *value)
{
	struct value_parts parts = { 0 };
	const char *reason;
	bool all;

	if (f == NULL || !value_forms(&parts, a, f, value, &reason))
		return matches(p, value);
	all = parts.n > 0;
	for (size_t i = 0; i < parts.n; i++) {
		const struct strv *forms = &parts.v[i].forms;
		bool any = false;

		for (size_t k = 0; k < forms->n; k++)
			any = any || matches(p, forms->v[k]);
		all = all && any;
	}
	return all;
}

/* Bad patterns are complained of elsewhere. */
static struct patterns
compiled(struct arena *a, const struct strv *patterns)
{
	struct caller c = lint_probe_caller();
	struct patterns p = { 0 };
	const char *reason;

	for (size_t i = 0; i < patterns->n; i++)
		(void)patterns_add(&p, a, NULL, patterns->v[i], &c, &reason);
	return p;
}

static bool
row_through(struct arena *a, const struct patterns *p,
    const struct docker_flag *f, const char *rows)
{
	while (*rows != '\0') {
		size_t row = strcspn(rows, "|");
		bool all = true;

		for (size_t at = 0, n; at < row; at += n + 1) {
			n = strcspn(rows + at, " |");
			all = all && let_through(a, p, f,
			    arena_strndup(a, rows + at, n));
		}
		if (all)
			return true;
		rows += row + (rows[row] == '|');
	}
	return false;
}

bool
lint_probe_flag(struct arena *a, const struct docker_flag *f,
    const struct strv *patterns)
{
	struct patterns p = compiled(a, patterns);
	const char *rows = probes[f->kind] == NULL ? usual : probes[f->kind];

	return p.n > 0 && row_through(a, &p, f, rows);
}

bool
lint_probe_volumes(struct arena *a, const struct strv *patterns)
{
	struct patterns p = compiled(a, patterns);

	return p.n > 0 && row_through(a, &p, NULL, "zq7vol 4711-data");
}

bool
lint_probe_goes_on(struct arena *a, const char *pattern, bool digits)
{
	struct strv one = strv_new(a);
	struct patterns p;

	strv_push(&one, pattern);
	p = compiled(a, &one);
	return p.n > 0 && row_through(a, &p, NULL, digits ? "7" : "7|q");
}
