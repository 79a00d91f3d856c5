/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/docker_flag.h"
#include "core/docker/value_kind.h"

#include "fixture.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

/* All kinds; the room's columns are none of this test's. */
static const struct {
	enum value_kind kind;
	const char *name;
} kinds[] = {
#define KIND(name, traits, separators, word, forms, check, probe) \
	{ VALUE_##name, #name },
#include "core/docker/kinds.def"
#undef KIND
};

/* Every trait with the kinds that have it, as the table lists them. */
static const struct {
	unsigned trait;
	const char *names;
} traits[] = {
	{ KIND_ADDS_UP, " BESIDE ENV ENV_FILE LABEL LABEL_FILE VOLUME MOUNT "
	    "TMPFS PORT GROUP DEVICE GPUS" },
	{ KIND_LATER, " ENV LABEL VOLUME MOUNT TMPFS" },
	{ KIND_STRICT, " PORT NETWORK" },
	{ KIND_NEEDED, " ANNOTATION VOLUME_OPTION" },
	{ KIND_MOUNTS, " VOLUME MOUNT TMPFS" },
	{ KIND_BINDS, " VOLUME MOUNT" },
	{ KIND_QUANTITY, " SIZE COUNT NUMBER DECIMAL DURATION" },
	{ KIND_ENDLESS, " SIZE COUNT DECIMAL" },
};

START_TEST(a_trait_is_of_these_kinds_and_no_other)
{
	char names[256] = "";

	for (int i = 0; i < ROWS(kinds); i++) {
		if (!value_kind_has(kinds[i].kind, traits[_i].trait))
			continue;
		ck_assert_uint_lt(strlen(names) + strlen(kinds[i].name) + 1,
		    sizeof(names));
		strcat(strcat(names, " "), kinds[i].name);
	}
	ck_assert_str_eq(names, traits[_i].names);
}
END_TEST

START_TEST(a_trait_that_no_row_above_names_is_no_kind_s)
{
	unsigned known = 0;

	for (int i = 0; i < ROWS(traits); i++)
		known |= traits[i].trait;
	for (int i = 0; i < ROWS(kinds); i++)
		ck_assert_msg(!value_kind_has(kinds[i].kind, ~known), "%s",
		    kinds[i].name);
}
END_TEST

/* Nobody asks for what parts a kind but by its bytes: a row without them would
   let a variable of a policy bring a part of its own. */
static const struct {
	enum value_kind kind;
	const char *separators, *word;
} meant[] = {
	{ VALUE_PLAIN, "", NULL },
	{ VALUE_BESIDE, "", NULL },
	{ VALUE_SIZE, "", "BYTES" },
	{ VALUE_STOP_TIME, "", "SECONDS" },
	{ VALUE_ULIMIT, ":", "NAME=LIMIT" },
	{ VALUE_VOLUME, ":", "SOURCE:TARGET" },
	{ VALUE_MOUNT, ",\"\r\n", "MOUNT" },
	{ VALUE_TMPFS, ":", "DIRECTORY" },
	{ VALUE_VOLUME_OPTION, ",:", NULL },
	{ VALUE_PORT, ":-/=,", "PORT" },
	{ VALUE_NETWORK, ":=,\"\r\n", "NETWORK" },
	{ VALUE_NAMESPACE, ":=,\"\r\n", NULL },
	{ VALUE_CONTAINER, ":", "CONTAINER" },
	{ VALUE_USER, ":", "USER" },
	{ VALUE_DEVICE, ":", "DEVICE" },
	{ VALUE_GPUS, ",\"\r\n", "DEVICE" },
	{ VALUE_RESTART, ":", NULL },
	{ VALUE_ENV, "", "NAME[=VALUE]" },
};

START_TEST(a_kind_has_its_separators_and_its_word)
{
	enum value_kind kind = meant[_i].kind;

	ck_assert_str_eq(value_kind_separators(kind), meant[_i].separators);
	ck_assert_pstr_eq(value_kind_word(kind), meant[_i].word);
}
END_TEST

static bool
has_kind(const struct docker_command *c, enum value_kind kind)
{
	const struct docker_flag *f;

	for (size_t i = 0; (f = docker_flag_at(c, i)) != NULL; i++) {
		if (f->kind == kind)
			return true;
	}
	return false;
}

START_TEST(every_kind_is_some_flag_s)
{
	const struct docker_command *c = NULL;
	bool found = false;

	for (size_t i = 0; !found && (i == 0 || c != NULL);
	    c = docker_command_at(i++))
		found = has_kind(c, kinds[_i].kind);
	ck_assert_msg(found, "%s", kinds[_i].name);
}
END_TEST

Suite *
value_kind_suite(void)
{
	Suite *s = suite_create("value_kind");
	TCase *t = tcase_of(s, "kinds");

	EACH(t, a_trait_is_of_these_kinds_and_no_other, traits);
	EACH(t, a_kind_has_its_separators_and_its_word, meant);
	EACH(t, every_kind_is_some_flag_s, kinds);
	ONE(t, a_trait_that_no_row_above_names_is_no_kind_s);
	return s;
}
