/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Published ports in all of docker's spellings (-p) as one struct, and back to
 * one strict form.
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

/* The one of docker's three, in small letters; NULL: it is none. */
const char *port_protocol(const char *text);

/* Reads N or N-M, M no less than N, 65535 at most. False: it is none. */
bool port_range(unsigned *first, unsigned *last, const char *text);

#endif
