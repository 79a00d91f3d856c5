/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Golden cases: policy, caller and argv in, final argv or refusal out. Links
 * the core only. See README.md in this folder for the files.
 */
#include "engine_world.h"

#include "core/base/shellword.h"
#include "core/list/list.h"
#include "core/request/cli_read.h"
#include "core/write/cli_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
answer_all(void *data, struct judge *j)
{
	struct world *w = data;

	for (size_t i = 0; i < j->needs.n; i++)
		answer(w, w->asker, j->needs.v[i]);
	return true;
}

/* docker's argv, where no host has made anything: places without a name. */
static const char *
given(struct arena *a, const struct settlement *st)
{
	struct handover h = { .places = strv_new(a),
		.variables = st->variables.n > 0 ? "" : NULL,
		.labels = st->labels.n > 0 ? "" : NULL };
	struct strv argv = strv_new(a);
	struct fault f = { 0 };

	for (size_t i = 0; st->nstaged > 0 && i < st->staged[0]->n; i++)
		strv_pushf(&h.places, STAGED_DIR "/-/%zu", i);
	return cli_write(st, &h, &argv, &f) ? shellword_join(a, &argv) : f.text;
}

static char *
decide(struct world *w, struct arena *a, struct strv words, bool *allowed,
    struct settlement *st, struct strv *notes)
{
	struct policy *p = policy_new(a);
	struct judge j = { .sayable = cli_write_sayable };
	struct request r;
	struct strv shown = strv_new(a);
	struct invocation i;
	const struct docker_command *command;
	char **argv = arena_alloc(a, (words.n + 2) * sizeof(*argv));

	argv[0] = arena_strdup(a, "undocker");
	for (size_t k = 0; k < words.n; k++)
		argv[k + 1] = arena_strdup(a, words.v[k]);
	*allowed = false;
	invocation_parse(&i, (int)words.n + 1, argv);
	if (i.answer == ANSWER_HELP || i.answer == ANSWER_VERSION)
		return arena_strdup(a, i.answer == ANSWER_HELP
		    ? "(help)" : "(version)");
	if (w->policy == NULL)
		broken(w, "there is no policy yet");
	if (!policy_add(p, "policy", w->policy, strlen(w->policy), false,
		&j.fault))
		return shellword_escape(a, j.fault.text);
	command = invocation_command(&i, NULL);
	answer_groups(w, p, command == NULL || i.answer == ANSWER_LIST
	    ? NULL : command->name);
	w->caller.env = w->env;
	if (i.answer == ANSWER_LIST) {
		struct strv lines;

		*allowed = list_lines(&j, a, p, &w->caller, &i, &lines);
		return *allowed ? strv_join(&lines, " / ")
				: shellword_escape(a, j.fault.text);
	}
	w->asker = a;
	*allowed = judge_begin(&j, a, p, &w->caller, command) &&
	    cli_read(&r, a, &j.effective, p, &w->caller, &i, &j.fault) &&
	    judge_request(&j, &r, answer_all, w, st) &&
	    cli_write_shown(st, &shown, &j.fault);
	if (!*allowed)
		return shellword_escape(a, j.fault.text);
	*notes = j.notes;
	return shellword_join(a, &shown);
}

/* @RUN and @EXEC stand for what is built in for the caller. */
static const char *
fill_macros(struct world *w, struct arena *a, const char *expected)
{
	unsigned long uid = w->caller.uid, gid = w->caller.gid;
	const char *at = strstr(expected, "@RUN");
	const char *text;

	if (at != NULL) {
		text = arena_printf(a, "--user=%lu:%lu --cap-drop=ALL "
		    "--security-opt=no-new-privileges "
		    "--label=undocker.uid=%lu", uid, gid, uid);
		return arena_printf(a, "%.*s%s%s", (int)(at - expected),
		    expected, text, at + 4);
	}
	at = strstr(expected, "@EXEC");
	if (at == NULL)
		return expected;
	return arena_printf(a, "%.*s--user=%lu:%lu%s", (int)(at - expected),
	    expected, uid, gid, at + 5);
}

static bool
starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* refuse: the message begins so; all other kinds: exactly so */
static void
check(struct world *w, const char *kind, const char *words,
    const char *expected)
{
	struct arena *a = arena_new();
	struct settlement st = { 0 };
	struct strv notes = strv_new(a);
	bool allowed, good;
	const char *got = decide(w, a,
	    shell_words(w, a, engine_ids(w, a, words)), &allowed, &st,
	    &notes);

	expected = engine_ids(w, a, fill_macros(w, a, expected));
	if (strcmp(kind, "given") == 0)
		got = allowed ? given(a, &st) : got;
	else if (strcmp(kind, "lines") == 0)
		got = !allowed || st.variables.n == 0 ? got
		    : shellword_escape(a, cli_write_file(a, &st.variables));
	else if (strcmp(kind, "labels") == 0)
		got = !allowed || st.labels.n == 0 ? got
		    : shellword_escape(a, cli_write_file(a, &st.labels));
	else if (strcmp(kind, "notes") == 0)
		got = !allowed ? got : shellword_escape(a,
		    strv_join(&notes, " / "));
	good = strcmp(kind, "refuse") == 0
	    ? !allowed && *expected != '\0' && starts_with(got, expected)
	    : (allowed || *got == '(') && strcmp(got, expected) == 0;
	if (good) {
		w->passed++;
	} else {
		w->failed++;
		printf("%s:%zu: %s %s\n  expected: %s\n  got %s: %s\n", w->file,
		    w->line, kind, words, expected,
		    allowed ? "allowed" : "refused", got);
	}
	arena_free(a);
}

static void
set_caller(struct world *w, const char *text)
{
	struct strv f = shell_words(w, w->arena, text);
	struct caller *c = &w->caller;
	gid_t *gids = arena_alloc(w->arena, 32 * sizeof(*gids));

	if (f.n < 3)
		broken(
		    w, "caller NAME UID GID [home=...] [cwd=...] [gids=...]");
	*c = (struct caller) { .user = f.v[0], .group = f.v[0], .gids = gids,
		.uid = (uid_t)atoi(f.v[1]), .gid = (gid_t)atoi(f.v[2]) };
	c->home = arena_printf(w->arena, "/home/%s", c->user);
	c->cwd = c->home;
	for (size_t i = 3; i < f.n; i++) {
		if (starts_with(f.v[i], "home="))
			c->home = f.v[i] + 5;
		else if (strcmp(f.v[i], "group=") == 0)
			c->group = NULL;
		else if (starts_with(f.v[i], "group="))
			c->group = f.v[i] + 6;
		else if (strcmp(f.v[i], "cwd=") == 0)
			c->cwd = NULL;
		else if (starts_with(f.v[i], "cwd="))
			c->cwd = f.v[i] + 4;
		else if (starts_with(f.v[i], "cgroup="))
			c->cgroup = f.v[i] + 7;
		else if (starts_with(f.v[i], "gids="))
			for (const char *g = f.v[i] + 4; g != NULL;
			    g = strchr(g + 1, ','))
				gids[c->ngids++] = (gid_t)atoi(g + 1);
		else
			broken(w, "what does the caller have?");
	}
}

/* The lines up to the one that is END, each with its line end. */
static char *
here_document(struct world *w, FILE *in)
{
	char *line = NULL, *text = arena_strdup(w->arena, "");
	size_t size = 0;

	while (getline(&line, &size, in) >= 0) {
		w->line++;
		if (strcmp(line, "END\n") == 0) {
			free(line);
			return text;
		}
		text = arena_printf(w->arena, "%s%s", text, line);
	}
	broken(w, "END is missing");
}

/* The text that stands in the line itself, or else in those up to END. */
static char *
text_of(struct world *w, struct strv *words, size_t at, FILE *in)
{
	if (words->n > at + 1)
		broken(w, "one word is wanted");
	return words->n > at ? arena_strdup(w->arena, words->v[at])
			     : here_document(w, in);
}

/* A policy that users copy: a file beside the cases. */
static char *
recipe(struct world *w, const char *name)
{
	const char *slash = strrchr(w->file, '/');
	char *text = arena_alloc(w->arena, 65536);
	FILE *in = fopen(arena_printf(w->arena, "%.*s%s",
	    slash == NULL ? 0 : (int)(slash - w->file) + 1, w->file, name),
	    "r");
	size_t n;

	if (in == NULL)
		broken(w, "there is no such recipe");
	n = fread(text, 1, 65535, in);
	fclose(in);
	if (n == 0 || n == 65535)
		broken(w, "no recipe's size");
	return text;
}

static bool
asks(const char *word)
{
	static const char *const kinds[] = { "allow", "refuse", "given",
		"lines", "labels", "notes" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i], word) == 0)
			return true;
	}
	return false;
}

static void
statement(struct world *w, char *line, FILE *in)
{
	static char kind[16], words[65536];
	char *rest = strchr(line, ' ');
	struct strv f;

	if (rest == NULL)
		rest = line + strlen(line);
	else
		*rest++ = '\0';
	if (w->asked != 0 && strcmp(line, "=>") != 0)
		broken(w, "the line above wants its answer");
	if (strcmp(line, "policy") == 0) {
		f = shell_words(w, w->arena, rest);
		w->policy = text_of(w, &f, 0, in);
	} else if (strcmp(line, "caller") == 0) {
		set_caller(w, rest);
	} else if (strcmp(line, "env") == 0) {
		f = shell_words(w, w->arena, rest);
		for (size_t i = 0; i < f.n; i++)
			strv_push(&w->env, f.v[i]);
	} else if (strcmp(line, "group") == 0) {
		strv_push(&w->groups, arena_strdup(w->arena, rest));
	} else if (strcmp(line, "recipe") == 0) {
		w->policy = recipe(w, rest);
	} else if (strcmp(line, "source") == 0 || strcmp(line, "below") == 0 ||
	    strcmp(line, "path") == 0 || strcmp(line, "staged") == 0) {
		strv_push(&w->answers,
		    arena_printf(w->arena, "%s %s", line, rest));
	} else if (strcmp(line, "file") == 0) {
		f = shell_words(w, w->arena, rest);
		if (f.n == 0)
			broken(w, "which file?");
		strv_push(&w->file_names, f.v[0]);
		strv_push(&w->file_bytes, text_of(w, &f, 1, in));
	} else if (asks(line)) {
		snprintf(kind, sizeof(kind), "%s", line);
		snprintf(words, sizeof(words), "%s", rest);
		w->asked = w->line;
	} else if (strcmp(line, "=>") == 0) {
		if (w->asked == 0)
			broken(w, "an answer without a question");
		check(w, kind, words, rest);
		w->asked = 0;
	} else if (!engine_line(w, line, rest)) {
		broken(w, "what is this line?");
	}
}

static void
run_file(struct world *w, const char *path)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	w->file = path;
	w->line = 0;
	w->arena = arena_new();
	w->policy = NULL;
	w->env = w->groups = w->answers = strv_new(w->arena);
	w->file_names = w->file_bytes = strv_new(w->arena);
	w->containers = w->images = w->volumes = strv_new(w->arena);
	w->engine_down = false;
	if (in == NULL)
		broken(w, "cannot be read");
	set_caller(w, "alice 1000 1000");
	while (getline(&line, &size, in) >= 0) {
		w->line++;
		line[strcspn(line, "\n")] = '\0';
		if (*line != '\0' && *line != '#')
			statement(w, line, in);
	}
	if (w->asked != 0)
		broken(w, "the line above wants its answer");
	free(line);
	fclose(in);
	arena_free(w->arena);
}

int
main(int argc, char **argv)
{
	struct world w = { 0 };

	for (int i = 1; i < argc; i++)
		run_file(&w, argv[i]);
	printf("golden: %u passed, %u failed\n", w.passed, w.failed);
	return w.failed == 0 && w.passed > 0 ? 0 : 1;
}
