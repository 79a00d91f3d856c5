/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_answer.h"

#include "host/engine/engine_socket.h"

#include "fixture.h"
#include "http_request.h"
#include "suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HEX16 "0123456789abcdef"
#define ID HEX16 HEX16 HEX16 HEX16
#define ID_2 "f123456789abcdef" HEX16 HEX16 HEX16
#define IMAGE "sha256:" ID_2
#define IMAGE_2 "sha256:" ID

#define CONTAINER_OF(id, label, mounts) \
	"{\"Id\":\"" id "\",\"Name\":\"/box\",\"Image\":\"" IMAGE "\"," \
	"\"State\":{\"Running\":true,\"Paused\":false,\"Restarting\":false}," \
	"\"Config\":{\"User\":\"1000\",\"Labels\":" label "}," \
	"\"HostConfig\":{},\"Mounts\":[" mounts "]}"
#define LABEL "{\"undocker.uid\":\"1000\"}"
#define CONTAINER CONTAINER_OF(ID, LABEL, "")
#define VOLUME "{\"Type\":\"volume\",\"Name\":\"v\",\"Driver\":\"local\"," \
	"\"Destination\":\"/x\"}"
#define WITH_VOLUME CONTAINER_OF(ID, LABEL, VOLUME)
#define LISTED(id, image, label) "{\"Id\":\"" id "\",\"ImageID\":\"" image \
	"\",\"State\":\"running\",\"Labels\":" label "}"
#define IMAGE_OF(id, config) "{\"Id\":\"" id "\",\"RepoTags\":[\"a:1\"]," \
	"\"Config\":" config "}"

#define P_BOX "/containers/box/json"
#define P_IMAGE "/images/" IMAGE "/json"
#define P_IMAGE_2 "/images/" IMAGE_2 "/json"
#define P_NAME "/images/a:1/json"
#define P_LIST "/containers/json?all=1&filters=" \
	"%7B%22label%22%3A%5B%22undocker.uid%3D1000%22%5D%7D"

enum how {
	KEEPS = 0,
	CLOSES, /* says so, and does */
	BREAKS, /* it sends the body as it is, and closes */
	CHUNKS,
};

/* One request as it must come, and the answer. The last has no path. */
struct step {
	const char *path;
	int status;
	const char *body;
	enum how how;
};

static const struct caller root = { .uid = 0, .gid = 0, .user = "root" };
static const struct caller ann = { .uid = 1000, .gid = 10, .user = "ann" };

static char home[64];
static int listener;
static struct needs needs;

static const char *
socket_at(void)
{
	static char path[sizeof(home) + 8];

	snprintf(path, sizeof(path), "%s/sock", home);
	return path;
}

static void
engine_setup(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	needs = (struct needs) { 0 };
	snprintf(home, sizeof(home), "/tmp/undocker-unit.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(home));
	ck_assert_int_eq(chmod(home, 0755), 0);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", socket_at());
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(listener, (const struct sockaddr *)&at,
	    sizeof(at)), 0);
	ck_assert_int_eq(listen(listener, 5), 0);
}

static void
engine_teardown(void)
{
	if (listener >= 0)
		(void)close(listener);
	(void)unlink(socket_at());
	(void)rmdir(home);
}

static bool
take_request(int fd, const char *path)
{
	const char *wanted = arena_printf(a, "GET %s HTTP/1.1\r\n", path);
	char text[2048];

	return http_request_take(fd, text, sizeof(text)) &&
	    strncmp(text, wanted, strlen(wanted)) == 0;
}

static const char *
answer_of(const struct step *s)
{
	size_t n = strlen(s->body);

	if (s->how == BREAKS)
		return s->body;
	if (s->how == CHUNKS)
		return arena_printf(a, "HTTP/1.1 %d X\r\nTransfer-Encoding: "
		    "chunked\r\n\r\n1\r\n%c\r\n%zx\r\n%s\r\n0\r\n\r\n",
		    s->status, *s->body, n - 1, s->body + 1);
	return arena_printf(a, "HTTP/1.1 %d X\r\n%sContent-Length: %zu\r\n"
	    "\r\n%s", s->status, s->how == CLOSES ? "Connection: close\r\n"
	    : "", n, s->body);
}

/* 0: those requests came, and on those connections; else 1 and which not. */
static int
serve(const struct step *steps)
{
	int fd = -1;
	char c;

	(void)alarm(20);
	for (int i = 0; steps[i].path != NULL; i++) {
		const char *answer = answer_of(&steps[i]);

		if (fd < 0)
			fd = accept(listener, NULL, NULL);
		if (!take_request(fd, steps[i].path))
			return 1 + i;
		(void)send(fd, answer, strlen(answer), MSG_NOSIGNAL);
		if (steps[i].how == CLOSES || steps[i].how == BREAKS) {
			(void)close(fd);
			fd = -1;
		}
	}
	return fd >= 0 && recv(fd, &c, 1, 0) != 0 ? 99 : 0;
}

static void
answer_with(const struct step *steps, const struct caller *who)
{
	const struct settings s = { .engine_per_user = true,
		.engine = arena_printf(a, "unix://%s", socket_at()) };
	struct fault f = { 0 };
	pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(serve(steps));
	/* From here on only the server's: one connection too many fails. */
	(void)close(listener);
	listener = -1;
	ck_assert(engine_answer(&needs, a, &s, who, &f));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}

static struct need *
need(enum need_kind kind, const char *path)
{
	return needs_add(&needs, a, kind, path);
}

static struct container *
met(const struct need *n)
{
	ck_assert_msg(n->state == NEED_MET, "%s",
	    n->error == NULL ? "nobody looked" : n->error);
	ck_assert_ptr_null(n->error);
	ck_assert_uint_ge(n->ncontainers, 1);
	return n->containers;
}

static void
failed(const struct need *n, const char *part)
{
	ck_assert_int_eq(n->state, NEED_FAILED);
	ck_assert_ptr_nonnull(n->error);
	ck_assert_msg(strstr(n->error, part) != NULL, "%s", n->error);
}

/* Asked by name, by the beginning of the id and by the id. */
START_TEST(valid_container)
{
	static const char *const asked[] = { "box", "0123456789ab", ID };
	const struct need *n = need(NEED_CONTAINER, asked[_i]);
	const char *path = arena_printf(a, "/containers/%s/json", asked[_i]);
	const struct step steps[] = {
		{ path, 200, CONTAINER, _i == 1 ? CHUNKS : KEEPS },
		{ P_IMAGE, 200, IMAGE_OF(IMAGE, "{\"User\":\"33\"}"), KEEPS },
		{ NULL },
	};
	const struct container *c;

	answer_with(steps, &root);
	c = met(n);
	ck_assert_uint_eq(n->ncontainers, 1);
	ck_assert_str_eq(c->id, ID);
	ck_assert_str_eq(c->label, "1000");
	ck_assert_str_eq(c->image_user, "33");
	ck_assert(c->image_there && c->running);
	ck_assert_ptr_null(c->image_label);
	ck_assert(!c->confined);
	ck_assert(c->mounts_harmless);
}
END_TEST

/* The answer for the container, and what the error says. */
static const struct {
	struct step step;
	const char *why;
	bool absent;
} bad[] = {
	{ { P_BOX, 404, "{\"message\":\"no\"}", KEEPS }, "no such container",
	    true },
	{ { P_BOX, 404, "no JSON", CHUNKS }, "no such container", true },
	{ { P_BOX, 500, CONTAINER, KEEPS }, "status 500", false },
	{ { P_BOX, 201, CONTAINER, KEEPS }, "status 201", false },
	{ { P_BOX, 301, CONTAINER, KEEPS }, "status 301", false },
	{ { P_BOX, 400, CONTAINER, CLOSES }, "no such container", true },
	{ { P_BOX, 403, CONTAINER, CLOSES }, "status 403", false },
	{ { P_BOX, 199, CONTAINER, KEEPS }, "HTTP", false },
	{ { P_BOX, 200, "", KEEPS }, "JSON", false },
	{ { P_BOX, 200, "{", KEEPS }, "JSON", false },
	{ { P_BOX, 200, "[" CONTAINER "]", KEEPS }, "id", false },
	{ { P_BOX, 200, CONTAINER CONTAINER, KEEPS }, "JSON", false },
	{ { P_BOX, 200, "{\"Name\":\"/box\"}", KEEPS }, "id", false },
	{ { P_BOX, 0, "garbage\r\n", BREAKS }, "HTTP", false },
	{ { P_BOX, 0, "", BREAKS }, "closed the connection", false },
	{ { P_BOX, 0, "HTTP/1.1 200 OK\r\n", BREAKS },
	    "closed the connection", false },
	{ { P_BOX, 0, "HTTP/1.1 404 X\r\nContent-Length: 9\r\n\r\n{}",
	    BREAKS }, "closed the connection", false },
};

START_TEST(deny_container)
{
	const struct need *n = need(NEED_CONTAINER, "box");
	const struct step steps[] = { bad[_i].step, { NULL } };

	answer_with(steps, &root);
	failed(n, bad[_i].why);
	ck_assert_int_eq(n->absent, bad[_i].absent);
	ck_assert_uint_eq(n->ncontainers, 0);
}
END_TEST

START_TEST(deny_another_container)
{
	const struct need *n = need(NEED_CONTAINER, ID_2);
	const struct step steps[] = {
		{ "/containers/" ID_2 "/json", 200, CONTAINER, KEEPS },
		{ NULL },
	};

	answer_with(steps, &root);
	failed(n, "answered for another container");
}
END_TEST

START_TEST(valid_image_of_a_container)
{
	static const struct {
		int status;
		const char *body;
		bool there;
		const char *label;
	} rows[] = {
		{ 200, IMAGE_OF(IMAGE, "{}"), true, NULL },
		{ 200, IMAGE_OF(IMAGE, "{\"Labels\":" LABEL "}"), true,
		    "1000" },
		{ 404, "{\"message\":\"No such image\"}", false, NULL },
		{ 404, IMAGE_OF(IMAGE, "{}"), false, NULL },
	};
	const struct need *n = need(NEED_CONTAINER, "box");
	const struct step steps[] = { { P_BOX, 200, CONTAINER, KEEPS },
		{ P_IMAGE, rows[_i].status, rows[_i].body, KEEPS }, { NULL } };
	const struct container *c;

	answer_with(steps, &root);
	c = met(n);
	ck_assert_int_eq(c->image_there, rows[_i].there);
	ck_assert_pstr_eq(c->image_label, rows[_i].label);
}
END_TEST

START_TEST(deny_image_of_a_container)
{
	static const struct {
		int status;
		const char *body, *why;
	} rows[] = {
		{ 500, IMAGE_OF(IMAGE, "{}"), "status 500" },
		{ 200, IMAGE_OF(IMAGE_2, "{}"), "another image" },
		{ 200, IMAGE_OF(IMAGE, "[]"), "lacks what an image has" },
		{ 200, "{}", "another image" },
		{ 200, "{\"Id\":", "JSON" },
	};
	const struct need *n = need(NEED_CONTAINER, "box");
	const struct step steps[] = { { P_BOX, 200, CONTAINER, KEEPS },
		{ P_IMAGE, rows[_i].status, rows[_i].body, KEEPS }, { NULL } };

	answer_with(steps, &root);
	failed(n, rows[_i].why);
	ck_assert(!n->absent);
	ck_assert_uint_eq(n->ncontainers, 0);
}
END_TEST

#define BY(name, driver, options) "{\"Name\":\"" name "\",\"Driver\":\"" \
	driver "\",\"Options\":" options "}"

/* Whatever the volume is, and nobody asks what. */
START_TEST(deny_volumes)
{
	const struct need *n = need(NEED_CONTAINER, "box");
	const struct step steps[] = { { P_BOX, 200, WITH_VOLUME, KEEPS },
		{ P_IMAGE, 404, "{}", KEEPS }, { NULL } };

	answer_with(steps, &root);
	ck_assert(!met(n)->mounts_harmless);
}
END_TEST

/* A volume of the command line's own. */
static const struct {
	struct step step;
	bool harmless;
	const char *why; /* NULL: it was told */
	bool absent;
} named[] = {
	{ { "/volumes/v", 200, BY("v", "local", "null"), KEEPS }, true, NULL,
	    false },
	{ { "/volumes/v", 200, BY("v", "local", "{}"), CHUNKS }, true, NULL,
	    false },
	{ { "/volumes/v", 200, BY("v", "local", "{\"o\":\"bind\"}"), CLOSES },
	    false, NULL, false },
	{ { "/volumes/v", 200, BY("v", "nfs", "null"), KEEPS }, false, NULL,
	    false },
	{ { "/volumes/v", 200, BY("v", "local", "[]"), KEEPS }, false, NULL,
	    false },
	{ { "/volumes/v", 200, BY("v", "local", "\"\""), KEEPS }, false, NULL,
	    false },
	{ { "/volumes/v", 404, "{\"message\":\"get v: no such volume\"}",
	    KEEPS }, false, "there is no such volume", true },
	{ { "/volumes/v", 404, BY("v", "local", "null"), KEEPS }, false,
	    "there is no such volume", true },
	{ { "/volumes/v", 500, BY("v", "local", "null"), KEEPS }, false,
	    "status 500", false },
	{ { "/volumes/v", 200, BY("w", "local", "null"), KEEPS }, false,
	    "lacks what a volume has", false },
	{ { "/volumes/v", 200, BY("V", "local", "null"), KEEPS }, false,
	    "lacks what a volume has", false },
	{ { "/volumes/v", 200, "{\"Name\":\"v\",\"Driver\":\"local\"}",
	    KEEPS }, false, "lacks what a volume has", false },
	{ { "/volumes/v", 200, "{\"Name\":\"v\",\"Options\":null}",
	    KEEPS }, false, "lacks what a volume has", false },
	{ { "/volumes/v", 200, "[" BY("v", "local", "null") "]", KEEPS },
	    false, "lacks what a volume has", false },
	{ { "/volumes/v", 200, "", KEEPS }, false, "JSON", false },
	{ { "/volumes/v", 0, "", BREAKS }, false, "closed the connection",
	    false },
};

START_TEST(valid_or_deny_a_named_volume)
{
	const struct need *n = need(NEED_VOLUME, "v");
	const struct step steps[] = { named[_i].step, { NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(n->harmless, named[_i].harmless);
	ck_assert_int_eq(n->absent, named[_i].absent);
	if (named[_i].why != NULL)
		failed(n, named[_i].why);
	else
		ck_assert_int_eq(n->state, NEED_MET);
}
END_TEST

/* What has an answer is not asked again, whatever it was. */
START_TEST(valid_only_open_needs_are_asked)
{
	struct need *met_one = need(NEED_VOLUME, "known");
	struct need *failed_one = need(NEED_CONTAINER, "lost");
	const struct need *file = need(NEED_SOURCE, "/a");
	const struct need *record = need(NEED_STAGED, "1000.x");
	const struct need *open_one = need(NEED_VOLUME, "v");
	const struct step steps[] = {
		{ "/volumes/v", 200, BY("v", "local", "null"), KEEPS },
		{ NULL },
	};

	met_one->state = NEED_MET;
	met_one->harmless = true;
	failed_one->state = NEED_FAILED;
	failed_one->error = "as it was";
	answer_with(steps, &root);
	ck_assert_int_eq(met_one->state, NEED_MET);
	ck_assert(met_one->harmless);
	ck_assert_int_eq(failed_one->state, NEED_FAILED);
	ck_assert_str_eq(failed_one->error, "as it was");
	ck_assert_int_eq(file->state, NEED_OPEN);
	ck_assert_int_eq(record->state, NEED_OPEN);
	ck_assert_int_eq(open_one->state, NEED_MET);
	ck_assert(open_one->harmless);
}
END_TEST

/* Nothing open: nobody connects. */
START_TEST(valid_nothing_open_asks_nothing)
{
	const struct settings s = { .engine_per_user = true,
		.engine = "unix:///nosuch/sock" };
	struct need *n = need(NEED_VOLUME, "v");
	struct fault f = { 0 };

	n->state = NEED_MET;
	n->harmless = true;
	ck_assert(engine_answer(&needs, a, &s, &root, &f));
	ck_assert(n->harmless);
	n->state = NEED_OPEN;
	n->harmless = false;
	ck_assert(engine_answer(&needs, a, &s, &root, &f));
	ck_assert_int_eq(n->state, NEED_FAILED);
	ck_assert(!n->harmless);
}
END_TEST

#define AT_GROUP(source) CONTAINER_OF(ID, LABEL, "{\"Type\":\"bind\"," \
	"\"Source\":\"" source "\",\"Destination\":\"/etc/group\"}")

/* What is mounted at a container's /etc/group: may others change it? */
static const struct {
	const char *container;
	bool changed;
} group_files[] = {
	{ CONTAINER, false },
	{ AT_GROUP("/etc/group"), false },
	{ AT_GROUP("/etc/nosuch"), true },
	{ AT_GROUP("/etc"), true },
	{ AT_GROUP("group"), true },
	{ AT_GROUP("/tmp/group"), true }, /* a directory of everybody's */
	{ CONTAINER_OF(ID, LABEL, "{\"Type\":\"bind\",\"Source\":"
	    "\"/etc/passwd\",\"Destination\":\"/etc/passwd\"},"
	    "{\"Type\":\"bind\",\"Source\":\"/tmp/x\","
	    "\"Destination\":\"/etc/group\"}"), true },
	{ CONTAINER_OF(ID, LABEL, "{\"Type\":\"volume\",\"Name\":\"v\","
	    "\"Driver\":\"local\",\"Destination\":\"/etc/passwd\"}"), true },
};

START_TEST(valid_whose_group_file_it_is)
{
	const struct need *n = need(NEED_CONTAINER, "box");
	const struct step steps[] = {
		{ P_BOX, 200, group_files[_i].container, KEEPS },
		{ P_IMAGE, 404, "{}", KEEPS }, { NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(met(n)->accounts_free, group_files[_i].changed);
}
END_TEST

/* Each image is asked for once. */
START_TEST(valid_list)
{
	const struct need *n = need(NEED_CONTAINERS, "1000");
	const struct step steps[] = {
		{ P_LIST, 200, "[" LISTED(ID, IMAGE, LABEL) ","
		    LISTED(ID_2, IMAGE_2, LABEL) ","
		    LISTED(ID_2, IMAGE, LABEL) "]", CHUNKS },
		{ P_IMAGE, 200, IMAGE_OF(IMAGE, "{\"User\":\"33\",\"Labels\":"
		    LABEL "}"), KEEPS },
		{ P_IMAGE_2, 404, "{}", KEEPS },
		{ NULL },
	};
	const struct container *c;

	answer_with(steps, &root);
	c = met(n);
	ck_assert_uint_eq(n->ncontainers, 3);
	ck_assert_str_eq(c[0].id, ID);
	ck_assert_str_eq(c[0].image_label, "1000");
	ck_assert(c[0].image_there && !c[1].image_there && c[2].image_there);
	ck_assert_ptr_null(c[1].image_label);
	ck_assert_str_eq(c[2].image_label, "1000");
	ck_assert_str_eq(c[2].image_user, "33");
	ck_assert(!c[0].confined && !c[0].mounts_harmless &&
	    !c[0].etc_stays);
}
END_TEST

START_TEST(valid_empty_list)
{
	const struct need *n = need(NEED_CONTAINERS, "1000");
	const struct step steps[] = { { P_LIST, 200, "[]", KEEPS },
		{ NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(n->state, NEED_MET);
	ck_assert_uint_eq(n->ncontainers, 0);
}
END_TEST

START_TEST(deny_list)
{
	static const struct {
		int status;
		const char *body, *why;
	} rows[] = {
		{ 200, "[" LISTED(ID, IMAGE, LABEL) "," LISTED(ID_2, IMAGE,
		    "{\"undocker.uid\":\"1001\"}") "]", "not asked for" },
		{ 200, "[" LISTED(ID, IMAGE, "{}") "]", "not asked for" },
		{ 200, "[" LISTED(ID, IMAGE,
		    "{\"undocker.uid\":\"1000\\u0000\"}") "]",
		    "not asked for" },
		{ 200, "[{}]", "lacks what a container has" },
		{ 200, "{}", "is no list" },
		{ 200, "[", "JSON" },
		{ 404, "[]", "has no list" },
		{ 500, "[]", "status 500" },
	};
	const struct need *n = need(NEED_CONTAINERS, "1000");
	const struct step steps[] = { { P_LIST, rows[_i].status, rows[_i].body,
	    KEEPS }, { NULL } };

	answer_with(steps, &root);
	failed(n, rows[_i].why);
	ck_assert_uint_eq(n->ncontainers, 0);
}
END_TEST

START_TEST(deny_list_whose_image_fails)
{
	const struct need *n = need(NEED_CONTAINERS, "1000");
	const struct step steps[] = {
		{ P_LIST, 200, "[" LISTED(ID, IMAGE, LABEL) "]", KEEPS },
		{ P_IMAGE, 500, "{}", KEEPS },
		{ NULL },
	};

	answer_with(steps, &root);
	failed(n, "status 500");
}
END_TEST

START_TEST(valid_image_names)
{
	const struct need *n = need(NEED_IMAGE, "a:1");
	const struct step steps[] = {
		{ P_NAME, 200, IMAGE_OF(IMAGE, "{}"), KEEPS }, { NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(n->state, NEED_MET);
	ck_assert_str_eq(n->image->id, IMAGE);
	ck_assert_uint_eq(n->image->names.n, 1);
	ck_assert_str_eq(n->image->names.v[0], "a:1");
}
END_TEST

START_TEST(deny_image_names)
{
	static const struct {
		int status;
		const char *body, *why;
		bool absent;
	} rows[] = {
		{ 404, "{}", "no such image", true },
		{ 500, IMAGE_OF(IMAGE, "{}"), "status 500", false },
		{ 200, IMAGE_OF("busybox", "{}"), "lacks", false },
		{ 200, "{}", "lacks", false },
		{ 200, "x", "JSON", false },
	};
	const struct need *n = need(NEED_IMAGE, "a:1");
	const struct step steps[] = { { P_NAME, rows[_i].status, rows[_i].body,
	    KEEPS }, { NULL } };

	answer_with(steps, &root);
	failed(n, rows[_i].why);
	ck_assert_int_eq(n->absent, rows[_i].absent);
}
END_TEST

/* Several questions: one connection, as long as it lives. */
START_TEST(valid_connections)
{
	static const enum how hows[] = { KEEPS, CHUNKS, CLOSES };
	const struct need *one = need(NEED_IMAGE, "a:1");
	const struct need *file = need(NEED_FILE, "/etc/passwd");
	const struct need *two = need(NEED_CONTAINER, "box");
	const struct need *three = need(NEED_IMAGE, "b:2");
	const struct step steps[] = {
		{ P_NAME, 200, IMAGE_OF(IMAGE, "{}"), hows[_i] },
		{ P_BOX, 200, CONTAINER, hows[_i] },
		{ P_IMAGE, 404, "{}", hows[_i] },
		{ "/images/b:2/json", 200, IMAGE_OF(IMAGE_2, "{}"), hows[_i] },
		{ NULL },
	};

	answer_with(steps, &root);
	ck_assert_int_eq(one->state, NEED_MET);
	ck_assert_int_eq(file->state, NEED_OPEN);
	ck_assert_int_eq(two->state, NEED_MET);
	ck_assert_str_eq(three->image->id, IMAGE_2);
}
END_TEST

/* An image is asked for once, whichever the question. */
START_TEST(valid_image_of_two_containers)
{
	const struct need *one = need(NEED_CONTAINER, "box");
	const struct need *two = need(NEED_CONTAINER, ID_2);
	const struct step steps[] = {
		{ P_BOX, 200, CONTAINER, KEEPS },
		{ P_IMAGE, 200, IMAGE_OF(IMAGE, "{\"User\":\"33\",\"Labels\":"
		    LABEL "}"), KEEPS },
		{ "/containers/" ID_2 "/json", 200,
		    CONTAINER_OF(ID_2, LABEL, ""), KEEPS },
		{ NULL },
	};

	answer_with(steps, &root);
	ck_assert_str_eq(met(one)->image_label, "1000");
	ck_assert_str_eq(met(two)->id, ID_2);
	ck_assert(two->containers->image_there);
	ck_assert_str_eq(two->containers->image_label, "1000");
	ck_assert_str_eq(two->containers->image_user, "33");
}
END_TEST

/* When the conversation breaks, nothing more is asked. */
START_TEST(deny_all_after_a_break)
{
	static const char *const texts[] = { "", "garbage\r\n",
		"HTTP/1.1 200 OK\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}left" };
	const struct need *good_one = need(NEED_IMAGE, "a:1");
	const struct need *first = need(NEED_CONTAINER, "box");
	const struct need *second = need(NEED_IMAGE, "a:1");
	const struct need *third = need(NEED_CONTAINERS, "1000");
	const struct step steps[] = {
		{ P_NAME, 200, IMAGE_OF(IMAGE, "{}"), KEEPS },
		{ P_BOX, 0, texts[_i], BREAKS }, { NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(good_one->state, NEED_MET);
	failed(first, "the engine: it ");
	failed(second, first->error);
	failed(third, first->error);
	ck_assert(!first->absent && !second->absent && !third->absent);
}
END_TEST

/* What fails for one question is no answer to the next. */
START_TEST(valid_after_a_fault)
{
	static const struct step first[] = {
		{ P_BOX, 404, "{}", CLOSES },
		{ P_BOX, 500, "{}", CLOSES },
		{ P_BOX, 404, "{}", KEEPS },
		{ P_BOX, 500, "{}", KEEPS },
		{ P_BOX, 200, "{}", KEEPS },
	};
	const struct need *bad_one = need(NEED_CONTAINER, "box");
	const struct need *unasked = need(NEED_CONTAINER, "../x");
	const struct need *good_one = need(NEED_IMAGE, "a:1");
	const struct step steps[] = { first[_i],
		{ P_NAME, 200, IMAGE_OF(IMAGE, "{}"), KEEPS }, { NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(bad_one->state, NEED_FAILED);
	failed(unasked, "not a name that the engine can be asked for");
	ck_assert_int_eq(good_one->state, NEED_MET);
	ck_assert_ptr_null(good_one->error);
}
END_TEST

static const char *const unasked[] = { "", "../x", "..", ".", ".x", "a/..",
	"a/../b", "a/", "a/./b", "a//b", "/a", "//a", "a?b", "a#b", "a&b",
	"%2e",
	"a%2fb", "a b", "a\tb", "a\r\nX: y", "a\n", "a\\b", "a\"b", "a{b",
	"a;b", "a=b", "a~b", "\303\244", "a\1" };

/* All of them fail, and nobody came. */
static void
not_asked(void)
{
	const struct settings s = { .engine_per_user = true,
		.engine = arena_printf(a, "unix://%s", socket_at()) };
	struct fault f = { 0 };

	ck_assert(engine_answer(&needs, a, &s, &root, &f));
	for (size_t i = 0; i < needs.n; i++)
		failed(needs.v[i], "not a name that the engine can be asked");
	ck_assert_int_eq(fcntl(listener, F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_lt(accept(listener, NULL, NULL), 0);
}

START_TEST(deny_paths)
{
	(void)need(NEED_CONTAINER, unasked[_i]);
	(void)need(NEED_CONTAINERS, unasked[_i]);
	(void)need(NEED_IMAGE, unasked[_i]);
	(void)need(NEED_VOLUME, unasked[_i]);
	not_asked();
}
END_TEST

/* A list is asked for by a uid only. */
START_TEST(deny_lists_of_no_uid)
{
	(void)need(NEED_CONTAINERS, "ann");
	(void)need(NEED_CONTAINERS, "-1");
	(void)need(NEED_CONTAINERS, "+1");
	(void)need(NEED_CONTAINERS, "1000:10");
	(void)need(NEED_CONTAINERS, "10a");
	not_asked();
}
END_TEST

START_TEST(valid_paths)
{
	static const char *const asked[] = { "a", "a.b-c_d", "h.x:5000/a/b:1",
		"a@" IMAGE, "a+b" };
	const struct need *n = need(NEED_IMAGE, asked[_i]);
	const struct step steps[] = { { arena_printf(a, "/images/%s/json",
	    asked[_i]), 200, IMAGE_OF(IMAGE, "{}"), KEEPS }, { NULL } };

	answer_with(steps, &root);
	ck_assert_int_eq(n->state, NEED_MET);
}
END_TEST

/* Why there is no connection; "": there is one. */
static const char *
connected(const char *engine, bool per_user, const struct caller *c)
{
	const struct settings s = { .engine = engine,
		.engine_per_user = per_user };
	struct timespec deadline;
	struct fault f = { 0 };
	int fd;

	ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &deadline), 0);
	deadline.tv_sec += 1;
	fd = engine_socket_connect(&s, c, &deadline, a, &f);
	ck_assert_uint_eq(geteuid(), getuid());
	if (fd >= 0) {
		(void)close(fd);
		ck_assert_int_eq(f.kind, FAULT_NONE);
		return "";
	}
	ck_assert_int_eq(f.kind, FAULT_REFUSED);
	return f.text;
}

START_TEST(deny_other_engines)
{
	static const struct {
		const char *engine, *why;
	} rows[] = {
		{ "tcp://127.0.0.1:2375", "is not on a unix socket" },
		{ "ssh://root@host", "is not on a unix socket" },
		{ "unix://run/x", "is not on a unix socket" },
		{ "", "is not on a unix socket" },
		{ "unix:///nosuch/sock", "cannot be asked: No such file" },
		{ "unix:///tmp", "cannot be asked" },
		{ "unix:///0123456789012345678901234567890123456789012345678901"
		  "2345678901234567890123456789012345678901234567890123456789",
		    "the path is too long" },
	};
	const struct settings s = { .engine = rows[_i].engine,
		.engine_per_user = true };
	const struct need *n = need(NEED_CONTAINER, "box");
	struct fault f = { 0 };
	const char *why = connected(rows[_i].engine, true, &root);

	ck_assert_msg(strstr(why, rows[_i].why) != NULL, "%s", why);
	ck_assert(engine_answer(&needs, a, &s, &root, &f));
	failed(n, rows[_i].why);
	ck_assert(!n->absent);
}
END_TEST

/* Where the engine is not the user's own, only a socket of root's will do. */
START_TEST(deny_a_socket_that_is_not_trusted)
{
	const char *engine = arena_printf(a, "unix://%s", socket_at());

	ck_assert_str_eq(connected(engine, true, &root), "");
	ck_assert_str_ne(connected(engine, false, &root), "");
}
END_TEST

/* His own is asked with his rights. */
START_TEST(valid_or_deny_by_the_caller_s_rights)
{
	const char *engine = arena_printf(a, "unix://%s", socket_at());
	const char *why;

	if (geteuid() != 0)
		return;
	ck_assert_int_eq(chmod(socket_at(), 0666), 0);
	ck_assert_str_eq(connected(engine, true, &ann), "");
	ck_assert_int_eq(chmod(socket_at(), 0600), 0);
	ck_assert_str_eq(connected(engine, true, &root), "");
	why = connected(engine, true, &ann);
	ck_assert_msg(strstr(why, "Permission denied") != NULL, "%s", why);
	ck_assert_int_eq(chown(socket_at(), ann.uid, ann.gid), 0);
	ck_assert_str_eq(connected(engine, true, &ann), "");
}
END_TEST

/* An engine whose queue is full is waited for, but not for ever. */
START_TEST(deny_an_engine_that_accepts_nobody)
{
	const char *engine = arena_printf(a, "unix://%s", socket_at());
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const char *why;
	int fd;

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", socket_at());
	do
		fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	while (connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0);
	why = connected(engine, true, &root);
	ck_assert_msg(strstr(why, "cannot be asked") != NULL, "%s", why);
}
END_TEST

Suite *
engine_answer_suite(void)
{
	Suite *s = suite_create("engine_answer");
	TCase *t = tcase_of(s, "engine");

	tcase_add_checked_fixture(t, engine_setup, engine_teardown);
	tcase_set_timeout(t, 30);
	tcase_add_loop_test(t, valid_container, 0, 3);
	EACH(t, deny_container, bad);
	ONE(t, deny_another_container);
	tcase_add_loop_test(t, valid_image_of_a_container, 0, 4);
	tcase_add_loop_test(t, deny_image_of_a_container, 0, 5);
	ONE(t, deny_volumes);
	EACH(t, valid_or_deny_a_named_volume, named);
	ONE(t, valid_only_open_needs_are_asked);
	ONE(t, valid_nothing_open_asks_nothing);
	EACH(t, valid_whose_group_file_it_is, group_files);
	ONE(t, valid_list);
	ONE(t, valid_empty_list);
	tcase_add_loop_test(t, deny_list, 0, 8);
	ONE(t, deny_list_whose_image_fails);
	ONE(t, valid_image_names);
	tcase_add_loop_test(t, deny_image_names, 0, 5);
	tcase_add_loop_test(t, valid_connections, 0, 3);
	ONE(t, valid_image_of_two_containers);
	tcase_add_loop_test(t, deny_all_after_a_break, 0, 4);
	tcase_add_loop_test(t, valid_after_a_fault, 0, 5);
	EACH(t, deny_paths, unasked);
	ONE(t, deny_lists_of_no_uid);
	tcase_add_loop_test(t, valid_paths, 0, 5);
	tcase_add_loop_test(t, deny_other_engines, 0, 7);
	ONE(t, deny_a_socket_that_is_not_trusted);
	ONE(t, valid_or_deny_by_the_caller_s_rights);
	ONE(t, deny_an_engine_that_accepts_nobody);
	return s;
}
