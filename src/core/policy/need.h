/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the core must know of the world before it can settle a verdict. The
 * core writes the question; the host side looks and writes the answer: at files
 * with the caller's own rights, at containers and images by asking the engine
 * itself. A question that was not answered is a refusal.
 */
#ifndef UNDOCKER_NEED_H
#define UNDOCKER_NEED_H

#include "core/base/strv.h"
#include "core/policy/staged.h"

#include <stdbool.h>
#include <stddef.h>

enum need_kind {
	NEED_SOURCE, /* a bind mount's source: open it as the caller */
	NEED_BELOW, /* does `below` exist beneath `path`, no links followed? */
	NEED_FILE, /* the bytes of a file, read as the caller */
	NEED_CONTAINER, /* the container that the engine knows by `path` */
	NEED_CONTAINERS, /* all with the label undocker.uid=`path` */
	NEED_IMAGE, /* the image that the engine knows by `path` */
	NEED_VOLUME, /* the volume that the engine knows by `path` */
	NEED_PATH, /* where root's own links lead a path of the policy, looked
		      up as root and as the caller */
	NEED_STAGED, /* the record of undocker's mounts by name `path` */
};

enum need_state {
	NEED_OPEN = 0, /* not answered: a refusal */
	NEED_FAILED, /* `error` says why */
	NEED_MET,
};

/* What the engine says of one container. */
struct container {
	const char *id; /* 64 hex digits */
	const char *name; /* without a /; NULL: nobody asked, or none */
	bool running; /* paused and restarting ones, too */
	const char *label; /* its undocker.uid, NULL: none */
	const char *user; /* its Config.User */
	bool image_there; /* the image that it was made from, by that id */
	const char *image_label; /* that image's undocker.uid, NULL: none */
	const char *image_user; /* and its Config.User */
	/*
	 * Not privileged; no added capabilities or groups, devices, host
	 * namespaces or mounts; and no-new-privileges. In a NEED_CONTAINERS
	 * always false: the engine's list does not tell.
	 */
	bool confined;
	/* Nothing is mounted in it but tmpfs. In a NEED_CONTAINERS always
	   false. */
	bool mounts_harmless;
	/* In its root file system the image's directories cannot be moved, so
	   that what the engine mounts in /etc lands there. Likewise. */
	bool etc_stays;
	/* Something is mounted where path_is_accounts() says that others than
	   root can change. In a NEED_CONTAINERS always false. */
	bool accounts_free;
	struct strv mounts; /* where in it something is mounted */
	struct strv volumes; /* those of them that are volumes */
	struct strv tmpfs; /* and those that are empty at each start */
	struct strv staged; /* names of staged.h that its mounts have */
};

/* What the engine says of an image. */
struct image_names {
	const char *id; /* "sha256:" and 64 hex digits */
	struct strv names; /* all its name:tag */
	struct strv volumes; /* where docker mounts a volume by itself */
	const char *workdir; /* "": none */
};

struct need {
	enum need_kind kind;
	/* absolute, or relative to the caller's cwd; or what the engine is
	   asked for, by docker's grammar (it goes into a URL as it is) */
	const char *path;
	const char *below; /* NEED_BELOW: relative, no "..", no leading / */
	/* NEED_BELOW: in what this NEED_SOURCE opened, not what its path has
	   come to mean; NULL: beneath the path */
	const struct need *within;
	bool wants_all; /* NEED_PATH: and where whosever links lead it */
	bool wants_steady; /* NEED_BELOW: nobody but root may exchange it */

	enum need_state state;
	const char *error; /* NEED_FAILED: as strerror says it */
	const char *resolved; /* NEED_SOURCE, _PATH: physical, absolute */
	const char *resolved_all; /* NEED_PATH with wants_all; NULL: nowhere */
	size_t known; /* NEED_PATH: bytes of the path that could be walked */
	bool writable; /* NEED_SOURCE: the caller may write there */
	bool holds_mounts; /* NEED_SOURCE: something is mounted below it */
	bool directory; /* NEED_SOURCE */
	bool steady; /* NEED_SOURCE: only root can put another there */
	bool roots; /* NEED_SOURCE: nor change it: a steady file of root's */
	int fd; /* NEED_SOURCE: the host side's, on the object; -1: none */
	const char *bytes; /* NEED_FILE: content, NUL behind it */
	size_t size;
	bool absent; /* NEED_FAILED: the engine knows no such thing */
	/* NEED_FAILED: nobody could look, or it is not on this machine; where
	   the caller works the answer may be another */
	bool unseen;
	bool decisive; /* the core refused because it has no answer */
	struct container *containers; /* one, or of NEED_CONTAINERS all */
	size_t ncontainers;
	struct image_names *image; /* NEED_IMAGE */
	bool harmless; /* NEED_VOLUME: the local driver's, without options */
	struct staged *staged; /* NEED_STAGED */
};

struct needs {
	struct need **v;
	size_t n;
	size_t size;
};

/* Why a question has no answer, for a refusal because of that. */
const char *need_why(struct need *n);

/* A new open question at the end of needs. */
struct need *needs_add(struct needs *needs, struct arena *a,
    enum need_kind kind, const char *path);

#endif
