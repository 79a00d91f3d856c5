/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts: what was found decides, and what docker gets. */
#include "core/verdict/trace.h"

#include <string.h>

/* The sentence for a path that the policy does not give. */
static const char *
path_reason(struct decision_state *s, const struct path_rules *rules,
    const char *path, const struct path_rule *by)
{
	if (by == NULL)
		return arena_printf(s->arena, "'%s' is not in ALLOWEDPATHS "
		    "(allowed: %s)", path, rules->allowed.n == 0 ? "none"
			: strv_join(&rules->allowed, " "));
	return arena_printf(s->arena, path_rule_covers(by, path)
	    ? "'%s' lies in '%s', which is restricted (%s:%u)"
	    : "'%s' holds '%s', which is restricted (%s:%u)", path, by->path,
	    by->setting->file, by->setting->line);
}

static void
trace_path(struct decision_state *s, const char *path, enum path_grade grade,
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
mount_path_allowed(struct decision_state *s, const struct path_rules *rules,
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
mount_source_found(struct decision_state *s, struct need *n,
    const char *given, const char **source, const char **reason)
{
	if (n->state != NEED_MET || n->resolved == NULL) {
		*reason = arena_printf(s->arena, "'%s': %s", given,
		    need_why(n));
		return false;
	}
	*source = n->resolved;
	if (mount_is_kernels(*source) &&
	    mount_below("/dev/shm", *source) == NULL) {
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

/* ALLOWEDVALUES and RESTRICTEDVALUES, on what was found. */
static bool
value_allowed(struct decision_state *s, const struct used_flag *f,
    const struct mount *m, const char *source)
{
	struct value_parts parts = { 0 };
	struct value_part *part = value_part_add(&parts, s->arena,
	    mount_text(s->arena, m, source));
	struct mount writable = *m;

	/* SOURCE:TARGET would read as another pair. */
	if (source != NULL && strchr(source, ':') != NULL &&
	    limit_has_rules(s, f->flag))
		return mount_refuse(s, f, arena_printf(s->arena, "'%s' holds a "
		    "colon, and this host has rules for such values", source));
	writable.read_only = false;
	if (m->read_only)
		strv_push(&part->forms, mount_text(s->arena, &writable,
		    source));
	return limit_part(s, f->flag, part, false);
}

bool
mount_refuse_accounts(struct decision_state *s, const struct used_flag *f,
    const char *place)
{
	return mount_refuse(s, f, arena_printf(s->arena, "the engine opens "
	    "'%s' of a container as root, so only this host's own may be "
	    "mounted there", place));
}

/*
 * docker gets the path itself only where nobody but root can put something
 * else there until the container has it.
 */
static bool
wants_stage(const struct decision_state *s, const struct planned_mount *p,
    const struct mount *m)
{
	size_t self = (size_t)(p - s->mounts);

	if (s->plain_mounts)
		return false;
	for (size_t i = 0; i < s->nmounts; i++) {
		if (s->mounts[i].outer == self)
			return true;
	}
	/* What is mounted below later must not be writable either. */
	return !p->source->steady || p->outer != STAGED_NONE ||
	    (m->read_only && (p->source->holds_mounts ||
	    p->source->directory));
}

static bool
settle_bind(struct decision_state *s, struct planned_mount *p)
{
	const struct used_flag *f = &s->flags.v[p->flag];
	struct mount *m = &p->mount;
	const char *source, *reason = NULL;

	if (!mount_source_found(s, p->source, m->source, &source, &reason) ||
	    !mount_path_allowed(s, &s->effective.paths, source,
	    f->origin == FLAG_FORCED, &m->read_only, &reason))
		return mount_refuse(s, f, reason);
	/* What root owns may still hold what users say, such as a log. */
	if (!s->plain_mounts && mount_is_accounts(m->target) &&
	    (!p->source->roots || strcmp(source, m->target) != 0))
		return mount_refuse_accounts(s, f, m->target);
	m->read_only = m->read_only || !p->source->writable;
	if (f->origin == FLAG_USER && !value_allowed(s, f, m, source))
		return false;
	p->staged = wants_stage(s, p, m);
	if (p->staged && m->options.n > 0 && *m->options.v[0] == 'b')
		return mount_refuse(s, f, arena_printf(s->arena, "'%s' goes "
		    "with a path only that nobody but root can change",
		    m->options.v[0]));
	if (s->per_user && m->read_only && p->source->holds_mounts)
		return mount_refuse(s, f, arena_printf(s->arena, "'%s' holds "
		    "other mounts, which your engine would not make read-only",
		    m->source));
	s->binds = s->caller->uid != 0;
	s->shown[p->flag] = s->given[p->flag] = mount_flag(s->arena, m, source);
	return true;
}

/*
 * docker fills an empty volume with the image's files as root and by path,
 * while another container may hold it and put links there. Where it could be
 * led nowhere that the caller (root; an engine of his own) cannot go, only
 * what may be no plain volume is left as it is.
 */
static bool
wants_no_copy(const struct decision_state *s, const struct planned_mount *p)
{
	return !s->plain_mounts || p->volume->state != NEED_MET ||
	    !p->volume->harmless || p->mount.options.n > 0;
}

/* The administrator's own words, which may say more than a user's. */
static void
settle_verbatim(struct decision_state *s, const struct planned_mount *p)
{
	const struct used_flag *f = &s->flags.v[p->flag];
	const char *colon = strchr(f->value, ':');

	if (s->plain_mounts || p->mount.type != MOUNT_VOLUME ||
	    p->mount.source == NULL || p->mount.no_copy)
		return;
	s->shown[p->flag] = s->given[p->flag] = arena_printf(s->arena, "%s%s%s",
	    state_flag_word(s, f), p->mount.kind == VALUE_MOUNT ? ","
		: strchr(colon + 1, ':') == NULL ? ":" : ",",
	    p->mount.kind == VALUE_MOUNT ? "volume-nocopy" : "nocopy");
}

static bool
settle_one(struct decision_state *s, struct planned_mount *p,
    struct strv *notes)
{
	const struct used_flag *f = &s->flags.v[p->flag];
	struct mount *m = &p->mount;

	if (p->verbatim) {
		settle_verbatim(s, p);
		return true;
	}
	if (p->source != NULL)
		return settle_bind(s, p);
	m->no_copy = m->no_copy || (p->volume != NULL && wants_no_copy(s, p));
	if (m->no_copy && p->volume->absent)
		strv_pushf(notes, "volume '%s' is new, empty and root's: you "
		    "can write in it once an administrator gives it to you (a "
		    "directory of yours: -v DIR:%s)", m->source, m->target);
	if (f->origin == FLAG_USER && !value_allowed(s, f, m, m->source))
		return false;
	s->shown[p->flag] = s->given[p->flag] = mount_flag(s->arena, m,
	    m->source);
	return true;
}

/* Whether a mount of another flag is put into it, writable. */
static bool
holds_writable(const struct decision_state *s, size_t outer)
{
	for (size_t i = 0; i < s->nmounts; i++) {
		const struct planned_mount *p = &s->mounts[i];

		if (p->outer == outer && (!p->mount.read_only ||
		    holds_writable(s, i)))
			return true;
	}
	return false;
}

/*
 * The word for a staged mount: the place is known only when it is made. The
 * mount is read-only by itself; docker's own word for it would, with newer
 * engines, reach what is put into it, too.
 */
static void
word_of_stage(struct decision_state *s, struct planned_mount *p, size_t index)
{
	struct mount m = p->mount;

	p->stage_index = index;
	if (p->outer != STAGED_NONE) {
		s->given[p->flag] = "";
		return;
	}
	m.read_only = m.read_only &&
	    !holds_writable(s, (size_t)(p - s->mounts));
	s->given[p->flag] = mount_flag(s->arena, &m, arena_printf(s->arena,
	    STAGED_DIR "/" STAGED_UNNAMED "/%zu", index));
}

/* The staged mounts in an order in which each comes behind its outer one. */
static void
stage_all(struct decision_state *s, size_t n)
{
	struct staged *set = arena_alloc(s->arena, sizeof(*set));

	set->v = arena_alloc(s->arena, n * sizeof(*set->v));
	while (set->n < n) {
		struct planned_mount *next = NULL;

		for (size_t i = 0; i < s->nmounts; i++) {
			struct planned_mount *p = &s->mounts[i];

			if (p->staged && p->stage_index == STAGED_NONE &&
			    (next == NULL || strlen(p->mount.target) <
			    strlen(next->mount.target)))
				next = p;
		}
		set->v[set->n] = (struct staged_mount) {
			.source = next->source->resolved,
			.read_only = next->mount.read_only,
			.forced = s->flags.v[next->flag].origin == FLAG_FORCED,
			.outer = STAGED_NONE,
			.fd = next->source->fd,
		};
		if (next->outer != STAGED_NONE) {
			const struct planned_mount *o = &s->mounts[next->outer];

			set->v[set->n].outer = o->stage_index;
			set->v[set->n].below = mount_below(o->mount.target,
			    next->mount.target);
		}
		word_of_stage(s, next, set->n++);
	}
	staged_add(s, set);
}

/* A question about mounts that nobody looked at is a refusal. */
static bool
all_known(struct decision_state *s)
{
	const struct path_rules *rules = &s->effective.paths;

	if (s->image != NULL && !s->image_planned)
		return state_refuse(s, "nobody looked at the image");
	for (size_t i = 0; i < rules->n; i++) {
		if (rules->v[i].need != NULL &&
		    rules->v[i].need->state == NEED_OPEN)
			return state_refuse(s, "nobody looked at '%s' (%s:%u)",
			    rules->v[i].path, rules->v[i].setting->file,
			    rules->v[i].setting->line);
	}
	return true;
}

bool
mount_settle(struct decision_state *s, struct strv *notes)
{
	size_t staged = 0;

	for (size_t i = 0; i < s->nmounts; i++) {
		s->mounts[i].stage_index = STAGED_NONE;
		if (!settle_one(s, &s->mounts[i], notes))
			return false;
		staged += s->mounts[i].staged;
	}
	for (size_t i = 0; i < s->nplaces; i++) {
		const struct planned_place *p = &s->places[i];

		if (p->need->state != NEED_MET)
			return state_refuse(s, "'%s' cannot be used below what "
			    "is mounted at '%s': %s (docker would create it "
			    "there as root, or follow a link)", p->place,
			    p->mounted, need_why(p->need));
	}
	if (!all_known(s))
		return false;
	if (staged > 0)
		stage_all(s, staged);
	return true;
}
