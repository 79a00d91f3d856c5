/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times, in turn, whose a container is and the bare request for the same:
 *
 *	bench_lookup SOCKET CONTAINER ROUNDS
 *
 * and prints the medians in milliseconds and their ratio. Run by root.
 */
#include "host/engine/engine_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS_MAX 10000

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The same two questions are undocker's: the container and its image. */
static bool
ours(const char *socket_path, const char *name)
{
	struct arena *a = arena_new();
	struct settings s = { .engine = arena_printf(a, "unix://%s",
	    socket_path) };
	struct caller c = { .uid = 1000 };
	struct needs needs = { 0 };
	struct fault f = { 0 };
	struct need *n = needs_add(&needs, a, NEED_CONTAINER, name);
	bool good = engine_answer(&needs, a, &s, &c, &f) &&
	    n->state == NEED_MET;

	arena_free(a);
	return good;
}

/* One request whose answer ends with the connection. */
static bool
raw(const char *socket_path, const char *name)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char text[65536];
	ssize_t n, all = 0;

	(void)snprintf(to.sun_path, sizeof(to.sun_path), "%s", socket_path);
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0)
		return false;
	(void)snprintf(text, sizeof(text), "GET /containers/%s/json HTTP/1.1"
	    "\r\nHost: docker\r\nConnection: close\r\n\r\n", name);
	if (write(fd, text, strlen(text)) < 0)
		return false;
	while ((n = read(fd, text, sizeof(text))) > 0)
		all += n;
	(void)close(fd);
	return n == 0 && all > 0;
}

int
main(int argc, char **argv)
{
	static double first[ROUNDS_MAX], second[ROUNDS_MAX];
	int rounds = argc == 4 ? atoi(argv[3]) : 0;

	if (rounds < 1 || rounds > ROUNDS_MAX)
		return 2;
	for (int i = 0; i < rounds; i++) {
		double began = now(), between;

		if (!raw(argv[1], argv[2]))
			return 1;
		between = now();
		if (!ours(argv[1], argv[2]))
			return 1;
		first[i] = between - began;
		second[i] = now() - between;
	}
	qsort(first, (size_t)rounds, sizeof(*first), by_size);
	qsort(second, (size_t)rounds, sizeof(*second), by_size);
	printf("look-up: one raw GET %.3f ms, whose it is (two) %.3f ms, ratio "
	    "%.2f\n", first[rounds / 2], second[rounds / 2],
	    second[rounds / 2] / first[rounds / 2]);
	return 0;
}
