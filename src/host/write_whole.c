/* SPDX-License-Identifier: Apache-2.0 */
#include "host/write_whole.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool
write_whole(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ssize_t n = write(fd, text, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text += n;
		left -= (size_t)n;
	}
	return true;
}
