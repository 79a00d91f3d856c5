/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times two commands in turn, each as a user with one more group:
 *
 *	pairs ROUNDS UID GID GROUP COMMAND... -- UID GID GROUP COMMAND...
 *
 * and prints the medians in milliseconds, the ratio of the second to the first,
 * and the median of the differences. Run by root; output of the commands goes
 * to /dev/null.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct command {
	uid_t uid;
	gid_t gid;
	gid_t group;
	char **argv;
};

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static _Noreturn void
become(const struct command *c)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
	    setgroups(1, &c->group) != 0 ||
	    setresgid(c->gid, c->gid, c->gid) != 0 ||
	    setresuid(c->uid, c->uid, c->uid) != 0)
		_exit(126);
	execv(c->argv[0], c->argv);
	_exit(127);
}

static double
time_one(const struct command *c)
{
	double start = now_ms();
	pid_t pid = fork();
	int status;

	if (pid == 0)
		become(c);
	if (pid < 0 || waitpid(pid, &status, 0) != pid ||
	    !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "pairs: %s %s failed\n", c->argv[0],
		    c->argv[1]);
		exit(1);
	}
	return now_ms() - start;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), ascending);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static char **
read_command(struct command *c, char **words)
{
	c->uid = (uid_t)atoi(words[0]);
	c->gid = (gid_t)atoi(words[1]);
	c->group = (gid_t)atoi(words[2]);
	c->argv = words + 3;
	for (words += 3; *words != NULL && strcmp(*words, "--") != 0; words++)
		continue;
	if (*words == NULL)
		return words;
	*words = NULL;
	return words + 1;
}

int
main(int argc, char **argv)
{
	struct command first, second;
	double *a, *b, *difference, x, y;
	size_t n;

	if (argc < 10 || (n = (size_t)atoi(argv[1])) == 0)
		return 2;
	read_command(&second, read_command(&first, argv + 2));
	a = calloc(n, sizeof(*a));
	b = calloc(n, sizeof(*b));
	difference = calloc(n, sizeof(*difference));
	if (a == NULL || b == NULL || difference == NULL)
		return 2;
	time_one(&first);
	time_one(&second);
	for (size_t i = 0; i < n; i++) {
		a[i] = time_one(&first);
		b[i] = time_one(&second);
		difference[i] = b[i] - a[i];
	}
	x = median(a, n);
	y = median(b, n);
	printf("%8.2f ms  %8.2f ms  ratio %.3f  difference %+.2f ms\n", x, y,
	    y / x, median(difference, n));
	return 0;
}
