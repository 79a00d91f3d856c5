/* SPDX-License-Identifier: Apache-2.0 */
#include "engine_world.h"

#include <string.h>

/* The short pattern of a case, repeated to the 64 digits of an id. */
static const char *
whole_id(struct world *w, struct arena *a, const char *pattern)
{
	size_t n = strlen(pattern);
	char *id = arena_alloc(a, 65);

	if (n == 0 || n > 64 || strspn(pattern, "0123456789abcdef") != n)
		broken(w, "an id is of hex digits");
	for (size_t i = 0; i < 64; i++)
		id[i] = pattern[i % n];
	id[64] = '\0';
	return id;
}

static const char *
value_of(const char *word, const char *name)
{
	size_t n = strlen(name);

	return strncmp(word, name, n) == 0 ? word + n : NULL;
}

static void
read_mounts(struct arena *a, struct strv *mounts, const char *value)
{
	while (*value != '\0') {
		size_t n = strcspn(value, ",");

		strv_push(mounts, arena_strndup(a, value, n));
		value += n + (value[n] == ',');
	}
}

static void
read_word(struct world *w, struct arena *a, struct container *c,
    const char *word)
{
	const char *value;

	if (strcmp(word, "running") == 0)
		c->running = true;
	else if (strcmp(word, "image-gone") == 0)
		c->image_there = false;
	else if (strcmp(word, "confined") == 0)
		c->confined = true;
	else if (strcmp(word, "harmless") == 0)
		c->mounts_harmless = true;
	else if (strcmp(word, "free-accounts") == 0)
		c->accounts_free = true;
	else if (strcmp(word, "movable") == 0)
		c->etc_stays = false;
	else if ((value = value_of(word, "staged=")) != NULL)
		read_mounts(a, &c->staged, value);
	else if ((value = value_of(word, "label=")) != NULL)
		c->label = value;
	else if ((value = value_of(word, "user=")) != NULL)
		c->user = value;
	else if ((value = value_of(word, "image-label=")) != NULL)
		c->image_label = value;
	else if ((value = value_of(word, "image-user=")) != NULL)
		c->image_user = value;
	else if ((value = value_of(word, "mounts=")) != NULL)
		read_mounts(a, &c->mounts, value);
	else if ((value = value_of(word, "volumes=")) != NULL) {
		read_mounts(a, &c->mounts, value);
		read_mounts(a, &c->volumes, value);
	} else if ((value = value_of(word, "tmpfs=")) != NULL) {
		read_mounts(a, &c->mounts, value);
		read_mounts(a, &c->tmpfs, value);
	} else
		broken(w, "what does the container have?");
}

/* The container of a line; its name is the line's first word. */
static struct container
read_container(struct world *w, struct arena *a, const char *line,
    const char **name)
{
	struct strv f = shell_words(w, a, line);
	struct container c = { .user = "", .image_user = "",
		.image_there = true, .etc_stays = true };

	if (f.n < 2)
		broken(w, "container NAME ID ...");
	*name = f.v[0];
	c.id = whole_id(w, a, f.v[1]);
	c.name = *name;
	c.mounts = strv_new(a);
	c.volumes = strv_new(a);
	c.tmpfs = strv_new(a);
	c.staged = strv_new(a);
	for (size_t i = 2; i < f.n; i++)
		read_word(w, a, &c, f.v[i]);
	return c;
}

bool
engine_line(struct world *w, const char *kind, const char *rest)
{
	const char *name;

	if (strcmp(kind, "container") == 0) {
		(void)read_container(w, w->arena, rest, &name);
		strv_push(&w->containers, arena_strdup(w->arena, rest));
	} else if (strcmp(kind, "image") == 0) {
		if (shell_words(w, w->arena, rest).n < 2)
			broken(w, "image REFERENCE ID [NAME...]");
		strv_push(&w->images, arena_strdup(w->arena, rest));
	} else if (strcmp(kind, "volume") == 0) {
		strv_push(&w->volumes, arena_strdup(w->arena, rest));
	} else if (strcmp(kind, "engine") != 0) {
		return false;
	} else if (strcmp(rest, "down") == 0 || strcmp(rest, "up") == 0) {
		w->engine_down = strcmp(rest, "down") == 0;
	} else if (strcmp(rest, "empty") == 0) {
		w->containers = w->images = strv_new(w->arena);
	} else {
		broken(w, "engine down, up or empty");
	}
	return true;
}

/*
 * As docker looks: the whole id, a name, the only id that begins so. Returns
 * how many it could be.
 */
static size_t
find_container(struct world *w, struct arena *a, const char *what,
    struct container *found)
{
	size_t n = strlen(what), many = 0;
	const char *name;

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < w->containers.n; i++) {
			*found = read_container(w, a, w->containers.v[i],
			    &name);
			if (strcmp(round == 0 ? found->id : name, what) == 0)
				return 1;
		}
	}
	for (size_t i = 0; n >= 2 && i < w->containers.n; i++) {
		struct container c = read_container(w, a,
		    w->containers.v[i], &name);

		if (strncmp(c.id, what, n) == 0) {
			*found = c;
			many++;
		}
	}
	return many;
}

static void
met(struct need *n, struct container *containers, size_t ncontainers)
{
	n->state = NEED_MET;
	n->containers = containers;
	n->ncontainers = ncontainers;
}

static void
answer_container(struct world *w, struct arena *a, struct need *n)
{
	struct container *c = arena_alloc(a, sizeof(*c));
	size_t many = find_container(w, a, n->path, c);

	n->absent = many == 0;
	n->error = many == 0 ? "no such container" : "more than one";
	if (many == 1)
		met(n, c, 1);
}

static void
answer_list(struct world *w, struct arena *a, struct need *n)
{
	struct container *all = arena_alloc(a,
	    (w->containers.n + 1) * sizeof(*all));
	size_t count = 0;
	const char *name;

	for (size_t i = 0; i < w->containers.n; i++) {
		struct container c = read_container(w, a,
		    w->containers.v[i], &name);

		c.confined = c.mounts_harmless = c.etc_stays = false;
		if (c.label != NULL && strcmp(c.label, n->path) == 0)
			all[count++] = c;
	}
	met(n, all, count);
}

static void
image_word(struct image_names *image, const char *word)
{
	const char *value;

	if ((value = value_of(word, "volume=")) != NULL)
		strv_push(&image->volumes, value);
	else if ((value = value_of(word, "workdir=")) != NULL)
		image->workdir = value;
	else
		strv_push(&image->names, word);
}

static struct image_names *
find_image(struct world *w, struct arena *a, const char *reference)
{
	for (size_t i = 0; i < w->images.n; i++) {
		struct strv f = shell_words(w, a, w->images.v[i]);
		struct image_names *image = arena_alloc(a, sizeof(*image));
		const char *id = whole_id(w, a, f.v[1]);

		image->id = arena_printf(a, "sha256:%s", id);
		if (strcmp(f.v[0], reference) != 0 &&
		    strcmp(id, reference) != 0 &&
		    strcmp(image->id, reference) != 0)
			continue;
		image->names = image->volumes = strv_new(a);
		image->workdir = "";
		for (size_t k = 2; k < f.n; k++)
			image_word(image, f.v[k]);
		return image;
	}
	return NULL;
}

bool
engine_answer(struct world *w, struct arena *a, struct need *n)
{
	if (n->kind != NEED_CONTAINER && n->kind != NEED_CONTAINERS &&
	    n->kind != NEED_IMAGE && n->kind != NEED_VOLUME)
		return false;
	n->state = NEED_FAILED;
	n->error = "the engine: closed";
	if (w->engine_down)
		return true;
	if (n->kind == NEED_CONTAINER) {
		answer_container(w, a, n);
	} else if (n->kind == NEED_CONTAINERS) {
		answer_list(w, a, n);
	} else if (n->kind == NEED_VOLUME) {
		n->harmless = strv_has(&w->volumes, arena_printf(a, "%s local",
		    n->path));
		n->absent = !n->harmless && !strv_has(&w->volumes, n->path);
		n->error = "no such volume";
		if (!n->absent)
			n->state = NEED_MET;
	} else {
		n->image = find_image(w, a, n->path);
		n->absent = n->image == NULL;
		n->error = "no such image";
		if (n->image != NULL)
			n->state = NEED_MET;
	}
	return true;
}

const char *
engine_ids(struct world *w, struct arena *a, const char *text)
{
	const char *at, *end;

	while ((at = strstr(text, "@ID(")) != NULL &&
	    (end = strchr(at, ')')) != NULL) {
		const char *name = arena_strndup(a, at + 4,
		    (size_t)(end - at) - 4);
		struct image_names *image = find_image(w, a, name);
		struct container c;

		if (image == NULL && find_container(w, a, name, &c) != 1)
			broken(w, "an @ID of nothing");
		text = arena_printf(a, "%.*s%s%s", (int)(at - text), text,
		    image != NULL ? image->id : c.id, end + 1);
	}
	return text;
}
