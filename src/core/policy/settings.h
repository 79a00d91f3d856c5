/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNDOCKER_SETTINGS_H
#define UNDOCKER_SETTINGS_H

#include <stdbool.h>

/* [main] settings that the host side acts on; defaults filled in. */
struct settings {
	const char *docker; /* DOCKERPATH */
	const char *engine; /* DOCKERHOST, variables expanded */
	bool engine_per_user; /* DOCKERHOST held $U_UID */
	bool as_root; /* RUNAS=root */
	bool unaudited; /* AUDIT=off */
	const char *contact; /* CONTACT, or NULL */
};

#endif
