/* SPDX-License-Identifier: Apache-2.0 */
/* ALLOWEDPORTS: which host ports may be published. */
#ifndef UNDOCKER_PORT_RULES_H
#define UNDOCKER_PORT_RULES_H

#include "core/base/caller.h"
#include "core/docker/port.h"
#include "core/policy/section.h"

#include <stdbool.h>
#include <stddef.h>

/* One word: 8000-8999, 443/tcp, ephemeral. */
struct port_rule {
	unsigned first, last; /* 0, 0: ephemeral */
	const char *protocol; /* NULL: any */
};

struct port_rules {
	struct port_rule *v;
	size_t n, size;
	const char *text; /* the words, for messages; NULL: none */
	const struct setting *setting; /* the last; NULL: any port */
};

/*
 * Adds the words of a setting. c NULL: they are only looked at. False:
 * *reason.
 */
bool port_rules_read(struct port_rules *out, struct arena *a,
    const struct setting *setting, const struct caller *c,
    const char **reason);

/* One word. False: *reason, what follows the quoted word in a sentence. */
bool port_rules_word(struct port_rule *r, struct arena *a, const char *word,
    const char **reason);

/* Whether every host port that p may take is covered by the rules. */
bool port_rules_allow(const struct port_rules *rules, const struct port *p);

#endif
