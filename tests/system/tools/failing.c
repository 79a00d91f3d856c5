/* SPDX-License-Identifier: Apache-2.0 */
/* To be preloaded: the FAIL_AT-th allocation fails, and makes FAIL_MARK. */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static long left = -1;
static char mark[256];

__attribute__((constructor)) static void
begin(void)
{
	const char *at = getenv("FAIL_AT");

	/* The program clears its environment. */
	(void)strncpy(mark, getenv("FAIL_MARK"), sizeof(mark) - 1);
	left = at == NULL ? 0 : atol(at);
}

static int
fails(void)
{
	if (left <= 0 || --left > 0)
		return 0;
	(void)close(open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, size);
}
