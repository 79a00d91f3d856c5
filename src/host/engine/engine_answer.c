/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_answer.h"

#include "host/engine/engine_facts.h"
#include "host/engine/engine_socket.h"
#include "host/engine/http_get.h"
#include "host/files/trust.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

struct engine {
	struct arena *arena;
	const struct settings *settings;
	const struct caller *caller;
	struct timespec deadline;
	int fd; /* -1: not connected */
	const char *why; /* what went wrong; NULL: nothing yet */
	const char *broken; /* why it is asked no more; NULL: it still is */
	struct engine_facts_container **images; /* the first of each image */
	size_t nimages, images_size;
};

static bool
fail(struct engine *e, const char *why)
{
	e->why = why;
	return false;
}

/* No more questions: the rest has the same answer. */
static bool
broken(struct engine *e, const char *why)
{
	e->broken = why;
	return fail(e, why);
}

static bool
is_engines(const struct need *n)
{
	return n->state == NEED_OPEN && (n->kind == NEED_CONTAINER ||
	    n->kind == NEED_CONTAINERS || n->kind == NEED_IMAGE ||
	    n->kind == NEED_VOLUME);
}

/* It goes into a URL as it is. */
static bool
is_plain(const char *s)
{
	return *s != '\0' && strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/@+-") == strlen(s) &&
	    *s != '/' && *s != '.' && strstr(s, "..") == NULL &&
	    strstr(s, "//") == NULL && strstr(s, "/.") == NULL &&
	    s[strlen(s) - 1] != '/';
}

static bool
is_askable(const struct need *n)
{
	return is_plain(n->path) && (n->kind != NEED_CONTAINERS ||
	    strspn(n->path, "0123456789") == strlen(n->path));
}

static void
disconnect(struct engine *e)
{
	if (e->fd >= 0)
		(void)close(e->fd);
	e->fd = -1;
}

/* The body of an answer with status 200; *absent: there is no such thing. */
static bool
ask(struct engine *e, const char *path, struct http_answer *answer,
    bool *absent)
{
	*absent = false;
	if (e->fd < 0) {
		struct fault f = { 0 };

		e->fd = engine_socket_connect(e->settings, e->caller,
		    &e->deadline, e->arena, &f);
		if (e->fd < 0)
			return broken(e, f.text);
	}
	if (!http_get(e->fd, e->arena, &e->deadline, path, answer, &e->why)) {
		disconnect(e);
		return broken(e, arena_printf(e->arena, "the engine: %s",
		    e->why));
	}
	if (answer->closes)
		disconnect(e);
	/* 400: the beginning of more ids than one, as bad as none. */
	*absent = answer->status == 404 || answer->status == 400;
	return answer->status == 200 || *absent ||
	    fail(e, arena_printf(e->arena, "the engine answered with status %d",
		answer->status));
}

static bool
unsound(struct engine *e, const char *why)
{
	return fail(e, arena_printf(e->arena, "the engine: %s", why));
}

/* What an earlier container of the same image has of it. */
static bool
image_known(const struct engine *e, struct engine_facts_container *c)
{
	for (size_t i = 0; i < e->nimages; i++) {
		const struct engine_facts_container *known = e->images[i];

		if (strcmp(known->image, c->image) != 0)
			continue;
		c->c.image_there = known->c.image_there;
		c->c.image_label = known->c.image_label;
		c->c.image_user = known->c.image_user;
		return true;
	}
	return false;
}

/* The labels of the image that c was made from; every image is asked once. */
static bool
look_image(struct engine *e, struct engine_facts_container *c)
{
	struct http_answer answer;
	const char *why = NULL;
	bool absent;

	if (image_known(e, c))
		return true;
	if (!ask(e, arena_printf(e->arena, "/images/%s/json", c->image),
		&answer, &absent))
		return false;
	if (!absent && !engine_facts_image_of(&c->c, e->arena, answer.body,
		answer.size, c->image, &why))
		return unsound(e, why);
	e->images = arena_room(e->arena, e->images, e->nimages,
	    &e->images_size, sizeof(*e->images));
	e->images[e->nimages++] = c;
	return true;
}

/* Whether others than root can change what is mounted there. */
static bool
is_free(struct arena *a, const char *path)
{
	const char *why;
	struct stat st;
	int fd = trust_open(a, path, TRUST_ROOTS_LINK, &st, &why);

	if (fd < 0)
		return true;
	(void)close(fd);
	return !S_ISREG(st.st_mode) || trust_owner(&st) != NULL;
}

static bool
look_container(struct engine *e, struct need *n)
{
	struct engine_facts_container *c = arena_alloc(e->arena, sizeof(*c));
	struct http_answer answer;
	const char *why = NULL;

	if (!ask(e, arena_printf(e->arena, "/containers/%s/json", n->path),
		&answer, &n->absent))
		return false;
	if (n->absent)
		return fail(e, "there is no such container");
	if (!engine_facts_container(
		c, e->arena, answer.body, answer.size, n->path, &why))
		return unsound(e, why);
	if (!look_image(e, c))
		return false;
	for (size_t i = 0; i < c->accounts.n; i++)
		c->c.accounts_free |= is_free(e->arena, c->accounts.v[i]);
	n->containers = &c->c;
	n->ncontainers = 1;
	return true;
}

static bool
look_containers(struct engine *e, struct need *n)
{
	struct engine_facts_container *all;
	struct http_answer answer;
	const char *why = NULL;
	size_t count;
	bool absent;

	/* filters={"label":["undocker.uid=UID"]} */
	if (!ask(e, arena_printf(e->arena, "/containers/json?all=1&filters="
	    "%%7B%%22label%%22%%3A%%5B%%22undocker.uid%%3D%s%%22%%5D%%7D",
	    n->path), &answer, &absent))
		return false;
	if (absent)
		return fail(e, "the engine has no list of containers");
	if (!engine_facts_containers(&all, &count, e->arena, answer.body,
		answer.size, n->path, &why))
		return unsound(e, why);
	n->containers = arena_alloc(e->arena,
	    (count + 1) * sizeof(*n->containers));
	for (size_t i = 0; i < count; i++) {
		if (!look_image(e, &all[i]))
			return false;
		n->containers[i] = all[i].c;
	}
	n->ncontainers = count;
	return true;
}

static bool
look_names(struct engine *e, struct need *n)
{
	struct http_answer answer;
	const char *why = NULL;

	if (!ask(e, arena_printf(e->arena, "/images/%s/json", n->path),
		&answer, &n->absent))
		return false;
	if (n->absent)
		return fail(e, "there is no such image");
	n->image = arena_alloc(e->arena, sizeof(*n->image));
	return engine_facts_image_names(
		   n->image, e->arena, answer.body, answer.size, &why) ||
	       unsound(e, why);
}

static bool
look_volume(struct engine *e, struct need *n)
{
	struct http_answer answer;
	const char *why = NULL;

	if (!ask(e, arena_printf(e->arena, "/volumes/%s", n->path), &answer,
		&n->absent))
		return false;
	if (n->absent)
		return fail(e, "there is no such volume");
	return engine_facts_volume_harmless(e->arena, answer.body, answer.size,
	    n->path, &n->harmless, &why) || unsound(e, why);
}

static void
look(struct engine *e, struct need *n)
{
	bool good = false;

	e->why = e->broken;
	if (e->broken != NULL)
		good = false;
	else if (!is_askable(n))
		e->why = "not a name that the engine can be asked for";
	else if (n->kind == NEED_CONTAINER)
		good = look_container(e, n);
	else if (n->kind == NEED_CONTAINERS)
		good = look_containers(e, n);
	else if (n->kind == NEED_VOLUME)
		good = look_volume(e, n);
	else
		good = look_names(e, n);
	n->state = good ? NEED_MET : NEED_FAILED;
	n->error = good ? NULL : e->why;
	n->unseen = !good && !n->absent;
}

bool
engine_answer(struct needs *needs, struct arena *a, const struct settings *s,
    const struct caller *c, struct fault *f)
{
	struct engine e = { .arena = a, .settings = s, .caller = c, .fd = -1 };

	if (clock_gettime(CLOCK_MONOTONIC, &e.deadline) != 0)
		return fault_set(f, a, FAULT_REFUSED, "there is no clock: %s",
		    strerror(errno));
	e.deadline.tv_sec += ENGINE_SECONDS;
	for (size_t i = 0; i < needs->n; i++) {
		if (is_engines(needs->v[i]))
			look(&e, needs->v[i]);
	}
	disconnect(&e);
	return true;
}
