/* SPDX-License-Identifier: Apache-2.0 */
/* Looks as another user, in a directory of root's. */
#include "host/files/look.h"

#include "child.h"
#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <stdbool.h>

#define HIS OTHER

struct trial {
	enum need_kind kind;
	const char *path; /* in the test's directory, unless it begins with / */
	const char *below;
	/* what is found: "rw /p" or "ro /p", the bytes, or "! error" */
	const char *found;
	bool steady; /* wants_steady */
};

/* mine/: the user's; root/: root's; shut/: root's, 0700 */
static void
world_begin(void)
{
	root_directory("mine", 0755, HIS);
	root_directory("mine/dir", 0755, HIS);
	root_file("mine/file", "A=1\n", 0600, HIS);
	root_file("mine/empty", "", 0600, HIS);
	root_directory("mine/noexec", 0600, HIS);
	root_directory("mine/noread", 0300, HIS);
	root_directory("root", 0755, 0);
	root_file("root/file", "R=1\n", 0644, 0);
	root_file("root/secret", "S=1\n", 0600, 0);
	root_directory("shut", 0700, 0);
	root_directory("shut/dir", 0755, 0);
	root_link("dir", "mine/link", HIS);
	root_link(root_path("shut/dir"), "mine/out", HIS);
	root_link("nosuch", "mine/dangling", HIS);
	root_link("/proc/self/root", "mine/magic", HIS);
	root_link("/proc/self/fd/0", "mine/fd", HIS);
	ck_assert_int_eq(mkfifo(root_path("mine/fifo"), 0600), 0);
}

static struct trial trials[] = {
	/* sources: opened, judged and resolved with the user's rights */
	{ NEED_SOURCE, "mine", NULL, "rw mine" },
	{ NEED_SOURCE, "mine/./dir/../file", NULL, "rw mine/file" },
	{ NEED_SOURCE, "mine/link", NULL, "rw mine/dir" },
	{ NEED_SOURCE, "root", NULL, "ro root" },
	{ NEED_SOURCE, "root/file", NULL, "ro root/file" },
	{ NEED_SOURCE, "root/secret", NULL, "! Permission denied" },
	{ NEED_SOURCE, "shut", NULL, "! Permission denied" },
	{ NEED_SOURCE, "shut/dir", NULL, "! Permission denied" },
	{ NEED_SOURCE, "mine/out", NULL, "! Permission denied" },
	{ NEED_SOURCE, "mine/noexec", NULL, "! Permission denied" },
	{ NEED_SOURCE, "mine/noread", NULL, "! Permission denied" },
	{ NEED_SOURCE, "mine/nosuch", NULL, "! No such file or directory" },
	{ NEED_SOURCE, "mine/dangling", NULL, "! No such file or directory" },
	{ NEED_SOURCE, "mine/fifo", NULL, "! is no directory, regular file" },
	{ NEED_SOURCE, "/dev/null", NULL, "! is no directory, regular file" },
	{ NEED_SOURCE, "mine/magic", NULL, "! Too many levels" },
	{ NEED_SOURCE, "/proc/self/cwd", NULL, "! Too many levels" },
	{ NEED_SOURCE, "/proc/self/fd/0", NULL, "! Too many levels" },
	{ NEED_SOURCE, "", NULL, "! No such file or directory" },
	/* places: there, without following a link out or at all */
	{ NEED_BELOW, "mine", "dir", "yes" },
	{ NEED_BELOW, "mine", "file", "yes" },
	{ NEED_BELOW, "mine/link", ".", "yes" },
	{ NEED_BELOW, "mine", "nosuch", "! No such file or directory" },
	{ NEED_BELOW, "mine", "dir/x", "! No such file or directory" },
	{ NEED_BELOW, "mine", "link", "! Too many levels" },
	{ NEED_BELOW, "mine", "link/x", "! Too many levels" },
	{ NEED_BELOW, "mine", "dangling", "! Too many levels" },
	{ NEED_BELOW, "mine", "../root", "! Invalid cross-device link" },
	{ NEED_BELOW, "mine", "/etc", "! Invalid cross-device link" },
	{ NEED_BELOW, "mine/file", "x", "! Not a directory" },
	{ NEED_BELOW, "shut", "dir", "! Permission denied" },
	{ NEED_BELOW, "mine", NULL, "! Invalid argument" },
	/* places that something is mounted at: nobody may exchange them */
	{ NEED_BELOW, "root", "file", "yes", true },
	{ NEED_BELOW, "mine", "dir", "! somebody could put a link", true },
	{ NEED_BELOW, "root", "nosuch", "! No such file or directory", true },
	/* files */
	{ NEED_FILE, "mine/file", NULL, "A=1\n" },
	{ NEED_FILE, "mine/empty", NULL, "" },
	{ NEED_FILE, "root/file", NULL, "R=1\n" },
	{ NEED_FILE, "root/secret", NULL, "! Permission denied" },
	{ NEED_FILE, "shut/dir", NULL, "! Permission denied" },
	{ NEED_FILE, "mine", NULL, "! Is a directory" },
	{ NEED_FILE, "mine/nosuch", NULL, "! No such file or directory" },
	{ NEED_FILE, "mine/fd", NULL, "! Too many levels" },
	{ NEED_FILE, "/dev/null", NULL, "" },
	{ NEED_FILE, "/dev/zero", NULL, "! is larger than 1 MiB" },
	{ NEED_FILE, "/proc/self/environ", NULL, "! Permission denied" },
	{ NEED_FILE, "/proc/version", NULL, "! Permission denied" },
	{ NEED_FILE, "/dev/fd/63", NULL, "! descriptors above 2" },
};

static const char *
in_directory(const char *path)
{
	return *path == '/' || *path == '\0' ? path : root_path(path);
}

/* As the trial says it. */
static const char *
said(const struct need *n)
{
	if (n->state == NEED_FAILED)
		return arena_printf(a, "! %s", n->error);
	if (n->state != NEED_MET)
		return "open";
	if (n->kind == NEED_BELOW)
		return "yes";
	if (n->kind == NEED_FILE)
		return n->bytes[n->size] == '\0' ? n->bytes : "no NUL";
	return arena_printf(a, "%s %s", n->writable ? "rw" : "ro",
	    n->resolved);
}

static const char *
expected(const struct trial *t)
{
	if (t->kind == NEED_SOURCE && *t->found == 'r')
		return arena_printf(a, "%.3s%s", t->found,
		    root_path(t->found + 3));
	return t->found;
}

static int
try_look(void *data)
{
	const struct trial *t = data;
	struct need n = { .kind = t->kind, .path = in_directory(t->path),
		.below = t->below, .wants_steady = t->steady };
	const char *want = expected(t);

	if (setresgid(OTHER, OTHER, OTHER) != 0 ||
	    setresuid(OTHER, OTHER, OTHER) != 0)
		return 1;
	if (t->kind == NEED_SOURCE)
		look_path_source(&n, a);
	else if (t->kind == NEED_BELOW)
		look_path_below(&n, a);
	else
		look_file(&n, a);
	if (*want == '!' ? strncmp(said(&n), want, strlen(want)) == 0
	    : strcmp(said(&n), want) == 0)
		return 0;
	fprintf(stderr, "%s: '%s', not '%s'\n", t->path, said(&n), want);
	return 2;
}

START_TEST(deny_what_the_caller_cannot_open_himself)
{
	ck_assert_int_eq(child_status(try_look, &trials[_i]), 0);
}
END_TEST

/* A place is looked for in what was opened, whatever has its name now. */
static int
try_exchanged(void *data)
{
	struct need source = { .kind = NEED_SOURCE, .fd = -1,
		.path = root_path("one") };
	struct need in = { .kind = NEED_BELOW, .path = source.path,
		.below = "in", .within = &source };
	struct need lost = in;

	(void)data;
	look_path_below(&in, a);
	if (in.state != NEED_FAILED)
		return 1;
	look_path_source(&source, a);
	if (source.state != NEED_MET ||
	    rename(root_path("one"), root_path("old")) != 0 ||
	    rename(root_path("two"), root_path("one")) != 0)
		return 2;
	look_path_below(&lost, a);
	if (lost.state != NEED_FAILED)
		return 3;
	lost.within = NULL;
	lost.state = NEED_OPEN;
	look_path_below(&lost, a);
	return lost.state == NEED_MET ? 0 : 4;
}

START_TEST(deny_a_place_in_what_came_later)
{
	root_directory("one", 0755, 0);
	root_directory("two", 0755, 0);
	root_directory("two/in", 0755, 0);
	ck_assert_int_eq(child_status(try_exchanged, NULL), 0);
}
END_TEST

START_TEST(too_long_a_file_has_at_most_1_mib)
{
	struct trial t = { NEED_FILE, "mine/big", NULL,
		"! is larger than 1 MiB" };

	root_file("mine/big", "x", 0600, HIS);
	ck_assert_int_eq(truncate(root_path("mine/big"), (1 << 20) + 1), 0);
	ck_assert_int_eq(child_status(try_look, &t), 0);
	t.found = "! holds a NUL byte";
	ck_assert_int_eq(truncate(root_path("mine/big"), 1 << 20), 0);
	ck_assert_int_eq(child_status(try_look, &t), 0);
}
END_TEST

static int
try_stdin(void *data)
{
	static const char *const names[] = { "/dev/stdin", "/dev/fd/0",
		"/proc/self/fd/0" };
	int fd = open(root_path("mine/file"), O_RDONLY | O_CLOEXEC);

	(void)data;
	if (dup2(fd, 0) != 0)
		return 1;
	for (int i = 0; i < ROWS(names); i++) {
		struct need n = { .kind = NEED_FILE, .path = names[i] };

		look_file(&n, a);
		if (strcmp(said(&n), "A=1\n") != 0)
			return 2 + i;
	}
	return 0;
}

START_TEST(valid_standard_input_by_its_names)
{
	ck_assert_int_eq(child_status(try_stdin, NULL), 0);
}
END_TEST

/* A name that means another object by now is not told. */
static int
try_deleted(void *data)
{
	struct need n = { .kind = NEED_SOURCE, .path = "." };

	(void)data;
	if (chdir(root_path("mine/dir")) != 0 ||
	    rmdir(root_path("mine/dir")) != 0)
		return 1;
	look_path_source(&n, a);
	return n.state == NEED_FAILED ? 0 : 2;
}

START_TEST(deny_a_directory_that_is_gone)
{
	ck_assert_int_eq(child_status(try_deleted, NULL), 0);
}
END_TEST

/* Takes the user's rights; 0: they are taken. */
static int
become_him(void)
{
	return setresgid(OTHER, OTHER, OTHER) != 0 ||
	    setresuid(OTHER, OTHER, OTHER) != 0;
}

/* What is mounted is what was opened, whatever its name means by then. */
static int
try_kept(void *data)
{
	static const char *const names[] = { "mine/dir", "mine/file",
		"mine/link", "root/file" };

	(void)data;
	if (become_him() != 0)
		return 1;
	for (int i = 0; i < ROWS(names); i++) {
		struct need n = { .kind = NEED_SOURCE, .fd = -1,
			.path = root_path(names[i]) };
		struct stat named, open;

		look_path_source(&n, a);
		if (n.state != NEED_MET || n.fd < 0)
			return 10 + i;
		if (stat(n.path, &named) != 0 || fstat(n.fd, &open) != 0 ||
		    named.st_dev != open.st_dev || named.st_ino != open.st_ino)
			return 20 + i;
		if ((fcntl(n.fd, F_GETFL) & O_PATH) == 0 ||
		    (fcntl(n.fd, F_GETFD) & FD_CLOEXEC) == 0)
			return 30 + i;
	}
	return 0;
}

START_TEST(valid_the_object_stays_open)
{
	ck_assert_int_eq(child_status(try_kept, NULL), 0);
}
END_TEST

/* A refusal keeps nothing open: the next descriptor is the one before. */
static int
try_closed(void *data)
{
	int before = dup(0);

	(void)data;
	if (before < 0 || close(before) != 0 || become_him() != 0)
		return 1;
	for (int i = 0; i < ROWS(trials); i++) {
		struct need n = { .kind = NEED_SOURCE, .fd = -1,
			.path = in_directory(trials[i].path) };
		int after;

		if (trials[i].kind != NEED_SOURCE || *trials[i].found != '!')
			continue;
		look_path_source(&n, a);
		if (n.state != NEED_FAILED || n.fd != -1)
			return 10 + i;
		after = dup(0);
		if (after != before)
			return 100 + i;
		(void)close(after);
	}
	return 0;
}

START_TEST(deny_keeps_nothing_open)
{
	ck_assert_int_eq(child_status(try_closed, NULL), 0);
}
END_TEST

/* Who could put something else there before docker looks? */
static const struct {
	const char *path;
	bool steady;
} steadies[] = {
	{ "root", true },
	{ "root/file", true },
	{ "mine", true }, /* his own, but in root's directory */
	{ "mine/dir", false },
	{ "mine/file", false },
	{ "toroot", true }, /* root's link: what is told is behind it */
	{ "mine/toroot", true }, /* and so with his own */
	{ "toroot/file", true },
	{ "sticky/rootdir", false },
	{ "sticky/rootdir/in", false },
	{ "group/rootdir", false },
	{ "root/his/in", false },
	{ "root/his", true },
	{ "/tmp", true },
	{ "/", false },
};

static int
try_steady(void *data)
{
	int i = *(const int *)data;
	struct need n = { .kind = NEED_SOURCE, .fd = -1,
		.path = in_directory(steadies[i].path) };

	if (become_him() != 0)
		return 1;
	look_path_source(&n, a);
	if (n.state != NEED_MET)
		return 2;
	return n.steady == steadies[i].steady ? 0 : 3;
}

static void
more_places(void)
{
	root_directory("sticky", 01777, 0);
	root_directory("sticky/rootdir", 0755, 0);
	root_directory("sticky/rootdir/in", 0755, 0);
	root_directory("group", 0775, 0);
	root_directory("group/rootdir", 0755, 0);
	root_directory("root/his", 0755, HIS);
	root_directory("root/his/in", 0755, 0);
	root_link("root", "toroot", 0);
	root_link("../root", "mine/toroot", HIS);
	root_link("nosuch", "dangling", 0);
	root_link("../root", "sticky/link", 0);
	root_link("../root", "group/link", 0);
	root_link("a", "b", 0);
	root_link("b", "a", 0);
}

START_TEST(valid_or_deny_steady)
{
	int i = _i;

	more_places();
	ck_assert_int_eq(child_status(try_steady, &i), 0);
}
END_TEST

/* And who could change it? */
static const struct {
	const char *path;
	bool roots;
} owned[] = {
	{ "root/file", true },
	{ "toroot/file", true },
	{ "root", false }, /* no file */
	{ "root/hisfile", false },
	{ "root/openfile", false },
	{ "root/groupfile", false },
	{ "sticky/rootfile", false },
	{ "mine/rootfile", false },
};

static int
try_roots(void *data)
{
	int i = *(const int *)data;
	struct need n = { .kind = NEED_SOURCE, .fd = -1,
		.path = in_directory(owned[i].path) };

	if (become_him() != 0)
		return 1;
	look_path_source(&n, a);
	if (n.state != NEED_MET)
		return 2;
	return n.roots == owned[i].roots ? 0 : 3;
}

START_TEST(valid_or_deny_roots_files)
{
	int i = _i;

	more_places();
	root_file("root/hisfile", "x", 0644, HIS);
	root_file("root/openfile", "x", 0646, 0);
	root_file("root/groupfile", "x", 0664, 0);
	root_file("sticky/rootfile", "x", 0644, 0);
	root_file("mine/rootfile", "x", 0644, 0);
	ck_assert_int_eq(child_status(try_roots, &i), 0);
}
END_TEST

/* A path of the policy's: root's links are followed, and no other. */
static const struct {
	const char *path, *resolved; /* NULL: it leads nowhere */
} led[] = {
	{ "root", "root" },
	{ "root/file", "root/file" },
	{ "toroot", "root" },
	{ "toroot/file", "root/file" },
	{ "toroot//./file", "root/file" },
	{ "toroot/his", "root/his" },
	/* what is missing stays as it is written */
	{ "nosuch", "nosuch" },
	{ "nosuch/x/y", "nosuch/x/y" },
	{ "root/nosuch", "root/nosuch" },
	{ "toroot/nosuch", "root/nosuch" },
	{ "toroot/nosuch/x", "root/nosuch/x" },
	{ "toroot/file/x", "root/file/x" },
	{ "dangling", "dangling" },
	{ "dangling/x", "dangling/x" },
	{ "a", "a" },
	{ "a/x", "a/x" },
	/* his own are not followed, nor what lies in his directories */
	{ "mine/link", "mine/link" },
	{ "mine/link/x", "mine/link/x" },
	{ "mine/out", "mine/out" },
	{ "mine/toroot/file", "mine/toroot/file" },
	{ "mine/dir", "mine/dir" },
	{ "toroot/his/in", "root/his/in" },
	/* shut to him: as far as he comes */
	{ "shut/dir/x", "shut/dir/x" },
};

static int
try_policy_path(void *data)
{
	int i = *(const int *)data;
	struct need n = { .kind = NEED_PATH, .fd = -1,
		.path = root_path(led[i].path) };
	int before = dup(0), after;

	if (before < 0 || close(before) != 0 || become_him() != 0)
		return 1;
	look_path_policy(&n, a);
	after = dup(0);
	if (after != before)
		return 2;
	if (n.resolved == NULL)
		return 3;
	if (strcmp(n.resolved, root_path(led[i].resolved)) == 0)
		return 0;
	fprintf(stderr, "%s: %s\n", n.path, n.resolved);
	return 4;
}

START_TEST(valid_root_s_links_lead_a_path_of_the_policy)
{
	int i = _i;

	more_places();
	ck_assert_int_eq(child_status(try_policy_path, &i), 0);
}
END_TEST

/*
 * A link of root's stays his in a directory that others may write to, as /tmp:
 * a path that is restricted must not lose its other name by that.
 */
static int
try_open_directories(void *data)
{
	static const char *const names[] = { "sticky/link/file",
		"group/link/file" };
	int i = *(const int *)data;
	struct need n = { .kind = NEED_PATH, .fd = -1, .wants_all = true,
		.path = root_path(names[i]) };

	if (become_him() != 0)
		return 1;
	look_path_links(&n, a);
	return n.resolved_all != NULL &&
	    strcmp(n.resolved_all, root_path("root/file")) == 0 ? 0 : 2;
}

START_TEST(deny_a_restricted_path_s_other_name_in_an_open_directory)
{
	int i = _i;

	more_places();
	ck_assert_int_eq(child_status(try_open_directories, &i), 0);
}
END_TEST

Suite *
look_suite(void)
{
	Suite *s = suite_create("look");
	TCase *t = root_tcase(s, "look");

	if (t == NULL)
		return s;
	tcase_add_checked_fixture(t, world_begin, NULL);
	EACH(t, deny_what_the_caller_cannot_open_himself, trials);
	ONE(t, deny_a_place_in_what_came_later);
	ONE(t, too_long_a_file_has_at_most_1_mib);
	ONE(t, valid_standard_input_by_its_names);
	ONE(t, deny_a_directory_that_is_gone);
	ONE(t, valid_the_object_stays_open);
	ONE(t, deny_keeps_nothing_open);
	EACH(t, valid_or_deny_steady, steadies);
	EACH(t, valid_or_deny_roots_files, owned);
	EACH(t, valid_root_s_links_lead_a_path_of_the_policy, led);
	tcase_add_loop_test(t,
	    deny_a_restricted_path_s_other_name_in_an_open_directory, 0, 2);
	return s;
}
