/* SPDX-License-Identifier: Apache-2.0 */
#include "host/audit.h"

#include "core/shellword.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

#define LINE_MOST 8192
#define CUT "...(cut)"

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

static char *
compose(struct arena *a, const struct audit *what)
{
	const struct caller *c = what->caller;
	struct strv line = strv_new(a);
	char *text;

	/* No time: the log daemon knows it, and has its own format. */
	strv_pushf(&line, "<%d>undocker-rt[%ld]:", LOG_AUTHPRIV | LOG_INFO,
	    (long)getpid());
	if (c->user != NULL) {
		strv_pushf(&line, "uid=%lu", (unsigned long)c->uid);
		field(&line, "user", c->user);
	}
	if (what->via != NULL)
		field(&line, "via", what->via);
	field(&line, "tty", terminal(a));
	if (c->cwd != NULL)
		field(&line, "cwd", c->cwd);
	field(&line, "verdict", what->reason == NULL ? "allow" : "deny");
	if (what->norun)
		field(&line, "norun", "true");
	if (what->command != NULL)
		field(&line, "command", what->command);
	if (what->reason != NULL)
		field(&line, "reason", what->reason);
	if (what->final != NULL)
		field(&line, "final", without_values(a, what->final));
	text = strv_join(&line, " ");
	if (strlen(text) > LINE_MOST)
		memcpy(text + LINE_MOST - strlen(CUT), CUT, sizeof(CUT));
	return text;
}

void
audit_send(struct arena *a, const struct audit *what)
{
	const struct sockaddr_un log = {
		.sun_family = AF_UNIX,
		.sun_path = "/dev/log",
	};
	const char *text;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)&log, sizeof(log)) == 0) {
		text = compose(a, what);
		(void)send(fd, text, strlen(text), MSG_NOSIGNAL);
	}
	(void)close(fd);
}
