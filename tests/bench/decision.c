/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long one decision takes, from the policy's bytes to the final argv, for
 * policies of 10, 1,000 and 10,000 sections. Prints medians; judges nothing.
 */
#include "core/decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 101

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* One general section, then users and groups in turn. */
static char *
make_policy(struct arena *a, unsigned sections)
{
	struct strv text = strv_new(a);

	strv_push(&text, "[command:run]\n"
	    "WHITELIST=-i|--interactive,-t|--tty,-e|--env list,--rm\n"
	    "FORCED=--init -w '$PWD'\nALLOWEDIMAGES=alpine:.* ubuntu:.*\n");
	for (unsigned i = 1; i < sections; i++)
		strv_pushf(&text, "[command:run %s:%s%u]\n"
		    "WHITELIST=--name string,-h|--hostname string\n"
		    "FORCED=-e N=%u\nRESTRICTEDIMAGES=ubuntu:%u\\..*\n",
		    i % 2 == 0 ? "group" : "user", i % 2 == 0 ? "g" : "u", i,
		    i, i);
	return strv_join(&text, "");
}

static void
decide(const char *policy, size_t size)
{
	static char w0[] = "undocker", w1[] = "run", w2[] = "-it",
		w3[] = "alpine", w4[] = "ash";
	static char *const argv[] = { w0, w1, w2, w3, w4 };
	static const gid_t gids[] = { 100 };
	struct caller c = { .uid = 1000, .gid = 1000, .user = "u7",
		.group = "u7", .home = "/home/u7", .cwd = "/home/u7",
		.gids = gids, .ngids = 1 };
	struct arena *a = arena_new();
	struct policy *p = policy_new(a);
	struct decision d = { 0 };
	struct invocation i;
	struct policy_group **groups;
	size_t n;

	c.env = strv_new(a);
	invocation_parse(&i, 5, argv);
	if (!policy_add(p, "policy", policy, size, false, &d.fault))
		abort();
	groups = policy_groups(p, "run", &n);
	for (size_t k = 0; k < n; k++) {
		groups[k]->state = GROUP_KNOWN;
		groups[k]->gid = k == 0 ? 100 : 5;
	}
	if (!decision_plan(&d, a, p, &c, &i) || !decision_settle(&d)) {
		fprintf(stderr, "refused: %s\n", d.fault.text);
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

int
main(void)
{
	static const unsigned sections[] = { 10, 1000, 10000 };
	static double ms[ROUNDS];

	for (size_t k = 0; k < 3; k++) {
		struct arena *a = arena_new();
		char *policy = make_policy(a, sections[k]);

		for (int round = 0; round < ROUNDS; round++) {
			double start = now_ms();

			decide(policy, strlen(policy));
			ms[round] = now_ms() - start;
		}
		qsort(ms, ROUNDS, sizeof(ms[0]), ascending);
		printf("decision, %5u sections: %8.3f ms\n", sections[k],
		    ms[ROUNDS / 2]);
		arena_free(a);
	}
	return 0;
}
