/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's side of a test: what it is asked. */
#ifndef UNDOCKER_HTTP_REQUEST_H
#define UNDOCKER_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

/* Reads up to the empty line behind a request's head. False: none came. */
static inline bool
http_request_take(int fd, char *text, size_t size)
{
	size_t n = 0;

	do {
		ssize_t got = recv(fd, text + n, size - 1 - n, 0);

		if (got <= 0)
			return false;
		n += (size_t)got;
		text[n] = '\0';
	} while (strstr(text, "\r\n\r\n") == NULL);
	return true;
}

#endif
