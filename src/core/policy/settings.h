/* SPDX-License-Identifier: Apache-2.0 */
/* What [main] says that the host side acts on. */
#ifndef UNDOCKER_SETTINGS_H
#define UNDOCKER_SETTINGS_H

#include <stdbool.h>

struct setting;

/* Fields by the type of their key; those of lists are in effective.h. */
#define FIELD_TEXT(field) const char *field;
#define FIELD_ADDRESS(field) const char *field;
#define FIELD_LINE(field) const char *field; /* NULL: none */
#define FIELD_CHOICE(field) bool field;
#define FIELD_BOOLEAN(field) bool field;
#define FIELD_NUMBER(field) const struct setting *field; /* NULL: none */

/*
 * docker, engine, as_root, contact, unaudited: variables are expanded, defaults
 * filled in.
 */
struct settings {
#define INTO_NONE(declare, field)
#define INTO_EFFECTIVE(declare, field)
#define INTO_SAME(declare, field)
#define INTO_SETTINGS(declare, field) declare(field)
#define KEY(name, where, type, into, field, standard, doc) \
	INTO_##into(FIELD_##type, field)
#include "core/policy/keys.def"
#undef KEY
#undef INTO_NONE
#undef INTO_EFFECTIVE
#undef INTO_SAME
#undef INTO_SETTINGS
	bool engine_per_user; /* DOCKERHOST held $U_UID */
};

#endif
