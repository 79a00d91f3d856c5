/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The program that users call, also by the name docker. It decides nothing: it
 * answers for help and version, and else finds the way up to the runtime and
 * hands the same arguments on. It has no rights that its user has not.
 */
#include "core/base/arena.h"
#include "core/request/invocation.h"
#include "front/way_up.h"
#include "host/write_whole.h"

#include <unistd.h>

static void
no_memory(void)
{
	_exit(way_up_refuse("out of memory", "", 0));
}

static int
answer(const char *text)
{
	return write_whole(STDOUT_FILENO, text) ? 0 : 125;
}

int
main(int argc, char **argv)
{
	struct invocation i;

	arena_exhausted = no_memory;
	if (argc < 1 || argv[0] == NULL)
		return way_up_refuse("started without a name (argc is 0)", "", 0);
	invocation_parse(&i, argc, argv);
	switch (i.answer) {
	case ANSWER_HELP:
		return answer(invocation_help);
	case ANSWER_VERSION:
		return answer(invocation_version);
	case ANSWER_NONE:
	case ANSWER_LIST:
	default:
		return way_up_go(arena_new(), argc, argv);
	}
}
