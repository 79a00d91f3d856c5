/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What FORCED and DEFAULTS give to every container. undocker does not judge
 * what the administrator writes out, so it is said here.
 */
#include "check/policy/lint.h"
#include "check/policy/lint_probe.h"
#include "core/base/text.h"
#include "core/docker/mount.h"
#include "core/docker/value_forms.h"

#include <string.h>

static const struct {
	const char *flag, *value, *why;
} gifts[] = {
	{ "privileged", "true", "every container has all devices of this host, "
	    "and neither seccomp nor AppArmor" },
	{ "pid", "host", "every container is among all processes of this host, "
	    "and sees them" },
	{ "ipc", "host", "every container has the shared memory of this host's "
	    "programs" },
	{ "network", "host", "every container is in this host's own network, "
	    "where services trust who reaches them, with all its ports" },
	{ "userns", "host", "the engine's userns-remap holds for no "
	    "container" },
	{ "security-opt", "seccomp=unconfined", "seccomp confines no "
	    "container" },
	{ "security-opt", "apparmor=unconfined", "AppArmor confines no "
	    "container" },
	{ "group-add", "docker", "every container is in a group that is root "
	    "on this host, where it has the engine's socket" },
	{ "group-add", "root", "every container is in a group of root's" },
	{ "group-add", "0", "every container is in a group of root's" },
	{ "group-add", "disk", "every container is in the group of this host's "
	    "disks" },
	{ "group-add", "shadow", "every container is in the group that reads "
	    "this host's passwords" },
};

/* Whether docker takes the value for the other one. */
static bool
means(struct arena *a, const struct docker_flag *f, const char *value,
    const char *other)
{
	struct value_parts parts = { 0 };
	const char *reason;

	if (strcmp(value, other) == 0)
		return true;
	if (!value_forms(&parts, a, f, value, &reason))
		return false;
	for (size_t i = 0; i < parts.n; i++) {
		if (strv_has(&parts.v[i].forms, other))
			return true;
	}
	return false;
}

static void
say(struct lint *l, const struct flag_setting *word, const char *value,
    const char *why)
{
	bool bare = word->flag->shape == FLAG_BOOL;

	lint_warn(l, word->setting, arena_printf(l->arena, "%s=%s%s%s",
	    word->setting->key->name, docker_flag_name(l->arena, word->flag),
	    bare ? "" : "=", bare ? "" : value), why);
}

/* Whether a mount of the path has the socket in it. */
static bool
shows(struct arena *a, const char *path, const char *socket)
{
	const char *clean = path_clean(a, path);

	return *path == '/' && (TEXT_AMONG(clean, socket, "/") ||
	    path_below(clean, socket) != NULL);
}

/* The engine's socket, by the names that it commonly has and by DOCKERHOST. */
static bool
shows_engine(struct lint *l, const char *path)
{
	const struct lint_who *main = lint_who_of(l, NULL, SECTION_MAIN, NULL);
	const struct setting *host = main == NULL ? NULL
	    : main->first[KEY_DOCKERHOST];

	return shows(l->arena, path, "/run/docker.sock") ||
	    shows(l->arena, path, "/var/run/docker.sock") ||
	    (host != NULL && strncmp(host->value, "unix://", 7) == 0 &&
	    shows(l->arena, path, path_clean(l->arena, host->value + 7)));
}

static void
judge_mount(struct lint *l, const struct flag_setting *word, const char *value)
{
	const char *reason;
	struct mount m = { 0 };

	(void)mount_read(&m, l->arena, word->flag->kind, value, &reason);
	if (m.source != NULL && shows_engine(l, m.source))
		say(l, word, value, "every container has the engine's socket "
		    "in it, and who may open that is root on this host");
}

static void
judge_value(struct lint *l, const struct flag_setting *word, const char *value)
{
	const struct docker_flag *f = word->flag;

	if (value_kind_has(f->kind, KIND_BINDS))
		judge_mount(l, word, value);
	for (size_t i = 0; i < sizeof(gifts) / sizeof(gifts[0]); i++) {
		if (lint_flag_is(f, gifts[i].flag) &&
		    means(l->arena, f, value, gifts[i].value))
			say(l, word, value, gifts[i].why);
	}
}

static void
judge_word(struct lint *l, const struct flag_setting *word)
{
	struct caller c = lint_probe_caller();
	struct strv values = strv_new(l->arena);
	const char *reason;

	if (value_words_expand(
		&word->value, l->arena, &c, "", &values, &reason) &&
	    values.n > 0)
		judge_value(l, word, values.v[0]);
}

/* Only the last word of a single-valued flag holds. */
static void
judge_words(struct lint *l, const struct flag_settings *words)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct docker_flag *f = words->v[i].flag;
		bool last = true;

		for (size_t k = i + 1; f->shape != FLAG_LIST && k < words->n;
		    k++)
			last = last && words->v[k].flag != f;
		if (last)
			judge_word(l, &words->v[i]);
	}
}

/* exec's --privileged gives a user's uid nothing; see danger.def. */
void
lint_forced(struct lint *l, const struct lint_who *w)
{
	if (!lint_creates(w))
		return;
	judge_words(l, &w->forced);
	judge_words(l, &w->defaults);
}
