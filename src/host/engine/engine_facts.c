/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_facts.h"

#include "core/docker/mount.h"
#include "host/engine/engine_confined.h"
#include "host/engine/engine_json.h"

#include <string.h>

#define ID_HEX 64

static bool
fail(const char **why, const char *text)
{
	*why = text;
	return false;
}

/* A user: one with a NUL in it is "?", nobody's uid. NULL: it is no text. */
static const char *
member_user(struct arena *a, const json_t *config)
{
	const json_t *user = json_object_get(config, "User");
	const char *text = engine_json_text(a, user);

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
	const char *text = engine_json_text(a, label);

	*sound = json_is_object(labels) || json_is_null(labels);
	return label != NULL && text == NULL ? "?" : text;
}

/* STAGED_DIR/NAME/N: which one of undocker's own mounts it is. */
static void
note_staged(struct strv *names, struct arena *a, const char *source)
{
	const char *rest = source == NULL ? NULL
	    : path_below(STAGED_DIR, source), *name;

	if (rest == NULL)
		return;
	name = arena_strndup(a, rest, strcspn(rest, "/"));
	if (!strv_has(names, name))
		strv_push(names, name);
}

/* source NULL: none of the host's. */
static void
note_place(struct engine_facts_container *out, struct arena *a,
    const char *place, const char *source)
{
	strv_push(&out->c.mounts, place);
	if (path_is_accounts(path_clean(a, place)))
		strv_push(&out->accounts, source == NULL ? "" : source);
}

/* Where something is mounted, and whether it is more than tmpfs. */
static bool
read_mounts(struct engine_facts_container *out, struct arena *a,
    const json_t *top, const char **why)
{
	const json_t *mounts = json_object_get(top, "Mounts"), *value;
	const json_t *host = json_object_get(top, "HostConfig");
	json_t *tmpfs = json_object_get(host, "Tmpfs");
	const char *place, *source;

	out->c.mounts_harmless = true;
	if (!json_is_array(mounts) || !json_is_object(host) ||
	    (tmpfs != NULL && !json_is_null(tmpfs) && !json_is_object(tmpfs)))
		return fail(why, "its answer does not tell the mounts");
	for (size_t i = 0; i < json_array_size(mounts); i++) {
		const json_t *mount = json_array_get(mounts, i);
		const char *type = engine_json_member(a, mount, "Type");

		place = engine_json_member(a, mount, "Destination");
		if (type == NULL || place == NULL)
			return fail(why, "its answer does not tell the mounts");
		source = strcmp(type, "bind") != 0 ? NULL
		    : engine_json_member(a, mount, "Source");
		note_place(out, a, place, source);
		if (strcmp(type, "tmpfs") == 0) {
			strv_push(&out->c.tmpfs, place);
			continue;
		}
		/* A new kind may be one. */
		if (strcmp(type, "bind") != 0)
			strv_push(&out->c.volumes, place);
		note_staged(&out->c.staged, a,
		    engine_json_member(a, mount, "Source"));
		out->c.mounts_harmless = false;
	}
	json_object_foreach(tmpfs, place, value) {
		note_place(out, a, arena_strdup(a, place), NULL);
		strv_push(&out->c.tmpfs, arena_strdup(a, place));
	}
	return true;
}

/*
 * Linux's overlay does not rename a directory that a lower layer has, and /etc
 * is always one. Other kinds of storage let its owner.
 */
static bool
is_overlay(struct arena *a, const json_t *top)
{
	const char *driver = engine_json_member(a, top, "Driver");

	return driver != NULL && (strcmp(driver, "overlay2") == 0 ||
	    strcmp(driver, "overlayfs") == 0);
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
read_container(struct engine_facts_container *out, struct arena *a,
    const json_t *top, const char *asked, const char **why)
{
	const json_t *config = json_object_get(top, "Config");
	struct container *c = &out->c;
	bool sound;

	c->id = engine_json_member(a, top, "Id");
	if (c->id == NULL || !is_hex(c->id, ID_HEX))
		return fail(why, "its answer has no container's id");
	c->name = engine_json_member(a, top, "Name");
	if (!was_asked(c->id, c->name, asked))
		return fail(why, "it answered for another container");
	if (c->name != NULL && *c->name == '/')
		c->name++;
	out->image = engine_json_member(a, top, "Image");
	c->user = member_user(a, config);
	c->label = own_label(a, json_object_get(config, "Labels"), &sound);
	if (!is_image_id(out->image) || c->user == NULL || !sound ||
	    !read_running(c, top))
		return fail(why, "its answer lacks what a container has");
	c->confined = engine_confined(a, top);
	c->etc_stays = is_overlay(a, top);
	return read_mounts(out, a, top, why);
}

static struct engine_facts_container
container_new(struct arena *a)
{
	struct engine_facts_container new = { .accounts = strv_new(a) };

	new.c.mounts = strv_new(a);
	new.c.volumes = strv_new(a);
	new.c.tmpfs = strv_new(a);
	new.c.staged = strv_new(a);
	return new;
}

bool
engine_facts_container(struct engine_facts_container *out, struct arena *a,
    const char *body, size_t size, const char *asked, const char **why)
{
	json_t *json = engine_json(body, size, why);
	bool good;

	*out = container_new(a);
	good = json != NULL && read_container(out, a, json, asked, why);
	json_decref(json);
	return good;
}

static bool
read_listed(struct engine_facts_container *out, struct arena *a,
    const json_t *item, const char *uid, const char **why)
{
	const char *state = engine_json_member(a, item, "State");
	struct container *c = &out->c;
	bool sound;

	*out = container_new(a);
	c->id = engine_json_member(a, item, "Id");
	out->image = engine_json_member(a, item, "ImageID");
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
engine_facts_containers(struct engine_facts_container **out, size_t *n,
    struct arena *a, const char *body, size_t size, const char *uid,
    const char **why)
{
	json_t *json = engine_json(body, size, why);
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
	const char *found = engine_json_member(a, top, "Id");
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
engine_facts_image_of(struct container *c, struct arena *a, const char *body,
    size_t size, const char *id, const char **why)
{
	json_t *json = engine_json(body, size, why);
	bool good = json != NULL && read_image_of(c, a, json, id, why);

	c->image_there = good;
	json_decref(json);
	return good;
}

/* What docker mounts and makes for the image itself. */
static bool
read_places(struct image_names *out, struct arena *a, const json_t *top)
{
	json_t *config = json_object_get(top, "Config");
	json_t *volumes = json_object_get(config, "Volumes");
	const json_t *dir = json_object_get(config, "WorkingDir");
	const char *place;
	const json_t *value;

	/* Newer engines leave out what is empty. */
	if (volumes != NULL && !json_is_null(volumes) &&
	    !json_is_object(volumes))
		return false;
	json_object_foreach(volumes, place, value)
		strv_push(&out->volumes, arena_strdup(a, place));
	out->workdir = dir == NULL ? "" : engine_json_text(a, dir);
	return out->workdir != NULL;
}

static bool
read_names(struct image_names *out, struct arena *a, const json_t *top,
    const char **why)
{
	const json_t *tags = json_object_get(top, "RepoTags");

	out->id = engine_json_member(a, top, "Id");
	if (!is_image_id(out->id) || !read_places(out, a, top) ||
	    (!json_is_array(tags) && !json_is_null(tags)))
		return fail(why, "its answer lacks what an image has");
	for (size_t i = 0; i < json_array_size(tags); i++) {
		const char *tag = engine_json_text(a, json_array_get(tags, i));

		if (tag == NULL)
			return fail(why, "its answer lacks what an image has");
		if (strcmp(tag, "<none>:<none>") != 0)
			strv_push(&out->names, tag);
	}
	return true;
}

bool
engine_facts_image_names(struct image_names *out, struct arena *a,
    const char *body, size_t size, const char **why)
{
	json_t *json = engine_json(body, size, why);
	bool good;

	*out = (struct image_names) { .names = strv_new(a),
		.volumes = strv_new(a) };
	good = json != NULL && read_names(out, a, json, why);
	json_decref(json);
	return good;
}

bool
engine_facts_volume_harmless(struct arena *a, const char *body, size_t size,
    const char *name, bool *harmless, const char **why)
{
	json_t *json = engine_json(body, size, why);
	const json_t *options = json_object_get(json, "Options");
	const char *found = engine_json_member(a, json, "Name");
	const char *driver = engine_json_member(a, json, "Driver");
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
