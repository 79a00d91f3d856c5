/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any words as a command line, NUL between them; the first byte chooses the
 * policy, the next four how the look-ups end.
 */
#include "invariants.h"

#include <stdint.h>
#include <string.h>

#define WORDS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char wide[] =
    "[main]\nWHITELIST=-D|--debug,-l|--log-level string,-H|--host list\n"
    "[command:run]\nWHITELIST=-i|--interactive,-t|--tty,-d|--detach,--rm,"
    "-e|--env list,--env-file list,-l|--label list,--label-file list,"
    "-v|--volume list,--mount mount,--tmpfs list,-w|--workdir string,"
    "--name string,--network network,--pid string,-u|--user string,"
    "--security-opt list,--cap-add list,--privileged,-p|--publish list,"
    "-h|--hostname string,-x|--xyz string,--help\n"
    "ALLOWEDVALUES=--volume=z --volume=/.* --mount=.* --mount=volume-opt=.*\n"
    "MAXVALUES=--ulimit=nofile=9:99 --memory=1g --cpus=3/2 --stop-timeout=9\n"
    "RESTRICTEDVALUES=--env=LD_.* --security-opt=seccomp=.* --user=0(:.*)?\n"
    "RESTRICTEDPATHS=/r/secret /r:ro\nALLOWEDPORTS=8000-8999 ephemeral\n"
    "FORCED=-v '$PWD:$PWD' -w '$PWD' -v site:/s -e A=1\n"
    "DEFAULTS=--pids-limit=5 --dns=1.1.1.1\n"
    "[command:exec]\nUIDMUSTMATCH=false\nWHITELIST=-i|--interactive,"
    "-e|--env list,-w|--workdir string,-u|--user string\n"
    "[command:rm]\nUIDMUSTMATCH=false\nWHITELIST=-f|--force,-v|--volumes\n"
    "[command:cp]\nUIDMUSTMATCH=false\n"
    "[command:top]\nUIDMUSTMATCH=false\n"
    "[command:network ls]\n[command:inspect]\nUIDMUSTMATCH=false\n";

static const char narrow[] =
    "[main]\nERROR_ON_BLACKLISTED=false\n"
    "[command:run]\nWHITELIST=-i|--interactive,-v|--volume list,--rm\n"
    "BLACKLIST=-v|--volume list,--privileged,-e|--env list\n"
    "ALLOWEDVALUES=--network=none --network=lab-[ab] --gpus=device=[01]\n"
    "ALLOWEDPATHS=$HOME /r/x:ro\nALLOWEDVOLUMES=v.*\nALLOWEDPORTS=80/tcp\n"
    "WHITELIST=--network network,--gpus gpu-request,-p|--publish list,"
    "--device list,-m|--memory bytes,--ulimit ulimit,--cpus decimal\n"
    "ALLOWEDIMAGES=alpine:.* (a|b)+c\nRESTRICTEDIMAGES=alpine:3\\.\\d+\n"
    "[command:run group:g]\nWHITELIST=-t|--tty\nFORCED=--memory=1g\n"
    "[command:run]\nFORCED=--group-add $U_GROUPS\n"
    "[command:ps]\nWHITELIST=-a|--all\nFORCED=--filter=label=u=$U_UID\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct policy *p = policy_new(a);
	struct fault f = { 0 };
	static char name[] = "undocker";
	char *argv[WORDS_MAX + 1] = { name }, *text;
	unsigned answers = 0;
	int argc = 1;

	if (size > 5) {
		const char *policy = data[0] % 2 == 0 ? wide : narrow;

		memcpy(&answers, data + 1, sizeof(answers));
		if (!policy_add(p, "policy", policy, strlen(policy), false, &f))
			__builtin_trap();
		text = arena_alloc(a, size);
		memcpy(text, data + 5, size - 5);
		for (size_t at = 0; at < size - 5 && argc < WORDS_MAX;) {
			argv[argc++] = text + at;
			at += strlen(text + at) + 1;
		}
		invariants_check(a, p, invariants_caller(), argc, argv,
		    answers);
	}
	arena_free(a);
	return 0;
}
