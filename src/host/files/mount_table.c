/* SPDX-License-Identifier: Apache-2.0 */
#include "host/files/mount_table.h"

#include "core/docker/path.h"
#include "host/read_whole.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define TABLE_LIKELY ((size_t)64 << 10)
#define TABLE_MOST ((size_t)16 << 20)

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

/* "36 35 98:0 /mnt1 /mnt2 rw shared:1 - ext3 /dev/root rw": the fifth field is
   where, the one behind the lone - is what. */
static bool
line_read(struct mount_entry *e, char *line)
{
	char *save = NULL, *field = strtok_r(line, " ", &save), *place;

	for (int i = 1; i < 5 && field != NULL; i++)
		field = strtok_r(NULL, " ", &save);
	e->place = place = field;
	while (field != NULL && strcmp(field, "-") != 0)
		field = strtok_r(NULL, " ", &save);
	e->type = field == NULL ? NULL : strtok_r(NULL, " ", &save);
	if (e->type == NULL)
		return false;
	unescape(place);
	return true;
}

bool
mount_table_read(struct mount_table *t, struct arena *a)
{
	int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	char *line, *next;
	size_t n = 0;

	*t = (struct mount_table) { 0 };
	line = fd < 0 ? NULL : read_whole(a, fd, TABLE_LIKELY, TABLE_MOST, &n);
	if (fd >= 0)
		(void)close(fd);
	for (; line != NULL && *line != '\0'; line = next) {
		struct mount_entry e;

		next = line + strcspn(line, "\n");
		if (*next == '\n')
			*next++ = '\0';
		if (!line_read(&e, line))
			return false;
		ARENA_ADD(a, t, e);
	}
	return t->n > 0;
}

bool
mount_table_below(struct arena *a, const char *path)
{
	struct mount_table t;

	if (!mount_table_read(&t, a))
		return true;
	for (size_t i = 0; i < t.n; i++) {
		const char *place = t.v[i].place;

		if (strcmp(path, "/") == 0 ? strcmp(place, "/") != 0
		    : path_below(path, place) != NULL)
			return true;
	}
	return false;
}
