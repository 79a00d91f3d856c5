/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/envpack.h"

#include <string.h>

#define PREFIX_SIZE (sizeof(ENVPACK_PREFIX) - 1)

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789-_";

static bool
is_piece(const char *entry)
{
	return strncmp(entry, ENVPACK_PREFIX, PREFIX_SIZE) == 0;
}

/* Every string with its NUL, one behind the other. */
static unsigned char *
env_bytes(struct arena *a, char *const *env, size_t *size)
{
	unsigned char *bytes, *p;

	*size = 0;
	for (char *const *e = env; *e != NULL; e++) {
		if (!is_piece(*e))
			*size += strlen(*e) + 1;
	}
	p = bytes = arena_alloc(a, *size + 1);
	for (char *const *e = env; *e != NULL; e++) {
		if (!is_piece(*e)) {
			size_t n = strlen(*e) + 1;

			memcpy(p, *e, n);
			p += n;
		}
	}
	return bytes;
}

static char *
encode(struct arena *a, const unsigned char *bytes, size_t size)
{
	char *text = arena_alloc(a, size / 3 * 4 + 5);
	char *out = text;
	unsigned acc = 0, bits = 0;

	for (size_t i = 0; i < size; i++) {
		acc = (acc << 8 | bytes[i]) & 0xffff;
		bits += 8;
		while (bits >= 6) {
			bits -= 6;
			*out++ = DIGITS[acc >> bits & 63];
		}
	}
	if (bits > 0)
		*out++ = DIGITS[acc << (6 - bits) & 63];
	return text;
}

struct strv
envpack(struct arena *a, char *const *env)
{
	struct strv pieces = strv_new(a);
	const unsigned char *bytes;
	const char *text;
	size_t size, left;

	bytes = env_bytes(a, env, &size);
	text = encode(a, bytes, size);
	left = strlen(text);
	while (left > 0) {
		size_t n = left < ENVPACK_PIECE ? left : ENVPACK_PIECE;

		strv_pushf(&pieces, ENVPACK_PREFIX "%zu=%.*s", pieces.n,
		    (int)n, text);
		text += n;
		left -= n;
	}
	return pieces;
}

/* The piece with this number: the text behind the =. NULL: none, or two. */
static const char *
find_piece(struct arena *a, char *const *env, size_t number)
{
	const char *name = arena_printf(a, ENVPACK_PREFIX "%zu=", number);
	size_t n = strlen(name);
	const char *found = NULL;

	for (; *env != NULL; env++) {
		if (strncmp(*env, name, n) == 0) {
			if (found != NULL)
				return NULL;
			found = *env + n;
		}
	}
	return found;
}

static bool
decode(const char *text, unsigned char *bytes, size_t *size)
{
	unsigned acc = 0, bits = 0;

	*size = 0;
	for (; *text != '\0'; text++) {
		const char *digit = strchr(DIGITS, *text);

		if (digit == NULL)
			return false;
		acc = (acc << 6 | (unsigned)(digit - DIGITS)) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[(*size)++] = (unsigned char)(acc >> bits);
		}
	}
	return bits < 6 && (acc & ((1U << bits) - 1)) == 0;
}

bool
envpack_open(struct arena *a, char *const *env, struct strv *out)
{
	struct strv pieces = strv_new(a);
	unsigned char *bytes;
	size_t count = 0, size;
	const char *text;

	*out = strv_new(a);
	for (char *const *e = env; *e != NULL; e++)
		count += is_piece(*e) ? 1 : 0;
	for (size_t i = 0; i < count; i++) {
		const char *piece = find_piece(a, env, i);

		if (piece == NULL)
			return false;
		strv_push(&pieces, piece);
	}
	if (count == 0)
		return true;
	text = strv_join(&pieces, "");
	bytes = arena_alloc(a, strlen(text) + 1);
	if (!decode(text, bytes, &size))
		return false;
	if (size == 0 || bytes[size - 1] != '\0')
		return false;
	for (size_t at = 0; at < size;) {
		const char *entry = (const char *)bytes + at;

		strv_push(out, entry);
		at += strlen(entry) + 1;
	}
	return true;
}
