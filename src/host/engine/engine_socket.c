/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_socket.h"

#include "host/caller/identity.h"
#include "host/files/trust.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LISTENER_SECONDS 5

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* NULL: the engine is not on a unix socket. */
static const char *
socket_path(const struct settings *s)
{
	return starts(s->engine, "unix:///")
	    ? s->engine + strlen("unix://") : NULL;
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
	if (socket_path(s) == NULL)
		return fault_set(f, a, FAULT_REFUSED,
		    "the engine '%s' is neither unix:///PATH nor tcp://",
		    s->engine);
	path = socket_path(s);
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

static bool
is_late(const struct timespec *deadline)
{
	struct timespec now;

	return clock_gettime(CLOCK_MONOTONIC, &now) != 0 ||
	    now.tv_sec > deadline->tv_sec ||
	    (now.tv_sec == deadline->tv_sec &&
	    now.tv_nsec >= deadline->tv_nsec);
}

/* An engine whose queue is full is asked again until the deadline. */
static int
connect_until(const struct sockaddr_un *to, const struct timespec *deadline)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int error;

	if (fd < 0)
		return -1;
	while (connect(fd, (const struct sockaddr *)to, sizeof(*to)) != 0) {
		error = errno;
		if ((error != EAGAIN && error != EINTR) || is_late(deadline)) {
			(void)close(fd);
			errno = error;
			return -1;
		}
		(void)nanosleep(&pause, NULL);
	}
	return fd;
}

static int
connect_as(const struct caller *c, const struct sockaddr_un *to,
    const struct timespec *deadline, struct arena *a)
{
	bool become = geteuid() == 0 && c->uid != 0;
	int fd = -1, error;

	if (become && !identity_become(a, c)) {
		error = errno;
		identity_return();
		errno = error;
		return -1;
	}
	fd = connect_until(to, deadline);
	error = errno;
	if (become)
		identity_return();
	errno = error;
	return fd;
}

static const char *
connect_hint(int error)
{
	if (error == EACCES && geteuid() != 0)
		return " (run undocker-check as root)";
	return error == ECONNREFUSED ? " (is the engine running?)" : "";
}

int
engine_socket_connect(const struct settings *s, const struct caller *c,
    const struct timespec *deadline, struct arena *a, struct fault *f)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const char *path = socket_path(s);
	struct stat st;
	int fd;

	if (path == NULL || strlen(path) >= sizeof(to.sun_path)) {
		(void)fault_set(f, a, FAULT_REFUSED, path == NULL
		    ? "the engine '%s' is not on a unix socket, so nobody can "
		      "tell whose a container is"
		    : "the engine '%s': the path is too long", s->engine);
		return -1;
	}
	(void)memcpy(to.sun_path, path, strlen(path) + 1);
	if (!s->engine_per_user && !socket_trusted(path, a, &st, f))
		return -1;
	fd = s->engine_per_user ? connect_as(c, &to, deadline, a)
	    : connect_until(&to, deadline);
	if (fd < 0)
		(void)fault_set(f, a, FAULT_REFUSED,
		    "the engine's socket %s cannot be asked: %s%s", path,
		    strerror(errno), connect_hint(errno));
	return fd;
}

/* Who listens at the other end of a new connection; 0: nobody knows. */
static pid_t
listener(const struct settings *s, const struct caller *c, struct arena *a,
    struct fault *f)
{
	struct ucred peer = { 0 };
	socklen_t size = sizeof(peer);
	struct timespec deadline;
	int fd;

	if (clock_gettime(CLOCK_MONOTONIC, &deadline) != 0)
		return 0;
	deadline.tv_sec += LISTENER_SECONDS;
	fd = engine_socket_connect(s, c, &deadline, a, f);
	if (fd < 0)
		return 0;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
		peer.pid = 0;
	(void)close(fd);
	return peer.pid;
}

bool
engine_socket_shares_mounts(const struct settings *s, const struct caller *c,
    struct arena *a, struct fault *f)
{
	struct stat own, engine;
	pid_t pid;

	if (s->engine_per_user)
		return true;
	if (socket_path(s) == NULL)
		return fault_set(f, a, FAULT_REFUSED, "the engine is not on "
		    "this host's unix socket, so nothing can be mounted");
	pid = listener(s, c, a, f);
	if (pid > 0 && stat("/proc/self/ns/mnt", &own) == 0 &&
	    stat(arena_printf(a, "/proc/%ld/ns/mnt", (long)pid), &engine) == 0
	    && own.st_dev == engine.st_dev && own.st_ino == engine.st_ino)
		return true;
	return fault_set(f, a, FAULT_REFUSED, "your mount namespace is not the "
	    "engine's, so nothing of yours can be mounted");
}
