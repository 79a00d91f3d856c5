/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client/client_help.h"

#include "core/base/ascii.h"
#include "core/policy/section.h"
#include "core/policy/value_words.h"

#include <stdlib.h>
#include <string.h>

#define TABLED_FIRST 20 /* the versions of flags.def */
#define TABLED_LAST 29
#define ASKED_MOST 400 /* a policy may name any number of flags */

struct help_of {
	const struct docker_command *command;
	bool had; /* the client has it */
	struct help_flags flags;
};

const char *
client_help_path(struct arena *a, const struct policy *p)
{
	const char *path = "/usr/bin/docker", *reason;

	for (size_t i = 0; p != NULL && i < p->n; i++) {
		const struct section *s = p->sections[i];

		for (size_t k = 0; k < s->n; k++) {
			struct words words = { 0 };

			if (s->settings[k].key->id == KEY_DOCKERPATH &&
			    value_words_split(&words, a, s->settings[k].value,
				&reason) && words.n == 1)
				path = value_words_head(&words.v[0]);
		}
	}
	return path;
}

bool
client_help_open(struct client_help *h, struct arena *a, const char *path,
    struct fault *f)
{
	*h = (struct client_help) { .arena = a, .path = path,
		.ask = client_run, .answers = strmap_new(a) };
	return client_run_there(a, path, &h->broken) ||
	    fault_set(f, a, h->broken.kind, "%s", h->broken.text);
}

/* The words that call a command. */
static struct strv
command_words(struct arena *a, const struct docker_command *c)
{
	struct strv words = strv_new(a);
	const char *name = c == NULL ? "" : c->name;

	while (*name != '\0') {
		size_t n = strcspn(name, " ");

		strv_push(&words, arena_strndup(a, name, n));
		name += n + (name[n] == ' ');
	}
	return words;
}

/* True: it was asked. False: h->broken. */
static bool
client_ask(struct client_help *h, struct client_said *said,
    const struct strv *words)
{
	*said = (struct client_said) { .out = "", .err = "" };
	if (h->asked++ >= ASKED_MOST)
		return fault_set(&h->broken, h->arena, FAULT_REFUSED,
		    "the docker client %s was asked often enough", h->path);
	return h->broken.kind == FAULT_NONE &&
	    h->ask(said, h->arena, h->path, words, CLIENT_PATIENCE_MS,
		&h->broken);
}

bool
client_help_tabled(struct client_help *h)
{
	static const char before[] = "Docker version ";
	struct strv words = strv_new(h->arena);
	struct client_said said;

	if (h->version_asked)
		return h->tabled;
	h->version_asked = true;
	strv_push(&words, "--version");
	if (client_ask(h, &said, &words) && said.status == 0 &&
	    strncmp(said.out, before, strlen(before)) == 0) {
		const char *version = said.out + strlen(before);
		long major = ascii_digit(*version) ? strtol(version, NULL, 10)
						   : 0;

		h->tabled = major >= TABLED_FIRST && major <= TABLED_LAST;
	}
	return h->tabled;
}

/* Some clients refuse what others answer with the help above it. */
static bool
command_refused(const struct client_said *said)
{
	return said->status != 0 && (strstr(said->err, "unknown command") ||
	    strstr(said->err, "is not a docker command"));
}

/* False: h->broken. */
static bool
help_ask(struct client_help *h, struct help_of *one)
{
	struct strv words = command_words(h->arena, one->command);
	struct client_said said;
	const char *reason = "it fails";

	strv_push(&words, "--help");
	if (!client_ask(h, &said, &words))
		return false;
	if (command_refused(&said))
		return true;
	if (said.status != 0 ||
	    !help_flags_read(&one->flags, h->arena, said.out, &reason))
		return fault_set(&h->broken, h->arena, FAULT_REFUSED,
		    "what the docker client %s answers to '%s' is no help: %s",
		    h->path, strv_join(&words, " "), reason);
	one->had = help_flags_are_of(said.out, one->command);
	return true;
}

static const struct help_of *
help_known(const struct client_help *h, const struct docker_command *c)
{
	for (size_t i = 0; i < h->n; i++) {
		if (h->commands[i].command == c)
			return &h->commands[i];
	}
	return NULL;
}

const struct help_flags *
client_help_of(struct client_help *h, const struct docker_command *c,
    struct fault *f)
{
	const struct help_of *known = help_known(h, c);
	struct fault unheard = { 0 };

	if (f == NULL)
		f = &unheard;
	if (known == NULL) {
		struct help_of one = { .command = c };

		if (!help_ask(h, &one)) {
			(void)fault_set(f, h->arena, h->broken.kind, "%s",
			    h->broken.text);
			return NULL;
		}
		h->commands = arena_room(h->arena, h->commands, h->n, &h->size,
		    sizeof(*h->commands));
		h->commands[h->n] = one;
		known = &h->commands[h->n++];
	}
	if (known->had)
		return &known->flags;
	(void)fault_set(f, h->arena, FAULT_REFUSED,
	    "the installed docker (%s) has no '%s'", h->path,
	    c == NULL ? "help" : c->name);
	return NULL;
}

static enum client_flag
answer_read(const struct client_said *said)
{
	if (said->status == 0)
		return CLIENT_FLAG_BOOL;
	if (strstr(said->err, "flag needs an argument: ") != NULL)
		return CLIENT_FLAG_VALUE;
	if (strstr(said->err, "unknown flag: ") != NULL ||
	    strstr(said->err, "unknown shorthand flag: ") != NULL)
		return CLIENT_FLAG_LACKS;
	return CLIENT_FLAG_UNKNOWN;
}

/* What it says of one flag word, as the last word; asked once. */
static enum client_flag
word_ask(struct client_help *h, const struct docker_command *c,
    const char *word)
{
	struct strv words = command_words(h->arena, c);
	struct client_said said;
	enum client_flag *known;
	void **slot;

	strv_push(&words, "--help");
	strv_push(&words, word);
	slot = strmap_at(&h->answers, strv_join(&words, " "));
	if (*slot == NULL) {
		*slot = known = arena_alloc(h->arena, sizeof(*known));
		if (client_ask(h, &said, &words))
			*known = answer_read(&said);
	}
	known = *slot;
	return *known;
}

enum client_flag
client_help_flag(struct client_help *h, const struct docker_command *c,
    const struct docker_flag *f)
{
	const struct help_flags *flags = client_help_of(h, c, NULL);
	enum client_flag answer = CLIENT_FLAG_LACKS;
	const struct help_flag *shown;
	const char *rest = f->names;

	if (flags == NULL)
		return CLIENT_FLAG_UNKNOWN;
	shown = help_flags_find(flags, f);
	if (shown != NULL)
		return *shown->type == '\0' ? CLIENT_FLAG_BOOL
					    : CLIENT_FLAG_VALUE;
	if (*rest == '\0')
		return word_ask(h, c, arena_printf(h->arena, "-%c", f->letter));
	while (*rest != '\0' && answer == CLIENT_FLAG_LACKS) {
		size_t n = strcspn(rest, "|");

		answer = word_ask(h, c, arena_printf(h->arena, "--%.*s",
		    (int)n, rest));
		rest += n + (rest[n] == '|');
	}
	return answer;
}
