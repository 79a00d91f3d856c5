/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/judge.h"

#include "core/policy/group_variable.h"
#include "core/policy/offered.h"
#include "core/verdict/additions.h"
#include "core/verdict/container_flags.h"
#include "core/verdict/containers.h"
#include "core/verdict/flags.h"
#include "core/verdict/groups.h"
#include "core/verdict/images.h"
#include "core/verdict/mounts.h"
#include "core/verdict/mounts_apart.h"
#include "core/verdict/mounts_image.h"
#include "core/verdict/mounts_settle.h"
#include "core/verdict/new_name.h"
#include "core/verdict/operands.h"
#include "core/verdict/remounts.h"
#include "core/verdict/trace.h"
#include "core/verdict/value_checks.h"
#include "core/verdict/value_limits.h"
#include "core/verdict/variables.h"

#include <string.h>

static bool
may_be_offered(struct state *s)
{
	if (s->command->never != NULL)
		return state_refuse(s, "'%s' cannot be offered: %s",
		    s->command->name, s->command->never);
	s->where = arena_printf(s->arena, "%s: ", s->command->name);
	if (offered_in_vain(s->command, s->caller))
		return state_refuse(s, "docker would run your Dockerfile as "
		    "root on this host; build with a rootless tool (buildah, "
		    "podman build, rootless BuildKit) and let an administrator "
		    "load the image, or make changes in a container of yours "
		    "and keep that");
	return true;
}

/* What the sections that apply say together; also where that is a fault. */
static bool
read_sections(struct judge *j)
{
	struct state *s = j->state;
	bool sound = effective_command(s->effective, s->arena, s->policy,
	    s->caller, s->command, s->fault);

	j->rules = s->effective->rules;
	for (size_t i = 0; i < j->rules.n; i++)
		trace_line(s, "section %s applies", j->rules.v[i]);
	return sound;
}

/* An archive gives its images names that nobody has seen. */
static bool
load_allowed(struct state *s)
{
	return s->caller->uid == 0 ||
	    !docker_command_has(s->command, TRAIT_NAMES_UNSEEN) ||
	    images_check_new(s, NULL);
}

static struct state *
begin(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c)
{
	struct state *s = arena_alloc(a, sizeof(*s));

	*j = (struct judge) { .explains = j->explains, .sayable = j->sayable,
		.state = s };
	j->notes = strv_new(a);
	j->trace = strv_new(a);
	j->rules = strv_new(a);
	settlement_begin(&j->line, a);
	*s = (struct state) { .arena = a, .policy = p, .caller = c,
		.effective = &j->effective, .where = "", .fault = &j->fault,
		.notes = &j->notes, .trace = j->explains ? &j->trace : NULL,
		.needs = &j->needs, .line = &j->line, .flags = &j->line.flags,
		.operands = &j->line.operands };
	return s;
}

bool
judge_begin(struct judge *j, struct arena *a, struct policy *p,
    const struct caller *c, const struct docker_command *command)
{
	struct state *s = begin(j, a, p, c);
	struct caller *filled = arena_alloc(a, sizeof(*filled));

	if (!group_variable_fill(filled, a, p, c, s->fault))
		return false;
	s->caller = c = filled;
	if (!effective_main(s->effective, &j->settings, a, p, c, s->fault))
		return false;
	s->per_user = j->settings.engine_per_user;
	s->plain_mounts = s->per_user || c->uid == 0;
	s->as_root = j->settings.as_root && c->uid != 0;
	j->line.docker = j->settings.docker;
	j->line.command = s->command = command;
	if (command == NULL)
		return true;
	if (!may_be_offered(s) || !read_sections(j))
		return false;
	if (s->effective->rules.n == 0)
		return state_refuse(s, "this host does not offer '%s' (no "
		    "section for it); it offers: %s", command->name,
		    offered_commands(a, p, c));
	return load_allowed(s);
}

/*
 * docker --version, for the scripts that ask so: no command, and no flag but
 * what [main] allows.
 */
static bool
plan_version(struct state *s)
{
	return used_flags_on(&s->line->global, "version") ||
	    state_misspelt(s, "there is no command");
}

/* Those are not the command's, so messages do not name it. */
static bool
plan_global(struct state *s, const struct request *r)
{
	const struct effective *e = s->effective;
	const char *where = s->where;
	bool good;

	s->where = "";
	good = flags_check(s, &e->global_white, &e->global_black, &r->global,
	    &s->line->global);
	s->where = where;
	return good;
}

static bool
plan_flags(struct state *s, const struct request *r)
{
	const struct effective *e = s->effective;
	struct used_flags mine = { 0 }, all = { 0 };

	if (!flags_check(s, &e->white, &e->black, &r->flags, &mine) ||
	    !additions_make(&all, s->arena, e, s->caller, &mine, s->notes,
		s->fault))
		return false;
	settlement_flags(s->line, s->arena, &all);
	trace_additions(s, &mine);
	return true;
}

static bool
plan_command(struct state *s, const struct request *r)
{
	settlement_operands(s->line, &r->operands);
	if (!plan_flags(s, r))
		return false;
	if ((s->caller->uid != 0 && !value_checks(s)) ||
	    !value_limits_check(s) || !groups_check(s) || !operands_check(s))
		return false;
	new_name_plan(s);
	return containers_plan(s) && container_flags_plan(s) &&
	    mounts_plan(s) && variables_plan(s);
}

bool
judge_plan(struct judge *j, const struct request *r)
{
	struct state *s = j->state;

	if (r->command != s->command)
		return state_refuse(s, "another command was asked about (this "
		    "is a bug)");
	s->planned = plan_global(s, r) && (s->command == NULL
	    ? plan_version(s) : plan_command(s, r));
	return s->planned;
}

bool
judge_more(struct judge *j)
{
	struct state *s = j->state;
	size_t asked = j->needs.n;

	return j->fault.kind == FAULT_NONE && s != NULL && s->planned &&
	    s->command != NULL && mounts_image_more(s) && remounts_more(s) &&
	    j->needs.n > asked;
}

static bool
settle(struct state *s)
{
	if (s->command == NULL)
		return true;
	return mounts_settle(s) && images_settle(s) && containers_settle(s) &&
	    new_name_settle(s) && mounts_apart_settle(s) &&
	    remounts_settle(s) && variables_settle(s);
}

bool
judge_settle(struct judge *j, struct settlement *st)
{
	struct state *s = j->state;

	*st = (struct settlement) { .verdict = VERDICT_DENY };
	if (j->fault.kind != FAULT_NONE || s == NULL)
		return false;
	if (!s->planned)
		return state_refuse(s, "nobody planned it (this is a bug)");
	if (judge_more(j))
		return state_refuse(s, "nobody asked all questions (this is a "
		    "bug)");
	if (j->fault.kind != FAULT_NONE || !settle(s))
		return false;
	if (j->sayable == NULL)
		return state_refuse(s, "nobody can say it (this is a bug)");
	if (!j->sayable(s->line, s->arena, s->fault))
		return false;
	/* The one place where a verdict becomes a yes. */
	s->line->verdict = VERDICT_ALLOW;
	*st = *s->line;
	return true;
}

bool
judge_request(struct judge *j, const struct request *r,
    judge_answer_fn *answer, void *data, struct settlement *st)
{
	*st = (struct settlement) { .verdict = VERDICT_DENY };
	if (!judge_plan(j, r))
		return false;
	do {
		if (!answer(data, j))
			return false;
	} while (judge_more(j));
	return judge_settle(j, st);
}
