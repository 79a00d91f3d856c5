/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/client_files.h"

#include "host/write_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U /* since Linux 6.3 */
#endif

static int
anonymous(void)
{
	const unsigned int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
	int fd = memfd_create("undocker", flags | MFD_NOEXEC_SEAL);

	if (fd < 0 && errno == EINVAL)
		fd = memfd_create("undocker", flags);
	return fd;
}

/*
 * Before anything is changed: what can be sealed is a memfd. Another file of
 * a tmpfs says that it is sealed against that, and any other is asked in vain.
 */
static bool
is_anonymous(int fd)
{
	int seals = fcntl(fd, F_GET_SEALS);

	if (seals >= 0 && (seals & F_SEAL_SEAL) == 0)
		return true;
	errno = EBADF;
	return false;
}

/* The client opens it again by /proc/self/fd, as uid and read-only. */
static bool
fill(int fd, const char *bytes, uid_t uid)
{
	return write_whole(fd, bytes) && fchmod(fd, 0400) == 0 &&
	    fchown(fd, uid, 0) == 0 &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW |
	    F_SEAL_WRITE) == 0;
}

bool
client_files_make(struct arena *a, const char *bytes, uid_t uid, int at,
    struct fault *f)
{
	int fd = anonymous();
	bool done;

	/* F_DUPFD would take the next free number; it must be this one. */
	done = fd >= 0 && is_anonymous(fd) && fill(fd, bytes, uid) &&
	    fcntl(fd, F_DUPFD, at) == at;
	if (!done)
		(void)fault_set(f, a, FAULT_REFUSED,
		    "no anonymous file for the client: %s", strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return done;
}
