/* SPDX-License-Identifier: Apache-2.0 */
/* The engine: may its socket be used as the policy wants, and what is it? */
#include "check/client/client_run.h"
#include "check/machine/component_age.h"
#include "check/machine/machine.h"
#include "host/engine/engine_json.h"
#include "host/engine/engine_socket.h"
#include "host/engine/http_get.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ENGINE_PATIENCE 5 /* seconds */

/* What enforcement would say to a user who is not root. */
static const struct caller somebody = { .uid = 65534, .gid = 65534,
	.user = "nobody", .group = "nogroup", .home = "/", .cwd = "/" };

static void
add(struct machine *h, enum severity severity, const char *text)
{
	findings_add(h->findings, severity, NULL, 0, "%s", text);
}

static void
socket_modes(struct machine *h, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & S_IWOTH) != 0)
		findings_add(h->findings, SEVERITY_ERROR, path, 0,
		    "the engine's socket is writable by all, so every user is "
		    "root: chmod 660");
}

/* False: nobody would get through to it. */
static bool
engine_reached(struct machine *h)
{
	const char *engine = h->settings.engine;
	struct fault f = { 0 };

	if (strncmp(engine, "tcp://", 6) == 0) {
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "the engine is %s: who reaches that port needs no "
		    "undocker, and whose a container is cannot be asked there; "
		    "use a unix socket (DOCKERHOST)", engine);
		return false;
	}
	if (strncmp(engine, "unix://", 7) == 0 && !h->settings.engine_per_user)
		socket_modes(h, engine + 7);
	if (!engine_socket_group(&h->settings, &somebody, h->arena, &h->gid,
	    &f)) {
		h->gid = 0;
		add(h, SEVERITY_ERROR, f.text);
		return false;
	}
	if (!h->settings.engine_per_user)
		return true;
	h->gid = 0;
	add(h, SEVERITY_NOTE, "every user has an engine of his own "
	    "(DOCKERHOST with $U_UID); none was looked at");
	return false;
}

/* NULL: the engine does not say it. */
static json_t *
ask(struct machine *h, int fd, const struct timespec *end, const char *path)
{
	struct http_answer answer;
	const char *why = "it does not answer";

	if (!http_get(fd, h->arena, end, path, &answer, &why)) {
		findings_add(h->findings, SEVERITY_ERROR, NULL, 0,
		    "the engine does not answer: %s", why);
		return NULL;
	}
	if (answer.status != 200) {
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "the engine answers with status %d to %s", answer.status,
		    path);
		return NULL;
	}
	return engine_json(answer.body, answer.size, &why);
}

static const char *
text_or(struct machine *h, const json_t *object, const char *key)
{
	const char *text = engine_json_member(h->arena, object, key);

	return text == NULL ? "(unknown)" : text;
}

static void
tell_version(struct machine *h, const json_t *version)
{
	const json_t *parts = json_object_get(version, "Components");
	struct strv names = strv_new(h->arena);

	for (size_t i = 0; i < json_array_size(parts); i++) {
		const json_t *part = json_array_get(parts, i);

		if (strcmp(text_or(h, part, "Name"), "Engine") != 0)
			strv_pushf(&names, ", %s %s", text_or(h, part, "Name"),
			    text_or(h, part, "Version"));
	}
	findings_add(h->findings, SEVERITY_NOTE, NULL, 0,
	    "engine %s, API %s (from %s)%s", text_or(h, version, "Version"),
	    text_or(h, version, "ApiVersion"),
	    text_or(h, version, "MinAPIVersion"), strv_join(&names, ""));
}

/*
 * The runc that the engine uses if nobody names another: a component of its
 * version by the name of its default runtime.
 */
static const char *
version_of(struct machine *h, const json_t *version, const char *name)
{
	const json_t *parts = json_object_get(version, "Components");

	for (size_t i = 0; i < json_array_size(parts); i++) {
		const json_t *part = json_array_get(parts, i);
		const char *named = engine_json_member(h->arena, part, "Name");

		if (named != NULL && strcmp(named, name) == 0)
			return engine_json_member(h->arena, part, "Version");
	}
	return NULL;
}

static void
tell_runc(struct machine *h, const json_t *version, const json_t *info)
{
	const char *name = engine_json_member(h->arena, info, "DefaultRuntime");
	const char *found = name == NULL ? NULL
	    : version_of(h, version, name);
	bool other = name != NULL && strcmp(name, "runc") != 0 &&
	    strncmp(name, "io.containerd.runc.", 19) != 0;

	if (other || component_age_runc(found) == AGE_UNKNOWN)
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "which runc the engine's runtime %s uses cannot be told; "
		    "before 1.1.14 it can be led out of a container "
		    "(CVE-2024-45310): see runc --version",
		    name == NULL ? "(unknown)" : name);
	else if (component_age_runc(found) == AGE_OLD)
		findings_add(h->findings, SEVERITY_ERROR, NULL, 0,
		    "the engine's runc is %s: before 1.1.14 (1.2.0-rc.3) users "
		    "can lead it out of a container with a mount, and leave "
		    "empty files and directories of root's anywhere on this "
		    "host (CVE-2024-45310); install a newer one, such as that "
		    "of docker's own containerd.io package (a distributor who "
		    "mended this one cannot be told by its number)", found);
}

static void
tell_go(struct machine *h, const json_t *version)
{
	const char *go = engine_json_member(h->arena, version, "GoVersion");

	if (component_age_go(go) == AGE_UNKNOWN)
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "which Go the engine was built with cannot be told; before "
		    "1.21.11 (1.22.4) what it removes can be led to any "
		    "directory of this host (golang/go issue 52745)");
	else if (component_age_go(go) == AGE_OLD)
		findings_add(h->findings, SEVERITY_ERROR, NULL, 0,
		    "the engine was built with %s: before 1.21.11 (1.22.4) a "
		    "user can lead it, when it removes a container or a volume "
		    "of his, to any directory of this host, whose files it "
		    "then deletes (golang/go issue 52745); install a newer "
		    "one, such as docker's own docker-ce from 26.1.4 on (a "
		    "distributor who mended this one cannot be told by its "
		    "number)", go);
}

/* "name=userns", perhaps with more behind a comma. */
static bool
has_security(const json_t *info, const char *name)
{
	const json_t *all = json_object_get(info, "SecurityOptions");

	for (size_t i = 0; i < json_array_size(all); i++) {
		const char *one = json_string_value(json_array_get(all, i));
		size_t n = strlen(name);

		if (one != NULL && strncmp(one, "name=", 5) == 0 &&
		    strncmp(one + 5, name, n) == 0 &&
		    (one[5 + n] == '\0' || one[5 + n] == ','))
			return true;
	}
	return false;
}

static void
tell_info(struct machine *h, const json_t *info)
{
	bool remapped = has_security(info, "userns");

	h->data = engine_json_member(h->arena, info, "DockerRootDir");
	add(h, SEVERITY_NOTE, remapped ? "userns-remap is on: in a container, "
	    "a user is not his uid of this host" : "userns-remap is off");
	if (has_security(info, "rootless"))
		add(h, SEVERITY_NOTE, "the engine is a rootless one");
	if (!has_security(info, "seccomp"))
		add(h, SEVERITY_WARNING, "the engine runs containers without "
		    "seccomp, so they may ask the kernel for everything");
}

static void
ask_engine(struct machine *h)
{
	struct timespec end;
	struct fault f = { 0 };
	json_t *json, *version;
	int fd;

	if (clock_gettime(CLOCK_MONOTONIC, &end) != 0)
		return;
	end.tv_sec += ENGINE_PATIENCE;
	fd = engine_socket_connect(&h->settings, &somebody, &end, h->arena,
	    &f);
	if (fd < 0) {
		add(h, h->root ? SEVERITY_ERROR : SEVERITY_WARNING, f.text);
		return;
	}
	version = ask(h, fd, &end, "/version");
	json = version == NULL ? NULL : ask(h, fd, &end, "/info");
	if (version != NULL) {
		tell_version(h, version);
		tell_go(h, version);
	}
	if (json != NULL) {
		tell_info(h, json);
		tell_runc(h, version, json);
	}
	json_decref(version);
	json_decref(json);
	(void)close(fd);
}

/* The client is the policy's, so it runs as nobody. */
static void
ask_client(struct machine *h)
{
	struct strv words = strv_new(h->arena);
	struct client_said said = { 0 };
	struct fault f = { 0 };

	strv_push(&words, "--version");
	if (!client_run(&said, h->arena, h->settings.docker, &words,
	    CLIENT_PATIENCE_MS, &f))
		add(h, SEVERITY_ERROR, f.text);
	else
		findings_add(h->findings, SEVERITY_NOTE, NULL, 0,
		    "client %s: %.*s", h->settings.docker,
		    (int)strcspn(said.out, "\n"), said.out);
}

void
machine_engine(struct machine *h)
{
	ask_client(h);
	if (engine_reached(h))
		ask_engine(h);
}
