/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/http_get.h"

#include "core/base/strv.h"

#include "fixture.h"
#include "http_request.h"
#include "suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define OK "HTTP/1.1 200 OK\r\n"
#define LENGTH "Content-Length: "
#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define WITH(header) OK header "Content-Length: 2\r\n\r\n{}"
#define CHUNKS(text) OK CHUNKED "\r\n" text
#define REQUEST "GET /v HTTP/1.1\r\nHost: docker\r\n"
#define MIB ((size_t)1 << 20)

/* What the engine does. */
struct script {
	const char *bytes; /* its answer to each request */
	size_t n;
	size_t step; /* so many at once; 0: all */
	long pause; /* and then so many microseconds */
	int times; /* how many requests */
	bool stays; /* and then says nothing; else it closes */
};

struct engine {
	int fd;
	pid_t pid;
};

static bool
take_request(int fd)
{
	char text[256];

	return http_request_take(fd, text, sizeof(text)) &&
	    strncmp(text, REQUEST, strlen(REQUEST)) == 0 &&
	    strstr(text, "\r\n\r\n")[4] == '\0';
}

static void
give(int fd, const struct script *s)
{
	const struct timespec pause = { .tv_nsec = s->pause * 1000 };
	size_t step = s->step == 0 ? s->n : s->step;

	for (size_t at = 0; at < s->n;) {
		size_t part = s->n - at < step ? s->n - at : step;
		ssize_t sent = send(fd, s->bytes + at, part, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		at += (size_t)sent;
		if (s->pause > 0)
			(void)nanosleep(&pause, NULL);
	}
}

/* 0: each request was one as it should be. */
static int
serve(int fd, const struct script *s)
{
	char c;

	(void)alarm(20);
	for (int i = 0; i < s->times; i++) {
		if (!take_request(fd))
			return 1;
		give(fd, s);
	}
	return s->stays && recv(fd, &c, 1, 0) > 0;
}

static struct engine
engine_begin(const struct script *s)
{
	struct engine e;
	int fds[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
	    fds), 0);
	ck_assert_int_eq(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	e.fd = fds[0];
	e.pid = fork();
	ck_assert_int_ge(e.pid, 0);
	if (e.pid == 0) {
		(void)close(fds[0]);
		_exit(serve(fds[1], s));
	}
	(void)close(fds[1]);
	return e;
}

static void
engine_end(const struct engine *e)
{
	int status;

	(void)close(e->fd);
	ck_assert_int_eq(waitpid(e->pid, &status, 0), e->pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}

static struct timespec
in_ms(long ms)
{
	struct timespec t;

	ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &t), 0);
	t.tv_nsec += ms % 1000 * 1000000;
	t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

/* NULL: there was an answer; else why not. */
static const char *
get_within(const struct script *s, long ms, struct http_answer *answer)
{
	struct timespec deadline = in_ms(ms);
	struct engine e = engine_begin(s);
	const char *why = NULL;

	if (http_get(e.fd, a, &deadline, "/v", answer, &why))
		why = NULL;
	else
		ck_assert_ptr_nonnull(why);
	engine_end(&e);
	return why;
}

static const char *
get(const struct script *s, struct http_answer *answer)
{
	return get_within(s, 10000, answer);
}

static void
body_is(const struct http_answer *answer, const char *body)
{
	ck_assert_uint_eq(answer->size, strlen(body));
	ck_assert_mem_eq(answer->body, body, strlen(body) + 1);
}

static const struct {
	const char *bytes;
	int status;
	const char *body;
	bool closes;
} good[] = {
	{ OK LENGTH "5\r\n\r\nhello", 200, "hello", false },
	{ OK "content-length:5\r\n\r\nhello", 200, "hello", false },
	{ OK LENGTH "0005\r\n\r\nhello", 200, "hello", false },
	{ OK LENGTH "0\r\n\r\n", 200, "", false },
	{ OK "Api-Version: 1.47\r\nX_y:\r\n" LENGTH "\t 2\r\n\r\n\r\n", 200,
	    "\r\n", false },
	{ "HTTP/1.1 200\r\n" LENGTH "2\r\n\r\n{}", 200, "{}", false },
	{ "HTTP/1.1 200 \r\n" LENGTH "2\r\n\r\n{}", 200, "{}", false },
	{ "HTTP/1.1 404 Not Found\r\n" LENGTH "2\r\n\r\n{}", 404, "{}",
	    false },
	{ "HTTP/1.1 500 Oh\r\n" LENGTH "2\r\n\r\n{}", 500, "{}", false },
	{ "HTTP/1.1 301 Moved\r\nLocation: /\r\n" LENGTH "0\r\n\r\n", 301, "",
	    false },
	{ CHUNKS("5\r\nhello\r\n0\r\n\r\n"), 200, "hello", false },
	{ CHUNKS("2\r\nhe\r\n003\r\nllo\r\n0\r\n\r\n"), 200, "hello", false },
	{ CHUNKS("a\r\n0\r\n\r\n56789\r\nB\r\nabcdefghijk\r\n000\r\n\r\n"),
	    200, "0\r\n\r\n56789abcdefghijk", false },
	{ CHUNKS("0\r\n\r\n"), 200, "", false },
	{ OK "transfer-encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 200,
	    "{}", false },
	{ WITH("Connection: close\r\n"), 200, "{}", true },
	{ WITH("connection: Close\r\n"), 200, "{}", true },
	{ WITH("Connection: keep-alive\r\n"), 200, "{}", false },
	{ OK CHUNKED "Connection: close\r\n\r\n0\r\n\r\n", 200, "", true },
};

START_TEST(valid_answers_split_at_any_place)
{
	static const size_t steps[] = { 0, 1, 2, 3, 7, 13, 18, 41 };

	for (int i = 0; i < ROWS(steps); i++) {
		const struct script s = { .bytes = good[_i].bytes, .times = 1,
			.n = strlen(good[_i].bytes), .step = steps[i],
			.pause = 100, .stays = i % 2 == 0 };
		struct http_answer answer;
		const char *why = get(&s, &answer);

		ck_assert_msg(why == NULL, "%zu: %s", steps[i], why);
		ck_assert_int_eq(answer.status, good[_i].status);
		/* one that closes without a word has said it, too */
		ck_assert(s.stays ? answer.closes == good[_i].closes
		    : answer.closes || !good[_i].closes);
		body_is(&answer, good[_i].body);
	}
}
END_TEST

/* Bytes are bytes in a body. */
START_TEST(valid_nul_in_a_body)
{
	static const char bytes[] = OK LENGTH "3\r\n\r\na\0b";
	const struct script s = { .bytes = bytes, .n = sizeof(bytes) - 1,
		.times = 1 };
	struct http_answer answer;

	ck_assert_ptr_null(get(&s, &answer));
	ck_assert_uint_eq(answer.size, 3);
	ck_assert_mem_eq(answer.body, "a\0b", 4);
}
END_TEST

#define NO_HTTP "does not speak HTTP"
#define ENDED "closed the connection before the end"
#define MORE "says more than it was asked"
#define NO_LENGTH "has no length, or two"
#define BAD_LENGTH "too long, or of no length"
#define BAD_CHUNKS "not in chunks"
#define ROW(text, why) { text, sizeof(text) - 1, why }

static const struct {
	const char *bytes;
	size_t n;
	const char *why;
} bad[] = {
	ROW("", ENDED),
	ROW("garbage", ENDED),
	ROW("garbage\r\n\r\n", NO_HTTP),
	ROW("\r\n" OK LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("\377\376\0\1\2\3\r\n", NO_HTTP),
	ROW("{}", ENDED),
	/* the status line */
	ROW("HTTP/1.0 200 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/2 200 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("http/1.1 200 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1  200 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1\t200 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 20 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 2000 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 -20 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 +20 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 OK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 \r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 200 OK\n" LENGTH "2\n\n{}", NO_HTTP),
	ROW("HTTP/1.1 200 O\rK\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 200 O\0K\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	/* no answers yet, or of another protocol */
	ROW("HTTP/1.1 100 Continue\r\n\r\n" WITH(""), NO_HTTP),
	ROW("HTTP/1.1 101 UPGRADED\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 199 X\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	ROW("HTTP/1.1 000 X\r\n" LENGTH "2\r\n\r\n{}", NO_HTTP),
	/* the length */
	ROW(OK "\r\n{}", NO_LENGTH),
	ROW("HTTP/1.1 204 No Content\r\n\r\n", NO_LENGTH),
	ROW(OK LENGTH "3\r\n\r\n{}", ENDED),
	ROW(OK LENGTH "1\r\n\r\n{}", MORE),
	ROW(OK LENGTH "0\r\n\r\n{}", MORE),
	ROW(OK LENGTH "-1\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "-2\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "+2\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "2 \r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "2, 2\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "0x2\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "a\r\n\r\n0123456789", BAD_LENGTH),
	ROW(OK LENGTH "2.0\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "4194305\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "4294967298\r\n\r\n{}", BAD_LENGTH),
	ROW(OK LENGTH "18446744073709551618\r\n\r\n{}", BAD_LENGTH),
	ROW(WITH(LENGTH "2\r\n"), BAD_LENGTH),
	ROW(WITH(LENGTH "3\r\n"), BAD_LENGTH),
	ROW(WITH("CONTENT-LENGTH: 2\r\n"), BAD_LENGTH),
	ROW(WITH(CHUNKED), NO_LENGTH),
	ROW(OK LENGTH "14\r\n" CHUNKED "\r\n2\r\n{}\r\n0\r\n\r\n", NO_LENGTH),
	/* chunks */
	ROW(OK CHUNKED CHUNKED "\r\n2\r\n{}\r\n0\r\n\r\n", NO_HTTP),
	ROW(OK "Transfer-Encoding: gzip\r\n\r\n2\r\n{}\r\n0\r\n\r\n", NO_HTTP),
	ROW(OK "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", NO_HTTP),
	ROW(OK "Transfer-Encoding: identity\r\n" LENGTH "2\r\n\r\n{}",
	    NO_HTTP),
	ROW(OK "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n", NO_HTTP),
	ROW(CHUNKS("\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("-2\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("0x2\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("g\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS(" 2\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("2;x=y\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("400001\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("10000000000000002\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("fffffffffffffffe\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("2\r\n{}\r\n3fffff\r\n"), "too long"),
	ROW(CHUNKS("2\n{}\n0\n\n"), NO_HTTP),
	ROW(CHUNKS("1\r\n{}\r\n0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("3\r\n{}\r\n0\r\n\r\n"), NO_HTTP),
	ROW(CHUNKS("2\r\n{}0\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("2\r\n{}\r\n"), ENDED),
	ROW(CHUNKS("2\r\n{}\r\n0\r\n"), ENDED),
	ROW(CHUNKS("2\r\n{}\r\n0\r\nX: y\r\n\r\n"), BAD_CHUNKS),
	ROW(CHUNKS("2\r\n{}\r\n0\r\n\r\n0\r\n\r\n"), MORE),
	/* headers */
	ROW(WITH("X\0: y\r\n"), NO_HTTP),
	ROW(WITH("X: \0\r\n"), NO_HTTP),
	ROW(OK LENGTH "2\0\r\n\r\n{}", NO_HTTP),
	ROW(WITH("X\r\n"), NO_HTTP),
	ROW(WITH(": y\r\n"), NO_HTTP),
	ROW(WITH("X : y\r\n"), NO_HTTP),
	ROW(WITH("X: y\r\n z\r\n"), NO_HTTP),
	ROW(WITH("X: y\n"), NO_HTTP),
	ROW(WITH("X: y\rz\r\n"), NO_HTTP),
	ROW(WITH("X: y\r\r\n"), NO_HTTP),
	ROW(OK "Content-Length : 2\r\n\r\n{}", NO_HTTP),
	ROW(WITH("Content-Encoding: gzip\r\n"), "is encoded"),
	/* left over */
	ROW(WITH("") "x", MORE),
	ROW(WITH("") "\0", MORE),
	ROW(WITH("") "\r\n", MORE),
	ROW(WITH("") WITH(""), MORE),
};

START_TEST(deny_what_is_no_answer)
{
	const struct script s = { .bytes = bad[_i].bytes, .n = bad[_i].n,
		.times = 1 };
	struct http_answer answer;
	const char *why = get(&s, &answer);

	ck_assert_ptr_nonnull(why);
	ck_assert_msg(strstr(why, bad[_i].why) != NULL, "%s", why);
}
END_TEST

#define WHOLE WITH("Connection: keep-alive\r\n")
#define PARTS CHUNKS("1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")

static void
closed_behind(const char *bytes, size_t n)
{
	const struct script s = { .bytes = bytes, .n = n, .times = 1 };
	struct http_answer answer;
	const char *why = get(&s, &answer);

	if (n == strlen(bytes)) {
		ck_assert_ptr_null(why);
		body_is(&answer, "{}");
	} else {
		ck_assert_ptr_nonnull(why);
		ck_assert_str_eq(why, "it " ENDED);
	}
}

START_TEST(deny_a_length_closed_at_each_byte)
{
	closed_behind(WHOLE, (size_t)_i);
}
END_TEST

START_TEST(deny_chunks_closed_at_each_byte)
{
	closed_behind(PARTS, (size_t)_i);
}
END_TEST

/* Why not, for n headers, and for one with a value of n - 1 bytes. */
static const char *
headers_of(size_t n)
{
	struct script s = { .times = 1 };
	struct strv parts = strv_new(a);
	struct http_answer answer;

	strv_push(&parts, OK LENGTH "2\r\n");
	for (size_t i = 1; i < n; i++)
		strv_push(&parts, "X: y\r\n");
	strv_push(&parts, "\r\n{}");
	s.bytes = strv_join(&parts, "");
	s.n = strlen(s.bytes);
	return get(&s, &answer);
}

static const char *
line_of(size_t n)
{
	struct script s = { .times = 1 };
	struct http_answer answer;
	char *value = arena_alloc(a, n);

	memset(value, 'x', n - 1);
	s.bytes = arena_printf(a, "%sX: %s\r\n%s2\r\n\r\n{}", OK, value,
	    LENGTH);
	s.n = strlen(s.bytes);
	return get(&s, &answer);
}

START_TEST(limit_headers)
{
	const char *why;

	ck_assert_ptr_null(headers_of(10000));
	why = headers_of(11000);
	ck_assert_ptr_nonnull(why);
	ck_assert_str_eq(why, "its answer's headers are too long");
	ck_assert_ptr_nonnull(headers_of(500000));
	ck_assert_ptr_null(line_of(16000));
	why = line_of(17000);
	ck_assert_ptr_nonnull(why);
	ck_assert_str_eq(why, "it " NO_HTTP);
	ck_assert_ptr_nonnull(line_of(200000));
}
END_TEST

/* A body of n bytes with its length. */
static const char *
length_of(size_t n, struct http_answer *answer)
{
	char *head = arena_printf(a, "%s%s%zu\r\n\r\n", OK, LENGTH, n);
	char *bytes = arena_alloc(a, strlen(head) + n);
	const struct script s = { .bytes = bytes, .n = strlen(head) + n,
		.times = 1 };

	memcpy(bytes, head, strlen(head));
	memset(bytes + strlen(head), 'x', n);
	return get(&s, answer);
}

/* A body of n bytes in chunks. */
static const char *
chunks_of(size_t n, size_t chunk, struct http_answer *answer)
{
	char *bytes = arena_alloc(a, n + n / chunk * 16 + 256);
	struct script s = { .bytes = bytes, .times = 1 };

	s.n = (size_t)sprintf(bytes, "%s%s\r\n", OK, CHUNKED);
	for (size_t left = n; left > 0;) {
		size_t part = left < chunk ? left : chunk;

		s.n += (size_t)sprintf(bytes + s.n, "%zx\r\n", part);
		memset(bytes + s.n, 'x', part);
		s.n += part;
		s.n += (size_t)sprintf(bytes + s.n, "\r\n");
		left -= part;
	}
	s.n += (size_t)sprintf(bytes + s.n, "0\r\n\r\n");
	return get(&s, answer);
}

START_TEST(limit_body_with_a_length)
{
	struct http_answer answer;

	ck_assert_ptr_null(length_of(HTTP_BODY_MAX, &answer));
	ck_assert_uint_eq(answer.size, HTTP_BODY_MAX);
	ck_assert_int_eq(answer.body[HTTP_BODY_MAX - 1], 'x');
	ck_assert_int_eq(answer.body[HTTP_BODY_MAX], '\0');
	ck_assert_ptr_nonnull(length_of(HTTP_BODY_MAX + 1, &answer));
	ck_assert_ptr_nonnull(length_of(10 * MIB, &answer));
}
END_TEST

START_TEST(limit_body_in_chunks)
{
	static const size_t chunks[] = { 65521, MIB, 10 * MIB };
	struct http_answer answer;

	ck_assert_ptr_null(chunks_of(HTTP_BODY_MAX, 65521, &answer));
	ck_assert_uint_eq(answer.size, HTTP_BODY_MAX);
	ck_assert_int_eq(answer.body[HTTP_BODY_MAX - 1], 'x');
	ck_assert_int_eq(answer.body[HTTP_BODY_MAX], '\0');
	ck_assert_ptr_null(chunks_of(HTTP_BODY_MAX, HTTP_BODY_MAX, &answer));
	for (int i = 0; i < ROWS(chunks); i++) {
		const char *why = chunks_of(HTTP_BODY_MAX + 1, chunks[i],
		    &answer);

		ck_assert_ptr_nonnull(why);
		ck_assert_ptr_nonnull(strstr(why, "too long"));
		why = chunks_of(10 * MIB, chunks[i], &answer);
		ck_assert_ptr_nonnull(why);
		ck_assert_ptr_nonnull(strstr(why, "too long"));
	}
}
END_TEST

/* Too late: nothing, a half, one byte after the other, all but the end. */
static const struct {
	const char *bytes;
	size_t step;
	long pause;
} slow[] = {
	{ "", 0, 0 },
	{ "HTTP/1.1 2", 0, 0 },
	{ OK LENGTH "2\r\n", 0, 0 },
	{ OK LENGTH "2\r\n\r\n{", 0, 0 },
	{ CHUNKS("2\r\n{}\r\n0\r\n"), 0, 0 },
	{ WHOLE, 1, 20000 },
	{ PARTS, 1, 20000 },
};

START_TEST(deny_a_slow_answer)
{
	const struct script s = { .bytes = slow[_i].bytes, .times = 1,
		.n = strlen(slow[_i].bytes), .step = slow[_i].step,
		.pause = slow[_i].pause, .stays = true };
	struct timespec begin = in_ms(0), end;
	struct http_answer answer;
	const char *why = get_within(&s, 100, &answer);

	ck_assert_ptr_nonnull(why);
	ck_assert_str_eq(why, "it took too long to answer");
	end = in_ms(0);
	ck_assert_int_le(end.tv_sec - begin.tv_sec, 3);
}
END_TEST

START_TEST(valid_a_slow_answer_in_time)
{
	const struct script s = { .bytes = PARTS, .n = strlen(PARTS),
		.times = 1, .step = 5, .pause = 20000 };
	struct http_answer answer;

	ck_assert_ptr_null(get(&s, &answer));
	body_is(&answer, "{}");
}
END_TEST

/* One that does not even read, and one that is not there any more. */
START_TEST(deny_an_engine_that_takes_no_request)
{
	char *path = arena_alloc(a, 8 * MIB);
	struct timespec deadline = in_ms(100);
	struct http_answer answer;
	const char *why = NULL;
	int fds[2];

	memset(path, '/', 8 * MIB - 1);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0,
	    fds), 0);
	ck_assert(!http_get(fds[0], a, &deadline, path, &answer, &why));
	ck_assert_str_eq(why, "it took too long to answer");
	(void)close(fds[1]);
	deadline = in_ms(10000);
	ck_assert(!http_get(fds[0], a, &deadline, "/v", &answer, &why));
	ck_assert_str_eq(why, "it closed the connection");
	(void)close(fds[0]);
}
END_TEST

/* An answer that was there before the request is none to it. */
START_TEST(deny_what_comes_unasked)
{
	const struct timespec deadline = in_ms(10000);
	struct http_answer answer;
	const char *why = NULL;
	int fds[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0,
	    fds), 0);
	ck_assert_int_eq(send(fds[1], WHOLE, strlen(WHOLE), 0),
	    (ssize_t)strlen(WHOLE));
	ck_assert(!http_get(fds[0], a, &deadline, "/v", &answer, &why));
	ck_assert_str_eq(why, "it " MORE);
	(void)close(fds[0]);
	(void)close(fds[1]);
}
END_TEST

START_TEST(valid_requests_on_one_connection)
{
	static const char *const texts[] = { WHOLE, PARTS };
	const struct timespec deadline = in_ms(10000);

	for (int i = 0; i < ROWS(texts); i++) {
		const struct script s = { .bytes = texts[i], .times = 3,
			.n = strlen(texts[i]), .step = 9, .pause = 50 };
		struct engine e = engine_begin(&s);
		struct http_answer answer;
		const char *why = NULL;

		for (int j = 0; j < 3; j++) {
			ck_assert(http_get(e.fd, a, &deadline, "/v", &answer,
			    &why));
			body_is(&answer, "{}");
		}
		ck_assert(!http_get(e.fd, a, &deadline, "/v", &answer, &why));
		engine_end(&e);
	}
}
END_TEST

Suite *
http_get_suite(void)
{
	Suite *s = suite_create("http_get");
	TCase *t = tcase_of(s, "http_get");

	tcase_set_timeout(t, 60);
	EACH(t, valid_answers_split_at_any_place, good);
	ONE(t, valid_nul_in_a_body);
	EACH(t, deny_what_is_no_answer, bad);
	tcase_add_loop_test(t, deny_a_length_closed_at_each_byte, 0,
	    (int)sizeof(WHOLE));
	tcase_add_loop_test(t, deny_chunks_closed_at_each_byte, 0,
	    (int)sizeof(PARTS));
	ONE(t, limit_headers);
	ONE(t, limit_body_with_a_length);
	ONE(t, limit_body_in_chunks);
	EACH(t, deny_a_slow_answer, slow);
	ONE(t, valid_a_slow_answer_in_time);
	ONE(t, deny_an_engine_that_takes_no_request);
	ONE(t, deny_what_comes_unasked);
	ONE(t, valid_requests_on_one_connection);
	return s;
}
