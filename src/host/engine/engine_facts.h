/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine's JSON as facts. What is not there, or not of the type that it
 * should be, is a fault or speaks against the container, never for it.
 */
#ifndef UNDOCKER_ENGINE_FACTS_H
#define UNDOCKER_ENGINE_FACTS_H

#include "core/policy/need.h"

#include <stdbool.h>
#include <stddef.h>

/* A container, and what else must be looked at for it. */
struct engine_facts_container {
	struct container c;
	const char *image; /* the id of its image */
	/* What of the host's is mounted where path_is_accounts() says; "":
	   something that has no path of the host's. */
	struct strv accounts;
};

/*
 * GET /containers/ASKED/json. False: *why (also where the engine speaks of
 * another container than the one asked for).
 */
bool engine_facts_container(struct engine_facts_container *out, struct arena *a,
    const char *body, size_t size, const char *asked, const char **why);

/*
 * GET /containers/json: all of them must have the label undocker.uid=uid.
 * *out is an array of *n, without confined and mounts.
 */
bool engine_facts_containers(struct engine_facts_container **out, size_t *n,
    struct arena *a, const char *body, size_t size, const char *uid,
    const char **why);

/* GET /images/ID/json, for the container's image_ fields. */
bool engine_facts_image_of(struct container *c, struct arena *a,
    const char *body, size_t size, const char *id, const char **why);

/* GET /images/REFERENCE/json. */
bool engine_facts_image_names(struct image_names *out, struct arena *a,
    const char *body, size_t size, const char **why);

/* GET /volumes/NAME: whether it is the local driver's, without options. */
bool engine_facts_volume_harmless(struct arena *a, const char *body,
    size_t size, const char *name, bool *harmless, const char **why);

#endif
