/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Setuid root in an image: says who it is, tries to become root, and leaves a
 * setuid copy of itself in /mnt. Powerless is "euid=UID setuid0=no".
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
leave_copy(const char *path)
{
	char buf[65536];
	ssize_t n;
	int in = open("/proc/self/exe", O_RDONLY);
	int out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);

	if (in < 0 || out < 0) {
		puts("left=nothing");
		return;
	}
	while ((n = read(in, buf, sizeof buf)) > 0)
		if (write(out, buf, (size_t)n) != n)
			return;
	puts(fchmod(out, 04755) == 0 ? "left=setuid" : "left=plain");
	close(out);
}

int
main(int argc, char **argv)
{
	printf("uid=%d euid=%d gid=%d egid=%d\n", (int)getuid(),
	    (int)geteuid(), (int)getgid(), (int)getegid());
	printf("setuid0=%s\n", setresuid(0, 0, 0) == 0 ? "yes" : "no");
	if (argc > 1)
		leave_copy(argv[1]);
	return 0;
}
