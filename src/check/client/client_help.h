/* SPDX-License-Identifier: Apache-2.0 */
/* The flags that the installed docker client has, by its own --help. */
#ifndef UNDOCKER_CLIENT_HELP_H
#define UNDOCKER_CLIENT_HELP_H

#include "check/client/client_run.h"
#include "check/client/help_flags.h"
#include "core/base/fault.h"
#include "core/base/strmap.h"
#include "core/base/strv.h"
#include "core/docker/docker_flag.h"
#include "core/policy/policy.h"

#include <stdbool.h>
#include <stddef.h>

/* How the client is asked: client_run, but for tests. */
typedef bool client_asker(struct client_said *said, struct arena *a,
    const char *path, const struct strv *words, int patience_ms,
    struct fault *f);

/* Help that was asked for, by command. */
struct client_help {
	struct arena *arena;
	const char *path; /* docker's client */
	client_asker *ask;
	struct fault broken; /* why it cannot be asked; it is tried once */
	struct strmap answers; /* words -> enum client_flag */
	size_t asked;
	bool version_asked, tabled;
	struct help_of *commands;
	size_t n;
	size_t size;
};

enum client_flag {
	CLIENT_FLAG_UNKNOWN = 0, /* the client cannot be asked */
	CLIENT_FLAG_LACKS,
	CLIENT_FLAG_BOOL,
	CLIENT_FLAG_VALUE,
};

/* DOCKERPATH of the policy (NULL: there is none), or what it is without. */
const char *client_help_path(struct arena *a, const struct policy *p);

/*
 * Nothing asked yet. False: the client is not there, or others than root may
 * have made it; f, and h->broken, say so, and h will answer nothing.
 */
bool client_help_open(struct client_help *h, struct arena *a, const char *path,
    struct fault *f);

/*
 * Whether the client is of a version that docker's table is made for: what the
 * table says of a flag or a command that all of these versions have, the client
 * need not be asked.
 */
bool client_help_tabled(struct client_help *h);

/*
 * Asks the client for a command's help (NULL: docker's own, the global flags),
 * once. NULL: it cannot be asked (h->broken, too), or it has no such command;
 * f (may be NULL) says which.
 */
const struct help_flags *client_help_of(struct client_help *h,
    const struct docker_command *c, struct fault *f);

/*
 * Whether the client takes a flag of a command that it has, also one that its
 * help hides: --help goes before the flag in question, so that nothing runs
 * whatever the answer.
 */
enum client_flag client_help_flag(struct client_help *h,
    const struct docker_command *c, const struct docker_flag *f);

#endif
