/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For the build: prints the client's filter as C. What the runtime fills in,
 * the values of the one execveat, are those instructions that differ between
 * two programs for different values.
 */
#include "filter/client_rules.h"

#include <stdio.h>
#include <sys/resource.h>

/* No half of any is another's, or means something else in the program. */
static const uint64_t first[CLIENT_EXEC_VALUES] = { 0x7a010000U | 0x1,
	0x7a0b0000c1000011U, 0x7a0c0000c1000022U, 0x7a0d0000c1000033U };
static const uint64_t second[CLIENT_EXEC_VALUES] = { 0x6b01000000000009U,
	0x6b0b0000d2000011U, 0x6b0c0000d2000022U, 0x6b0d0000d2000033U };

static uint32_t
half(const uint64_t *values, size_t which)
{
	return (uint32_t)(values[which / 2] >> (which % 2 * 32));
}

/* Which half of which value stands in both, or -1. */
static int
which_half(const struct sock_filter *a, const struct sock_filter *b)
{
	for (size_t i = 0; i < CLIENT_EXEC_VALUES * 2; i++) {
		if (a->k == half(first, i) && b->k == half(second, i))
			return (int)i;
	}
	return -1;
}

/* Says at which instructions they differ. False: not as they should. */
static bool
print_holes(const struct client_program *a, const struct client_program *b)
{
	unsigned int seen = 0;

	if (a->n != b->n)
		return false;
	puts("static const struct {\n"
	     "\tunsigned short at; /* the instruction */\n"
	     "\tunsigned short value;\n"
	     "\tunsigned short shift;\n"
	     "} client_filter_holes[] = {");
	for (size_t i = 0; i < a->n; i++) {
		const struct sock_filter *x = &a->code[i], *y = &b->code[i];
		int which = which_half(x, y);

		if (x->code != y->code || x->jt != y->jt || x->jf != y->jf ||
		    (which < 0 && x->k != y->k))
			return false;
		if (which < 0)
			continue;
		seen |= 1U << which;
		printf("\t{ %zu, %d, %d },\n", i, which / 2, which % 2 * 32);
	}
	puts("};");
	return seen == (1U << (CLIENT_EXEC_VALUES * 2)) - 1;
}

int
main(void)
{
	static struct client_program a, b;
	/* libseccomp may also go round for ever where it lacks memory. */
	const struct rlimit seconds = { 10, 10 };
	const char *why = NULL;

	(void)setrlimit(RLIMIT_CPU, &seconds);
	if (!client_rules(&a, first, &why) || !client_rules(&b, second, &why)) {
		fprintf(stderr, "make_client_filter: %s\n", why);
		return 1;
	}
	puts("/* SPDX-License-Identifier: Apache-2.0 */\n"
	     "/* Made by make_client_filter when undocker was built. */\n"
	     "static const struct sock_filter client_filter_code[] = {");
	for (size_t i = 0; i < a.n; i++)
		printf("\t{ 0x%02x, %u, %u, 0x%08x },\n", a.code[i].code,
		    a.code[i].jt, a.code[i].jf, a.code[i].k);
	puts("};");
	if (!print_holes(&a, &b)) {
		fprintf(stderr, "make_client_filter: programs for different "
		    "values differ otherwise, too\n");
		return 1;
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
