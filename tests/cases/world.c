/* SPDX-License-Identifier: Apache-2.0 */
#include "engine_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void
broken(const struct world *w, const char *why)
{
	fprintf(stderr, "%s:%zu: %s\n", w->file, w->line, why);
	exit(2);
}

/* One escape of $'...'; returns what stands behind it. */
static const char *
dollar_escape(const char *s, char **out)
{
	unsigned c = 0;
	int n;

	switch (*s) {
	case 'n':
		c = '\n';
		break;
	case 't':
		c = '\t';
		break;
	case 'r':
		c = '\r';
		break;
	case 'x':
		if (sscanf(s + 1, "%2x%n", &c, &n) == 1)
			s += n;
		break;
	default:
		c = (unsigned char)*s;
	}
	*(*out)++ = (char)c;
	return s + 1;
}

struct strv
shell_words(struct world *w, struct arena *a, const char *s)
{
	struct strv words = strv_new(a);

	for (s += strspn(s, " "); *s != '\0'; s += strspn(s, " ")) {
		char *word = arena_alloc(a, strlen(s) + 1), *out = word;

		while (*s != ' ' && *s != '\0') {
			bool dollar = s[0] == '$' && s[1] == '\'';
			char quote = dollar ? '\'' : *s;

			if (quote != '\'' && quote != '"') {
				s += *s == '\\' && s[1] != '\0';
				*out++ = *s++;
				continue;
			}
			for (s += dollar ? 2 : 1; *s != quote;) {
				if (*s == '\0')
					broken(w, "a quote is not closed");
				if (dollar && *s == '\\')
					s = dollar_escape(s + 1, &out);
				else
					*out++ = *s++;
			}
			s++;
		}
		strv_push(&words, word);
	}
	return words;
}

void
answer_groups(struct world *w, struct policy *p, const char *command)
{
	size_t n;
	struct policy_group **groups = policy_groups(p, command, &n);

	for (size_t i = 0; i < n; i++) {
		groups[i]->state = GROUP_UNKNOWN;
		for (size_t k = 0; k < w->groups.n; k++) {
			char name[256];
			unsigned gid;

			if (sscanf(w->groups.v[k], "%255[^=]=%u", name,
				&gid) == 2 &&
			    strcmp(name, groups[i]->name) == 0) {
				groups[i]->state = GROUP_KNOWN;
				groups[i]->gid = gid;
			}
		}
	}
}

static void
answer_file(struct world *w, struct need *n)
{
	for (size_t i = 0; i < w->file_names.n; i++) {
		if (strcmp(w->file_names.v[i], n->path) == 0) {
			n->state = NEED_MET;
			n->bytes = w->file_bytes.v[i];
			n->size = strlen(n->bytes);
		}
	}
}

/* staged NAME [standing] {rw|ro[,forced] SOURCE [inOUTER BELOW]} */
static void
answer_staged(struct world *w, struct arena *a, struct need *n,
    const struct strv *f)
{
	struct staged *set = arena_alloc(a, sizeof(*set));
	size_t at = 2;

	if (f->n < 4 || strcmp(f->v[1], n->path) != 0)
		return;
	set->name = f->v[1];
	set->standing = strcmp(f->v[2], "standing") == 0;
	set->v = arena_alloc(a, f->n * sizeof(*set->v));
	for (at += set->standing; at + 1 < f->n; at += 2) {
		struct staged_mount *m = &set->v[set->n++];

		*m = (struct staged_mount) { .source = f->v[at + 1],
			.read_only = strncmp(f->v[at], "ro", 2) == 0,
			.forced = strstr(f->v[at], "forced") != NULL,
			.outer = STAGED_NONE, .fd = -1 };
		if (strncmp(f->v[at], "in", 2) == 0)
			broken(w, "a mount first");
		if (at + 3 < f->n && strncmp(f->v[at + 2], "in", 2) == 0) {
			m->outer = (size_t)atoi(f->v[at + 2] + 2);
			m->below = f->v[at + 3];
			at += 2;
		}
	}
	n->staged = set;
	n->state = NEED_MET;
}

void
answer(struct world *w, struct arena *a, struct need *n)
{
	if (n->state != NEED_OPEN || engine_answer(w, a, n))
		return;
	n->state = NEED_FAILED;
	n->error = "No such file or directory";
	if (n->kind == NEED_FILE)
		answer_file(w, n);
	for (size_t i = 0; i < w->answers.n; i++) {
		struct strv f = shell_words(w, a, w->answers.v[i]);

		if (f.n >= 4 && strcmp(f.v[0], "source") == 0 &&
		    n->kind == NEED_SOURCE && strcmp(f.v[1], n->path) == 0) {
			n->state = NEED_MET;
			n->resolved = f.v[2];
			n->writable = strcmp(f.v[3], "rw") == 0;
			for (size_t k = 4; k < f.n; k++) {
				n->holds_mounts |= strcmp(f.v[k], "mounts") == 0;
				n->roots |= strcmp(f.v[k], "roots") == 0;
				n->steady |= n->roots ||
				    strcmp(f.v[k], "steady") == 0;
			}
		}
		if (f.n == 3 && strcmp(f.v[0], "path") == 0 &&
		    n->kind == NEED_PATH && strcmp(f.v[1], n->path) == 0) {
			n->state = NEED_MET;
			n->resolved = f.v[2];
		}
		if (strcmp(f.v[0], "staged") == 0 && n->kind == NEED_STAGED)
			answer_staged(w, a, n, &f);
		if (f.n == 3 && strcmp(f.v[0], "below") == 0 &&
		    n->kind == NEED_BELOW && strcmp(f.v[1], n->path) == 0 &&
		    strcmp(f.v[2], n->below) == 0)
			n->state = NEED_MET;
	}
}
