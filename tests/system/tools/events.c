/* SPDX-License-Identifier: Apache-2.0 */
/*
 * events SOCKET SINCE UNTIL: what an engine did between two times, a line of
 * JSON each. As `docker events`, whose start alone takes longer than a test.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	char line[512];
	FILE *engine;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (argc != 4 || strlen(argv[1]) >= sizeof(to.sun_path))
		return 2;
	strcpy(to.sun_path, argv[1]);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
		perror(argv[1]);
		return 1;
	}
	/* With HTTP/1.0 the answer ends where the connection does. */
	dprintf(fd, "GET /events?since=%s&until=%s HTTP/1.0\r\n\r\n", argv[2],
	    argv[3]);
	engine = fdopen(fd, "r");
	if (engine == NULL || fgets(line, sizeof(line), engine) == NULL ||
	    strncmp(line + strlen("HTTP/1.0"), " 200 ", 5) != 0) {
		fprintf(stderr, "events: no answer\n");
		return 1;
	}
	while (fgets(line, sizeof(line), engine) != NULL &&
	    strcmp(line, "\r\n") != 0)
		;
	while (fgets(line, sizeof(line), engine) != NULL)
		fputs(line, stdout);
	return ferror(engine) != 0;
}
