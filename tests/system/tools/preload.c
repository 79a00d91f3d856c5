/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into whatever lets it: notes each program that it got into. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

__attribute__((constructor)) static void
note_program(void)
{
	char exe[4096], line[4200];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	int fd = open("/tmp/preloaded", O_WRONLY | O_APPEND);

	if (n < 0 || fd < 0)
		return;
	exe[n] = '\0';
	n = snprintf(line, sizeof line, "%s euid=%d egid=%d\n", exe,
	    (int)geteuid(), (int)getegid());
	if (write(fd, line, (size_t)n) != n)
		_exit(99);
	close(fd);
}
