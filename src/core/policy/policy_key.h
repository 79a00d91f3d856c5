/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the policy's keys, and look-ups in it. */
#ifndef UNDOCKER_POLICY_KEY_H
#define UNDOCKER_POLICY_KEY_H

#include <stdbool.h>
#include <stddef.h>

enum key_id {
#define KEY(name, where, type, into, field, standard, doc) KEY_##name,
#include "core/policy/keys.def"
#undef KEY
	KEY_COUNT
};

enum key_where { WHERE_MAIN = 1, WHERE_COMMAND = 2, WHERE_BOTH = 3 };

enum key_type {
	/* Lists: may be repeated, accumulate over the sections that apply. */
	TYPE_SPECS, /* comma-separated flag specs */
	TYPE_FLAGS, /* words that are flags, with variables */
	TYPE_PATTERNS, /* blank-separated patterns */
	TYPE_VALUES, /* blank-separated --flag=PATTERN */
	TYPE_LIMITS, /* flags with numbers that can be compared */
	TYPE_PATHS, /* host paths, quoting as in TYPE_FLAGS, :ro behind */
	TYPE_PORTS, /* host ports */
	TYPE_NAMES, /* names, without variables */
	TYPE_WORDS, /* blank-separated words, quoting as in TYPE_FLAGS */
	/* Scalars: once a section, the most specific section wins. */
	TYPE_TEXT, /* one word, an absolute path; may be quoted */
	TYPE_ADDRESS, /* one word, unix:// or tcp://, may have variables */
	TYPE_CHOICE, /* one word of those in the standard column */
	TYPE_LINE, /* the line as it is */
	TYPE_BOOLEAN, /* true or false */
	TYPE_STRICT, /* true or false, and true stays on once on */
	TYPE_NUMBER, /* digits */
};

struct policy_key {
	enum key_id id;
	const char *name;
	enum key_where where;
	enum key_type type;
	const char *standard; /* keys.def */
	const char *doc;
};

/* The key by its exact name, or NULL. */
const struct policy_key *policy_key_find(const char *name);

/* The key's row. */
const struct policy_key *policy_key_get(enum key_id id);

/* The name of the key that looks most like name; NULL: none is near. */
const char *policy_key_near(const char *name);

/* Whether the key is one that may stand in a section once only. */
bool policy_key_scalar(const struct policy_key *k);

#endif
