/* SPDX-License-Identifier: Apache-2.0 */
#include "host/mounts/stage_record.h"

#include "host/files/trust_directory.h"
#include "host/read_whole.h"
#include "host/write_whole.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define RANDOM_BYTES 16
#define RECORD_MOST ((size_t)1 << 20)

static bool
fail(const char **why, const char *text)
{
	*why = text;
	return false;
}

/* The number of n digits without a zero in front, at most `most`. */
static bool
number_read(const char *s, size_t n, uint64_t most, uint64_t *number)
{
	*number = 0;
	if (n == 0 || n > 10 || strspn(s, "0123456789") < n ||
	    (s[0] == '0' && n > 1))
		return false;
	for (size_t i = 0; i < n; i++)
		*number = *number * 10 + (uint64_t)(s[i] - '0');
	return *number <= most;
}

bool
stage_record_name_valid(const char *name, uid_t uid)
{
	size_t n = strcspn(name, ".");
	uint64_t owner;

	if (!number_read(name, n, UINT32_MAX - 1, &owner) || name[n] != '.' ||
	    strspn(name + n + 1, "0123456789abcdef") != (size_t)2 *
	    RANDOM_BYTES || name[n + 1 + (size_t)2 * RANDOM_BYTES] != '\0')
		return false;
	return uid == (uid_t)-1 || owner == uid;
}

bool
stage_record_names(int dir, uid_t uid, struct strv *names)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *all = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	bool whole;

	if (all == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return false;
	}
	while (errno = 0, (entry = readdir(all)) != NULL) {
		if (stage_record_name_valid(entry->d_name, uid))
			strv_push(names, arena_strdup(names->arena,
			    entry->d_name));
	}
	whole = errno == 0;
	(void)closedir(all);
	return whole;
}

int
stage_records_open(struct arena *a, const char **why)
{
	int fd = trust_directory(a, "/var/lib", "undocker", 0755, why);

	if (fd < 0)
		return -1;
	(void)close(fd);
	return trust_directory(a, "/var/lib/undocker", "mounts", 0700, why);
}

/* Physical, and one line. */
static bool
source_sound(const char *path)
{
	return path != NULL && path[0] == '/' && strlen(path) < PATH_MAX &&
	    strchr(path, '\n') == NULL;
}

/* Relative, one line, and every component a name. */
static bool
below_sound(const char *path)
{
	size_t n;

	if (path == NULL || strlen(path) >= PATH_MAX ||
	    strchr(path, '\n') != NULL)
		return false;
	for (;; path += n + 1) {
		n = strcspn(path, "/");
		if (n == 0 || (n <= 2 && strspn(path, ".") >= n))
			return false;
		if (path[n] == '\0')
			return true;
	}
}

/* What may be written is what will be read. */
static bool
mount_sound(const struct staged *s, size_t i)
{
	const struct staged_mount *m = &s->v[i];

	if (!source_sound(m->source))
		return false;
	return m->outer == STAGED_NONE ? m->below == NULL
	    : m->outer < i && below_sound(m->below);
}

static const char *
record_text(const struct staged *s, struct arena *a)
{
	struct strv lines = strv_new(a);

	for (size_t i = 0; i < s->n; i++) {
		const struct staged_mount *m = &s->v[i];
		const char *outer = m->outer == STAGED_NONE ? "-"
		    : arena_printf(a, "%zu", m->outer);

		if (!mount_sound(s, i))
			return NULL;
		strv_pushf(&lines, "%s %s %s", m->read_only ? "ro" : "rw",
		    m->forced ? "forced" : "user", outer);
		strv_push(&lines, m->source);
		if (m->below != NULL)
			strv_push(&lines, m->below);
	}
	strv_push(&lines, "end\n");
	return s->n == 0 || s->n > STAGED_MOUNTS_MAX ? NULL
	    : strv_join(&lines, "\n");
}

static const char *
name_new(uid_t uid, struct arena *a)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char random[RANDOM_BYTES];
	char hex[2 * RANDOM_BYTES + 1] = { 0 };

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return NULL;
	for (size_t i = 0; i < sizeof(random); i++) {
		hex[2 * i] = digits[random[i] >> 4];
		hex[2 * i + 1] = digits[random[i] & 0xf];
	}
	return arena_printf(a, "%lu.%s", (unsigned long)uid, hex);
}

/* By a descriptor of its own: the lock's goes to the docker client. */
static bool
record_fill(int records, const char *name, const char *text)
{
	int fd = openat(records, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	bool done = fd >= 0 && write_whole(fd, text);

	if (fd >= 0)
		done = close(fd) == 0 && done;
	return done;
}

int
stage_record_make(struct staged *s, int records, uid_t uid, struct arena *a,
    const char **why)
{
	const char *text = record_text(s, a), *name = name_new(uid, a);
	int fd;

	*why = "a mount of it cannot be written down";
	if (text == NULL || strlen(text) > RECORD_MOST)
		return -1;
	*why = "there is no random number";
	if (name == NULL)
		return -1;
	fd = openat(records, name, O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	    record_fill(records, name, text)) {
		s->name = name;
		return fd;
	}
	*why = strerror(errno);
	if (fd >= 0) {
		(void)unlinkat(records, name, 0);
		(void)close(fd);
	}
	return -1;
}

static int
record_open(int records, const char *name, struct stat *st)
{
	int fd = openat(records, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_uid == 0 &&
	    (st->st_mode & (S_IRWXG | S_IRWXO)) == 0)
		return fd;
	(void)close(fd);
	errno = EPERM;
	return -1;
}

int
stage_record_lock(int records, const char *name)
{
	struct stat st;
	int fd = record_open(records, name, &st);

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* The whole file, without a NUL in it. NULL: it is no such file. */
static char *
record_load(int records, const char *name, struct arena *a)
{
	struct stat st;
	int fd = record_open(records, name, &st);
	char *text = NULL;
	size_t n;

	if (fd < 0)
		return NULL;
	if (st.st_size > 0 && (size_t)st.st_size <= RECORD_MOST)
		text = read_whole(a, fd, (size_t)st.st_size, RECORD_MOST, &n);
	(void)close(fd);
	return text != NULL && n == (size_t)st.st_size && strlen(text) == n
	    ? text : NULL;
}

/* The next line, without its end. NULL: there is no whole one. */
static char *
line_take(char **text)
{
	char *line = *text, *end = strchr(line, '\n');

	if (end == NULL)
		return NULL;
	*end = '\0';
	*text = end + 1;
	return line;
}

static bool
head_read(struct staged_mount *m, const char *line)
{
	uint64_t outer;

	m->read_only = strncmp(line, "ro ", 3) == 0;
	if (!m->read_only && strncmp(line, "rw ", 3) != 0)
		return false;
	line += 3;
	m->forced = strncmp(line, "forced ", 7) == 0;
	if (!m->forced && strncmp(line, "user ", 5) != 0)
		return false;
	line += m->forced ? 7 : 5;
	m->outer = STAGED_NONE;
	if (strcmp(line, "-") == 0)
		return true;
	if (!number_read(line, strlen(line), STAGED_MOUNTS_MAX, &outer))
		return false;
	m->outer = (size_t)outer;
	return true;
}

static bool
mount_take(struct staged *s, const char *head, char **text)
{
	struct staged_mount *m = &s->v[s->n];

	if (s->n >= STAGED_MOUNTS_MAX)
		return false;
	*m = (struct staged_mount) { .fd = -1 };
	if (!head_read(m, head))
		return false;
	m->source = line_take(text);
	if (m->outer != STAGED_NONE)
		m->below = line_take(text);
	return mount_sound(s, s->n++);
}

bool
stage_record_read(struct staged *s, int records, const char *name,
    struct arena *a, const char **why)
{
	char *text = record_load(records, name, a), *line;

	*s = (struct staged) { .name = arena_strdup(a, name) };
	s->v = arena_alloc(a, STAGED_MOUNTS_MAX * sizeof(*s->v));
	if (text == NULL)
		return fail(why, "its record is not there or not root's own");
	while ((line = line_take(&text)) != NULL && strcmp(line, "end") != 0) {
		if (!mount_take(s, line, &text))
			return fail(why, "its record is not sound");
	}
	if (line == NULL || *text != '\0' || s->n == 0)
		return fail(why, "its record is not whole");
	return true;
}
