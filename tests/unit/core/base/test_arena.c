/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"
#include "fixture.h"
#include "suites.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

START_TEST(valid_memory_is_zeroed_and_aligned)
{
	for (size_t size = 0; size < 300; size++) {
		unsigned char *p = arena_alloc(a, size);

		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(p[i], 0);
		memset(p, 0xff, size);
	}
}
END_TEST

START_TEST(valid_pieces_do_not_overlap_across_blocks)
{
	enum { PIECES = 400, SIZE = 1000 };
	unsigned char *p[PIECES];

	for (int i = 0; i < PIECES; i++) {
		p[i] = arena_alloc(a, SIZE);
		memset(p[i], i & 0xff, SIZE);
	}
	for (int i = 0; i < PIECES; i++) {
		for (int j = 0; j < SIZE; j++)
			ck_assert_uint_eq(p[i][j], (unsigned)i & 0xff);
	}
}
END_TEST

/* Pieces too big for a block get one of their own. */
START_TEST(valid_small_and_big_pieces_live_side_by_side)
{
	enum { BIG = 1 << 20 };
	char *before = arena_alloc(a, 16), *after, *big;

	memset(before, 'a', 16);
	big = arena_alloc(a, BIG);
	memset(big, 'b', BIG);
	after = arena_alloc(a, 16);
	ck_assert_int_eq(*after, 0);
	memset(after, 'c', 16);
	ck_assert_int_eq(before[15], 'a');
	ck_assert_int_eq(big[0], 'b');
	ck_assert_int_eq(big[BIG - 1], 'b');
}
END_TEST

static const size_t edges[] = { 8191, 8192, 8193, 32767, 32768, 32769, 65535,
	65536, 65537 };

START_TEST(valid_sizes_around_a_block_can_be_filled)
{
	for (int i = 0; i < 9; i++) {
		char *p = arena_alloc(a, edges[_i]);

		ck_assert_int_eq(p[edges[_i] - 1], 0);
		memset(p, 1, edges[_i]);
	}
}
END_TEST

START_TEST(valid_an_array_keeps_its_items_as_it_grows)
{
	int *v = NULL;
	size_t n = 0, size = 0;

	for (int i = 0; i < 10000; i++) {
		v = arena_room(a, v, n, &size, sizeof(*v));
		ck_assert_uint_gt(size, n);
		v[n++] = i;
	}
	for (int i = 0; i < 10000; i++)
		ck_assert_int_eq(v[i], i);
}
END_TEST

START_TEST(valid_an_array_with_room_stays_where_it_is)
{
	int v[4], *same;
	size_t size = 4;

	same = arena_room(a, v, 3, &size, sizeof(*v));
	ck_assert_ptr_eq(same, v);
	ck_assert_uint_eq(size, 4);
}
END_TEST

START_TEST(valid_copies_end_at_the_nul_or_at_n)
{
	const char unended[3] = { 'a', 'b', 'c' };

	ck_assert_str_eq(arena_strdup(a, ""), "");
	ck_assert_str_eq(arena_strdup(a, "abc"), "abc");
	ck_assert_str_eq(arena_strndup(a, "abc", 2), "ab");
	ck_assert_str_eq(arena_strndup(a, "abc", 0), "");
	ck_assert_str_eq(arena_strndup(a, "abc", 99), "abc");
	ck_assert_str_eq(arena_strndup(a, unended, 3), "abc");
	ck_assert_int_eq(arena_strndup(a, "ab\0cd", 5)[3], 0);
}
END_TEST

START_TEST(valid_printf_makes_strings_of_any_length)
{
	char big[100001];

	memset(big, 'y', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	ck_assert_str_eq(arena_printf(a, "%s-%d", "x", 7), "x-7");
	ck_assert_str_eq(arena_printf(a, "%s", ""), "");
	ck_assert_str_eq(arena_printf(a, "%s", big), big);
}
END_TEST

START_TEST(valid_freeing_nothing_is_nothing)
{
	arena_free(NULL);
}
END_TEST

static int
take_too_much(void *data)
{
	(void)arena_alloc(a, *(const size_t *)data);
	return 0;
}

static void
end_with_9(void)
{
	_exit(9);
}

static const size_t too_much[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2,
	SIZE_MAX / 4 + 1 };

START_TEST(limit_sizes_that_would_wrap_end_the_process)
{
	size_t size = too_much[_i];

	ck_assert_int_eq(child_status(take_too_much, &size), 128 + SIGABRT);
	arena_exhausted = end_with_9;
	ck_assert_int_eq(child_status(take_too_much, &size), 9);
	arena_exhausted = abort;
}
END_TEST

static void
go_on(void)
{
}

/* A hook that returns, though it must not, does not get a NULL through. */
START_TEST(limit_a_hook_that_returns_does_not_help)
{
	size_t size = SIZE_MAX;

	arena_exhausted = go_on;
	ck_assert_int_eq(child_status(take_too_much, &size), 128 + SIGABRT);
	arena_exhausted = abort;
}
END_TEST

static int
grow_too_much(void *data)
{
	/* twice as many times 16 would be none at all */
	size_t n = (SIZE_MAX >> 4) + 1, size = n;

	(void)arena_room(a, data, n, &size, 16);
	return 0;
}

START_TEST(limit_an_array_whose_size_would_wrap_ends_the_process)
{
	arena_exhausted = end_with_9;
	ck_assert_int_eq(child_status(grow_too_much, NULL), 9);
	arena_exhausted = abort;
}
END_TEST

START_TEST(valid_a_reset_arena_hands_out_zeroed_memory_again)
{
	struct arena *again = arena_new();

	for (int turn = 0; turn < 3; turn++) {
		for (size_t size = 1; size < 200000; size *= 7) {
			unsigned char *p = arena_alloc(again, size);

			for (size_t i = 0; i < size; i++)
				ck_assert_uint_eq(p[i], 0);
			memset(p, 0xff, size);
		}
		arena_reset(again);
	}
	arena_free(again);
}
END_TEST

Suite *
arena_suite(void)
{
	Suite *s = suite_create("arena");
	TCase *t = tcase_of(s, "arena");

	ONE(t, valid_memory_is_zeroed_and_aligned);
	ONE(t, valid_pieces_do_not_overlap_across_blocks);
	ONE(t, valid_small_and_big_pieces_live_side_by_side);
	EACH(t, valid_sizes_around_a_block_can_be_filled, edges);
	ONE(t, valid_an_array_keeps_its_items_as_it_grows);
	ONE(t, valid_an_array_with_room_stays_where_it_is);
	ONE(t, valid_copies_end_at_the_nul_or_at_n);
	ONE(t, valid_printf_makes_strings_of_any_length);
	ONE(t, valid_freeing_nothing_is_nothing);
	ONE(t, valid_a_reset_arena_hands_out_zeroed_memory_again);
	EACH(t, limit_sizes_that_would_wrap_end_the_process, too_much);
	ONE(t, limit_a_hook_that_returns_does_not_help);
	ONE(t, limit_an_array_whose_size_would_wrap_ends_the_process);
	return s;
}
