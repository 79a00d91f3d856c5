/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The setuid way up. The kernel makes it root and it starts the runtime, which
 * finds the caller in the real uid that stays as it was. It decides nothing
 * and hands on nothing of the caller's environment but what is data.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#ifndef UNDOCKER_RT
#define UNDOCKER_RT "/usr/bin/undocker-rt"
#endif

static void
say(const char *text)
{
	/* With stderr gone there is nobody to tell. */
	ssize_t ignored = write(STDERR_FILENO, text, strlen(text));

	(void)ignored;
}

static int
refuse(const char *text, const char *reason)
{
	say("undocker: ");
	say(text);
	if (reason != NULL) {
		say(": ");
		say(reason);
	}
	say("\n");
	return 125;
}

/* UNDOCKER_ENV_<digits>: the caller's packed environment. */
static bool
packed(const char *entry)
{
	static const char prefix[] = "UNDOCKER_ENV_";
	size_t n = sizeof(prefix) - 1, digits;

	if (strncmp(entry, prefix, n) != 0)
		return false;
	digits = strspn(entry + n, "0123456789");
	return digits > 0 && entry[n + digits] == '=';
}

/* What the client may know of the caller's terminal, language and zone. */
static bool
ambient(const char *entry)
{
	static const char *const names[] = { "TERM=", "LANG=", "LANGUAGE=",
		"TZ=", "NO_COLOR=", "COLORTERM=", "LC_" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strncmp(entry, names[i], strlen(names[i])) == 0)
			return true;
	}
	return false;
}

/* Leaves in env, in place, only what may pass. */
static void
environment_filter(char **env)
{
	char **keep = env;

	for (; *env != NULL; env++) {
		if (packed(*env) || ambient(*env))
			*keep++ = *env;
	}
	*keep = NULL;
}

int
main(int argc, char **argv)
{
	char *none[] = { NULL }, **env = environ != NULL ? environ : none;

	if (argc < 1 || argv[0] == NULL)
		return refuse("started without a name (argc is 0)", NULL);
	if (geteuid() != 0)
		return refuse("undocker-rts is not in effect: an administrator "
		    "must install it setuid root, and the process must not "
		    "have no_new_privs", NULL);
	environment_filter(env);
	(void)execve(UNDOCKER_RT, argv, env);
	return refuse("cannot run " UNDOCKER_RT, strerror(errno));
}
