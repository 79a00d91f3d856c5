/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sudo's Defaults as they stand for one program, on one host, for whoever calls
 * it: where they differ by user, what the worst off has. Pure.
 */
#ifndef UNDOCKER_SUDO_DEFAULTS_H
#define UNDOCKER_SUDO_DEFAULTS_H

#include "check/machine/sudo_match.h"
#include "core/base/strv.h"

#include <jansson.h>
#include <stdbool.h>

enum sudo_flag {
	SUDO_ENV_RESET,
	SUDO_SETENV,
	SUDO_NOEXEC,
	SUDO_INTERCEPT,
	SUDO_REQUIRETTY,
	SUDO_AUTHENTICATE,
	SUDO_TARGETPW, /* it asks for the password of whom it runs as */
	SUDO_ROOTPW,
	SUDO_LOG_ALLOWED,
	SUDO_FLAGS,
};

/* The values that a flag can have, as a set. */
enum { SUDO_OFF = 1, SUDO_ON = 2 };

struct sudo_defaults {
	unsigned flags[SUDO_FLAGS];
	/* Patterns of names, without those that sudo has by itself. */
	struct strv keep; /* env_keep */
	struct strv check; /* env_check: kept without a '/' or '%' in it */
	struct strv files; /* env_file, restricted_env_file: what they set */
	const char *runas; /* whom it runs as where nothing is said */
};

/* list: the entries in their order, as cvtsudoers prints them. */
struct sudo_defaults sudo_defaults_read(struct arena *a, const json_t *list,
    const char *host, const struct sudo_program *program);

/*
 * Whether the environment of a program of root's must not have from its user
 * what a pattern keeps.
 */
bool sudo_defaults_open(const char *pattern);

/* Whether env_keep has the variable. */
bool sudo_defaults_keep(const struct sudo_defaults *d, const char *name);

#endif
