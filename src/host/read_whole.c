/* SPDX-License-Identifier: Apache-2.0 */
#include "host/read_whole.h"

#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Room for one byte more than may be there shows that there are more. */
static char *
grow(struct arena *a, const char *text, size_t n, size_t *room, size_t most)
{
	char *more;

	*room = n > most / 4 ? most + 1 : n * 4;
	more = arena_alloc(a, *room + 1);
	memcpy(more, text, n);
	return more;
}

char *
read_whole(struct arena *a, int fd, size_t likely, size_t most, size_t *n)
{
	size_t room = (likely < most ? likely : most) + 1;
	char *text = arena_alloc(a, room + 1);
	ssize_t got;

	for (*n = 0;; *n += (size_t)got) {
		if (*n > most) {
			errno = EFBIG;
			return NULL;
		}
		if (*n == room)
			text = grow(a, text, *n, &room, most);
		do
			got = read(fd, text + *n, room - *n);
		while (got < 0 && errno == EINTR);
		if (got < 0)
			return NULL;
		if (got == 0)
			break;
	}
	text[*n] = '\0';
	return text;
}
