/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a setting's value can be read, by the type of its key. */
#include "core/base/reason.h"
#include "core/base/text.h"
#include "core/docker/quantity.h"
#include "core/policy/flag_settings.h"
#include "core/policy/flagset.h"
#include "core/policy/path_rules.h"
#include "core/policy/port_rules.h"
#include "core/policy/section.h"
#include "core/policy/value_rules.h"
#include "core/policy/value_words.h"

#include <string.h>

/* What the one word of a key may be. */
static bool
word_fits(const struct policy_key *key, const struct words *words,
    struct arena *a, const char **reason)
{
	const char *text = words->n == 1 ? value_words_head(&words->v[0]) : "";
	struct strv choices = strv_new(a);
	const char *rest = key->standard, *item;
	size_t n;

	*reason = "one word is wanted";
	if (words->n != 1)
		return false;
	if (key->type == TYPE_ADDRESS) {
		*reason = "an address such as unix:///var/run/docker.sock is "
			  "wanted";
		return strncmp(text, "unix:///", 8) == 0 ||
		    strncmp(text, "tcp://", 6) == 0;
	}
	*reason = "no variable can stand here";
	if (value_words_vary(&words->v[0]))
		return false;
	*reason = "an absolute path is wanted";
	if (key->type == TYPE_TEXT)
		return text[0] == '/';
	while ((item = text_next(&rest, '|', &n)) != NULL)
		strv_push(&choices, arena_strndup(a, item, n));
	return strv_has(&choices, text) || reason_set(reason, a,
	    "%s is wanted", strv_join(&choices, " or "));
}

/* Tries specs with one table a command, so that look-ups are made once. */
static bool
specs_read(struct policy *p, struct arena *scratch, const struct section *s,
    const char *specs, const char **reason)
{
	const char *name = s->command == NULL ? "" : s->command->name;
	void **slot = strmap_at(&p->tables, name);
	struct flag_table *table = *slot;
	struct flagset set = { 0 };

	if (table == NULL) {
		*slot = table = arena_alloc(p->arena, sizeof(*table));
		*table = flag_table_new(p->arena, s->command);
	}
	/* What other sections say of flags unknown to docker is no matter. */
	table->arena = scratch;
	table->extra = NULL;
	table->n = table->size = 0;
	return flagset_read(&set, table, specs, reason);
}

/* Numbers that can be compared, and that are a limit at all. */
static bool
limits_fit(const struct flag_settings *flags, struct arena *a,
    const char **reason)
{
	for (size_t i = 0; i < flags->n; i++) {
		const struct docker_flag *f = flags->v[i].flag;
		const char *text = value_words_head(&flags->v[i].value);
		enum value_kind kind = quantity_kind_of(f);
		struct ulimit u = { .soft = -1 };
		int64_t number = 0;
		bool good = !value_words_vary(&flags->v[i].value);

		if (kind == VALUE_ULIMIT)
			good = good && quantity_ulimit(&u, a, text) &&
			    u.soft >= 0 && u.hard >= 0;
		else
			good = good && quantity_read(kind, text, &number) &&
			    !quantity_endless(kind, number);
		if (!good)
			return reason_set(reason, a, "%s=%s is no limit that "
			    "undocker can compare", docker_flag_name(a, f),
			    text);
	}
	return true;
}

static bool
names_fit(const struct words *words, const char **reason)
{
	*reason = "no variable can stand here";
	for (size_t i = 0; i < words->n; i++) {
		if (value_words_vary(&words->v[i]))
			return false;
	}
	return true;
}

bool
policy_values_read(struct policy *p, struct arena *a,
    const struct section *s, const struct setting *setting,
    const char **reason)
{
	struct flag_settings flags = { 0 };
	struct value_rules rules = { 0 };
	struct path_rules paths = { 0 };
	struct port_rules ports = { 0 };
	struct words words = { 0 };
	const char *v = setting->value;

	switch (setting->key->type) {
	case TYPE_SPECS:
		return specs_read(p, a, s, v, reason);
	case TYPE_FLAGS:
		return flag_settings_read(
		    &flags, a, s->command, setting, reason);
	case TYPE_PATTERNS:
		return true; /* compiled where they apply */
	case TYPE_VALUES:
		return value_rules_read(&rules, a, s->command, setting, NULL,
		    false, reason);
	case TYPE_LIMITS:
		return flag_settings_read(&flags, a, s->command, setting,
			   reason) && limits_fit(&flags, a, reason);
	case TYPE_PATHS:
		return path_rules_read(&paths, a, setting, NULL, reason);
	case TYPE_PORTS:
		return port_rules_read(&ports, a, setting, NULL, reason);
	case TYPE_NAMES:
		return value_words_split(&words, a, v, reason) &&
		    names_fit(&words, reason);
	case TYPE_WORDS:
		return value_words_split(&words, a, v, reason);
	case TYPE_TEXT:
	case TYPE_ADDRESS:
	case TYPE_CHOICE:
		return value_words_split(&words, a, v, reason) &&
		    word_fits(setting->key, &words, a, reason);
	case TYPE_LINE:
		return true;
	case TYPE_BOOLEAN:
	case TYPE_STRICT:
		*reason = arena_printf(a, "'%s' is neither true nor false", v);
		return strcmp(v, "true") == 0 || strcmp(v, "false") == 0;
	case TYPE_NUMBER:
		*reason = arena_printf(a, "'%s' is not a number", v);
		return strlen(v) <= 9 && v[strspn(v, "0123456789")] == '\0';
	}
	return false;
}
