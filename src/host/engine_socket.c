/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine_socket.h"

#include "host/trust.h"

#include <string.h>
#include <unistd.h>

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* A socket of root's that nobody else can replace; st is its. */
static bool
socket_trusted(const char *path, struct arena *a, struct stat *st,
    struct fault *f)
{
	const char *why;
	int fd = trust_open(a, path, TRUST_NO_LINK, st, &why);

	if (fd >= 0) {
		(void)close(fd);
		if (!S_ISSOCK(st->st_mode))
			why = "is not a socket";
		else if (st->st_uid != 0)
			why = "is not owned by root";
		else
			return true;
	} else if (strcmp(why, "does not exist") == 0) {
		why = "does not exist: is the engine running? (see DOCKERHOST)";
	}
	return fault_set(f, a, FAULT_REFUSED, "the engine's socket %s %s", path,
	    why);
}

/* The rule for a client that is not root. */
static bool
socket_group(const char *path, struct arena *a, gid_t *gid, struct fault *f)
{
	struct stat st;

	if (!socket_trusted(path, a, &st, f))
		return false;
	if (st.st_gid == 0)
		return fault_set(f, a, FAULT_REFUSED,
		    "the engine's socket %s belongs to the group root: give it "
		    "a group of its own (dockerd --group docker), or set "
		    "RUNAS=root", path);
	if (st.st_gid == (gid_t)-1)
		return fault_set(f, a, FAULT_REFUSED,
		    "the engine's socket %s has no group", path);
	*gid = st.st_gid;
	return true;
}

bool
engine_socket_group(const struct settings *s, const struct caller *c,
    struct arena *a, gid_t *gid, struct fault *f)
{
	bool root = s->as_root || c->uid == 0;
	const char *path;
	struct stat st;

	*gid = root ? 0 : c->gid;
	if (starts(s->engine, "tcp://"))
		return true;
	if (starts(s->engine, "ssh://"))
		return fault_set(f, a, FAULT_REFUSED,
		    "an ssh:// engine is not supported: docker would have to "
		    "run ssh, and undocker lets it run no other program");
	if (!starts(s->engine, "unix:///"))
		return fault_set(f, a, FAULT_REFUSED,
		    "the engine '%s' is neither unix:///PATH nor tcp://",
		    s->engine);
	path = s->engine + strlen("unix://");
	if (s->engine_per_user) {
		if (!s->as_root)
			return true;
		return fault_set(f, a, FAULT_REFUSED,
		    "DOCKERHOST with $U_UID is an engine of the user's own: "
		    "RUNAS=root would lend it root's rights");
	}
	if (root)
		return socket_trusted(path, a, &st, f);
	return socket_group(path, a, gid, f);
}
