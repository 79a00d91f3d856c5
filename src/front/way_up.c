/* SPDX-License-Identifier: Apache-2.0 */
#include "front/way_up.h"

#include "core/base/envpack.h"
#include "core/base/strv.h"
#include "host/write_whole.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef UNDOCKER_RT
#define UNDOCKER_RT "/usr/bin/undocker-rt"
#endif
#ifndef UNDOCKER_RTS
#define UNDOCKER_RTS "/usr/bin/undocker-rts"
#endif
#ifndef UNDOCKER_SUDO
#define UNDOCKER_SUDO "/usr/bin/sudo"
#endif

/*
 * sudo asks for a password where no rule spares the user one: this is where he
 * learns why.
 */
static const char sudo_prompt[] =
    "undocker: sudo does not let you run " UNDOCKER_RT " without a password; "
    "an administrator must install undocker's sudoers file "
    "(/etc/sudoers.d/undocker).\n[sudo] password for %p: ";

int
way_up_refuse(const char *text, const char *program, int error)
{
	const char *const pieces[] = { "undocker: ", text, program,
		error != 0 ? ": " : "", error != 0 ? strerror(error) : "",
		"\n" };

	/* With stderr gone there is nobody to tell. */
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		(void)write_whole(STDERR_FILENO, pieces[i]);
	return 125;
}

/* The environment, and the same once more where nothing on the way cuts it. */
static char **
environment(struct arena *a)
{
	static char *none[] = { NULL };
	char *const *old = environ != NULL ? environ : none;
	struct strv packed = envpack(a, old);
	size_t n = 0;
	char **env;

	while (old[n] != NULL)
		n++;
	env = arena_alloc(a, (n + packed.n + 1) * sizeof(*env));
	for (n = 0; *old != NULL; old++) {
		if (strncmp(*old, ENVPACK_PREFIX, strlen(ENVPACK_PREFIX)) != 0)
			env[n++] = *old;
	}
	/* Only the type changes: execve writes to no string. */
	if (packed.n > 0)
		memcpy(env + n, packed.v, packed.n * sizeof(*env));
	return env;
}

static bool
shim_works(void)
{
	struct stat st;

	return lstat(UNDOCKER_RTS, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == 0 && (st.st_mode & S_ISUID) != 0;
}

static int
not_run(const char *program, int error)
{
	return way_up_refuse(error == EACCES ? "this host lets only some users run "
	    "undocker (ask an administrator): cannot run " : "cannot run ",
	    program, error);
}

/* The shim and the runtime get the arguments as they are. */
static int
go_straight(const char *program, char **argv, char **env)
{
	(void)execve(program, argv, env);
	return not_run(program, errno);
}

static int
go_by_sudo(struct arena *a, int argc, char **argv, char **env)
{
	static char sudo[] = "sudo", p[] = "-p", prompt[sizeof(sudo_prompt)],
		end[] = "--", runtime[] = UNDOCKER_RT;
	char *const head[] = { sudo, p, prompt, end, runtime };
	const size_t n = sizeof(head) / sizeof(head[0]);
	char **words = arena_alloc(a, (n + (size_t)argc) * sizeof(*words));

	memcpy(prompt, sudo_prompt, sizeof(prompt));
	memcpy(words, head, sizeof(head));
	for (int i = 1; i < argc; i++)
		words[n + (size_t)i - 1] = argv[i];
	(void)execve(UNDOCKER_SUDO, words, env);
	if (errno == ENOENT)
		return way_up_refuse("there is no way up: an administrator must "
		    "install " UNDOCKER_SUDO " or ", UNDOCKER_RTS, 0);
	return not_run(UNDOCKER_SUDO, errno);
}

int
way_up_go(struct arena *a, int argc, char **argv)
{
	char **env = environment(a);

	/* Neither the shim nor sudo would say what to do. */
	if (access(UNDOCKER_RT, F_OK) != 0 && errno == ENOENT)
		return way_up_refuse("undocker is not installed whole, an "
		    "administrator must install it again: there is no ",
		    UNDOCKER_RT, 0);
	if (geteuid() == 0)
		return go_straight(UNDOCKER_RT, argv, env);
	if (shim_works())
		return go_straight(UNDOCKER_RTS, argv, env);
	return go_by_sudo(a, argc, argv, env);
}
