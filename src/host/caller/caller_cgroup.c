/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/caller_cgroup.h"

#include "host/read_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#define TABLE_MOST ((size_t)64 << 10)

/* /proc/self/cgroup, or NULL. */
static char *
read_table(struct arena *a)
{
	int fd = open("/proc/self/cgroup", O_RDONLY | O_CLOEXEC);
	char *text;
	size_t n;

	if (fd < 0)
		return NULL;
	text = read_whole(a, fd, 4096, TABLE_MOST, &n);
	(void)close(fd);
	return text;
}

/* ID:CONTROLLERS:PATH; the one tree has no controllers there. */
static const char *
path_of(char *line, bool one_tree)
{
	char *controllers = strchr(line, ':'), *path, *save = NULL;

	if (controllers == NULL ||
	    (path = strchr(controllers + 1, ':')) == NULL || path[1] != '/')
		return NULL;
	*controllers++ = *path++ = '\0';
	if (one_tree)
		return *controllers == '\0' ? path : NULL;
	for (char *one = strtok_r(controllers, ",", &save); one != NULL;
	    one = strtok_r(NULL, ",", &save)) {
		if (strcmp(one, "memory") == 0)
			return path;
	}
	return NULL;
}

void
caller_cgroup(struct caller *c, struct arena *a)
{
	char *table = read_table(a), *save = NULL;
	struct statfs fs;
	bool one_tree = statfs("/sys/fs/cgroup", &fs) == 0 &&
	    fs.f_type == CGROUP2_SUPER_MAGIC;

	c->cgroup = NULL;
	if (table == NULL)
		return;
	for (char *line = strtok_r(table, "\n", &save);
	    line != NULL && c->cgroup == NULL;
	    line = strtok_r(NULL, "\n", &save))
		c->cgroup = path_of(line, one_tree);
}
