/* SPDX-License-Identifier: Apache-2.0 */
#include "core/write/cli_write.h"

#include "core/docker/env_file.h"
#include "core/docker/mount_flag.h"

#include <string.h>

static const char *
flag_setting(struct arena *a, const struct used_flag *f)
{
	/* By the letter where no name is in all clients. */
	if (f->flag->kind == VALUE_STOP_TIME && *f->value != '\0')
		return arena_printf(a, "-%c=%s", f->flag->letter, f->value);
	return arena_printf(a, "%s=%s", docker_flag_name(a, f->flag), f->value);
}

/*
 * "-x=" would be read as the value "=": what has no long name cannot say an
 * empty value in one word.
 */
static bool
flags_sayable(const struct settlement *st, const struct used_flags *flags,
    struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < flags->n; i++) {
		const struct used_flag *u = &flags->v[i];

		if (*u->flag->names == '\0' && *u->value == '\0')
			return fault_set(f, a, FAULT_REFUSED, "%s: %s: an "
			    "empty value cannot be handed on",
			    st->command->name, docker_flag_name(a, u->flag));
	}
	return true;
}

static bool
lines_sayable(const struct settlement *st, const struct strv *lines,
    struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < lines->n; i++) {
		const char *line = lines->v[i], *reason = NULL;

		if (!env_file_can_hold(a, line, &reason))
			return fault_set(f, a, FAULT_REFUSED, "%s: %.*s: %s",
			    st->command->name, (int)strcspn(line, "="), line,
			    reason);
	}
	return true;
}

bool
cli_write_sayable(
    const struct settlement *st, struct arena *a, struct fault *f)
{
	return st->command == NULL ||
	    (lines_sayable(st, &st->variables, a, f) &&
	    lines_sayable(st, &st->labels, a, f) &&
	    flags_sayable(st, &st->global, a, f) &&
	    flags_sayable(st, &st->flags, a, f));
}

/* docker's global flags and the one or two words of the command. */
static void
push_command(const struct settlement *st, struct strv *words)
{
	const char *name = st->command->name;
	size_t n = strcspn(name, " ");

	for (size_t i = 0; i < st->global.n; i++)
		strv_push(words, flag_setting(words->arena, &st->global.v[i]));
	strv_push(words, arena_strndup(words->arena, name, n));
	if (name[n] == ' ')
		strv_push(words, name + n + 1);
}

static void
push_operands(const struct settlement *st, struct strv *words)
{
	if (st->operands.n > 0)
		strv_push(words, "--");
	for (size_t i = 0; i < st->operands.n; i++)
		strv_push(words, st->operands.v[i]);
}

static bool
is_allowed(const struct settlement *st, struct arena *a, struct fault *f)
{
	return st->verdict == VERDICT_ALLOW ||
	    fault_set(f, a, FAULT_REFUSED, "nothing was allowed");
}

bool
cli_write_shown(
    const struct settlement *st, struct strv *words, struct fault *f)
{
	struct arena *a = words->arena;

	if (!is_allowed(st, a, f))
		return false;
	strv_push(words, st->docker);
	if (st->command == NULL) {
		strv_push(words, "--version=true");
		return true;
	}
	push_command(st, words);
	for (size_t i = 0; i < st->flags.n; i++) {
		const struct settled_mount *m = st->settled[i].mount;

		if (st->settled[i].heard == SETTLED_NOBODY)
			continue;
		strv_push(words, m == NULL ? flag_setting(a, &st->flags.v[i])
		    : mount_flag(a, &m->mount, m->source));
	}
	push_operands(st, words);
	return true;
}

/* docker's word for a mount, of the place where it is now. */
static bool
push_mount(const struct settled_mount *m, const struct handover *h,
    struct strv *argv, struct fault *f)
{
	struct mount there = m->mount;
	const char *source = m->source;

	if (m->place != SETTLED_NO_PLACE) {
		if (m->place >= h->places.n)
			return fault_set(f, argv->arena, FAULT_REFUSED,
			    "a mount has no place (this is a bug)");
		source = h->places.v[m->place];
		there.read_only = m->read_only_there;
	}
	strv_push(argv, mount_flag(argv->arena, &there, source));
	return true;
}

static bool
push_file(const char *flag, const struct strv *lines, const char *path,
    struct strv *argv, struct fault *f)
{
	if ((lines->n > 0) != (path != NULL))
		return fault_set(f, argv->arena, FAULT_REFUSED,
		    "a file for the client has no place (this is a bug)");
	if (path != NULL)
		strv_pushf(argv, "%s=%s", flag, path);
	return true;
}

bool
cli_write(const struct settlement *st, const struct handover *h,
    struct strv *argv, struct fault *f)
{
	struct arena *a = argv->arena;

	if (!is_allowed(st, a, f))
		return false;
	strv_push(argv, "docker");
	if (st->command == NULL) {
		strv_push(argv, "--version=true");
		return true;
	}
	push_command(st, argv);
	/* Files come first, so that a flag wins, as docker would have it. */
	if (!push_file("--env-file", &st->variables, h->variables, argv, f) ||
	    !push_file("--label-file", &st->labels, h->labels, argv, f))
		return false;
	for (size_t i = 0; i < st->flags.n; i++) {
		if (st->settled[i].heard != SETTLED_ALL)
			continue;
		if (st->settled[i].mount == NULL)
			strv_push(argv, flag_setting(a, &st->flags.v[i]));
		else if (!push_mount(st->settled[i].mount, h, argv, f))
			return false;
	}
	push_operands(st, argv);
	return true;
}

const char *
cli_write_file(struct arena *a, const struct strv *lines)
{
	return lines->n == 0 ? NULL
	    : arena_printf(a, "%s\n", strv_join(lines, "\n"));
}
