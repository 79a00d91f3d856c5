/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Published ports in all of docker's spellings (-p) as one struct, and back to
 * one strict form; and the rules of ALLOWEDPORTS.
 */
#ifndef UNDOCKER_PORT_H
#define UNDOCKER_PORT_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct port {
	const char *ip; /* NULL: any; IPv6 without its brackets */
	unsigned host, host_last; /* 0: ephemeral, the kernel chooses */
	unsigned port, port_last; /* in the container, 1 to 65535 */
	const char *protocol; /* "tcp", "udp", "sctp" */
};

/*
 * Reads a value of -p: [IP:][HOST[-LAST]:]PORT[-LAST][/PROTOCOL], or
 * published=,target=,protocol=. False: *reason, what follows the quoted value
 * in a sentence.
 */
bool port_read(struct port *p, struct arena *a, const char *value,
    const char **reason);

/* The value for docker, every part in its shortest spelling, with protocol. */
const char *port_text(struct arena *a, const struct port *p);

/* One word of ALLOWEDPORTS: 8000-8999, 443/tcp, ephemeral. */
struct port_rule {
	unsigned first, last; /* 0, 0: ephemeral */
	const char *protocol; /* NULL: any */
};

/* False: *reason, as above. */
bool port_rule_read(struct port_rule *r, struct arena *a, const char *word,
    const char **reason);

/* Whether every host port that p may take is covered by the rules. */
bool port_allowed(
    const struct port_rule *rules, size_t n, const struct port *p);

#endif
