/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_json.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

/* jansson would read a file for its seed. */
static void
seed(void)
{
	static bool done;
	uint32_t random = 0; /* of a longer one only the low bits count */

	if (done)
		return;
	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) !=
	    (ssize_t)sizeof(random) || random == 0)
		random = 1;
	json_object_seed(random);
	done = true;
}

json_t *
engine_json(const char *body, size_t size, const char **why)
{
	json_error_t error;
	json_t *json;

	seed();
	json = json_loadb(body, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
	    &error);
	if (json == NULL)
		*why = "its answer is not sound JSON";
	return json;
}

const char *
engine_json_text(struct arena *a, const json_t *json)
{
	const char *text = json_string_value(json);

	if (text == NULL || strlen(text) != json_string_length(json))
		return NULL;
	return arena_strdup(a, text);
}

const char *
engine_json_member(struct arena *a, const json_t *object, const char *key)
{
	return engine_json_text(a, json_object_get(object, key));
}
