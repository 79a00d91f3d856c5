/* SPDX-License-Identifier: Apache-2.0 */
#include "check/client/client_run.h"

#include "check/program/program_run.h"
#include "host/client/client_program.h"

#include <string.h>
#include <unistd.h>

/* Root's directories, as the runtime's client has them; no engine answers. */
static const char *const environment[] = {
	"PATH=/usr/bin:/bin",
	"HOME=" UNDOCKER_DATADIR "/home",
	"DOCKER_CONFIG=" UNDOCKER_DATADIR "/docker",
	"DOCKER_HOST=unix:///nonexistent",
	"DOCKER_BUILDKIT=0", /* help for build without the buildx plugin */
	"LANG=C.UTF-8",
	NULL,
};

/* -1: f. */
static int
program_open(struct arena *a, const char *path, struct fault *f)
{
	const char *why;
	int fd = client_program_open(a, path, &why);

	if (fd < 0)
		(void)fault_set(f, a, FAULT_REFUSED, "the docker client %s %s",
		    path, why);
	return fd;
}

bool
client_run_there(struct arena *a, const char *path, struct fault *f)
{
	int fd = program_open(a, path, f);

	if (fd < 0)
		return false;
	(void)close(fd);
	return true;
}

static bool
is_text(const struct program_text *t)
{
	return t->n == 0 || memchr(t->bytes, '\0', t->n) == NULL;
}

/* NULL: it has answered. */
static const char *
ask(struct client_said *said, struct arena *a, int program,
    const struct strv *words, int patience_ms)
{
	struct strv argv = strv_new(a);
	struct program_way way = { .env = environment, .as_nobody = true,
		.output_most = CLIENT_OUTPUT_MAX, .patience_ms = patience_ms };
	struct program_said heard = { 0 };
	const char *why;

	strv_push(&argv, "docker");
	for (size_t i = 0; i < words->n; i++)
		strv_push(&argv, words->v[i]);
	way.argv = argv.v;
	why = program_run(&heard, a, program, &way);
	said->status = heard.status;
	said->out = heard.out.bytes;
	said->err = heard.err.bytes;
	if (why == NULL && (!is_text(&heard.out) || !is_text(&heard.err)))
		why = "says what is no text";
	if (why != NULL)
		return arena_printf(a, "it %s", why);
	return said->status == PROGRAM_NOT_RUN ? said->err : NULL;
}

bool
client_run(struct client_said *said, struct arena *a, const char *path,
    const struct strv *words, int patience_ms, struct fault *f)
{
	int program = program_open(a, path, f);
	const char *why;

	if (program < 0)
		return false;
	why = ask(said, a, program, words, patience_ms);
	(void)close(program);
	return why == NULL || fault_set(f, a, FAULT_REFUSED,
	    "the docker client %s cannot be asked: %s", path, why);
}
