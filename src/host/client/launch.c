/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/launch.h"

#include "host/caller/identity.h"
#include "host/client/client_env.h"
#include "host/client/client_files.h"
#include "host/client/client_filter.h"
#include "host/client/client_program.h"
#include "host/client/credentials.h"
#include "host/engine/engine_socket.h"
#include "host/mounts/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The descriptors that exist at the exec, besides 0-2. */
enum {
	FD_FIRST = 100,
	FD_ENV = FD_FIRST, /* --env-file */
	FD_LABEL, /* --label-file */
	FD_STAGE, /* holds the lock of the mounts that were made */
	FD_LOGIN, /* the user's registry credentials */
	FD_PROGRAM, /* closed by the exec */
	FD_BEHIND,
};

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
launch_prepare(struct launch *l, const struct decision *d,
    const struct caller *c, struct arena *a, struct fault *f)
{
	const struct settings *s = &d->settings;

	*l = (struct launch) { .program = -1 };
	return program_open(&l->program, s->docker, a, f) &&
	    engine_socket_group(s, c, a, &l->gid, f) &&
	    (!d->final.binds || engine_shares_mounts(s, c, a, f));
}

/* docker's words with the places of the mounts in them. */
static bool
places_handed(struct final *final, const struct staged *set, struct arena *a,
    struct fault *f)
{
	static const char place[] = STAGED_DIR "/" STAGED_UNNAMED "/";
	const size_t named = sizeof(STAGED_DIR "/") - 1;

	for (size_t i = 0; i < set->n; i++) {
		size_t at = set->v[i].at;
		const char *word, *found;

		if (at == 0)
			continue;
		word = at < final->given.n ? final->given.v[at] : "";
		found = strstr(word, place);
		if (found == NULL)
			return fault_set(f, a, FAULT_REFUSED,
			    "a mount has no place (this is a bug)");
		final->given.v[at] = arena_printf(a, "%.*s%s%s",
		    (int)(found - word) + (int)named, word, set->name,
		    found + sizeof(place) - 2);
	}
	return true;
}

/*
 * Makes the mounts. The client inherits the lock of what is new, for as long as
 * the engine may not know of it.
 */
static bool
mounts_made(struct decision *d, const struct caller *c, struct arena *a,
    struct fault *f)
{
	struct final *final = &d->final;
	int lock = -1;

	for (size_t i = 0; i < final->nstaged; i++) {
		struct staged *set = final->staged[i];

		if (set->name != NULL) {
			if (!stage_again(set, c, a, f))
				return false;
			continue;
		}
		if (!stage_make(set, &d->settings, c, a, &lock, f) ||
		    !places_handed(final, set, a, f))
			return false;
		if (fcntl(lock, F_DUPFD, FD_STAGE) != FD_STAGE)
			return fault_set(f, a, FAULT_REFUSED,
			    "no descriptor for a lock: %s", strerror(errno));
		(void)close(lock);
	}
	return true;
}

/* What may leave such mounts without a container. */
static bool
may_end_mounts(const struct decision *d)
{
	static const char *const names[] = { "rm", "stop", "kill" };
	const char *name = d->command;

	if (d->final.nstaged > 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return strstr(name, "prune") != NULL;
}

/* The word at `at` gets the path of the file that holds these lines. */
static bool
lines_handed(struct final *final, const char *lines, size_t at, uid_t uid,
    int fd, struct arena *a, struct fault *f)
{
	if (at == 0 && lines == NULL)
		return true;
	if (at == 0 || at >= final->given.n || lines == NULL)
		return fault_set(f, a, FAULT_REFUSED,
		    "a file for the client has no place (this is a bug)");
	if (!client_file(a, lines, uid, fd, f))
		return false;
	final->given.v[at] = arena_printf(a, "%s/proc/self/fd/%d",
	    final->given.v[at], fd);
	return true;
}

/* The client's own configuration in *config, where it has one. */
static bool
credentials_handed(const struct decision *d, const struct caller *c,
    struct arena *a, struct credentials *own, const char **config,
    struct fault *f)
{
	bool handed;

	if (!credentials_open(own, d->command, c->uid,
		d->settings.as_root ? 0 : c->uid, a, f))
		return false;
	if (own->fd < 0)
		return true;
	handed = fcntl(own->fd, F_DUPFD, FD_LOGIN) == FD_LOGIN;
	(void)close(own->fd);
	*config = arena_printf(a, "/proc/self/fd/%d", FD_LOGIN);
	return handed || fault_set(f, a, FAULT_REFUSED,
	    "no descriptor for credentials: %s", strerror(errno));
}

/* Whatever a library left open ends here. */
static bool
descriptors_set(int program, struct arena *a, struct fault *f)
{
	if (dup3(program, FD_PROGRAM, O_CLOEXEC) != FD_PROGRAM ||
	    syscall(SYS_close_range, 3U, (unsigned int)FD_FIRST - 1, 0U) != 0 ||
	    syscall(SYS_close_range, (unsigned int)FD_BEHIND, ~0U, 0U) != 0)
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
launch(const struct launch *l, struct decision *d, const struct caller *c,
    const struct inherited *was, struct arena *a, struct fault *f)
{
	const uid_t uid = d->settings.as_root ? 0 : c->uid;
	const char *config = NULL;
	struct credentials own;
	struct strv env;
	struct final *final = &d->final;
	struct client_exec only = { .fd = FD_PROGRAM, .path = "" };

	if (final->given.n == 0 || d->verdict != VERDICT_ALLOW) {
		(void)fault_set(f, a, FAULT_REFUSED, "nothing was allowed");
		return;
	}
	if (!mounts_made(d, c, a, f))
		return;
	if (may_end_mounts(d) && stage_any())
		stage_watch(&d->settings, c, a);
	if (!lines_handed(final, final->env_lines, final->env_at, uid, FD_ENV,
	    a, f) || !lines_handed(final, final->label_lines, final->label_at,
	    uid, FD_LABEL, a, f) ||
	    !credentials_handed(d, c, a, &own, &config, f) ||
	    !descriptors_set(l->program, a, f))
		return;
	env = client_env(a, d->settings.engine, config, own.writable,
	    was->env);
	only.env = exec_vector(a, &env);
	only.argv = exec_vector(a, &final->given);
	if (!rights_given_up(l, &d->settings, c, a, f) ||
	    (c->uid != 0 && !client_filter(a, &only, f)))
		return;
	if (!hygiene_give_back(was) || (own.writable && !credentials_bound())) {
		(void)fault_set(f, a, FAULT_REFUSED,
		    "the caller's limits cannot be restored: %s",
		    strerror(errno));
		return;
	}
	(void)syscall(SYS_execveat, only.fd, only.path, only.argv, only.env,
	    AT_EMPTY_PATH);
	(void)fault_set(f, a, FAULT_REFUSED, "cannot run %s: %s",
	    d->settings.docker, strerror(errno));
}
