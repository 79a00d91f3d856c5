/* SPDX-License-Identifier: Apache-2.0 */
#include "invariants.h"

#include "core/request/cli_read.h"
#include "core/request/invocation.h"
#include "core/verdict/containers.h"
#include "core/verdict/mounts.h"
#include "core/write/cli_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One question, and what came of it. */
struct asked {
	struct judge j;
	struct settlement st;
	struct strv shown, given;
	unsigned answers;
};

static void
require(bool holds, const char *what, const struct asked *d)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	for (size_t i = 0; i < d->shown.n; i++)
		fprintf(stderr, "  '%s'\n", d->shown.v[i]);
	abort();
}

const struct caller *
invariants_caller(void)
{
	static const gid_t gids[] = { 100, 2000 };
	static struct caller caller = { .uid = 1000, .gid = 1000,
		.user = "alice", .group = "alice", .home = "/home/alice",
		.cwd = "/home/alice/x' --privileged -v '", .gids = gids,
		.ngids = 2 };
	static const char *env[] = { "TOKEN=secret", "EMPTY=", NULL };

	caller.env = (struct strv) { .v = env, .n = 2, .size = 3 };
	return &caller;
}

/* Nothing that the image mounts itself, or a volume in somebody's way. */
static struct image_names *
answer_image(struct arena *a, unsigned answers)
{
	struct image_names *image = arena_alloc(a, sizeof(*image));

	image->id = "sha256:0123456789abcdef0123456789abcdef"
		    "0123456789abcdef0123456789abcdef";
	image->names = image->volumes = strv_new(a);
	strv_push(&image->names, "alpine:latest");
	if ((answers >> 23 & 1) != 0)
		strv_push(&image->volumes, "/a/b");
	image->workdir = (answers >> 29 & 1) != 0 ? "/a/c" : "";
	return image;
}

static bool
answer(void *data, struct judge *j)
{
	const unsigned answers = ((const struct asked *)data)->answers;
	struct arena *a = j->state->arena;
	struct needs *needs = &j->needs;
	static const char lines[] = "A=1\nTOKEN\n# x\nB=2 3\n";

	for (size_t i = 0; i < needs->n; i++) {
		struct need *n = needs->v[i];

		if (n->state != NEED_OPEN)
			continue;
		n->state = answers >> (i % 32) & 1 ? NEED_MET : NEED_FAILED;
		n->error = "No such file or directory";
		n->resolved = arena_printf(a, "/r/%s", n->path);
		n->writable = answers >> ((i + 7) % 32) & 1;
		n->steady = answers >> ((i + 11) % 32) & 1;
		n->holds_mounts = answers >> ((i + 13) % 32) & 1;
		n->harmless = answers >> ((i + 17) % 32) & 1;
		n->absent = answers >> ((i + 19) % 32) & 1;
		if (n->kind == NEED_IMAGE)
			n->image = answer_image(a, answers);
		n->bytes = lines;
		n->size = strlen(lines);
	}
	return true;
}

/* Where a flag of the final command line may come from. */
static bool
accounted_for(const struct state *s, const struct docker_flag *f)
{
	const struct effective *e = s->effective;
	static const char *const from_files[] = { "env-file", "label-file" };

	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *u = &s->flags->v[i];

		if (u->flag != f && !(f->kind == VALUE_MOUNT &&
		    u->flag->kind == VALUE_VOLUME))
			continue;
		if (u->origin != FLAG_USER || (flagset_has(&e->white, u->flag)
		    && !flagset_has(&e->black, u->flag)))
			return true;
	}
	/* A NAME alone goes by a file. */
	for (size_t i = 0; i < 2; i++) {
		if (strcmp(f->names, from_files[i]) == 0)
			return true;
	}
	return false;
}

static void
check_words(const struct asked *d, const struct strv *words)
{
	struct state *s = d->j.state;
	struct request line = { 0 };
	struct fault fault = { 0 };
	size_t at =
	    1 + s->line->global.n + (strchr(s->command->name, ' ') ? 2 : 1);
	char **argv = arena_alloc(s->arena,
	    (words->n + 1) * sizeof(*argv));

	for (size_t i = 0; i < words->n; i++)
		argv[i] = arena_strdup(s->arena, words->v[i]);
	require(at <= words->n &&
		    cli_read_words(&line.flags, &line.operands, s->arena,
			&s->effective->flags, s->command->interspersed, "",
			(int)(words->n - at), argv + at, &fault),
	    "it parses again", d);
	require(line.operands.n == s->operands->n, "as many operands", d);
	for (size_t i = 0; i < line.operands.n; i++)
		require(strcmp(line.operands.v[i], s->operands->v[i]) == 0,
		    "the same operands", d);
	for (size_t i = 0; i < line.flags.n; i++)
		require(accounted_for(s, line.flags.v[i].flag),
		    "every flag is whitelisted, forced or built in", d);
}

/* The last flags, and nothing of the user's behind them. */
static void
check_order(const struct asked *d)
{
	const struct state *s = d->j.state;
	static const char *const run[] = { "user", "cap-drop", "security-opt",
		"label" };
	const char *name = s->command->name;
	size_t n = strcmp(name, "run") == 0 || strcmp(name, "create") == 0 ? 4
	    : strcmp(name, "exec") == 0 ? 1 : 0;

	for (size_t i = 1; i < s->flags->n; i++)
		require(s->flags->v[i - 1].origin <= s->flags->v[i].origin,
		    "the user's, DEFAULTS, FORCED, built in: in this order", d);
	if (s->effective->root_inside)
		return;
	require(s->flags->n >= n, "what is built in is there", d);
	for (size_t i = 0; i < n; i++) {
		const struct used_flag *u = &s->flags->v[s->flags->n - n + i];

		require(u->origin == FLAG_BUILT_IN &&
		    strncmp(u->flag->names, run[i], strlen(run[i])) == 0,
		    "what is built in is last and whole", d);
	}
}

/* Nothing lies in a volume, and docker copies nothing into one with a name. */
static void
check_volumes(const struct asked *d)
{
	const struct state *s = d->j.state;

	for (size_t n = 0; n < s->mounts->n; n++) {
		const struct planned_mount *p = &s->mounts->v[n];

		if (p->mount.type != MOUNT_VOLUME &&
		    p->mount.type != MOUNT_ANONYMOUS)
			continue;
		require(s->plain_mounts || p->verbatim || p->mount.no_copy ||
		    p->mount.type == MOUNT_ANONYMOUS, "nothing is copied", d);
		for (size_t k = 0; k < s->mounts->n; k++)
			require(path_below(p->mount.target,
			    s->mounts->v[k].mount.target) == NULL,
			    "nothing lies in a volume", d);
	}
}

/* No working directory of the line's lies in what --volumes-from brings. */
static void
check_given(const struct asked *d)
{
	const struct state *s = d->j.state;
	const struct used_flag *dir = used_flags_last(s->flags, "workdir");

	for (size_t i = 0; dir != NULL && i < s->containers->n; i++) {
		const struct container *c =
		    s->containers->v[i].need->containers;

		if (!containers_give_volumes(s, &s->containers->v[i]) ||
		    c == NULL)
			continue;
		for (size_t k = 0; k < c->mounts.n; k++)
			require(strv_has(&c->tmpfs, c->mounts.v[k]) ||
			    path_below(path_unlinked(s->arena,
				path_clean(s->arena, c->mounts.v[k])),
				path_unlinked(s->arena,
				path_clean(s->arena, dir->value))) == NULL,
			    "nothing lies in what is given", d);
	}
}

/* Every FORCED flag stands there, as often as the policy says. */
static void
check_forced(const struct asked *d)
{
	const struct state *s = d->j.state;
	size_t there = 0, wanted = 0;

	for (size_t i = 0; i < s->flags->n; i++)
		there += s->flags->v[i].origin == FLAG_FORCED;
	for (size_t i = 0; i < s->effective->forced.n; i++)
		wanted += value_words_have(&s->effective->forced.v[i].value,
		    VAR_U_GROUPS) ? s->caller->nu_groups : 1;
	require(there == wanted, "FORCED is whole", d);
}

static void
check_label(const struct asked *d)
{
	const struct state *s = d->j.state;

	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *u = &s->flags->v[i];

		require(u->origin != FLAG_USER ||
		    u->flag->kind != VALUE_LABEL ||
		    strncasecmp(u->value, "undocker.", 9) != 0,
		    "no label of undocker's is the user's", d);
	}
	for (size_t i = 0; i < s->line->labels.n; i++)
		require(strncmp(s->line->labels.v[i], "undocker.", 9) != 0,
		    "nor in a file", d);
}

/* What the policies of fuzz_argv.c say, looked for in docker's own words. */
static void
check_limits(const struct asked *d)
{
	static const char *const inside[] = { "none", "lab-a", "lab-b" };
	const struct state *s = d->j.state;

	for (size_t i = 0; i < s->flags->n; i++) {
		const struct used_flag *u = &s->flags->v[i];
		bool good = false;

		if (u->origin != FLAG_USER || u->flag->kind != VALUE_NETWORK ||
		    value_rules_of(&s->effective->allowed_values, u->flag) ==
		    NULL)
			continue;
		for (size_t k = 0; k < 3; k++)
			good = good || strcmp(u->value, inside[k]) == 0;
		require(good, "a network is one of the policy's", d);
	}
}

/* --mount=...source=PLACE, or --volume=PLACE: */
static bool
names_place(const struct asked *d, size_t k)
{
	const char *place = arena_printf(d->j.state->arena, "=/PLACE/%zu", k);

	for (size_t i = 0; i < d->given.n; i++) {
		const char *at = strstr(d->given.v[i], place);

		if (at != NULL && strchr(",:", at[strlen(place)]) != NULL)
			return true;
	}
	return false;
}

/* Each staged mount has docker's word, or lies in one before it. */
static void
check_staged(const struct asked *d)
{
	for (size_t i = 0; i < d->st.nstaged; i++) {
		const struct staged *set = d->st.staged[i];

		for (size_t k = 0; k < set->n; k++) {
			const struct staged_mount *m = &set->v[k];
			bool named = names_place(d, k);

			require(m->source[0] == '/', "a source is a path", d);
			require(m->outer == STAGED_NONE ? named
			    : m->outer < k && m->below != NULL && !named,
			    "a staged mount has its place", d);
		}
	}
}

/*
 * The engine runs ps with them, as root: no bytes but those of aux, -efo and
 * columns, and before the PID no column that may hold a blank.
 */
static void
check_ps(const struct asked *d)
{
	const struct strv *words = d->j.state->operands;
	bool list = false;

	for (size_t i = 1; i < words->n; i++) {
		const char *w = words->v[i], *pid = strstr(w, ",pid");
		const char *args = strstr(w, "args"), *comm = strstr(w, "comm");

		if (strncmp(w, "pid", 3) == 0)
			pid = w;
		if (list)
			require(pid != NULL && (args == NULL || pid < args) &&
			    (comm == NULL || pid < comm) && strspn(w,
			    "abcdefghijklmnopqrstuvwxyz,") == strlen(w),
			    "columns that only the PID's own line fills", d);
		else
			require(*w == '-' ? strspn(w + 1, "efo") + 1 ==
			    strlen(w) : strspn(w, "aux") == strlen(w),
			    "letters that show no variables", d);
		list = !list && *w == '-' && strchr(w, 'o') != NULL;
	}
	require(!list && words->n <= 4, "no word too many", d);
}

/* The words for people and for docker, of a host that made what is named. */
static void
write_words(struct asked *d, struct arena *a)
{
	struct handover h = { .places = strv_new(a),
		.variables = d->st.variables.n > 0 ? "/V" : NULL,
		.labels = d->st.labels.n > 0 ? "/L" : NULL };
	struct fault f = { 0 };

	d->shown = d->given = strv_new(a);
	for (size_t k = 0; k < STAGED_MOUNTS_MAX; k++)
		strv_pushf(&h.places, "/PLACE/%zu", k);
	require(cli_write_shown(&d->st, &d->shown, &f) &&
	    cli_write(&d->st, &h, &d->given, &f), "what is allowed is said", d);
}

static void
check_all(const struct asked *d)
{
	check_words(d, &d->shown);
	check_words(d, &d->given);
	check_order(d);
	check_forced(d);
	check_label(d);
	check_limits(d);
	check_staged(d);
	if (strcmp(d->j.state->command->name, "top") == 0)
		check_ps(d);
	check_volumes(d);
	check_given(d);
}

void
invariants_check(struct arena *a, struct policy *p, const struct caller *c,
    int argc, char *const *argv, unsigned answers)
{
	struct asked d = { .j.sayable = cli_write_sayable, .answers = answers };
	struct invocation i;
	struct request r;
	const struct docker_command *command;
	struct policy_group **groups;
	size_t n;

	invocation_parse(&i, argc, argv);
	command = invocation_command(&i, NULL);
	groups = policy_groups(p, command == NULL ? NULL : command->name, &n);
	for (size_t k = 0; k < n; k++) {
		groups[k]->state = k % 3 == 2 ? GROUP_UNKNOWN : GROUP_KNOWN;
		groups[k]->gid = k % 2 == 0 ? 100 : 5;
	}
	if (i.answer == ANSWER_HELP || i.answer == ANSWER_VERSION)
		return;
	if (!judge_begin(&d.j, a, p, c, command) ||
	    !cli_read(&r, a, &d.j.effective, p, c, &i, &d.j.fault) ||
	    !judge_request(&d.j, &r, answer, &d, &d.st)) {
		require(d.j.fault.kind != FAULT_NONE &&
			    d.j.fault.text != NULL &&
			    d.st.verdict == VERDICT_DENY &&
			    d.j.line.verdict == VERDICT_DENY,
		    "a refusal has a reason", &d);
		return;
	}
	require(d.st.verdict == VERDICT_ALLOW, "settled is allowed", &d);
	write_words(&d, a);
	if (i.command_at < argc) /* not --version */
		check_all(&d);
}
