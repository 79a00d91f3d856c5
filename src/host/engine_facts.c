/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine_facts.h"

#include "core/object_name.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#define ID_HEX 64

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

static bool
fail(const char **why, const char *text)
{
	*why = text;
	return false;
}

static json_t *
parse(const char *body, size_t size, const char **why)
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

/* A text without NUL, in the arena; NULL: it is none. */
static const char *
text_of(struct arena *a, const json_t *json)
{
	const char *text = json_string_value(json);

	if (text == NULL || strlen(text) != json_string_length(json))
		return NULL;
	return arena_strdup(a, text);
}

static const char *
member_text(struct arena *a, const json_t *object, const char *key)
{
	return text_of(a, json_object_get(object, key));
}

/* A user: one with a NUL in it is "?", nobody's uid. NULL: it is no text. */
static const char *
member_user(struct arena *a, const json_t *config)
{
	const json_t *user = json_object_get(config, "User");
	const char *text = text_of(a, user);

	return text == NULL && json_is_string(user) ? "?" : text;
}

static bool
is_hex(const char *s, size_t n)
{
	return strspn(s, "0123456789abcdef") == n && s[n] == '\0';
}

static bool
is_image_id(const char *id)
{
	return id != NULL && strncmp(id, "sha256:", 7) == 0 &&
	    is_hex(id + 7, ID_HEX);
}

/* NULL: there is none; "?", which is no uid: one that is not a text. */
static const char *
own_label(struct arena *a, const json_t *labels, bool *sound)
{
	const json_t *label = json_object_get(labels, "undocker.uid");
	const char *text = text_of(a, label);

	*sound = json_is_object(labels) || json_is_null(labels);
	return label != NULL && text == NULL ? "?" : text;
}

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
	const char *mode = member_text(a, host, key);

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
		const char *option = text_of(a, json_array_get(options, i));

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

static bool
is_confined(struct arena *a, const json_t *top)
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

/* Where something is mounted, and whether it may be the host's. */
static bool
read_mounts(struct engine_container *out, struct arena *a, const json_t *top,
    const char **why)
{
	const json_t *mounts = json_object_get(top, "Mounts"), *value;
	const json_t *host = json_object_get(top, "HostConfig");
	json_t *tmpfs = json_object_get(host, "Tmpfs");
	const char *place;

	out->c.mounts_harmless = true;
	if (!json_is_array(mounts) || !json_is_object(host) ||
	    (tmpfs != NULL && !json_is_null(tmpfs) && !json_is_object(tmpfs)))
		return fail(why, "its answer does not tell the mounts");
	for (size_t i = 0; i < json_array_size(mounts); i++) {
		const json_t *mount = json_array_get(mounts, i);
		const char *type = member_text(a, mount, "Type");
		const char *driver = member_text(a, mount, "Driver");
		const char *name = member_text(a, mount, "Name");

		place = member_text(a, mount, "Destination");
		if (type == NULL || place == NULL)
			return fail(why, "its answer does not tell the mounts");
		strv_push(&out->c.mounts, place);
		if (strcmp(type, "tmpfs") == 0)
			continue;
		if (strcmp(type, "volume") == 0 && driver != NULL &&
		    strcmp(driver, "local") == 0 && name != NULL &&
		    object_name_valid(name, strlen(name)))
			strv_push(&out->volumes, name);
		else
			out->c.mounts_harmless = false;
	}
	json_object_foreach(tmpfs, place, value)
		strv_push(&out->c.mounts, arena_strdup(a, place));
	return true;
}

static bool
read_running(struct container *c, const json_t *top)
{
	static const char *const states[] = { "Running", "Paused",
		"Restarting" };
	const json_t *state = json_object_get(top, "State");

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		const json_t *value = json_object_get(state, states[i]);

		if (!json_is_boolean(value))
			return false;
		c->running = c->running || json_is_true(value);
	}
	return true;
}

/* By full id, by name or by the beginning of the id; else it is another. */
static bool
was_asked(const char *id, const char *name, const char *asked)
{
	if (strcmp(id, asked) == 0)
		return true;
	if (strlen(asked) == ID_HEX && is_hex(asked, ID_HEX))
		return false;
	return (name != NULL && *name == '/' &&
	    strcmp(name + 1, asked) == 0) ||
	    strncmp(id, asked, strlen(asked)) == 0;
}

static bool
read_container(struct engine_container *out, struct arena *a,
    const json_t *top, const char *asked, const char **why)
{
	const json_t *config = json_object_get(top, "Config");
	struct container *c = &out->c;
	bool sound;

	c->id = member_text(a, top, "Id");
	if (c->id == NULL || !is_hex(c->id, ID_HEX))
		return fail(why, "its answer has no container's id");
	if (!was_asked(c->id, member_text(a, top, "Name"), asked))
		return fail(why, "it answered for another container");
	out->image = member_text(a, top, "Image");
	c->user = member_user(a, config);
	c->label = own_label(a, json_object_get(config, "Labels"), &sound);
	if (!is_image_id(out->image) || c->user == NULL || !sound ||
	    !read_running(c, top))
		return fail(why, "its answer lacks what a container has");
	c->confined = is_confined(a, top);
	return read_mounts(out, a, top, why);
}

static struct engine_container
container_new(struct arena *a)
{
	struct engine_container new = { .volumes = strv_new(a) };

	new.c.mounts = strv_new(a);
	return new;
}

bool
engine_container(struct engine_container *out, struct arena *a,
    const char *body, size_t size, const char *asked, const char **why)
{
	json_t *json = parse(body, size, why);
	bool good;

	*out = container_new(a);
	good = json != NULL && read_container(out, a, json, asked, why);
	json_decref(json);
	return good;
}

static bool
read_listed(struct engine_container *out, struct arena *a, const json_t *item,
    const char *uid, const char **why)
{
	const char *state = member_text(a, item, "State");
	struct container *c = &out->c;
	bool sound;

	*out = container_new(a);
	c->id = member_text(a, item, "Id");
	out->image = member_text(a, item, "ImageID");
	c->label = own_label(a, json_object_get(item, "Labels"), &sound);
	if (c->id == NULL || !is_hex(c->id, ID_HEX) ||
	    !is_image_id(out->image) || state == NULL || !sound)
		return fail(why, "its list lacks what a container has");
	if (c->label == NULL || strcmp(c->label, uid) != 0)
		return fail(why, "it lists containers that were not asked for");
	c->running = strcmp(state, "running") == 0 ||
	    strcmp(state, "paused") == 0 || strcmp(state, "restarting") == 0;
	return true;
}

bool
engine_containers(struct engine_container **out, size_t *n, struct arena *a,
    const char *body, size_t size, const char *uid, const char **why)
{
	json_t *json = parse(body, size, why);
	bool good = json != NULL;

	*n = json_array_size(json);
	*out = arena_alloc(a, (*n + 1) * sizeof(**out));
	if (good && !json_is_array(json))
		good = fail(why, "its answer is no list");
	for (size_t i = 0; good && i < *n; i++)
		good = read_listed(&(*out)[i], a, json_array_get(json, i), uid,
		    why);
	json_decref(json);
	return good;
}

static bool
read_image_of(struct container *c, struct arena *a, const json_t *top,
    const char *id, const char **why)
{
	const json_t *config = json_object_get(top, "Config");
	const char *found = member_text(a, top, "Id");
	bool sound = true;

	if (found == NULL || strcmp(found, id) != 0)
		return fail(why, "it answered for another image");
	if (config == NULL || json_is_null(config))
		return true;
	/* Newer engines leave out what is empty. */
	if (json_object_get(config, "Labels") != NULL)
		c->image_label = own_label(a,
		    json_object_get(config, "Labels"), &sound);
	if (!json_is_object(config) || !sound)
		return fail(why, "its answer lacks what an image has");
	if (json_object_get(config, "User") == NULL)
		return true;
	c->image_user = member_user(a, config);
	return c->image_user != NULL ||
	    fail(why, "its answer lacks what an image has");
}

bool
engine_image_of(struct container *c, struct arena *a, const char *body,
    size_t size, const char *id, const char **why)
{
	json_t *json = parse(body, size, why);
	bool good = json != NULL && read_image_of(c, a, json, id, why);

	c->image_there = good;
	json_decref(json);
	return good;
}

static bool
read_names(struct image_names *out, struct arena *a, const json_t *top,
    const char **why)
{
	const json_t *tags = json_object_get(top, "RepoTags");

	out->id = member_text(a, top, "Id");
	if (!is_image_id(out->id) || (!json_is_array(tags) &&
	    !json_is_null(tags)))
		return fail(why, "its answer lacks what an image has");
	for (size_t i = 0; i < json_array_size(tags); i++) {
		const char *tag = text_of(a, json_array_get(tags, i));

		if (tag == NULL)
			return fail(why, "its answer lacks what an image has");
		if (strcmp(tag, "<none>:<none>") != 0)
			strv_push(&out->names, tag);
	}
	return true;
}

bool
engine_image_names(struct image_names *out, struct arena *a, const char *body,
    size_t size, const char **why)
{
	json_t *json = parse(body, size, why);
	bool good;

	*out = (struct image_names) { .names = strv_new(a) };
	good = json != NULL && read_names(out, a, json, why);
	json_decref(json);
	return good;
}

bool
engine_volume_harmless(struct arena *a, const char *body, size_t size,
    const char *name, bool *harmless, const char **why)
{
	json_t *json = parse(body, size, why);
	const json_t *options = json_object_get(json, "Options");
	const char *found = member_text(a, json, "Name");
	const char *driver = member_text(a, json, "Driver");
	bool good = json != NULL;

	if (good && (found == NULL || strcmp(found, name) != 0 ||
	    driver == NULL || options == NULL))
		good = fail(why, "its answer lacks what a volume has");
	*harmless = good && strcmp(driver, "local") == 0 &&
	    (json_is_null(options) || (json_is_object(options) &&
	    json_object_size(options) == 0));
	json_decref(json);
	return good;
}
