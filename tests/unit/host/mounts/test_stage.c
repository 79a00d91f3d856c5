/* SPDX-License-Identifier: Apache-2.0 */
#include "host/mounts/stage.h"

#include "host/engine/engine_sources.h"

#include "child.h"
#include "fixture.h"
#include "root.h"
#include "stage_world.h"
#include "suites.h"

#include <sys/file.h>
#include <sys/statvfs.h>
#include <time.h>

#define NOT_HERE 100
#define HEX32 "0123456789abcdef0123456789abcdef"

static const struct caller bob = { .uid = 1001, .gid = 10, .user = "bob" };

/* --- what is to be shown -------------------------------------------------- */

static void
valid_life(void)
{
	struct staged s = { 0 }, again;
	struct fault f = { 0 };
	const char *used;
	int lock;

	MUST(!stage_any());
	add(&s, directory("/run/home/src dir\t1"), false);
	add(&s, directory("/run/home/two"), true);
	s.v[1].forced = true;
	lock = made(&s, &ann);
	MUST(stage_any() && strncmp(s.name, "1000.", 5) == 0);
	MUST(there(in_slot(&s, "0/src dir\t1")) && there(in_slot(&s, "1/two")));
	again = found(s.name, 1000);
	MUST(again.standing);
	same(&s, &again);

	/* as after a reboot */
	MUST(umount2(STAGED_DIR, MNT_DETACH) == 0);
	again = found(s.name, 1000);
	MUST(!again.standing && stage_again(&again, &ann, a, &f));
	MUST(again.standing && there(in_slot(&s, "1/two")));
	/* and over what stands, and what was not finished */
	MUST(stage_again(&again, &ann, a, &f) && found(s.name, 1000).standing);
	MUST(chmod(slot_of(&s), 0700) == 0 && !found(s.name, 1000).standing);
	MUST(stage_again(&again, &ann, a, &f) && found(s.name, 1000).standing);
	MUST(mounts_with(slot_of(&s)) == 2);

	sweep_with(200, "[]", ann.uid);
	MUST(found(s.name, 1000).standing); /* a client works for it */
	MUST(close(lock) == 0);
	used = arena_printf(a, "[{\"Mounts\":[{\"Source\":\"\"},"
	    "{\"Source\":\"%s/1\"}]}]", slot_of(&s));
	sweep_with(200, used, ann.uid);
	MUST(found(s.name, 1000).standing); /* a container has it */
	sweep_with(200, "[]", bob.uid);
	MUST(found(s.name, 1000).standing); /* another's are swept */
	sweep_with(200, "[{\"Mounts\":[{\"Source\":\"/run/x\"}]}]", ann.uid);
	MUST(nothing_left());
	MUST(there("/run/home/two/two"));
	MUST(!stage_again(&again, &ann, a, &f) && f.kind == FAULT_REFUSED);
	MUST(nothing_left());
}

static void
valid_read_only_with_all_below(void)
{
	struct staged s = { 0 };
	struct statvfs fs;

	filesystem("/run/home/src");
	filesystem("/run/home/src/sub");
	add(&s, "/run/home/src", true);
	add(&s, "/run/home/src", false);
	(void)made(&s, &ann);
	MUST(mkdir(in_slot(&s, "0/x"), 0755) != 0 && errno == EROFS);
	MUST(mkdir(in_slot(&s, "0/sub/x"), 0755) != 0 && errno == EROFS);
	MUST(mkdir(in_slot(&s, "1/x"), 0755) == 0);
	MUST(mkdir(in_slot(&s, "1/sub/x"), 0755) == 0);
	MUST(there("/run/home/src/sub/x") && rmdir("/run/home/src/x") == 0);
	for (int i = 0; i < 4; i++) {
		static const char *const paths[] = { "0", "0/sub", "1",
			"1/sub" };

		MUST(statvfs(in_slot(&s, paths[i]), &fs) == 0);
		MUST((fs.f_flag & ST_NOSUID) != 0);
		MUST((fs.f_flag & ST_NODEV) != 0);
		MUST((fs.f_flag & ST_NOEXEC) == 0);
		MUST((fs.f_flag & ST_RDONLY) == (i < 2 ? ST_RDONLY : 0));
	}
	MUST(statvfs("/run/home/src", &fs) == 0);
	MUST((fs.f_flag & (ST_NOSUID | ST_RDONLY)) == 0);
}

/* The host's mounts and the clone do not know of each other. */
static void
valid_host_mounts_stay(void)
{
	struct staged s = { 0 };
	int lock;

	MUST(mount("none", "/run", NULL, MS_REC | MS_SHARED, NULL) == 0);
	filesystem("/run/home/src");
	filesystem("/run/home/src/sub");
	MUST(mkdir("/run/home/src/later", 0755) == 0);
	write_file("/run/home/src/sub/file", "x");
	add(&s, "/run/home/src", false);
	lock = made(&s, &ann);
	MUST(there(in_slot(&s, "0/sub/file")));
	MUST(mount("none", "/run/home/src/later", "tmpfs", 0, NULL) == 0);
	write_file("/run/home/src/later/file", "x");
	MUST(!there(in_slot(&s, "0/later/file")));
	MUST(umount2("/run/home/src/later", MNT_DETACH) == 0);
	MUST(mount("none", in_slot(&s, "0/later"), "tmpfs", 0, NULL) == 0);
	write_file(in_slot(&s, "0/later/file"), "x");
	MUST(!there("/run/home/src/later/file"));
	(void)close(lock);
	sweep_with(200, "[]", ann.uid);
	MUST(nothing_left());
	MUST(there("/run/home/src/sub/file"));
	/* and the other way round: what the host takes away stays here */
	s = (struct staged) { 0 };
	add(&s, "/run/home/src", false);
	(void)made(&s, &ann);
	MUST(umount2("/run/home/src/sub", MNT_DETACH) == 0);
	MUST(there(in_slot(&s, "0/sub/file")));
}

static void
valid_nested(void)
{
	struct staged s = { 0 }, again;
	struct fault f = { 0 };

	directory("/run/home/src");
	directory("/run/home/src/in");
	directory("/run/home/src/in/ner");
	write_file("/run/home/src/file", "src");
	write_file("/run/home/other", "other");
	add(&s, "/run/home/src", true);
	add_in(&s, directory("/run/home/new"), false, 0, "in/ner");
	add_in(&s, "/run/home/other", true, 0, "file");
	add_in(&s, socket_file("/run/home/sock"), false, 1, "new");
	(void)made(&s, &ann);
	MUST(entries(slot_of(&s)) == 1 && mounts_with(slot_of(&s)) == 4);
	MUST(there(in_slot(&s, "0/in/ner/new")));
	MUST(!there(in_slot(&s, "0/in/ner/ner")));
	MUST(there("/run/home/src/in/ner/ner"));
	/* each has its own mode */
	MUST(mkdir(in_slot(&s, "0/x"), 0755) != 0 && errno == EROFS);
	MUST(mkdir(in_slot(&s, "0/in/ner/x"), 0755) == 0);
	MUST(open(in_slot(&s, "0/file"), O_WRONLY) < 0 && errno == EROFS);
	again = found(s.name, 1000);
	same(&s, &again);
	MUST(again.standing);
	/* in a mount namespace of his own the user can lose one */
	MUST(umount2(in_slot(&s, "0/in/ner"), MNT_DETACH) == 0);
	again = found(s.name, 1000);
	MUST(!again.standing && stage_again(&again, &ann, a, &f));
	MUST(found(s.name, 1000).standing);
	MUST(mounts_with(slot_of(&s)) == 4);
}

/* The source, where in the outer one, and why not. */
static const struct {
	const char *source, *below, *why;
	size_t outer;
} bad_nested[] = {
	{ "/run/home/dir", "nosuch", "No such file", 0 },
	{ "/run/home/dir", "file", "Not a directory", 0 },
	{ "/run/home/file", "in", "Is a directory", 0 },
	{ "/run/home/dir", "link", "symbolic links", 0 },
	{ "/run/home/dir", "link/in", "symbolic links", 0 },
	{ "/run/home/dir", "..", "cross-device", 0 },
	{ "/run/home/dir", "../dir", "cross-device", 0 },
	{ "/run/home/dir", "/in", "cross-device", 0 },
	{ "/run/home/dir", "in/../in", "no record", 0 },
	{ "/run/home/dir", "in//", "no record", 0 },
	{ "/run/home/dir", "./in", "no record", 0 },
	{ "/run/home/dir", "", "No such file", 0 },
	{ "/run/home/dir", "in\n", "No such file", 0 },
	{ "/run/home/dir", "in", "Invalid", 1 },
	{ "/run/home/dir", "in", "Invalid", 2 },
	{ "/run/home/dir", NULL, "Invalid", 0 },
	{ "/run/home/dir", "in", "no record", STAGED_NONE },
	{ "/run/home/di\nr", "in", "no record", 0 },
	{ "/run/home/fifo", "file", "Invalid", 0 },
	{ "/dev/null", "file", "Invalid", 0 },
};

static void
deny_nested(void)
{
	directory("/run/home/src");
	directory("/run/home/src/in");
	write_file("/run/home/src/file", "");
	MUST(symlink("in", "/run/home/src/link") == 0);
	directory("/run/home/dir");
	MUST(mkdir("/run/home/di\nr", 0755) == 0);
	write_file("/run/home/file", "");
	MUST(mkfifo("/run/home/fifo", 0600) == 0);
	for (int i = 0; i < ROWS(bad_nested); i++) {
		struct staged s = { 0 };

		add(&s, "/run/home/src", false);
		add_in(&s, bad_nested[i].source, false, bad_nested[i].outer,
		    bad_nested[i].below);
		refused(&s, &ann, bad_nested[i].why);
	}
}

static void
valid_files_and_sockets(void)
{
	struct staged s = { 0 };
	struct stat st;

	write_file("/run/home/file", "x");
	add(&s, "/run/home/file", false);
	add(&s, socket_file("/run/home/sock"), true);
	(void)made(&s, &ann);
	MUST(stat(in_slot(&s, "0"), &st) == 0 && st.st_size == 1);
	MUST(stat(in_slot(&s, "1"), &st) == 0 && S_ISSOCK(st.st_mode));
	MUST(found(s.name, 1000).standing);
	sweep_with(200, "[]", ann.uid);
	MUST(found(s.name, 1000).standing);
}

static void
deny_none_and_too_many(void)
{
	struct staged s = { 0 };

	refused(&s, &ann, "");
	for (int i = 0; i < STAGED_MOUNTS_MAX; i++)
		add(&s, "/run/home", false);
	(void)made(&s, &bob);
	s.name = NULL;
	s.standing = false;
	s.n++;
	refused(&s, &bob, "too many");
}

/* The opened object it is, whatever the path has become. */
static void
valid_swapped_after_the_check(void)
{
	struct staged s = { 0 };

	directory("/run/home/good");
	directory("/run/home/secret");
	add(&s, "/run/home/good", false);
	MUST(rename("/run/home/good", "/run/home/away") == 0);
	MUST(symlink("secret", "/run/home/good") == 0);
	(void)made(&s, &ann);
	MUST(there(in_slot(&s, "0/good")) && !there(in_slot(&s, "0/secret")));
}

static void
area_is_closed(const struct staged *s)
{
	struct stat st;

	MUST(mounts_with(" " STAGED_DIR " ") == 1);
	MUST(mounts_with("unbindable") == 1);
	MUST(mounts_with(slot_of(s)) > 0);
	MUST(stat(STAGED_DIR, &st) == 0 && (st.st_mode & 0777) == 0700);
	MUST(mount("/run", "/mnt", NULL, MS_BIND | MS_REC, NULL) == 0);
	MUST(there("/mnt/undocker/mounts"));
	MUST(entries("/mnt/undocker/mounts") == 0);
	MUST(umount2("/mnt", MNT_DETACH) == 0);
	MUST(mount(STAGED_DIR, "/mnt", NULL, MS_BIND | MS_REC, NULL) != 0);
	/* the mount itself is what docker binds */
	MUST(mount(in_slot(s, "0"), "/mnt", NULL, MS_BIND | MS_REC, NULL) ==
	    0 && umount2("/mnt", MNT_DETACH) == 0);
}

static void
valid_private_and_unbindable(void)
{
	struct staged s = { 0 };
	struct fault f = { 0 };

	MUST(mount("none", "/run", NULL, MS_REC | MS_SHARED, NULL) == 0);
	add(&s, directory("/run/home/src"), false);
	(void)made(&s, &ann);
	area_is_closed(&s);
	MUST(mounts_with("shared") == 1); /* /run */
	/* as if its maker had been killed before it set the propagation */
	MUST(mount("none", STAGED_DIR, NULL, MS_SHARED, NULL) == 0);
	MUST(mounts_with("unbindable") == 0);
	MUST(stage_again(&s, &ann, a, &f));
	area_is_closed(&s);
	MUST(mounts_with("shared") == 1);
}

/* --- records -------------------------------------------------------------- */

static const char *const bad_names[] = { "", ".", "..", "1000", "1000.",
	"." HEX32, "1000." HEX32 "0", "01000." HEX32, "+1000." HEX32,
	" 1000." HEX32, "1000.0123456789abcdef0123456789abcdeF",
	"1000.0123456789abcdef0123456789abcde", "1000." HEX32 "/0",
	"../mounts/1000." HEX32, "1000./123456789abcdef0123456789abcdef",
	"4294967295." HEX32, "4294968296." HEX32, "18446744073709552616." HEX32,
	"1001." HEX32, "1000x." HEX32, "1000." HEX32 "\n" };

static const char *const bad_records[] = { "", "end", "end\n", "\nend\n",
	"rw user -\n/x\n", "rw user -\n/x\nend", "rw user -\n/x\nend\n\n",
	"rw user -\n/x\nend\nend\n", "rw user -\n/x\n\nend\n",
	"rw user -\nx\nend\n", "rw user -\n\nend\n", "rw user -\nend\n",
	"rx user -\n/x\nend\n", "rw root -\n/x\nend\n", "rw user \n/x\nend\n",
	"rw user\n/x\nend\n", "rw  user -\n/x\nend\n", "rw user - \n/x\nend\n",
	"rw user -1\n/x\ny\nend\n", "rw user 0\n/x\ny\nend\n",
	"rw user -\n/x\nrw user 1\n/y\nz\nend\n",
	"rw user -\n/x\nrw user 00\n/y\nz\nend\n",
	"rw user -\n/x\nrw user +0\n/y\nz\nend\n",
	"rw user -\n/x\nrw user 4294967296\n/y\nz\nend\n",
	"rw user -\n/x\nrw user 0\n/y\n/z\nend\n",
	"rw user -\n/x\nrw user 0\n/y\n../z\nend\n",
	"rw user -\n/x\nrw user 0\n/y\nz/..\nend\n",
	"rw user -\n/x\nrw user 0\n/y\n\nend\n",
	"rw user -\n/x\nrw user 0\n/y\nend\n",
	"rw user -\n/x\ny\nend\n", "RW user -\n/x\nend\n" };

static void
not_found(const char *name)
{
	struct staged s;
	const char *why = NULL;

	if (stage_find(&s, a, name, 1000, &why)) {
		fprintf(stderr, "found: %s\n", name);
		_exit(1);
	}
	MUST(why != NULL);
}

static void
deny_names_and_records(void)
{
	const char *name = "1000." HEX32, *path = STAGE_RECORDS "/1000." HEX32;
	static const char good[] = "rw user -\n/x\nend\n";
	char *big = arena_alloc(a, (1U << 20) + 2);
	struct staged s = { 0 };

	add(&s, "/run/home", false);
	(void)made(&s, &bob);
	not_found(name);
	not_found(s.name); /* it is bob's */
	for (int i = 0; i < ROWS(bad_names); i++)
		not_found(bad_names[i]);
	write_file(path, good);
	MUST(!found(name, 1000).standing);
	for (int i = 0; i < ROWS(bad_records); i++) {
		write_file(path, bad_records[i]);
		not_found(name);
	}
	/* a NUL, and too much */
	write_file(path, good);
	MUST(truncate(path, (off_t)sizeof(good)) == 0);
	not_found(name);
	memset(big, 'x', (1U << 20) + 1);
	memcpy(big, "rw user -\n/", 11);
	write_file(path, big);
	not_found(name);
	/* not root's own file */
	write_file(path, good);
	MUST(chmod(path, 0640) == 0);
	not_found(name);
	MUST(chmod(path, 0600) == 0 && chown(path, 1000, 0) == 0);
	not_found(name);
	MUST(chown(path, 0, 0) == 0 && found(name, 1000).n == 1);
	MUST(rename(path, STAGE_RECORDS "/real") == 0);
	MUST(symlink("real", path) == 0);
	not_found(name);
	MUST(unlink(path) == 0 && mkdir(path, 0700) == 0);
	not_found(name);
	MUST(rmdir(path) == 0 && mkfifo(path, 0600) == 0);
	not_found(name);
}

static void
limit_record(void)
{
	static const char head[] = "rw user -\n/x\n";
	const char *text = "", *path = STAGE_RECORDS "/1000." HEX32;

	MUST(mkdir("/var/lib/undocker", 0755) == 0);
	MUST(mkdir(STAGE_RECORDS, 0700) == 0);
	for (int i = 0; i < STAGED_MOUNTS_MAX; i++)
		text = arena_printf(a, "%s%s", text, head);
	write_file(path, arena_printf(a, "%send\n", text));
	MUST(found("1000." HEX32, 1000).n == STAGED_MOUNTS_MAX);
	write_file(path, arena_printf(a, "%s%send\n", text, head));
	not_found("1000." HEX32);
}

/* --- places that are not root's ------------------------------------------- */

static bool
closed_to_others(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & ALLPERMS) == 0700;
}

static void
deny_places(void)
{
	struct staged s = { 0 };

	add(&s, "/run/home", false);
	MUST(mkdir("/var/lib/undocker", 0755) == 0);
	MUST(chown("/var/lib/undocker", 1000, 0) == 0);
	refused(&s, &ann, "not owned by root");
	MUST(chown("/var/lib/undocker", 0, 0) == 0);
	MUST(symlink("/run/home", STAGE_RECORDS) == 0);
	refused(&s, &ann, "/var/lib/undocker/mounts: ");
	MUST(unlink(STAGE_RECORDS) == 0 && mkdir(STAGE_RECORDS, 0777) == 0);
	MUST(chmod(STAGE_RECORDS, 0777) == 0);
	refused(&s, &ann, "writable by group or others");
	MUST(chmod(STAGE_RECORDS, 0755) == 0);
	/* docker makes it so, where a container wants what a reboot took. */
	MUST(mkdir("/run/undocker", 0755) == 0);
	MUST(mkdir(STAGED_DIR, 0755) == 0 && mkdir(STAGED_DIR "/x", 0755) == 0);
	(void)made(&s, &ann);
	MUST(closed_to_others(STAGE_RECORDS) && closed_to_others("/run/undocker"));
	MUST(umount2(STAGED_DIR, MNT_DETACH) == 0);
	MUST(rmdir(STAGED_DIR "/x") == 0 && rmdir(STAGED_DIR) == 0);
	MUST(unlink("/run/undocker/lock") == 0);
	MUST(unlink("/run/undocker/lock.1000") == 0);
	s.name = NULL;
	s.standing = false;
	MUST(chown("/run/undocker", 1000, 0) == 0);
	refused(&s, &ann, "not owned by root");
	MUST(rmdir("/run/undocker") == 0);
	MUST(symlink("/run/home", "/run/undocker") == 0);
	refused(&s, &ann, "/run/undocker: ");
	MUST(unlink("/run/undocker") == 0 && mkdir("/run/undocker", 0700) == 0);
	MUST(symlink("/run/home", STAGED_DIR) == 0);
	refused(&s, &ann, "/run/undocker/mounts: ");
	MUST(unlink(STAGED_DIR) == 0 && mkdir(STAGED_DIR, 0700) == 0);
	MUST(mount("none", STAGED_DIR, "ramfs", 0, "mode=0700") == 0);
	refused(&s, &ann, "not undocker's");
	MUST(umount2(STAGED_DIR, MNT_DETACH) == 0);
	MUST(chmod("/run", 0777) == 0);
	refused(&s, &ann, "writable by group or others");
	MUST(chmod("/run", 0755) == 0);
	(void)made(&s, &ann);
}

/* --- sweeping ------------------------------------------------------------- */

static const struct {
	int status;
	const char *body;
} odd_answers[] = {
	{ 200, "" }, { 200, "{}" }, { 200, "null" }, { 200, "[" },
	{ 200, "[{}]" }, { 200, "[[]]" }, { 200, "[null]" },
	{ 200, "[{\"Mounts\":null}]" }, { 200, "[{\"Mounts\":{}}]" },
	{ 200, "[{\"Mounts\":[{}]}]" }, { 200, "[{\"Mounts\":[\"/x\"]}]" },
	{ 200, "[{\"Mounts\":[{\"Source\":null}]}]" },
	{ 200, "[{\"Mounts\":[{\"Source\":1}]}]" },
	{ 200, "[{\"Mounts\":[{\"Source\":\"/run\\u0000\"}]}]" },
	{ 200, "[{\"Mounts\":[]},{\"Mounts\":[{\"source\":\"/x\"}]}]" },
	{ 500, "[]" }, { 404, "[]" }, { 204, "[]" }, { 403, "[]" },
};

/* Where the engine does not say, all stays. */
static void
deny_sweep(void)
{
	struct staged s = { 0 };
	struct settings own = settings;
	struct strv names = strv_new(a);
	const char *why = NULL;
	pid_t engine, pid;

	add(&s, "/run/home", false);
	(void)close(made(&s, &ann));
	MUST(mkdir(STAGED_DIR "/1000." HEX32, 0700) == 0);
	stage_sweep(&settings, &ann, a);
	for (int i = 0; i < ROWS(odd_answers); i++) {
		engine = engine_start(odd_answers[i].status,
		    odd_answers[i].body);
		stage_sweep(&settings, &ann, a);
		MUST(!engine_sources(&settings, &ann, a, &names, &why));
		MUST(why != NULL);
		engine_stop(engine);
		MUST(found(s.name, 1000).standing);
	}
	/* from another mount namespace */
	engine = engine_start(200, "[]");
	pid = fork();
	if (pid == 0) {
		MUST(unshare(CLONE_NEWNS) == 0);
		stage_sweep(&settings, &ann, a);
		_exit(0);
	}
	MUST(waitpid(pid, NULL, 0) == pid);
	MUST(found(s.name, 1000).standing && entries(STAGED_DIR) == 2);
	/* bob's own engine knows nothing of ann's */
	own.engine_per_user = true;
	MUST(chmod(SOCKET, 0666) == 0);
	stage_sweep(&own, &bob, a);
	stage_sweep(&own, &bob, a);
	MUST(found(s.name, 1000).standing && entries(STAGED_DIR) == 2);
	stage_sweep(&own, &ann, a);
	MUST(nothing_left());
	engine_stop(engine);
}

static void
valid_sources(void)
{
	struct strv names = strv_new(a);
	const char *why = NULL;
	pid_t engine = engine_start(200, "[{\"Mounts\":[]},{\"Mounts\":["
	    "{\"Source\":\"" STAGED_DIR "/a/0\"},{\"Source\":\"\"},"
	    "{\"Source\":\"" STAGED_DIR "/b\"},{\"Source\":\"" STAGED_DIR
	    "\"},{\"Source\":\"" STAGED_DIR "x/c\"},{\"Source\":\"/run\"}]},"
	    "{\"Mounts\":[{\"Source\":\"/run//undocker/./mounts//d/3/4\"}]}]");

	MUST(engine_sources(&settings, &ann, a, &names, &why));
	MUST(names.n == 3 && strv_has(&names, "a") && strv_has(&names, "b") &&
	    strv_has(&names, "d"));
	engine_stop(engine);
	MUST(!engine_sources(&settings, &ann, a, &names, &why));
}

/* What a killed one left behind, and what has no record. */
static void
valid_sweep_of_the_rest(void)
{
	struct staged s = { 0 };
	const char *name = "1000." HEX32;
	int fd;

	add(&s, "/run/home", false);
	(void)close(made(&s, &ann));
	/* not whole: mounts, but the record's end is missing */
	MUST(truncate(record_of(&s), 3) == 0);
	MUST(chmod(slot_of(&s), 0700) == 0);
	not_found(s.name);
	MUST(mkdir(STAGED_DIR "/1000." HEX32, 0700) == 0);
	MUST(mkdir(STAGED_DIR "/1001." HEX32, 0500) == 0);
	MUST(mkdir(STAGED_DIR "/1001." HEX32 "/0", 0700) == 0);
	write_file(STAGED_DIR "/1001." HEX32 "/1", "");
	MUST(mkdir(STAGED_DIR "/other", 0700) == 0);
	/* and what a killed one had begun to take away */
	MUST(mkdir(arena_printf(a, "%s/old.1000.%ld.0", STAGED_DIR, (long)getpid()),
	    0700) == 0);
	MUST(mkdir(STAGED_DIR "/old.1000.1.1", 0700) == 0);
	(void)filesystem(STAGED_DIR "/old.1000.1.1/0");
	sweep_with(200, "[]", ann.uid);
	MUST(!there(record_of(&s)) && !there(slot_of(&s)));
	MUST(!there(arena_printf(a, "%s/%s", STAGED_DIR, name)));
	/* another's is another's to take away */
	MUST(entries(STAGED_DIR) == 2);
	sweep_with(200, "[]", bob.uid);
	MUST(entries(STAGED_DIR) == 1 && there(STAGED_DIR "/other"));
	/* a record that is a link, and one that is locked by another's */
	MUST(symlink("/run/home/file", arena_printf(a, "%s/%s", STAGE_RECORDS,
	    name)) == 0);
	s.name = NULL;
	fd = made(&s, &ann);
	sweep_with(200, "[]", ann.uid);
	MUST(entries(STAGE_RECORDS) == 2 && found(s.name, 1000).standing);
	(void)close(fd);
	sweep_with(200, "[]", ann.uid);
	MUST(entries(STAGE_RECORDS) == 1 && entries(STAGED_DIR) == 1);
}

/* As many as there may be, and one that a container has. */
static void
limit_many_records(void)
{
	const char *used = NULL;
	struct staged s = { 0 };

	add(&s, "/run/home", false);
	for (int n = 0; n < STAGE_MOST; n++) {
		s.name = NULL;
		(void)close(made(&s, &ann));
		if (n == 40)
			used = s.name;
	}
	MUST(entries(STAGE_RECORDS) == STAGE_MOST);
	sweep_with(200, arena_printf(a, "[{\"Mounts\":[{\"Source\":\"%s/%s/0\"}"
	    "]}]", STAGED_DIR, used), ann.uid);
	MUST(entries(STAGE_RECORDS) == 1 && entries(STAGED_DIR) == 1);
	MUST(found(used, ann.uid).standing);
}

static void
limit_containers_of_a_user(void)
{
	struct staged s = { 0 };
	int locks[STAGE_MOST];
	pid_t engine;

	add(&s, "/run/home", false);
	for (int i = 0; i < STAGE_MOST; i++) {
		s.name = NULL;
		locks[i] = made(&s, &ann);
	}
	s = (struct staged) { .v = s.v, .n = s.n };
	refused(&s, &ann, "may have no more");
	engine = engine_start(200, "[]");
	refused(&s, &ann, "may have no more");
	(void)close(made(&s, &bob));
	(void)close(locks[7]);
	s = (struct staged) { .v = s.v, .n = s.n };
	(void)close(made(&s, &ann));
	MUST(entries(STAGED_DIR) == STAGE_MOST + 1); /* bob's stays */
	engine_stop(engine);
}

/* What the user mounted in his directory is cloned with it. */
static void
limit_mounts_below(void)
{
	struct staged s = { 0 };
	struct fault f = { 0 };
	int lock;

	MUST(mkdir("/run/home/src", 0755) == 0);
	for (int i = 0; i < 300; i++)
		(void)filesystem(arena_printf(a, "/run/home/src/%d", i));
	for (int i = 0; i < 4; i++)
		add(&s, "/run/home/src", false);
	refused(&s, &ann, "too many");
	s.n = 3;
	lock = made(&s, &ann);
	(void)made(&(struct staged) { .v = s.v, .n = 2 }, &bob);
	refused(&(struct staged) { .v = s.v, .n = 1 }, &ann, "too many");
	MUST(found(s.name, 1000).standing);
	MUST(stage_again(&s, &ann, a, &f));
	(void)close(lock);
	sweep_with(200, "[]", ann.uid);
	(void)made(&(struct staged) { .v = s.v, .n = 1 }, &ann);
}

/* --- the watch ------------------------------------------------------------ */

/* The processes that were left to this one: the engine and the watch. */
static pid_t
watch_pid(pid_t engine, pid_t client)
{
	FILE *f = fopen(arena_printf(a, "/proc/self/task/%ld/children",
	    (long)getpid()), "re");
	long pid, other = 0;

	MUST(f != NULL);
	while (fscanf(f, "%ld", &pid) == 1) {
		if (pid != engine && pid != client)
			other = pid;
	}
	(void)fclose(f);
	return (pid_t)other;
}

static void
client(int ready, int go)
{
	struct staged s = { 0 };
	char c;

	MUST(chdir("/run/home") == 0 && setsid() >= 0);
	add(&s, "/run/home/src", false);
	MUST(fcntl(made(&s, &ann), F_SETFD, 0) == 0);
	stage_sweep_watch(&settings, &ann, a);
	MUST(write(ready, "x", 1) == 1);
	(void)close(ready);
	_exit(read(go, &c, 1) == 0 ? 0 : 1);
}

static void
watch_is_clean(pid_t watch)
{
	const char *proc = arena_printf(a, "/proc/%ld", (long)watch);
	const struct timespec a_while = { .tv_nsec = 1000000 };
	char link[256];
	ssize_t n;

	MUST(getsid(watch) == watch);
	n = readlink(arena_printf(a, "%s/cwd", proc), link, sizeof(link));
	MUST(n == 1 && link[0] == '/');
	while (entries(arena_printf(a, "%s/fd", proc)) != 4)
		(void)nanosleep(&a_while, NULL); /* until the alarm */
	for (int fd = 0; fd <= 2; fd++) {
		n = readlink(arena_printf(a, "%s/fd/%d", proc, fd), link,
		    sizeof(link) - 1);
		MUST(n == 9 && memcmp(link, "/dev/null", 9) == 0);
	}
}

static void
valid_watch(void)
{
	pid_t engine = engine_start(200, "[]"), pid, watch;
	int ready[2], go[2];
	char c;

	(void)directory("/run/home/src");
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) == 0);
	/* not close-on-exec, as what the caller has open */
	MUST(pipe(ready) == 0 && pipe(go) == 0);
	pid = fork();
	if (pid == 0) {
		(void)close(ready[0]);
		(void)close(go[1]);
		client(ready[1], go[0]);
	}
	(void)close(ready[1]);
	(void)close(go[0]);
	MUST(read(ready[0], &c, 1) == 1 && read(ready[0], &c, 1) == 0);
	watch = watch_pid(engine, pid);
	MUST(watch > 0);
	watch_is_clean(watch);
	stage_sweep(&settings, &ann, a);
	MUST(entries(STAGED_DIR) == 1);
	MUST(waitpid(watch, NULL, WNOHANG) == 0);
	(void)close(go[1]);
	MUST(waitpid(pid, NULL, 0) == pid);
	MUST(waitpid(watch, NULL, 0) == watch);
	MUST(nothing_left());
	engine_stop(engine);
}

/* Who has a user's part of the area has it alone; another's does not wait. */
static void
valid_wait_for_the_area(void)
{
	const struct timespec while_it_waits = { .tv_nsec = 100000000 };
	struct staged s = { 0 };
	pid_t pid;
	int fd, status;

	add(&s, "/run/home", false);
	(void)made(&s, &ann);
	fd = open("/run/undocker/lock.1001", O_RDWR | O_CREAT | O_CLOEXEC,
	    0600);
	MUST(fd >= 0 && flock(fd, LOCK_EX) == 0);
	pid = fork();
	if (pid == 0) {
		(void)close(fd);
		s.name = NULL;
		(void)made(&s, &bob);
		_exit(0);
	}
	(void)nanosleep(&while_it_waits, NULL);
	MUST(waitpid(pid, NULL, WNOHANG) == 0);
	MUST(entries(STAGE_RECORDS) == 1 && entries(STAGED_DIR) == 1);
	s.name = NULL;
	(void)made(&s, &ann);
	(void)close(fd);
	MUST(waitpid(pid, &status, 0) == pid && status == 0);
	MUST(entries(STAGED_DIR) == 3);
}

/* Several at once, and a sweep all the time. */
static void
valid_at_once(void)
{
	pid_t engine = engine_start(200, "[]"), pids[4];
	int status;

	for (int i = 0; i < 4; i++) {
		pids[i] = fork();
		if (pids[i] != 0)
			continue;
		for (int n = 0; n < 15; n++) {
			struct staged s = { 0 };
			int lock;

			add(&s, "/run/home", n % 2 == 0);
			lock = made(&s, i < 2 ? &ann : &bob);
			stage_sweep(&settings, &ann, a);
			MUST(there(record_of(&s)) && there(in_slot(&s, "0")));
			MUST(found(s.name, i < 2 ? 1000 : 1001).standing);
			(void)close(lock);
		}
		_exit(0);
	}
	for (int i = 0; i < 4; i++) {
		MUST(waitpid(pids[i], &status, 0) == pids[i]);
		MUST(status == 0);
	}
	stage_sweep(&settings, &ann, a);
	stage_sweep(&settings, &bob, a);
	MUST(nothing_left());
	engine_stop(engine);
}

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
#define ROW(name) { #name, name }
	ROW(valid_life), ROW(valid_read_only_with_all_below),
	ROW(valid_host_mounts_stay), ROW(valid_nested), ROW(deny_nested),
	ROW(valid_files_and_sockets), ROW(deny_none_and_too_many),
	ROW(valid_swapped_after_the_check), ROW(valid_private_and_unbindable),
	ROW(deny_names_and_records), ROW(limit_record), ROW(deny_places),
	ROW(deny_sweep), ROW(valid_sources), ROW(valid_sweep_of_the_rest),
	ROW(limit_many_records), ROW(limit_containers_of_a_user),
	ROW(limit_mounts_below), ROW(valid_watch), ROW(valid_wait_for_the_area),
	ROW(valid_at_once),
#undef ROW
};

static int
in_world(void *data)
{
	if (!world())
		return NOT_HERE;
	(void)alarm(50);
	tests[*(int *)data].run();
	return 0;
}

START_TEST(stages)
{
	int row = _i, status = child_status(in_world, &row);

	if (status != NOT_HERE)
		ck_assert_msg(status == 0, "%s: %d", tests[_i].name, status);
}
END_TEST

Suite *
stage_suite(void)
{
	Suite *s = suite_create("stage");
	TCase *t = root_tcase(s, "stage");

	if (t == NULL)
		return s;
	tcase_set_timeout(t, 60);
	EACH(t, stages, tests);
	return s;
}
