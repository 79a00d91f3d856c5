/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request/invocation.h"

#include "core/docker/docker_flag.h"

#include <stddef.h>
#include <string.h>

#ifndef UNDOCKER_VERSION
#error "the build says which version this is"
#endif

const char invocation_version[] = "undocker " UNDOCKER_VERSION "\n";

const char invocation_help[] =
    "usage: undocker [--norun] [--undebug] [DOCKER-FLAG...] COMMAND [ARG...]\n"
    "       undocker --unlist [COMMAND] | --unversion | --unhelp\n"
    "\n"
    "Runs a docker command as far as /etc/undocker.conf allows it to you; your\n"
    "containers run with your own uid. Commands and flags are docker's:\n"
    "\n"
    "    undocker run -it alpine ash\n"
    "    undocker ps\n"
    "\n"
    "Before the command:\n"
    "  --norun          check everything, print the final docker command, run\n"
    "                   nothing\n"
    "  --undebug        tell on standard error how the decision was made\n"
    "  --unlist [COMMAND]\n"
    "                   what may I do? (with COMMAND: all about it)\n"
    "  -V, --unversion  undocker's version\n"
    "  --unhelp         this help\n"
    "\n"
    "Exit status 125 and a line that begins with \"undocker:\" mean that nothing\n"
    "was run. See undocker(1), and undocker.conf(5) for the policy.\n";

int
invocation_flag_words(const char *word)
{
	const struct docker_flag *f = NULL;
	bool attached;

	if (word[0] != '-' || word[1] == '\0')
		return 1;
	if (word[1] == '-') {
		size_t n = strcspn(word + 2, "=");

		f = docker_flag_long(NULL, word + 2, n);
		attached = word[2 + n] == '=';
	} else {
		const char *letter = word + 1;

		do {
			f = docker_flag_letter(NULL, *letter++);
		} while (f != NULL && f->shape == FLAG_BOOL && *letter != '\0');
		attached = *letter != '\0';
	}
	return f != NULL && f->shape != FLAG_BOOL && !attached ? 2 : 1;
}

/* undocker's own words; false: it is not one of them. */
static bool
own_word(struct invocation *i, const char *word, enum invocation_answer *best)
{
	static const struct {
		const char *word;
		enum invocation_answer answer;
	} words[] = {
		{ "--unhelp", ANSWER_HELP },
		{ "--help", ANSWER_HELP },
		{ "-h", ANSWER_HELP },
		{ "--unversion", ANSWER_VERSION },
		{ "-V", ANSWER_VERSION },
		{ "--unlist", ANSWER_LIST },
	};

	if (strcmp(word, "--norun") == 0)
		return i->norun = true;
	if (strcmp(word, "--undebug") == 0)
		return i->debug = true;
	for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
		if (strcmp(word, words[k].word) == 0) {
			/* The enum stands in the order of what wins. */
			if (*best == ANSWER_NONE || words[k].answer < *best)
				*best = words[k].answer;
			return true;
		}
	}
	return false;
}

bool
invocation_own_word(const char *word)
{
	enum invocation_answer best = ANSWER_NONE;
	struct invocation i = { 0 };

	return own_word(&i, word, &best);
}

/* docker -v and docker --version: for the runtime, if the policy allows it. */
static bool
asks_version(int argc, char *const *argv)
{
	for (int at = 1; at < argc; at++) {
		if (strcmp(argv[at], "--version") == 0 ||
		    strcmp(argv[at], "-v") == 0)
			return true;
	}
	return false;
}

const struct docker_command *
invocation_command(const struct invocation *i, int *words)
{
	const char *const *argv = (const char *const *)i->argv;
	int none;

	if (i->command_at >= i->argc)
		return NULL;
	return docker_command_find(argv[i->command_at],
	    i->command_at + 1 < i->argc ? argv[i->command_at + 1] : NULL,
	    words == NULL ? &none : words);
}

void
invocation_parse(struct invocation *i, int argc, char *const *argv)
{
	enum invocation_answer best = ANSWER_NONE;
	int at = 1;

	*i = (struct invocation) { .argc = argc, .argv = argv };
	while (at < argc && argv[at][0] == '-' && argv[at][1] != '\0' &&
	    strcmp(argv[at], "--") != 0) {
		if (own_word(i, argv[at], &best))
			at++;
		else
			at += invocation_flag_words(argv[at]);
	}
	i->command_at = at < argc ? at : argc;
	if (best != ANSWER_NONE)
		i->answer = best;
	else if (at >= argc ? !asks_version(argc, argv)
			    : strcmp(argv[at], "help") == 0)
		i->answer = ANSWER_HELP;
}
