/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long one decision takes, from the policy's bytes to the final argv, for
 * policies of 10, 1,000 and 10,000 sections, and for one of 10,000 of which
 * 2,000 are for groups of the caller's. Prints medians; judges nothing.
 */
#include "core/request/cli_read.h"
#include "core/request/invocation.h"
#include "core/verdict/judge.h"
#include "core/write/cli_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define ROUNDS 101
#define MINE_MOST 2000

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* One general section, then users and groups in turn, or images of groups. */
static char *
make_policy(struct arena *a, unsigned sections, unsigned mine)
{
	struct strv text = strv_new(a);

	strv_push(&text, "[command:run]\n"
	    "WHITELIST=-i|--interactive,-t|--tty,-e|--env list,--rm\n"
	    "FORCED=--init -w '$PWD'\n");
	/* The one that matches is the last of those that are the caller's. */
	if (mine == 0)
		strv_push(&text, "ALLOWEDIMAGES=alpine:.* ubuntu:.*\n");
	for (unsigned i = 1; i < sections && mine > 0; i++)
		strv_pushf(&text, "[command:run group:g%u]\n"
		    "ALLOWEDIMAGES=%s%u.example.org/team/.*:.*\n", i,
		    i == mine ? "alpine|registry" : "registry", i);
	for (unsigned i = 1; i < sections && mine == 0; i++)
		strv_pushf(&text, "[command:run %s:%s%u]\n"
		    "WHITELIST=--name string,-h|--hostname string\n"
		    "FORCED=-e N=%u\nRESTRICTEDIMAGES=ubuntu:%u\\..*\n",
		    i % 2 == 0 ? "group" : "user", i % 2 == 0 ? "g" : "u", i,
		    i, i);
	return strv_join(&text, "");
}

static bool
answer(void *data, struct judge *j)
{
	(void)data;
	return j->needs.n == 0;
}

static void
decide(const char *policy, size_t size, unsigned mine)
{
	static char w0[] = "undocker", w1[] = "run", w2[] = "-it",
		w3[] = "alpine", w4[] = "ash";
	static char *const argv[] = { w0, w1, w2, w3, w4 };
	static gid_t gids[MINE_MOST + 1] = { 100 };
	struct caller c = { .uid = 1000, .gid = 1000, .user = "u7",
		.group = "u7", .home = "/home/u7", .cwd = "/home/u7",
		.gids = gids, .ngids = mine + 1 };
	struct arena *a = arena_new();
	struct policy *p = policy_new(a);
	struct judge j = { .sayable = cli_write_sayable };
	struct settlement st;
	struct request r;
	struct invocation i;
	struct policy_group **groups;
	size_t n;

	for (unsigned k = 1; k <= mine; k++)
		gids[k] = 5000 + k;
	c.env = strv_new(a);
	invocation_parse(&i, 5, argv);
	if (!policy_add(p, "policy", policy, size, false, &j.fault))
		abort();
	groups = policy_groups(p, "run", &n);
	for (size_t k = 0; k < n; k++) {
		groups[k]->state = GROUP_KNOWN;
		groups[k]->gid = mine > 0 ? (gid_t)(5001 + k)
		    : k == 0 ? 100 : 5;
	}
	if (!judge_begin(&j, a, p, &c, invocation_command(&i, NULL)) ||
	    !cli_read(&r, a, &j.effective, p, &c, &i, &j.fault) ||
	    !judge_request(&j, &r, answer, NULL, &st)) {
		fprintf(stderr, "refused: %s\n", j.fault.text);
		abort();
	}
	arena_free(a);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
measure(unsigned sections, unsigned mine)
{
	static double ms[ROUNDS];
	struct arena *a = arena_new();
	char *policy = make_policy(a, sections, mine);
	struct rusage used;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now_ms();

		decide(policy, strlen(policy), mine);
		ms[round] = now_ms() - start;
	}
	qsort(ms, ROUNDS, sizeof(ms[0]), ascending);
	(void)getrusage(RUSAGE_SELF, &used);
	printf("decision, %5u sections, %4u of the caller's groups: %8.3f ms, "
	    "%ld MB at most\n", sections, mine, ms[ROUNDS / 2],
	    used.ru_maxrss / 1024);
	arena_free(a);
}

int
main(void)
{
	measure(10, 0);
	measure(1000, 0);
	measure(10000, 0);
	measure(10000, MINE_MOST);
	return 0;
}
