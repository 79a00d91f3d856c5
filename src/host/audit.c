/* SPDX-License-Identifier: Apache-2.0 */
#include "host/audit.h"

#include "core/base/shellword.h"

#include <ctype.h>
#include <errno.h>
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
#define PARTS_MOST 4096
#define CUT "...(cut)"
#define SEND_WAIT_MS 200

struct log {
	int fd;
	bool wrong_type; /* the socket there is of another */
	size_t end; /* how many NULs end a line */
};

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

/* How much of a word of the final command may be told: all, but no secret. */
static size_t
tellable(const char *word)
{
	static const struct {
		const char *flag;
		bool named; /* the value is NAME=SECRET */
	} secret[] = {
		{ "--env=", true },
		{ "--build-arg=", true },
		{ "--password=", false },
	};

	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++) {
		size_t n = strlen(secret[i].flag);

		if (strncmp(word, secret[i].flag, n) == 0)
			return secret[i].named ? n + strcspn(word + n, "=") : n;
	}
	return strlen(word);
}

/* The final command, with the values of variables and passwords left out. */
static const char *
without_values(struct arena *a, const struct strv *final)
{
	struct strv words = strv_new(a);
	bool flags = true;

	for (size_t i = 0; i < final->n; i++) {
		const char *word = final->v[i];

		if (strcmp(word, "--") == 0)
			flags = false;
		strv_push(&words, !flags ? word
		    : arena_strndup(a, word, tellable(word)));
	}
	return shellword_join(a, &words);
}

/*
 * login's reason may quote the password it refuses. Where that ends nobody can
 * say, so all behind it goes, but for the (FILE:LINE) of the rule.
 */
static const char *
without_password(struct arena *a, const char *reason)
{
	static const char flag[] = "--password";
	const char *at = strstr(reason, flag), *end, *rule;

	if (at == NULL)
		return reason;
	at += strlen(flag);
	at += strspn(at, "-abcdefghijklmnopqrstuvwxyz"); /* --password-stdin */
	if (*at++ != '=')
		return reason;
	end = at + strlen(at);
	rule = strrchr(at, '(');
	if (rule == NULL || end - rule < 4 || end[-1] != ')' ||
	    !isdigit((unsigned char)end[-2]))
		rule = end;
	return arena_printf(a, "%.*s... %s", (int)(at - reason), reason, rule);
}

/*
 * And a word that login takes for no registry may be a password in the wrong
 * place.
 */
static const char *
reason_of(struct arena *a, const struct audit *what)
{
	const char *reason = what->reason, *first, *last;

	if (what->command == NULL || strcmp(what->command, "login") != 0)
		return reason;
	reason = without_password(a, reason);
	first = strchr(reason, '\'');
	last = strrchr(reason, '\'');
	if (first == last || strncmp(reason, "login: registry '", 17) == 0)
		return reason;
	return arena_printf(a, "%.*s...%s", (int)(first + 1 - reason), reason,
	    last);
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
		field(&line, "reason", reason_of(a, what));
	if (what->rules != NULL && what->rules->n > 0)
		field(&line, "rule", strv_join(what->rules, " "));
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
send_line(const struct log *log, const char *text)
{
	struct pollfd p = { .fd = log->fd, .events = POLLOUT };

	return poll(&p, 1, SEND_WAIT_MS) == 1 &&
	    send(log->fd, text, strlen(text) + log->end, MSG_NOSIGNAL) >= 0;
}

static void
send_all(const struct log *log, struct arena *a, const struct audit *what)
{
	const char *final = what->final == NULL ? ""
	    : without_values(a, what->final);
	size_t parts = strlen(final) / PART_MOST + 1;

	if (parts > PARTS_MOST)
		parts = PARTS_MOST; /* refused already: see audit_fits */
	for (size_t i = 0; i < parts; i++) {
		const char *part = arena_strndup(a, final + i * PART_MOST,
		    PART_MOST);
		struct strv line = begin_line(a, what->caller);
		const char *text;

		strv_pushf(&line, "part=%zu", i + 1);
		field(&line, "final", part);
		text = i > 0 ? strv_join(&line, " ")
		    : first_line(a, what, part, parts);
		if (!send_line(log, text))
			return;
	}
}

static bool
connected(struct log *log, int type)
{
	const struct sockaddr_un to = {
		.sun_family = AF_UNIX,
		.sun_path = "/dev/log",
	};

	log->fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (log->fd < 0)
		return false;
	if (connect(log->fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return true;
	log->wrong_type = errno == EPROTOTYPE;
	(void)close(log->fd);
	return false;
}

bool
audit_fits(struct arena *a, const struct strv *final)
{
	return strlen(without_values(a, final)) < (size_t)PARTS_MOST *
	    PART_MOST;
}

void
audit_send(struct arena *a, const struct audit *what)
{
	struct log log = { 0 };

	if (!connected(&log, SOCK_DGRAM)) {
		/* Some daemons have a stream, where a NUL ends a line. */
		log.end = 1;
		if (!log.wrong_type || !connected(&log, SOCK_STREAM))
			return;
	}
	send_all(&log, a, what);
	(void)close(log.fd);
}
