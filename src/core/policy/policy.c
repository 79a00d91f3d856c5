/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/policy.h"

#include "core/policy/policy_lines.h"
#include "core/policy/section.h"
#include "core/policy/value_words.h"

#include <string.h>

/* One file that is being added. */
struct adding {
	struct policy *policy;
	struct section *section;
	const char *file;
	bool included;
	struct fault *fault;
	struct arena *scratch; /* for trying values */
};

struct policy *
policy_new(struct arena *a)
{
	struct policy *p = arena_alloc(a, sizeof(*p));

	p->arena = a;
	p->files = strv_new(a);
	p->includes = strv_new(a);
	p->groups = strmap_new(a);
	p->scalars = strmap_new(a);
	p->tables = strmap_new(a);
	return p;
}

const struct strv *
policy_includes(const struct policy *p)
{
	return &p->includes;
}

const struct strv *
policy_files(const struct policy *p)
{
	return &p->files;
}

void
policy_collect(struct policy *p, struct policy_faults *faults)
{
	p->faults = faults;
}

bool
policy_collects(const struct policy *p)
{
	return p->faults != NULL;
}

bool
policy_faults_full(const struct policy_faults *faults)
{
	return faults != NULL && faults->n > POLICY_FAULTS_MAX;
}

void
policy_faults_add(struct policy_faults *faults, const char *file,
    unsigned line, const char *reason)
{
	if (policy_faults_full(faults))
		return;
	if (faults->n == POLICY_FAULTS_MAX)
		reason = "and more, of which nothing is said";
	/* The reason may lie in an arena that is taken back. */
	ARENA_ADD(faults->arena, faults, (struct policy_fault) { .line = line,
		.file = arena_strdup(faults->arena, file),
		.reason = arena_strdup(faults->arena, reason) });
}

bool
policy_complain(const struct policy *p, struct fault *f, const char *file,
    unsigned line, const char *reason)
{
	if (p->faults != NULL) {
		policy_faults_add(p->faults, file, line, reason);
		return false;
	}
	if (line == 0)
		return fault_set(f, p->arena, FAULT_POLICY, "%s: %s", file,
		    reason);
	return fault_set(f, p->arena, FAULT_POLICY, "%s:%u: %s", file, line,
	    reason);
}

static bool
complain(struct adding *in, unsigned line, const char *reason)
{
	return policy_complain(in->policy, in->fault, in->file, line, reason);
}

static bool
add_section(struct adding *in, const struct policy_line *line)
{
	struct policy *p = in->policy;
	struct section *s = arena_alloc(p->arena, sizeof(*s));
	const char *reason = NULL;

	in->section = NULL;
	/* Its fault is told already. */
	if (line->section == NULL)
		return false;
	s->file = in->file;
	s->line = line->number;
	if (!section_read_title(s, p->arena, line->section, &reason))
		return complain(in, line->number, reason);
	if (s->kind == SECTION_GROUP)
		s->group = policy_groups_named(p, s->who);
	p->sections = arena_room(p->arena, p->sections, p->n, &p->size,
	    sizeof(*p->sections));
	p->sections[p->n++] = s;
	in->section = s;
	return true;
}

/* A scalar may stand once in all the sections of one name. */
static bool
only_once(struct adding *in, const struct setting *setting)
{
	const struct section *s = in->section;
	const char *identity;
	void **first;

	identity = arena_printf(in->policy->arena, "%u %s %s\n%s",
	    (unsigned)s->kind, setting->key->name,
	    s->command == NULL ? "" : s->command->name,
	    s->who == NULL ? "" : s->who);
	first = strmap_at(&in->policy->scalars, identity);
	if (*first != NULL) {
		const struct setting *other = *first;

		return complain(in, setting->line, arena_printf(
		    in->policy->arena, "%s stands in this section already "
		    "(%s:%u)", setting->key->name, other->file, other->line));
	}
	*first = arena_alloc(in->policy->arena, sizeof(*setting));
	memcpy(*first, setting, sizeof(*setting));
	return true;
}

/* Keeps the patterns of INCLUDE. */
static bool
add_includes(struct policy *p, const char *value, const char **reason)
{
	struct words words = { 0 };

	if (!value_words_split(&words, p->arena, value, reason))
		return false;
	for (size_t i = 0; i < words.n; i++) {
		*reason = "absolute paths without variables are wanted";
		if (value_words_vary(&words.v[i]) ||
		    *value_words_head(&words.v[i]) != '/')
			return false;
		strv_push(&p->includes, value_words_head(&words.v[i]));
	}
	return true;
}

static bool
key_fits(struct adding *in, const struct policy_line *line,
    const struct policy_key **key)
{
	struct arena *a = in->policy->arena;
	bool main = in->section->kind == SECTION_MAIN;
	const char *near;

	*key = policy_key_find(line->key);
	if (*key == NULL) {
		near = policy_key_near(line->key);
		return complain(in, line->number, near == NULL
		    ? arena_printf(a, "unknown key '%s'", line->key)
		    : arena_printf(a, "unknown key '%s' (did you mean %s?)",
			line->key, near));
	}
	if (((*key)->where & (main ? WHERE_MAIN : WHERE_COMMAND)) == 0)
		return complain(in, line->number, arena_printf(a,
		    "%s stands in %s sections only", (*key)->name,
		    main ? "[command:...]" : "[main]"));
	return true;
}

static bool
add_setting(struct adding *in, const struct policy_line *line)
{
	struct arena *a = in->policy->arena;
	struct section *s = in->section;
	struct setting setting = { .value = line->value, .file = in->file,
		.line = line->number, .section = s };
	const char *reason = NULL;

	/* What a faulty title is for, nobody knows. */
	if (s == NULL)
		return false;
	if (!key_fits(in, line, &setting.key))
		return false;
	if (*line->value == '\0')
		return true; /* as if the key were absent */
	if (policy_key_scalar(setting.key) && !only_once(in, &setting))
		return false;
	if (!policy_values_read(in->policy, in->scratch, s, &setting,
		&reason))
		return complain(in, line->number, arena_printf(a, "%s: %s",
		    setting.key->name, reason));
	if (setting.key->id == KEY_INCLUDE && in->included)
		return complain(in, line->number,
		    "an included file cannot include");
	if (setting.key->id == KEY_INCLUDE &&
	    !add_includes(in->policy, line->value, &reason))
		return complain(in, line->number, reason);
	s->settings = arena_room(a, s->settings, s->n, &s->size,
	    sizeof(*s->settings));
	s->settings[s->n++] = setting;
	return true;
}

static bool
add_lines(struct adding *in, const struct policy_lines *lines)
{
	bool sound = true;

	for (size_t i = 0; i < lines->n &&
	    !policy_faults_full(in->policy->faults); i++) {
		const struct policy_line *line = &lines->v[i];
		bool added = line->key == NULL ? add_section(in, line)
		    : add_setting(in, line);

		arena_reset(in->scratch);
		sound = sound && added;
		if (!sound && !policy_collects(in->policy))
			return false;
		if (!added && in->section != NULL)
			in->section->faulty = true;
	}
	return sound;
}

bool
policy_add(struct policy *p, const char *name, const char *bytes, size_t size,
    bool included, struct fault *f)
{
	struct adding in = { .policy = p, .included = included, .fault = f,
		.file = arena_strdup(p->arena, name) };
	struct policy_lines lines = { .faults = p->faults };
	size_t faults = p->faults == NULL ? 0 : p->faults->n;
	bool added;

	strv_push(&p->files, in.file);
	if (!policy_lines_read(&lines, p->arena, in.file, bytes, size, f))
		return false;
	in.scratch = arena_new();
	added = add_lines(&in, &lines);
	arena_free(in.scratch);
	return added && (p->faults == NULL || p->faults->n == faults);
}
