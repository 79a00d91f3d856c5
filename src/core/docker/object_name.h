/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker's grammar for the names of containers, volumes and networks. A name
 * goes into the engine's URL as it is, so what is not by the grammar could
 * name an object of another kind ("../volumes/v").
 */
#ifndef UNDOCKER_OBJECT_NAME_H
#define UNDOCKER_OBJECT_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* [a-zA-Z0-9][a-zA-Z0-9_.-]*, the first n bytes of name. */
bool object_name_valid(const char *name, size_t n);

/*
 * Such names with / between, each with : too, the first n bytes of path: a
 * driver's name, or a path that leads nowhere but down.
 */
bool object_name_path_valid(const char *path, size_t n);

/* 12 to 64 hex digits: docker would take it for an id. */
bool object_name_like_id(const char *name);

#endif
