/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/http_get.h"

#include "core/base/ascii.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#define LINE_MAX_BYTES ((size_t)16 << 10)
#define HEADERS_MAX ((size_t)64 << 10) /* bytes, with the status line */
#define BODY_FIRST ((size_t)16 << 10) /* room for a body of unknown length */

struct reader {
	int fd;
	struct arena *arena;
	const struct timespec *deadline;
	const char *why;
	char buffer[16384];
	size_t at, n; /* what is in the buffer and not yet taken */
	size_t lines; /* how many bytes may still come in lines */
};

static bool
fail(struct reader *r, const char *why)
{
	r->why = why;
	return false;
}

/* Waits until the socket is ready for the events. */
static bool
ready(struct reader *r, short events)
{
	struct pollfd p = { .fd = r->fd, .events = events };
	struct timespec now;
	long long left;
	int n;

	do {
		if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
			return fail(r, "there is no clock");
		left = (long long)(r->deadline->tv_sec - now.tv_sec) * 1000 +
		    (r->deadline->tv_nsec - now.tv_nsec) / 1000000;
		if (left <= 0)
			return fail(r, "it took too long to answer");
		n = poll(&p, 1, left > 60000 ? 60000 : (int)left);
	} while (n == 0 || (n < 0 && errno == EINTR));
	return n > 0 || fail(r, "it cannot be waited for");
}

static bool
send_all(struct reader *r, const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		ssize_t sent = send(r->fd, text, n, MSG_NOSIGNAL);

		if (sent > 0) {
			text += sent;
			n -= (size_t)sent;
		} else if (sent < 0 && errno == EAGAIN) {
			if (!ready(r, POLLOUT))
				return false;
		} else if (sent == 0 || errno != EINTR) {
			return fail(r, "it closed the connection");
		}
	}
	return true;
}

/* At least one more byte in the buffer. */
static bool
fill(struct reader *r)
{
	ssize_t n;

	if (r->at < r->n)
		return true;
	do {
		if (!ready(r, POLLIN))
			return false;
		n = recv(r->fd, r->buffer, sizeof(r->buffer), 0);
	} while (n < 0 && (errno == EAGAIN || errno == EINTR));
	if (n <= 0)
		return fail(r, "it closed the connection before the end");
	r->at = 0;
	r->n = (size_t)n;
	return true;
}

/* The next line, without its CR LF. */
static bool
read_line(struct reader *r, char *line, size_t size)
{
	size_t n = 0;

	while (fill(r)) {
		char c = r->buffer[r->at++];

		if (r->lines-- == 0)
			return fail(r, "its answer's headers are too long");
		if (c == '\n') {
			if (n == 0 || line[n - 1] != '\r')
				return fail(r, "it does not speak HTTP");
			line[n - 1] = '\0';
			return memchr(line, '\r', n - 1) == NULL ||
			    fail(r, "it does not speak HTTP");
		}
		if (c == '\0' || n + 1 >= size)
			return fail(r, "it does not speak HTTP");
		line[n++] = c;
	}
	return false;
}

static bool
read_bytes(struct reader *r, char *to, size_t n)
{
	while (n > 0) {
		size_t part;

		if (!fill(r))
			return false;
		part = r->n - r->at < n ? r->n - r->at : n;
		memcpy(to, r->buffer + r->at, part);
		r->at += part;
		to += part;
		n -= part;
	}
	return true;
}

/* All of text is one number, of at most HTTP_BODY_MAX. */
static bool
read_size(const char *text, unsigned base, size_t *size)
{
	*size = 0;
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		unsigned digit = 99;

		if (ascii_digit(*text))
			digit = (unsigned)(*text - '0');
		else if (*text >= 'a' && *text <= 'f')
			digit = (unsigned)(*text - 'a') + 10;
		else if (*text >= 'A' && *text <= 'F')
			digit = (unsigned)(*text - 'A') + 10;

		if (digit >= base)
			return false;
		*size = *size * base + digit;
		if (*size > HTTP_BODY_MAX)
			return false;
	}
	return true;
}

static bool
read_status(struct reader *r, struct http_answer *answer, char *line)
{
	if (!read_line(r, line, LINE_MAX_BYTES))
		return false;
	if (strncmp(line, "HTTP/1.1 ", 9) != 0 || !ascii_digit(line[9]) ||
	    !ascii_digit(line[10]) || !ascii_digit(line[11]) ||
	    (line[12] != ' ' && line[12] != '\0'))
		return fail(r, "it does not speak HTTP");
	answer->status = (line[9] - '0') * 100 + (line[10] - '0') * 10 +
	    (line[11] - '0');
	return answer->status >= 200 || fail(r, "it does not speak HTTP");
}

struct headers {
	bool has_length, chunked;
	size_t length;
};

static bool
read_header(struct reader *r, struct http_answer *answer, struct headers *h,
    char *line)
{
	size_t n = ascii_span(line, "-_");
	const char *value = line + n + 1;

	if (n == 0 || line[n] != ':')
		return fail(r, "it does not speak HTTP");
	line[n] = '\0';
	value += strspn(value, " \t");
	if (strcasecmp(line, "Content-Length") == 0) {
		if (h->has_length || !read_size(value, 10, &h->length))
			return fail(r, "its answer is too long, or of no "
				       "length");
		h->has_length = true;
	} else if (strcasecmp(line, "Transfer-Encoding") == 0) {
		if (h->chunked || strcasecmp(value, "chunked") != 0)
			return fail(r, "it does not speak HTTP");
		h->chunked = true;
	} else if (strcasecmp(line, "Connection") == 0) {
		answer->closes = strcasecmp(value, "close") == 0;
	} else if (strcasecmp(line, "Content-Encoding") == 0) {
		return fail(r, "its answer is encoded");
	}
	return true;
}

static bool
read_headers(struct reader *r, struct http_answer *answer, struct headers *h,
    char *line)
{
	for (;;) {
		if (!read_line(r, line, LINE_MAX_BYTES))
			return false;
		if (*line == '\0')
			return h->has_length != h->chunked ||
			    fail(r, "its answer has no length, or two");
		if (!read_header(r, answer, h, line))
			return false;
	}
}

/* body with room for size bytes and a NUL; most answers are small. */
static char *
body_room(struct reader *r, char *body, size_t used, size_t size, size_t *room)
{
	char *more;

	if (body != NULL && size < *room)
		return body;
	*room = *room == 0 ? BODY_FIRST : *room;
	while (*room <= size)
		*room *= 2;
	more = arena_alloc(r->arena, *room);
	if (used > 0)
		memcpy(more, body, used);
	return more;
}

static bool
read_chunks(struct reader *r, struct http_answer *answer, char *line)
{
	char *body = NULL;
	size_t room = 0, n;

	do {
		r->lines = LINE_MAX_BYTES;
		if (!read_line(r, line, LINE_MAX_BYTES))
			return false;
		if (!read_size(line, 16, &n))
			return fail(r, "its answer is too long, or not in "
				       "chunks");
		if (answer->size + n > HTTP_BODY_MAX)
			return fail(r, "its answer is too long");
		body = body_room(r, body, answer->size, answer->size + n,
		    &room);
		/* No trailers: behind the last chunk, too, is an empty line. */
		if (!read_bytes(r, body + answer->size, n) ||
		    !read_line(r, line, LINE_MAX_BYTES))
			return false;
		if (*line != '\0')
			return fail(r, "its answer is not in chunks");
		answer->size += n;
	} while (n > 0);
	answer->body = body;
	return true;
}

static bool
read_body(struct reader *r, struct http_answer *answer, const struct headers *h,
    char *line)
{
	char *body;

	if (h->chunked)
		return read_chunks(r, answer, line);
	body = arena_alloc(r->arena, h->length + 1);
	answer->body = body;
	answer->size = h->length;
	return read_bytes(r, body, h->length);
}

/*
 * Nothing may come behind the answer: it would pass for the next one. An
 * engine that ends the connection without having said so may.
 */
static bool
is_over(struct reader *r, struct http_answer *answer)
{
	ssize_t n;
	char c;

	if (r->at < r->n)
		return fail(r, "it says more than it was asked");
	n = recv(r->fd, &c, 1, MSG_PEEK | MSG_DONTWAIT);
	if (n > 0)
		return fail(r, "it says more than it was asked");
	answer->closes = answer->closes || n == 0;
	return true;
}

/* What comes unasked would pass for the answer. */
static bool
is_silent(struct reader *r)
{
	char c;

	return recv(r->fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) <= 0 ||
	    fail(r, "it says more than it was asked");
}

bool
http_get(int fd, struct arena *a, const struct timespec *deadline,
    const char *path, struct http_answer *answer, const char **why)
{
	struct reader *r = arena_alloc(a, sizeof(*r));
	char *line = arena_alloc(a, LINE_MAX_BYTES);
	struct headers h = { 0 };

	*answer = (struct http_answer) { 0 };
	r->fd = fd;
	r->arena = a;
	r->deadline = deadline;
	r->lines = HEADERS_MAX;
	if (is_silent(r) &&
	    send_all(r, arena_printf(a, "GET %s HTTP/1.1\r\nHost: docker\r\n"
	    "User-Agent: undocker\r\n\r\n", path)) &&
	    read_status(r, answer, line) &&
	    read_headers(r, answer, &h, line) &&
	    read_body(r, answer, &h, line) && is_over(r, answer))
		return true;
	*why = r->why;
	return false;
}
