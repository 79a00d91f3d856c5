/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/value_rules.h"

#include <string.h>

static struct value_rule *
rule_of(struct value_rules *rules, struct arena *a, const struct docker_flag *f)
{
	for (size_t i = 0; i < rules->n; i++) {
		if (rules->v[i].flag == f)
			return &rules->v[i];
	}
	rules->v = arena_room(a, rules->v, rules->n, &rules->size,
	    sizeof(*rules->v));
	rules->v[rules->n] = (struct value_rule) { .flag = f };
	return &rules->v[rules->n++];
}

/* The flag of the n bytes before a word's =, -x or --xyz. */
static const struct docker_flag *
flag_of(const struct docker_command *command, const char *word, size_t n)
{
	if (n > 2 && word[0] == '-' && word[1] == '-')
		return docker_flag_long(command, word + 2, n - 2);
	return n == 2 && word[0] == '-' ? docker_flag_letter(command, word[1])
	    : NULL;
}

static bool
read_word(struct value_rules *out, struct arena *a,
    const struct docker_command *command, const struct setting *setting,
    const char *word, const struct caller *c, bool compile,
    const char **reason)
{
	size_t n = strcspn(word, "=");
	const struct docker_flag *f;
	struct value_rule *rule;

	if (word[0] != '-' || word[n] == '\0') {
		*reason = arena_printf(a, "'%s' is not --flag=PATTERN", word);
		return false;
	}
	f = flag_of(command, word, n);
	if (f == NULL) {
		*reason = arena_printf(a, "'%.*s' is not a flag of this docker "
		    "command", (int)n, word);
		return false;
	}
	rule = rule_of(out, a, f);
	return !compile || patterns_add(&rule->patterns, a, setting,
	    word + n + 1, c, reason);
}

bool
value_rules_read(struct value_rules *out, struct arena *a,
    const struct docker_command *command, const struct setting *setting,
    const struct caller *c, bool compile, const char **reason)
{
	const char *s = setting->value + strspn(setting->value, " \t");

	while (*s != '\0') {
		size_t n = strcspn(s, " \t");

		if (!read_word(out, a, command, setting,
			arena_strndup(a, s, n), c, compile, reason))
			return false;
		s += n;
		s += strspn(s, " \t");
	}
	return true;
}

const struct patterns *
value_rules_of(const struct value_rules *rules, const struct docker_flag *f)
{
	for (size_t i = 0; i < rules->n; i++) {
		if (rules->v[i].flag == f)
			return &rules->v[i].patterns;
	}
	return NULL;
}
