/* SPDX-License-Identifier: Apache-2.0 */
#include "host/caller/group_file.h"

#include "host/read_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define GROUPS "/etc/group"
#define SWITCH "/etc/nsswitch.conf"
#define FILE_MAX ((size_t)64 << 20)
#define BLANKS " \t\r\v\f"

/* The file's text, "" where there is none. NULL: *why. */
static char *
read_file(struct arena *a, const char *path, const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), error;
	char *text;
	size_t n = 0;

	if (fd < 0 && errno == ENOENT)
		return arena_strdup(a, "");
	if (fd >= 0) {
		text = read_whole(a, fd, 4096, FILE_MAX, &n);
		error = errno;
		(void)close(fd);
		if (text != NULL && strlen(text) == n)
			return text;
		errno = text != NULL ? EILSEQ : error;
	}
	*why = arena_printf(a, "%s cannot be read: %s", path, strerror(errno));
	return NULL;
}

/* Cuts the line off *text. NULL: there is none. */
static char *
next_line(char **text)
{
	char *line = *text, *end;

	if (line == NULL || *line == '\0')
		return NULL;
	end = strchr(line, '\n');
	*text = end == NULL ? NULL : end + 1;
	if (end != NULL)
		*end = '\0';
	return line;
}

/*
 * "group: files ...": what stands in the file needs no other service, and none
 * adds to it. Anything else, [SUCCESS=merge] too, is for NSS to understand.
 */
static bool
file_is_first(char *text)
{
	bool first = false;
	char *line;

	while ((line = next_line(&text)) != NULL) {
		size_t n;

		line[strcspn(line, "#")] = '\0';
		line += strspn(line, BLANKS);
		n = strcspn(line, ":" BLANKS);
		if (n != 5 || strncmp(line, "group", 5) != 0)
			continue;
		line += n;
		line += strspn(line, ":" BLANKS);
		n = strcspn(line, "[" BLANKS);
		if (first || n != 5 || strncmp(line, "files", 5) != 0)
			return false;
		line += n;
		if (line[strspn(line, BLANKS)] == '[')
			return false;
		first = true;
	}
	return first;
}

/* NAME:PASSWORD:GID:MEMBERS. False: it is not of this form. */
static bool
parse_line(struct group_line *out, char *line)
{
	const char *gid, *p;
	uint64_t number = 0;

	p = strchr(line, ':');
	if (p == NULL || p == line || (p = strchr(p + 1, ':')) == NULL)
		return false;
	line[strcspn(line, ":")] = '\0';
	gid = ++p;
	for (; *p >= '0' && *p <= '9' && p - gid < 11; p++)
		number = number * 10 + (uint64_t)(*p - '0');
	if (p == gid || number > UINT32_MAX || (*p != ':' && *p != '\0'))
		return false;
	out->gid = (gid_t)number;
	out->members = *p == ':' ? p + 1 : p;
	return true;
}

bool
group_file_read(struct group_file *g, struct arena *a, const char **why)
{
	char *services = read_file(a, SWITCH, why), *text, *name;
	struct group_line *line;
	void **slot;

	g->lines = strmap_new(a);
	if (services == NULL)
		return false;
	if (!file_is_first(services))
		return true;
	text = read_file(a, GROUPS, why);
	if (text == NULL)
		return false;
	while ((name = next_line(&text)) != NULL) {
		name += strspn(name, BLANKS);
		/* Comments, and marks for the service "compat". */
		if (*name == '\0' || strchr("#+-", *name) != NULL)
			continue;
		line = arena_alloc(a, sizeof(*line));
		if (!parse_line(line, name)) {
			/* Who knows what libc makes of such a file. */
			g->lines = strmap_new(a);
			return true;
		}
		slot = strmap_at(&g->lines, name);
		if (*slot == NULL)
			*slot = line;
	}
	return true;
}

const struct group_line *
group_file_find(const struct group_file *g, const char *name)
{
	return strmap_get(&g->lines, name);
}

bool
group_file_names(const struct group_line *line, const char *user)
{
	const size_t wanted = strlen(user);
	const char *s = line->members;

	while (*s != '\0') {
		size_t n;

		s += strspn(s, "," BLANKS);
		n = strcspn(s, "," BLANKS);
		if (n == wanted && strncmp(s, user, n) == 0)
			return true;
		s += n;
	}
	return false;
}
