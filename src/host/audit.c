/* SPDX-License-Identifier: Apache-2.0 */
#include "host/audit.h"

#include "core/shellword.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

/*
 * syslog daemons take lines of 8 KiB. No field may crowd out another; a long
 * command goes on in further lines.
 */
#define FIELD_MOST 1500 /* escaped; quotes may double it */
#define PART_MOST FIELD_MOST
#define PARTS_MOST 128
#define CUT "...(cut)"
#define SEND_WAIT_MS 200

/*
 * key=value; quoted where the value could be taken for something else. Control
 * bytes first, so that no value can end the line.
 */
static void
field(struct strv *line, const char *key, const char *value)
{
	struct arena *a = line->arena;
	const char *text = shellword_escape(a, value);
	char *quoted, *out;

	if (strlen(text) > FIELD_MOST)
		text = arena_printf(a, "%.*s" CUT, FIELD_MOST, text);
	if (text[0] != '\0' && strpbrk(text, " \"\\='") == NULL) {
		strv_pushf(line, "%s=%s", key, text);
		return;
	}
	out = quoted = arena_alloc(a, strlen(text) * 2 + 3);
	*out++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			*out++ = '\\';
		*out++ = *text;
	}
	*out = '"';
	strv_pushf(line, "%s=%s", key, quoted);
}

/* The final command, with the values of environment variables left out. */
static const char *
without_values(struct arena *a, const struct strv *final)
{
	struct strv words = strv_new(a);
	bool flags = true;

	for (size_t i = 0; i < final->n; i++) {
		const char *word = final->v[i];

		if (strcmp(word, "--") == 0)
			flags = false;
		if (flags && strncmp(word, "--env=", 6) == 0)
			word = arena_strndup(a, word,
			    6 + strcspn(word + 6, "="));
		strv_push(&words, word);
	}
	return shellword_join(a, &words);
}

/* The caller's terminal, if a standard descriptor is one. */
static const char *
terminal(struct arena *a)
{
	char name[64];

	for (int fd = 0; fd <= 2; fd++) {
		if (isatty(fd) && ttyname_r(fd, name, sizeof(name)) == 0)
			return arena_strdup(a, name);
	}
	return "none";
}

static struct strv
begin_line(struct arena *a, const struct caller *c)
{
	struct strv line = strv_new(a);

	/* No time: the log daemon knows it, and has its own format. */
	strv_pushf(&line, "<%d>undocker-rt[%ld]:", LOG_AUTHPRIV | LOG_INFO,
	    (long)getpid());
	if (c->user != NULL) {
		strv_pushf(&line, "uid=%lu", (unsigned long)c->uid);
		field(&line, "user", c->user);
	}
	return line;
}

/* The first line: everything but the rest of a long command. */
static const char *
first_line(struct arena *a, const struct audit *what, const char *part,
    size_t parts)
{
	const struct caller *c = what->caller;
	struct strv line = begin_line(a, c);

	if (what->via != NULL)
		field(&line, "via", what->via);
	field(&line, "tty", terminal(a));
	field(&line, "verdict", what->reason == NULL ? "allow" : "deny");
	if (what->norun)
		field(&line, "norun", "true");
	if (what->command != NULL)
		field(&line, "command", what->command);
	if (what->reason != NULL)
		field(&line, "reason", what->reason);
	if (c->cwd != NULL)
		field(&line, "cwd", c->cwd);
	if (parts > 1)
		strv_pushf(&line, "parts=%zu", parts);
	if (what->final != NULL)
		field(&line, "final", part);
	return strv_join(&line, " ");
}

/* A daemon that is busy gets a moment; false: it needs more. */
static bool
send_line(int fd, const char *text)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, SEND_WAIT_MS) == 1 &&
	    send(fd, text, strlen(text), MSG_NOSIGNAL) >= 0;
}

static void
send_all(int fd, struct arena *a, const struct audit *what)
{
	const char *final = what->final == NULL ? ""
	    : without_values(a, what->final);
	size_t parts = strlen(final) / PART_MOST + 1;

	if (parts > PARTS_MOST)
		parts = PARTS_MOST;
	for (size_t i = 0; i < parts; i++) {
		const char *part = arena_strndup(a, final + i * PART_MOST,
		    PART_MOST);
		struct strv line = begin_line(a, what->caller);
		const char *text;

		strv_pushf(&line, "part=%zu", i + 1);
		field(&line, "final", part);
		text = i > 0 ? strv_join(&line, " ")
		    : first_line(a, what, part, parts);
		if (!send_line(fd, text))
			return;
	}
}

void
audit_send(struct arena *a, const struct audit *what)
{
	const struct sockaddr_un log = {
		.sun_family = AF_UNIX,
		.sun_path = "/dev/log",
	};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)&log, sizeof(log)) == 0)
		send_all(fd, a, what);
	(void)close(fd);
}
