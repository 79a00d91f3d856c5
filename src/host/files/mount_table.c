/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/mount_table.h"

#include "core/docker/mount.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define TABLE_MOST ((size_t)16 << 20)

/* /proc/self/mountinfo, or NULL. */
static char *
read_table(struct arena *a)
{
	size_t room = (size_t)64 << 10, done = 0;
	char *text = arena_alloc(a, room + 1);
	int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	while (fd >= 0 && done < TABLE_MOST) {
		n = read(fd, text + done, room - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
		text = arena_room(a, text, done, &room, 1);
	}
	if (fd >= 0)
		(void)close(fd);
	text[done] = '\0';
	return n == 0 && done > 0 ? text : NULL;
}

/* Blanks and the like stand there as \ooo. */
static void
unescape(char *s)
{
	char *out = s;

	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && strspn(s + 1, "01234567") >= 3) {
			*out++ = (char)((s[1] - '0') << 6 |
			    (s[2] - '0') << 3 | (s[3] - '0'));
			s += 3;
		} else {
			*out++ = *s;
		}
	}
	*out = '\0';
}

bool
mount_table_below(struct arena *a, const char *path)
{
	char *line = read_table(a), *next, *save = NULL, *field;

	if (line == NULL)
		return true;
	for (; *line != '\0'; line = next) {
		next = line + strcspn(line, "\n");
		if (*next == '\n')
			*next++ = '\0';
		/* The fifth field is where it is mounted. */
		field = strtok_r(line, " ", &save);
		for (int i = 1; i < 5 && field != NULL; i++)
			field = strtok_r(NULL, " ", &save);
		if (field == NULL)
			return true;
		unescape(field);
		if (strcmp(path, "/") == 0 ? strcmp(field, "/") != 0
		    : path_below(path, field) != NULL)
			return true;
	}
	return false;
}
