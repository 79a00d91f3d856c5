/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words before the docker command: undocker's own (--norun ...) and
 * docker's global flags, and where the command begins. Used by the front end
 * (which only wants to know whether to answer by itself) and by the runtime.
 */
#ifndef UNDOCKER_INVOCATION_H
#define UNDOCKER_INVOCATION_H

#include "core/docker/docker_flag.h"

#include <stdbool.h>

enum invocation_answer {
	ANSWER_NONE = 0, /* there is a command to decide about */
	ANSWER_HELP, /* print invocation_help, exit 0, no policy needed */
	ANSWER_VERSION, /* print invocation_version, exit 0, no policy needed */
	ANSWER_LIST, /* --unlist: the runtime answers */
};

struct invocation {
	enum invocation_answer answer;
	bool norun;
	bool debug;
	int argc; /* the whole line, argv[0] included */
	char *const *argv;
	int command_at; /* index of the command word; argc if there is none */
};

/* Reads argv (argc >= 1). Never fails: what is odd is refused later. */
void invocation_parse(struct invocation *i, int argc, char *const *argv);

/* The docker command that is meant; *words (may be NULL) says how many words
   name it. NULL: there is none, or docker has none of that name. */
const struct docker_command *invocation_command(
    const struct invocation *i, int *words);

/* How many words the global flag takes (1 or 2); an unknown one takes one. */
int invocation_flag_words(const char *word);

/* Whether the word is one of undocker's own (--norun ...). */
bool invocation_own_word(const char *word);

/* undocker's own help and version, for stdout. */
extern const char invocation_help[];
extern const char invocation_version[];

#endif
