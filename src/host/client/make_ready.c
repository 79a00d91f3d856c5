/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/make_ready.h"

#include "core/write/cli_write.h"
#include "host/client/client_fds.h"
#include "host/client/client_files.h"
#include "host/client/credentials.h"
#include "host/mounts/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * Makes the mounts. The client inherits the lock of what is new, for as long as
 * the engine may not know of it.
 */
static bool
make_mounts(struct handover *h, const struct settlement *st,
    const struct settings *settings, const struct caller *c, struct arena *a,
    struct fault *f)
{
	int lock = -1;

	h->places = strv_new(a);
	for (size_t i = 0; i < st->nstaged; i++) {
		struct staged *set = st->staged[i];

		if (set->name != NULL) {
			if (!stage_again(set, c, a, f))
				return false;
			continue;
		}
		if (!stage_make(set, settings, c, a, &lock, f))
			return false;
		for (size_t k = 0; k < set->n; k++)
			strv_pushf(&h->places, STAGED_DIR "/%s/%zu", set->name,
			    k);
		if (fcntl(lock, F_DUPFD, CLIENT_FD_STAGE) != CLIENT_FD_STAGE)
			return fault_set(f, a, FAULT_REFUSED,
			    "no descriptor for a lock: %s", strerror(errno));
		(void)close(lock);
	}
	return true;
}

/* What may leave such mounts without a container. */
static bool
may_end_mounts(const struct settlement *st)
{
	return st->nstaged > 0 || docker_command_has(st->command, TRAIT_ENDS);
}

/* The lines at a descriptor, in *path where there are any. */
static bool
make_file(const char **path, const struct strv *lines, uid_t uid, int fd,
    struct arena *a, struct fault *f)
{
	const char *bytes = cli_write_file(a, lines);

	if (bytes == NULL)
		return true;
	*path = arena_printf(a, "/proc/self/fd/%d", fd);
	return client_files_make(a, bytes, uid, fd, f);
}

/* The client's own configuration, where it has one. */
static bool
open_credentials(struct made_ready *r, const struct settlement *st,
    const struct caller *c, uid_t uid, struct arena *a, struct fault *f)
{
	struct credentials own;
	bool handed;

	if (!credentials_open(&own, st->command == NULL ? ""
		: st->command->name, c->uid, uid, a, f))
		return false;
	r->may_write_config = own.writable;
	if (own.fd < 0)
		return true;
	handed = fcntl(own.fd, F_DUPFD, CLIENT_FD_LOGIN) == CLIENT_FD_LOGIN;
	(void)close(own.fd);
	r->config = arena_printf(a, "/proc/self/fd/%d", CLIENT_FD_LOGIN);
	return handed || fault_set(f, a, FAULT_REFUSED,
	    "no descriptor for credentials: %s", strerror(errno));
}

bool
make_ready(struct made_ready *r, const struct settlement *st,
    const struct settings *settings, const struct caller *c, struct arena *a,
    struct fault *f)
{
	const uid_t uid = settings->as_root ? 0 : c->uid;

	*r = (struct made_ready) { .config = NULL };
	if (st->verdict != VERDICT_ALLOW)
		return fault_set(f, a, FAULT_REFUSED, "nothing was allowed");
	if (!make_mounts(&r->handover, st, settings, c, a, f))
		return false;
	if (may_end_mounts(st) && stage_any())
		stage_sweep_watch(settings, c, a);
	return make_file(&r->handover.variables, &st->variables, uid,
		   CLIENT_FD_VARIABLES, a, f) &&
	    make_file(&r->handover.labels, &st->labels, uid, CLIENT_FD_LABELS,
		a, f) &&
	    open_credentials(r, st, c, uid, a, f);
}
