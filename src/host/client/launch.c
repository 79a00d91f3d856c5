/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/launch.h"

#include "host/caller/identity.h"
#include "host/client/client_env.h"
#include "host/client/client_fds.h"
#include "host/client/client_filter.h"
#include "host/client/client_program.h"
#include "host/client/credentials.h"
#include "host/engine/engine_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool
program_open(int *program, const char *path, struct arena *a, struct fault *f)
{
	const char *why;

	*program = client_program_open(a, path, &why);
	if (*program >= 0)
		return true;
	if (strcmp(why, "does not exist") == 0)
		why = "does not exist: is docker installed? (see DOCKERPATH)";
	return fault_set(f, a, FAULT_REFUSED, "the docker client %s %s", path,
	    why);
}

bool
launch_prepare(struct launch *l, const struct settings *settings, bool binds,
    const struct caller *c, struct arena *a, struct fault *f)
{
	*l = (struct launch) { .program = -1 };
	return program_open(&l->program, settings->docker, a, f) &&
	    engine_socket_group(settings, c, a, &l->gid, f) &&
	    (!binds || engine_socket_shares_mounts(settings, c, a, f));
}

/* Whatever a library left open ends here. */
static bool
descriptors_set(int program, struct arena *a, struct fault *f)
{
	if (dup3(program, CLIENT_FD_PROGRAM, O_CLOEXEC) != CLIENT_FD_PROGRAM ||
	    syscall(SYS_close_range, 3U, (unsigned int)CLIENT_FDS_FIRST - 1,
		0U) != 0 ||
	    syscall(
		SYS_close_range, (unsigned int)CLIENT_FDS_BEHIND, ~0U, 0U) != 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "the client's descriptors cannot be set: %s",
		    strerror(errno));
	return true;
}

/* The type that execve wants; it writes to no string. */
static char **
exec_vector(struct arena *a, const struct strv *words)
{
	char **v = arena_alloc(a, (words->n + 1) * sizeof(*v));

	if (words->n > 0)
		memcpy(v, words->v, words->n * sizeof(*v));
	return v;
}

/* From root to the client's rights. Nothing here can be undone. */
static bool
rights_given_up(const struct launch *l, const struct settings *s,
    const struct caller *c, struct arena *a, struct fault *f)
{
	bool ids = s->as_root && c->uid != 0 ? identity_keep(a, f) :
	    identity_drop(a, c, l->gid, f);

	if (!ids)
		return false;
	if (c->uid == 0)
		return true; /* root runs docker as root would */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0 ||
	    prctl(PR_GET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L) != 1)
		return fault_set(f, a, FAULT_REFUSED,
		    "no_new_privs cannot be set: %s", strerror(errno));
	return true;
}

void
launch(const struct launch *l, const struct made_ready *ready,
    const struct strv *argv, const struct settings *settings,
    const struct caller *c, const struct inherited *was, struct arena *a,
    struct fault *f)
{
	struct client_exec only = { .fd = CLIENT_FD_PROGRAM, .path = "" };
	struct strv env;

	if (argv->n == 0) {
		(void)fault_set(f, a, FAULT_REFUSED, "nothing was allowed");
		return;
	}
	if (!descriptors_set(l->program, a, f))
		return;
	env = client_env(a, settings->engine, ready->config,
	    ready->may_write_config, was->env);
	only.env = exec_vector(a, &env);
	only.argv = exec_vector(a, argv);
	if (!rights_given_up(l, settings, c, a, f) ||
	    (c->uid != 0 && !client_filter(a, &only, f)))
		return;
	if (!hygiene_give_back(was) ||
	    (ready->may_write_config && !credentials_bound())) {
		(void)fault_set(f, a, FAULT_REFUSED,
		    "the caller's limits cannot be restored: %s",
		    strerror(errno));
		return;
	}
	(void)syscall(SYS_execveat, only.fd, only.path, only.argv, only.env,
	    AT_EMPTY_PATH);
	(void)fault_set(f, a, FAULT_REFUSED, "cannot run %s: %s",
	    settings->docker, strerror(errno));
}
