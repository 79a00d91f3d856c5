/* SPDX-License-Identifier: Apache-2.0 */
/* A docker client that answers from a table. */
#ifndef UNDOCKER_CLIENT_ANSWERS_H
#define UNDOCKER_CLIENT_ANSWERS_H

#include "check/client/client_help.h"

#include "fixture.h"

#include <string.h>

struct client_answer {
	const char *words; /* "run --help" */
	int status;
	const char *out;
	const char *err;
};

#define RUN_USAGE "Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n"

/* As 20.10 lays it out; lines of the real help, with odd ones between. */
#define RUN_HELP \
	"\n" RUN_USAGE \
	"\n" \
	"Run a command in a new container\n" \
	"\n" \
	"Options:\n" \
	"      --add-host list                  Add a custom host-to-IP mapping\n" \
	"                                       (host:ip)\n" \
	"  -e, --env list                       Set environment variables\n" \
	"      --memory-swappiness int          Tune container memory swappiness\n" \
	"                                       -1 for unlimited)\n" \
	"      --newest string                  Of tomorrow\n" \
	"      --optional string[=\"x\"]          A value that may be left out\n" \
	"      --privileged                     Give extended privileges to this\n" \
	"                                       container\n" \
	"      --rm                             Automatically remove it\n" \
	"  -x                                   Only a letter\n"

static const struct client_answer client_answers[] = {
	{ "run --help", 0, RUN_HELP, "" },
	{ "run --help --hidden", 0, RUN_HELP, "Flag --hidden is deprecated\n" },
	{ "run --help --net", 125, "", "flag needs an argument: --net\n\n"
	    RUN_USAGE },
	{ "run --help -y", 125, "", "flag needs an argument: 'y' in -y\n" },
	{ "run --help -z", 125, "", "unknown shorthand flag: 'z' in -z\n" },
	{ "run --help --strange", 1, "", "Segmentation fault\n" },
	{ "stop --help", 0, "Usage:  docker stop [OPTIONS] CONTAINER\n\n"
	    "Aliases:\n  docker container stop, docker stop\n\n"
	    "Options:\n  -s, --signal string   Signal\n"
	    "  -t, --timeout int     Seconds\n", "" },
	{ "pause --help", 0, "Usage:  docker pause CONTAINER [CONTAINER...]\n",
	    "" },
	{ "ps --help", 0, "Usage:  docker container ls [OPTIONS]\n\nOptions:\n"
	    "      --no-trunc string   Another arity than docker's\n", "" },
	{ "volume update --help", 0, "Usage:  docker volume COMMAND\n", "" },
	{ "volume prune --help", 1, "", "docker: unknown command: docker "
	    "volume prune\n" },
	{ "rm --help", 1, "", "cannot allocate memory\n" },
	{ "--help", 0, "Usage:  docker [OPTIONS] COMMAND\n\nGlobal Options:\n"
	    "  -D, --debug   Enable debug mode\n\nCommands:\n"
	    "  -not a flag\n", "" },
};

static unsigned client_asked; /* in one test: each has its own process */

/* A client_asker. */
static bool
client_answers_ask(struct client_said *said, struct arena *arena,
    const char *path, const struct strv *words, int patience_ms,
    struct fault *f)
{
	const char *asked = strv_join(words, " ");

	(void)path;
	client_asked++;
	if (patience_ms <= 0)
		return fault_set(f, arena, FAULT_REFUSED, "no time");
	for (int i = 0; i < ROWS(client_answers); i++) {
		const struct client_answer *c = &client_answers[i];

		if (strcmp(c->words, asked) == 0) {
			said->status = c->status;
			said->out = c->out;
			said->err = c->err;
			return true;
		}
	}
	said->status = 125;
	said->out = "";
	said->err = arena_printf(arena, "unknown flag: %s\n",
	    words->v[words->n - 1]);
	return true;
}

static inline struct client_help
client_answers_help(void)
{
	return (struct client_help) { .arena = a, .path = "/usr/bin/docker",
		.ask = client_answers_ask, .answers = strmap_new(a) };
}

#endif
