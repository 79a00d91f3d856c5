/* SPDX-License-Identifier: Apache-2.0 */
/* A port that can be read. */
#ifndef UNDOCKER_PORT_OF_H
#define UNDOCKER_PORT_OF_H

#include "core/docker/port.h"

#include "fixture.h"

static inline struct port
port_of(const char *value)
{
	const char *reason = "";
	struct port p;

	ck_assert_msg(port_read(&p, a, value, &reason), "'%s' %s", value,
	    reason);
	return p;
}

#endif
