/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/trust_directory.h"

#include "host/files/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Why the directory is not one to rely on; NULL: it is. */
static const char *
directory_fault(int fd, mode_t mode)
{
	const mode_t others = S_IRWXG | S_IRWXO;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return strerror(errno);
	if (trust_owner(&st) != NULL)
		return trust_owner(&st);
	return (mode & others) == 0 && (st.st_mode & others) != 0
	    ? "is open to others (chmod go=)" : NULL;
}

/* name in the directory above, which becomes ours to close. */
static int
directory_open(int above, const char *name, mode_t mode, const char **why)
{
	int fd = -1;

	*why = directory_fault(above, 0755);
	if (*why == NULL) {
		if (mkdirat(above, name, mode) == 0 || errno == EEXIST)
			fd = openat(above, name, O_RDONLY | O_DIRECTORY |
			    O_NOFOLLOW | O_CLOEXEC);
		/* docker may have made it, for a mount that a reboot took. */
		if (fd >= 0 && directory_fault(fd, 0755) == NULL &&
		    directory_fault(fd, mode) != NULL)
			(void)fchmod(fd, mode);
		*why = fd < 0 ? strerror(errno) : directory_fault(fd, mode);
	}
	(void)close(above);
	if (fd >= 0 && *why != NULL) {
		(void)close(fd);
		fd = -1;
	}
	return fd;
}

int
trust_directory(struct arena *a, const char *parent, const char *name,
    mode_t mode, const char **why)
{
	struct stat st;
	int fd = trust_open(a, parent, TRUST_NO_LINK, &st, why);

	if (fd < 0) {
		*why = arena_printf(a, "%s %s", parent, *why);
		return -1;
	}
	fd = directory_open(fd, name, mode, why);
	if (fd < 0)
		*why = arena_printf(a, "%s/%s: %s", parent, name, *why);
	return fd;
}
