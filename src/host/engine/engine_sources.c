/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_sources.h"

#include "core/docker/mount.h"
#include "core/policy/staged.h"
#include "host/engine/engine_answer.h"
#include "host/engine/engine_json.h"
#include "host/engine/engine_socket.h"
#include "host/engine/http_get.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool
fail(const char **why, const char *text)
{
	*why = text;
	return false;
}

static bool
read_container(const json_t *item, struct arena *a, struct strv *names)
{
	const json_t *mounts = json_object_get(item, "Mounts");

	if (!json_is_array(mounts))
		return false;
	for (size_t i = 0; i < json_array_size(mounts); i++) {
		const char *source = engine_json_member(a,
		    json_array_get(mounts, i), "Source");
		const char *name;

		if (source == NULL)
			return false;
		name = path_below(STAGED_DIR, path_clean(a, source));
		if (name != NULL)
			strv_push(names,
			    arena_strndup(a, name, strcspn(name, "/")));
	}
	return true;
}

static bool
read_list(const struct http_answer *answer, struct arena *a,
    struct strv *names, const char **why)
{
	json_t *json = engine_json(answer->body, answer->size, why);
	bool good = json_is_array(json);

	if (json != NULL && !good)
		*why = "its answer is no list";
	for (size_t i = 0; good && i < json_array_size(json); i++) {
		good = read_container(json_array_get(json, i), a, names);
		if (!good)
			*why = "its list does not tell the mounts";
	}
	json_decref(json);
	return good;
}

bool
engine_sources(const struct settings *s, const struct caller *c,
    struct arena *a, struct strv *names, const char **why)
{
	struct http_answer answer;
	struct timespec deadline;
	struct fault f = { 0 };
	bool good;
	int fd;

	if (clock_gettime(CLOCK_MONOTONIC, &deadline) != 0)
		return fail(why, strerror(errno));
	deadline.tv_sec += ENGINE_SECONDS;
	fd = engine_socket_connect(s, c, &deadline, a, &f);
	if (fd < 0)
		return fail(why, f.text);
	/* filters={"label":["undocker.uid=UID"]}: others' lists may be long. */
	good = http_get(fd, a, &deadline, arena_printf(a,
	    "/containers/json?all=1&filters=%%7B%%22label%%22%%3A%%5B%%22"
	    "undocker.uid%%3D%lu%%22%%5D%%7D", (unsigned long)c->uid), &answer,
	    why);
	(void)close(fd);
	if (!good)
		return false;
	if (answer.status != 200)
		return fail(why, arena_printf(a,
		    "the engine answered with status %d", answer.status));
	return read_list(&answer, a, names, why);
}
