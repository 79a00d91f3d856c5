/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_confined.h"

#include <string.h>

/* A list that is null or empty; one that is not there speaks against it. */
static bool
is_empty(const json_t *object, const char *key)
{
	const json_t *list = json_object_get(object, key);

	return json_is_null(list) ||
	    (json_is_array(list) && json_array_size(list) == 0);
}

/* A namespace mode that is neither the host's nor another container's. */
static bool
is_apart(struct arena *a, const json_t *host, const char *key)
{
	const char *mode = engine_json_member(a, host, key);

	return mode != NULL && strcmp(mode, "host") != 0 &&
	    strchr(mode, ':') == NULL;
}

static bool
no_new_privileges(struct arena *a, const json_t *host)
{
	const json_t *options = json_object_get(host, "SecurityOpt");

	if (json_array_size(options) == 0)
		return false;
	for (size_t i = 0; i < json_array_size(options); i++) {
		const char *option =
		    engine_json_text(a, json_array_get(options, i));

		if (option == NULL || (strcmp(option, "no-new-privileges") != 0
		    && strcmp(option, "no-new-privileges=true") != 0 &&
		    strcmp(option, "no-new-privileges:true") != 0))
			return false;
	}
	return true;
}

/* systempaths=unconfined empties these, and leaves no other trace. */
static bool
is_masked(const json_t *host)
{
	return json_array_size(json_object_get(host, "MaskedPaths")) > 0 &&
	    json_array_size(json_object_get(host, "ReadonlyPaths")) > 0;
}

bool
engine_confined(struct arena *a, const json_t *top)
{
	static const char *const lists[] = { "CapAdd", "Devices",
		"DeviceRequests", "DeviceCgroupRules", "GroupAdd", "Binds",
		"VolumesFrom" };
	/* The engine leaves these out when they are empty, at least some do. */
	static const char *const optional[] = { "Mounts", "Links" };
	/* Not the cgroups': the host's is the default where cgroups are v1,
	   and shows no more than /proc does. */
	static const char *const modes[] = { "NetworkMode", "PidMode",
		"IpcMode", "UTSMode", "UsernsMode" };
	const json_t *host = json_object_get(top, "HostConfig");
	const json_t *mounts = json_object_get(top, "Mounts");

	if (!json_is_object(host) || !json_is_array(mounts) ||
	    json_array_size(mounts) != 0 ||
	    !json_is_false(json_object_get(host, "Privileged")) ||
	    !no_new_privileges(a, host) || !is_masked(host))
		return false;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (!is_empty(host, lists[i]))
			return false;
	}
	for (size_t i = 0; i < sizeof(optional) / sizeof(optional[0]); i++) {
		if (json_object_get(host, optional[i]) != NULL &&
		    !is_empty(host, optional[i]))
			return false;
	}
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (!is_apart(a, host, modes[i]))
			return false;
	}
	return true;
}
