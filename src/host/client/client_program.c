/* SPDX-License-Identifier: Apache-2.0 */
#include "host/client/client_program.h"

#include "host/files/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The kernel would start a script's interpreter: another program. */
static const char *
script_fault(struct arena *a, int program)
{
	char link[32], start[2];
	ssize_t n;
	int fd;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", program);
	fd = open(link, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return arena_printf(a, "cannot be read: %s", strerror(errno));
	n = read(fd, start, sizeof(start));
	(void)close(fd);
	if (n != (ssize_t)sizeof(start))
		return "is no program";
	if (memcmp(start, "#!", sizeof(start)) == 0)
		return "is a script; it must be the docker client itself";
	return NULL;
}

int
client_program_open(struct arena *a, const char *path, const char **why)
{
	struct stat st;
	int fd = trust_open(a, path, TRUST_ROOTS_LINK, &st, why);

	if (fd < 0)
		return -1;
	if (!S_ISREG(st.st_mode))
		*why = "is not a regular file";
	else if ((st.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0)
		*why = "is not executable";
	else if ((*why = trust_owner(&st)) == NULL)
		*why = script_fault(a, fd);
	if (*why == NULL)
		return fd;
	(void)close(fd);
	return -1;
}
