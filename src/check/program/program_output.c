/* SPDX-License-Identifier: Apache-2.0 */
#include "check/program/program_output.h"

#include "check/program/program_run.h"
#include "host/files/trust.h"

#include <string.h>
#include <unistd.h>

#define OUTPUT_MOST ((size_t)8 << 20)
#define ERROR_MOST ((size_t)256)
#define PATIENCE_MS 10000

static const char *
run(struct program_output *o, struct arena *a, int program,
    const char *const *argv)
{
	static const char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
		locale[] = "LC_ALL=C";
	static const char *const env[] = { path, locale, NULL };
	const struct program_way way = { .argv = argv, .env = env,
		.output_most = OUTPUT_MOST, .patience_ms = PATIENCE_MS };
	struct program_said said = { 0 };
	const char *why = program_run(&said, a, program, &way);
	size_t line = strcspn(said.err.bytes, "\n");

	o->out = said.out.bytes;
	o->size = said.out.n;
	o->err = arena_strndup(a, said.err.bytes,
	    line < ERROR_MOST ? line : ERROR_MOST);
	o->status = said.status;
	/* One that a signal ended has said nothing either. */
	return why == NULL && o->status >= PROGRAM_NOT_RUN
	    ? "cannot be started" : why;
}

bool
program_output(struct program_output *o, struct arena *a, const char *path,
    const char *const *argv, const char **why)
{
	struct stat st;
	int program = trust_open(a, path, TRUST_ROOTS_LINK, &st, why);

	if (program < 0)
		return false;
	*why = S_ISREG(st.st_mode) ? trust_owner(&st) : "is no program";
	if (*why == NULL)
		*why = run(o, a, program, argv);
	(void)close(program);
	return *why == NULL;
}
