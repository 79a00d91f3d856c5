/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Image references in their familiar, complete form, by the grammar of
 * github.com/distribution/reference: docker.io/library/alpine, alpine and
 * alpine:latest are one image.
 */
#ifndef UNDOCKER_IMAGE_H
#define UNDOCKER_IMAGE_H

#include "core/base/arena.h"

#include <stdbool.h>

struct image {
	const char *domain; /* "docker.io" where none was given */
	const char *path; /* "library/alpine" */
	const char *name; /* familiar: "alpine", "quay.io/a/b" */
	const char *tag; /* "latest" where neither tag nor digest was given */
	const char *digest; /* "sha256:...", or NULL */
	bool maybe_id; /* an id or an id prefix reads like that too; then name
			  may be NULL */
};

/* False: *reason says what is wrong with the reference. */
bool image_parse(struct image *image, struct arena *a, const char *reference,
    const char **reason);

/* Whether docker.io answers at the domain, with port 443 or none. */
bool image_at_docker_io(const char *domain);

#endif
