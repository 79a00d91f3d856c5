/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask SOCKET METHOD PATH...: asks an engine for each path, for all of them at
 * once, and prints the bodies of the answers in the order of the paths. As a
 * docker client, whose start alone takes longer than most tests. Exits 1 if
 * something was answered with other than success, or not at all.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MOST 512 /* questions at a time */

/* A connection with the question in it; -1: there is no engine. */
static int
question(const char *socket_path, const char *method, const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0 || strlen(socket_path) >= sizeof(to.sun_path))
		return -1;
	strcpy(to.sun_path, socket_path);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
		fprintf(stderr, "ask: %s: %s\n", socket_path, strerror(errno));
		return -1;
	}
	/* With HTTP/1.0 the answer ends where the connection does. */
	dprintf(fd, "%s %s HTTP/1.0\r\n\r\n", method, path);
	return fd;
}

/* Prints the body; was it a success? */
static bool
answer(int fd)
{
	char line[4096];
	FILE *engine = fdopen(fd, "r");
	bool good;

	if (engine == NULL || fgets(line, sizeof(line), engine) == NULL) {
		fprintf(stderr, "ask: no answer\n");
		return false;
	}
	good = strncmp(line, "HTTP/1.0 2", strlen("HTTP/1.0 2")) == 0;
	while (fgets(line, sizeof(line), engine) != NULL &&
	    strcmp(line, "\r\n") != 0)
		;
	while (fgets(line, sizeof(line), engine) != NULL)
		fputs(line, stdout);
	good = good && ferror(engine) == 0;
	fclose(engine);
	return good;
}

int
main(int argc, char **argv)
{
	int fds[MOST], status = 0;

	if (argc < 4 || argc - 3 > MOST) {
		fprintf(stderr, "usage: ask SOCKET METHOD PATH...\n");
		return 2;
	}
	for (int i = 3; i < argc; i++)
		fds[i - 3] = question(argv[1], argv[2], argv[i]);
	for (int i = 3; i < argc; i++) {
		if (fds[i - 3] < 0 || !answer(fds[i - 3]))
			status = 1;
	}
	return status;
}
