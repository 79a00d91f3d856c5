/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy/port_rules.h"

#include "core/base/reason.h"
#include "core/policy/value_words.h"

#include <string.h>

bool
port_rules_word(struct port_rule *r, struct arena *a, const char *word,
    const char **reason)
{
	char *text = arena_strdup(a, word), *slash = strchr(text, '/');

	*r = (struct port_rule) { 0 };
	if (strcmp(word, "ephemeral") == 0)
		return true;
	if (slash != NULL) {
		*slash = '\0';
		r->protocol = port_protocol(slash + 1);
		if (r->protocol == NULL || strcmp(r->protocol, slash + 1) != 0)
			return reason_set(reason, a, "has a protocol other "
			    "than tcp, udp and sctp");
	}
	if (!port_range(&r->first, &r->last, text) || r->first == 0)
		return reason_set(reason, a, "is no port, 1 to 65535, no range "
		    "of ports, and not \"ephemeral\"");
	return true;
}

/* Words with a variable are read where they apply. */
static bool
look_at(const struct words *words, struct arena *a, const char **reason)
{
	struct port_rule rule;

	for (size_t i = 0; i < words->n; i++) {
		const char *text = value_words_head(&words->v[i]);

		if (!value_words_vary(&words->v[i]) &&
		    !port_rules_word(&rule, a, text, reason))
			return reason_set(reason, a, "'%s' %s", text, *reason);
	}
	return true;
}

/* A word, or what its variables make of it. */
static bool
add_word(struct port_rules *out, struct arena *a, const struct word *w,
    const struct caller *c, struct strv *texts, const char **reason)
{
	struct strv values = strv_new(a);

	if (!value_words_expand(w, a, c, "", &values, reason))
		return false;
	for (size_t i = 0; i < values.n; i++) {
		struct port_rule rule;

		if (port_rules_word(&rule, a, values.v[i], reason)) {
			ARENA_ADD(a, out, rule);
			strv_push(texts, values.v[i]);
		} else if (!value_words_vary(w)) {
			return reason_set(reason, a, "'%s' %s", values.v[i],
			    *reason);
		}
		/* A uid is not always a port: it gives none. */
	}
	return true;
}

bool
port_rules_read(struct port_rules *out, struct arena *a,
    const struct setting *setting, const struct caller *c,
    const char **reason)
{
	struct strv texts = strv_new(a);
	struct words words = { 0 };

	if (!value_words_split(&words, a, setting->value, reason))
		return false;
	if (c == NULL)
		return look_at(&words, a, reason);
	if (out->text != NULL)
		strv_push(&texts, out->text);
	for (size_t i = 0; i < words.n; i++) {
		if (!add_word(out, a, &words.v[i], c, &texts, reason))
			return false;
	}
	out->text = strv_join(&texts, " ");
	out->setting = setting;
	return true;
}

static bool
covered(const struct port_rules *rules, unsigned port, const char *protocol)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct port_rule *r = &rules->v[i];

		if (r->first <= port && port <= r->last &&
		    (r->protocol == NULL || strcmp(r->protocol, protocol) == 0))
			return true;
	}
	return false;
}

bool
port_rules_allow(const struct port_rules *rules, const struct port *p)
{
	/* Port 0 is covered by the ephemeral rule only: it is 0 to 0. */
	for (unsigned port = p->host; port <= p->host_last; port++) {
		if (!covered(rules, port, p->protocol))
			return false;
	}
	return true;
}
