/* SPDX-License-Identifier: Apache-2.0 */
#include "host/engine/engine_facts.h"

#include "fixture.h"
#include "suites.h"

#include <stdbool.h>
#include <string.h>

#define HEX16 "0123456789abcdef"
#define ID HEX16 HEX16 HEX16 HEX16
#define OTHER_ID "f123456789abcdef" HEX16 HEX16 HEX16
#define IMAGE "sha256:" OTHER_ID

/* A container that is all that the confined rule wants. */
static const char container[] =
    "{\"Id\":\"" ID "\",\"Name\":\"/box\",\"Image\":\"" IMAGE "\","
    "\"Driver\":\"overlay2\","
    "\"State\":{\"Running\":true,\"Paused\":false,\"Restarting\":false},"
    "\"Config\":{\"User\":\"1000:10\",\"Labels\":"
    "{\"undocker.uid\":\"1000\",\"x\":\"y\"}},"
    "\"HostConfig\":{\"Privileged\":false,"
    "\"SecurityOpt\":[\"no-new-privileges\"],"
    "\"CapAdd\":null,\"Devices\":[],\"DeviceRequests\":null,"
    "\"DeviceCgroupRules\":null,\"GroupAdd\":null,\"Binds\":null,"
    "\"MaskedPaths\":[\"/proc/kcore\"],\"ReadonlyPaths\":[\"/proc/sys\"],"
    "\"Mounts\":null,\"VolumesFrom\":null,\"Links\":null,"
    "\"NetworkMode\":\"bridge\",\"PidMode\":\"\",\"IpcMode\":\"private\","
    "\"UTSMode\":\"\",\"UsernsMode\":\"\",\"CgroupnsMode\":\"private\","
    "\"Tmpfs\":{\"/run\":\"size=1m\"}},"
    "\"Mounts\":[]}";

static const char list[] =
    "[{\"Id\":\"" ID "\",\"ImageID\":\"" IMAGE "\",\"State\":\"running\","
    "\"Labels\":{\"undocker.uid\":\"1000\"}},"
    "{\"Id\":\"" OTHER_ID "\",\"ImageID\":\"" IMAGE "\","
    "\"State\":\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}}]";

static const char image[] =
    "{\"Id\":\"" IMAGE "\",\"RepoTags\":[\"a:1\",\"b:2\"],"
    "\"Config\":{\"User\":\"33\",\"Labels\":{\"undocker.uid\":\"5\"}}}";

static const char volume[] =
    "{\"Name\":\"v\",\"Driver\":\"local\",\"Options\":null}";

/* text with its only `from` as `to`. */
static const char *
change(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	ck_assert_msg(at != NULL, "no %s", from);
	ck_assert_msg(strstr(at + 1, from) == NULL, "two %s", from);
	return arena_printf(a, "%.*s%s%s", (int)(at - text), text, to,
	    at + strlen(from));
}

static const char *why;

static bool
read_as(struct engine_facts_container *out, const char *text, const char *asked)
{
	bool good;

	why = NULL;
	good = engine_facts_container(out, a, text, strlen(text), asked, &why);
	ck_assert(good || why != NULL);
	return good;
}

static struct container
read_one(const char *text)
{
	struct engine_facts_container out;

	ck_assert_msg(read_as(&out, text, "box"), "%s: %s", why, text);
	return out.c;
}

static bool
read_list(struct engine_facts_container **out, size_t *n, const char *text)
{
	return engine_facts_containers(
	    out, n, a, text, strlen(text), "1000", &why);
}

static bool
read_image(struct container *c, const char *text)
{
	*c = (struct container) { 0 };
	return engine_facts_image_of(c, a, text, strlen(text), IMAGE, &why);
}

static bool
read_names(struct image_names *out, const char *text)
{
	return engine_facts_image_names(out, a, text, strlen(text), &why);
}

static bool
read_volume(const char *text, bool *harmless)
{
	*harmless = true;
	return engine_facts_volume_harmless(
	    a, text, strlen(text), "v", harmless, &why);
}

START_TEST(valid_container)
{
	struct engine_facts_container out;

	ck_assert_msg(read_as(&out, container, "box"), "%s", why);
	ck_assert_str_eq(out.c.id, ID);
	ck_assert_str_eq(out.c.name, "box");
	ck_assert_str_eq(out.image, IMAGE);
	ck_assert_str_eq(out.c.user, "1000:10");
	ck_assert_str_eq(out.c.label, "1000");
	ck_assert(out.c.running);
	ck_assert(out.c.confined);
	ck_assert(out.c.mounts_harmless);
	ck_assert(!out.c.image_there);
	ck_assert(out.c.etc_stays);
	ck_assert_uint_eq(out.c.mounts.n, 1);
	ck_assert_str_eq(out.c.mounts.v[0], "/run");
}
END_TEST

/* Which name it was asked for by. */
START_TEST(valid_asked)
{
	static const char *const asked[] = { "box", ID, "0", "0123",
		"0123456789ab", HEX16 HEX16 };
	struct engine_facts_container out;

	for (int i = 0; i < ROWS(asked); i++)
		ck_assert_msg(read_as(&out, container, asked[i]), "%s",
		    asked[i]);
	/* the name says nothing where there is none */
	ck_assert(read_as(&out, change(container, "\"Name\":\"/box\",", ""),
	    ID));
}
END_TEST

START_TEST(deny_asked_for_another)
{
	static const char *const asked[] = { "bo", "boxx", "/box", "Box",
		"ox", OTHER_ID, "f123", "0124", "123", "0123456789AB", ID "0",
		HEX16 HEX16 HEX16 "0123456789abcdee" };
	struct engine_facts_container out;
	const char *named;

	for (int i = 0; i < ROWS(asked); i++) {
		ck_assert_msg(!read_as(&out, container, asked[i]), "%s",
		    asked[i]);
		ck_assert_str_eq(why, "it answered for another container");
	}
	/* a full id is never a name */
	named = change(container, "/box", "/" OTHER_ID);
	ck_assert(!read_as(&out, named, OTHER_ID));
	ck_assert(!read_as(&out, change(container, "/box", "box"), "box"));
	ck_assert(!read_as(&out, change(container, "\"/box\"", "[\"/box\"]"),
	    "box"));
	ck_assert(!read_as(&out, change(container, "/box", "/box\\u0000"),
	    "box"));
}
END_TEST

static const struct {
	const char *from, *to;
} unsound[] = {
	{ "\"Id\":\"" ID "\",", "" },
	{ "\"" ID "\"", "null" },
	{ "\"" ID "\"", "1" },
	{ "\"" ID "\"", "\"\"" },
	{ "\"" ID "\"", "\"" HEX16 "\"" },
	{ "\"" ID "\"", "\"" ID "0\"" },
	{ "\"" ID "\"", "\"" ID "\\u0000\"" },
	{ "\"" ID "\"", "\"0123456789ABCDEF" HEX16 HEX16 HEX16 "\"" },
	{ "\"" ID "\"", "\"../3456789abcdef" HEX16 HEX16 HEX16 "\"" },
	{ "\"Image\":\"" IMAGE "\",", "" },
	{ "\"" IMAGE "\"", "null" },
	{ "\"" IMAGE "\"", "\"\"" },
	{ "\"" IMAGE "\"", "\"" OTHER_ID "\"" },
	{ "\"" IMAGE "\"", "\"sha256:\"" },
	{ "\"" IMAGE "\"", "\"sha256:" HEX16 "\"" },
	{ "\"" IMAGE "\"", "\"" IMAGE "0\"" },
	{ "\"" IMAGE "\"", "\"" IMAGE "\\u0000\"" },
	{ "\"" IMAGE "\"", "\"sha512:" OTHER_ID "\"" },
	{ "\"User\":\"1000:10\",", "" },
	{ "\"1000:10\"", "null" },
	{ "\"1000:10\"", "1000" },
	{ "{\"undocker.uid\":\"1000\",\"x\":\"y\"}", "[]" },
	{ "{\"undocker.uid\":\"1000\",\"x\":\"y\"}", "\"\"" },
	{ "{\"undocker.uid\":\"1000\",\"x\":\"y\"}", "false" },
	{ ",\"Labels\":{\"undocker.uid\":\"1000\",\"x\":\"y\"}", "" },
	{ "\"Config\"", "\"config\"" },
	{ "\"Running\":true,", "" },
	{ "\"Running\":true", "\"Running\":\"true\"" },
	{ "\"Running\":true", "\"Running\":null" },
	{ "\"Running\":true", "\"Running\":1" },
	{ "\"Paused\":false,", "" },
	{ "\"Paused\":false", "\"Paused\":0" },
	{ ",\"Restarting\":false", "" },
	{ "\"Restarting\":false", "\"Restarting\":[]" },
	{ "\"State\"", "\"state\"" },
	{ "\"HostConfig\"", "\"hostConfig\"" },
	{ ",\"Mounts\":[]", "" },
	{ "\"Mounts\":[]", "\"Mounts\":null" },
	{ "\"Mounts\":[]", "\"Mounts\":{}" },
	{ "\"Mounts\":[]", "\"Mounts\":[null]" },
	{ "\"Mounts\":[]", "\"Mounts\":[{}]" },
	{ "\"Mounts\":[]", "\"Mounts\":[{\"Type\":\"tmpfs\"}]" },
	{ "\"Mounts\":[]", "\"Mounts\":[{\"Destination\":\"/x\"}]" },
	{ "\"Mounts\":[]",
	    "\"Mounts\":[{\"Type\":1,\"Destination\":\"/x\"}]" },
	{ "\"Mounts\":[]",
	    "\"Mounts\":[{\"Type\":\"tmpfs\",\"Destination\":\"/x\\u0000\"}]" },
	{ "{\"/run\":\"size=1m\"}", "[]" },
	{ "{\"/run\":\"size=1m\"}", "\"/run\"" },
	{ "{\"/run\":\"size=1m\"}", "{\"/run\\u0000\":\"\"}" },
	/* twice the same */
	{ "\"Name\"", "\"Id\":\"" ID "\",\"Name\"" },
	{ "\"x\":\"y\"", "\"undocker.uid\":\"1001\"" },
	{ "\"CapAdd\":null", "\"CapAdd\":null,\"CapAdd\":[]" },
	{ "\"CapAdd\":null", "\"CapAdd\":null,\"\\u0043apAdd\":[\"ALL\"]" },
	/* no JSON */
	{ "\"x\":\"y\"", "\"x\":\"\377\"" },
	{ "\"x\":\"y\"", "\"x\":\"\1\"" },
	{ "\"x\":\"y\"", "\"x\":\"\\ud800\"" },
	{ "\"x\":\"y\"", "\"x\":\"y\"," },
	{ "\"x\":\"y\"", "'x':'y'" },
	{ "\"x\":\"y\"", "\"x\":NaN" },
	{ ",\"Mounts\":[]}", ",\"Mounts\":[]}}" },
	{ ",\"Mounts\":[]}", ",\"Mounts\":[]} {}" },
};

START_TEST(deny_unsound_container)
{
	const char *text = change(container, unsound[_i].from,
	    unsound[_i].to);
	struct engine_facts_container out;

	ck_assert_msg(!read_as(&out, text, "box"), "%s", text);
}
END_TEST

/* A NUL byte itself, inside and behind. */
START_TEST(deny_nul_bytes)
{
	char text[sizeof(container)];
	struct engine_facts_container out;

	memcpy(text, container, sizeof(container));
	ck_assert(
	    !engine_facts_container(&out, a, text, sizeof(text), "box", &why));
	*strstr(text, "/box") = '\0';
	ck_assert(!engine_facts_container(&out, a, text, sizeof(text) - 1, ID,
	    &why));
}
END_TEST

static const struct {
	const char *from, *to, *label;
} labels[] = {
	{ "\"1000\"", "\"1001\"", "1001" },
	{ "\"1000\"", "\"\"", "" },
	{ "\"1000\"", "\"1000\\u0000\"", "?" },
	{ "\"1000\"", "\"\\u0000\"", "?" },
	{ "\"1000\"", "1000", "?" },
	{ "\"1000\"", "null", "?" },
	{ "\"1000\"", "[\"1000\"]", "?" },
	{ "\"undocker.uid\"", "\"undocker.UID\"", NULL },
	{ "\"undocker.uid\"", "\"undocker.uid \"", NULL },
	{ "{\"undocker.uid\":\"1000\",\"x\":\"y\"}", "{}", NULL },
	{ "{\"undocker.uid\":\"1000\",\"x\":\"y\"}", "null", NULL },
};

START_TEST(valid_labels)
{
	struct container c = read_one(change(container, labels[_i].from,
	    labels[_i].to));

	ck_assert_pstr_eq(c.label, labels[_i].label);
}
END_TEST

/* A user with a NUL in it is nobody. */
START_TEST(valid_user_with_a_nul)
{
	ck_assert_str_eq(read_one(change(container, "1000:10",
	    "1000\\u0000:10")).user, "?");
	ck_assert_str_eq(read_one(change(container, "1000:10",
	    "\\u0000")).user, "?");
	ck_assert_str_eq(read_one(change(container, "1000:10", "")).user, "");
}
END_TEST

/* Paused and restarting ones run, too. */
START_TEST(valid_running)
{
	const char *off = change(container, "\"Running\":true",
	    "\"Running\":false");

	ck_assert(!read_one(off).running);
	ck_assert(read_one(change(off, "\"Paused\":false",
	    "\"Paused\":true")).running);
	ck_assert(read_one(change(off, "\"Restarting\":false",
	    "\"Restarting\":true")).running);
}
END_TEST

#define NNP "[\"no-new-privileges\"]"
#define MOUNTS(m) "\"Mounts\":[{" m "}]"

static const struct {
	const char *from, *to;
	bool confined;
} confined[] = {
	{ "\"Privileged\":false", "\"Privileged\":true", false },
	{ "\"Privileged\":false", "\"Privileged\":null", false },
	{ "\"Privileged\":false", "\"Privileged\":0", false },
	{ "\"Privileged\":false", "\"Privileged\":\"false\"", false },
	{ "\"Privileged\":false,", "", false },
	{ NNP, "[\"no-new-privileges=true\"]", true },
	{ NNP, "[\"no-new-privileges:true\"]", true },
	{ NNP, "[\"no-new-privileges\",\"no-new-privileges:true\"]", true },
	{ NNP, "[\"no-new-privileges=false\"]", false },
	{ NNP, "[\"no-new-privileges:false\"]", false },
	{ NNP, "[\"no-new-privileges\",\"no-new-privileges=false\"]", false },
	{ NNP, "[\"no-new-privileges\",\"seccomp=unconfined\"]", false },
	{ NNP, "[\"apparmor=unconfined\",\"no-new-privileges\"]", false },
	{ NNP, "[\"no-new-privileges\",\"label=disable\"]", false },
	{ NNP, "[\"no-new-privileges\",null]", false },
	{ NNP, "[\"no-new-privileges\\u0000\"]", false },
	{ NNP, "[\"\"]", false },
	{ NNP, "[]", false },
	{ NNP, "null", false },
	{ NNP, "\"no-new-privileges\"", false },
	{ NNP, "{\"no-new-privileges\":true}", false },
	{ "\"SecurityOpt\":" NNP ",", "", false },
	{ "\"Mounts\":[]", MOUNTS("\"Type\":\"tmpfs\","
	    "\"Destination\":\"/x\""), false },
	{ "\"Mounts\":[]", MOUNTS("\"Type\":\"bind\",\"Source\":\"/\","
	    "\"Destination\":\"/x\""), false },
	{ "\"Tmpfs\":{\"/run\":\"size=1m\"}", "\"Tmpfs\":null", true },
	{ "[\"/proc/kcore\"]", "[]", false },
	{ "[\"/proc/kcore\"]", "null", false },
	{ "[\"/proc/kcore\"]", "\"/proc/kcore\"", false },
	{ "[\"/proc/kcore\"]", "{\"/proc/kcore\":1}", false },
	{ "\"MaskedPaths\":[\"/proc/kcore\"],", "", false },
	{ "[\"/proc/sys\"]", "[]", false },
	{ "[\"/proc/sys\"]", "null", false },
	{ "[\"/proc/sys\"]", "\"/proc/sys\"", false },
	{ "[\"/proc/sys\"]", "{\"/proc/sys\":1}", false },
	{ "\"ReadonlyPaths\":[\"/proc/sys\"],", "", false },
	{ "\"IpcMode\":\"private\"", "\"IpcMode\":\"shareable\"", true },
	/* the default where cgroups are v1 */
	{ "\"CgroupnsMode\":\"private\"", "\"CgroupnsMode\":\"host\"", true },
	{ "\"NetworkMode\":\"bridge\"", "\"NetworkMode\":\"none\"", true },
};

START_TEST(valid_or_deny_confined)
{
	const char *text = change(container, confined[_i].from,
	    confined[_i].to);

	ck_assert_msg(read_one(text).confined == confined[_i].confined, "%s",
	    text);
}
END_TEST

static const struct {
	const char *key, *good;
	bool optional; /* need not be there */
} lists[] = {
	{ "CapAdd", "null", false },
	{ "Devices", "[]", false },
	{ "DeviceRequests", "null", false },
	{ "DeviceCgroupRules", "null", false },
	{ "GroupAdd", "null", false },
	{ "Binds", "null", false },
	{ "VolumesFrom", "null", false },
	{ "Mounts", "null", true },
	{ "Links", "null", true },
};

static bool
confined_with(const char *key, const char *good, const char *now)
{
	return read_one(change(container,
	    arena_printf(a, "\"%s\":%s,", key, good),
	    *now == '\0' ? "" : arena_printf(a, "\"%s\":%s,", key, now)))
	    .confined;
}

START_TEST(valid_lists_of_nothing)
{
	const char *key = lists[_i].key, *good = lists[_i].good;

	ck_assert(confined_with(key, good, "null"));
	ck_assert(confined_with(key, good, "[]"));
	ck_assert_int_eq(confined_with(key, good, ""), lists[_i].optional);
}
END_TEST

START_TEST(deny_lists_of_something)
{
	static const char *const values[] = { "[\"x\"]", "[\"\"]", "[null]",
		"[{}]", "{}", "{\"x\":1}", "\"\"", "\"x\"", "true", "false",
		"0", "1" };

	for (int i = 0; i < ROWS(values); i++)
		ck_assert_msg(!confined_with(lists[_i].key, lists[_i].good,
		    values[i]), "%s", values[i]);
}
END_TEST

static const struct {
	const char *key, *good;
} modes[] = {
	{ "NetworkMode", "\"bridge\"" }, { "PidMode", "\"\"" },
	{ "IpcMode", "\"private\"" }, { "UTSMode", "\"\"" },
	{ "UsernsMode", "\"\"" },
};

START_TEST(valid_modes_apart)
{
	ck_assert(confined_with(modes[_i].key, modes[_i].good, "\"private\""));
}
END_TEST

START_TEST(deny_modes_of_others)
{
	static const char *const values[] = { "\"host\"",
		"\"container:" ID "\"", "\"container:\"", "\"ns:/proc/1\"",
		"\"host\\u0000\"", "null", "true", "0", "[]", "{}", "" };

	for (int i = 0; i < ROWS(values); i++)
		ck_assert_msg(!confined_with(modes[_i].key, modes[_i].good,
		    values[i]), "%s", values[i]);
}
END_TEST

#define AT_X ",\"Destination\":\"/x\""
#define VOLUME(name, driver) "\"Type\":\"volume\",\"Name\":" name \
	",\"Driver\":" driver AT_X

/* Only tmpfs is harmless, not a volume of any kind. */
static const struct {
	const char *mount;
	bool harmless;
	bool fixed; /* it is no volume: nobody changes it in there */
} mounts[] = {
	{ "\"Type\":\"tmpfs\"" AT_X, true, true },
	{ VOLUME("\"v\"", "\"local\""), false, false },
	{ VOLUME("\"" ID "\"", "\"local\""), false, false },
	{ VOLUME("\"v\"", "\"nfs\""), false, false },
	{ VOLUME("null", "\"local\""), false, false },
	{ "\"Type\":\"bind\",\"Source\":\"/home/ann\"" AT_X, false, true },
	{ "\"Type\":\"image\"" AT_X, false, false },
	{ "\"Type\":\"npipe\"" AT_X, false, false },
	{ "\"Type\":\"cluster\"" AT_X, false, false },
	{ "\"Type\":\"\"" AT_X, false, false },
	{ "\"Type\":\"Tmpfs\"" AT_X, false, false },
};

START_TEST(valid_or_deny_mounts)
{
	const char *text = change(container, "\"Mounts\":[]", arena_printf(a,
	    "\"Mounts\":[{%s},{\"Type\":\"tmpfs\",\"Destination\":\"/y\"}]",
	    mounts[_i].mount));
	struct engine_facts_container out;

	ck_assert_msg(read_as(&out, text, "box"), "%s", why);
	ck_assert_int_eq(out.c.mounts_harmless, mounts[_i].harmless);
	ck_assert_str_eq(strv_join(&out.c.mounts, " "), "/x /y /run");
	ck_assert_str_eq(strv_join(&out.c.volumes, " "),
	    mounts[_i].fixed ? "" : "/x");
	ck_assert_str_eq(strv_join(&out.c.tmpfs, " "),
	    mounts[_i].harmless ? "/x /y /run" : "/y /run");
}
END_TEST

/* What is mounted where the runtime looks groups up. */
static const struct {
	const char *mounts; /* all of them */
	const char *tmpfs;
	const char *accounts; /* joined by | */
} groups[] = {
	{ "", "{}", "none" },
	{ "{\"Type\":\"bind\",\"Source\":\"/g\"" AT_X "}", "{}", "none" },
	{ "{\"Type\":\"bind\",\"Source\":\"/g\",\"Destination\":"
	  "\"/etc/group\"}", "{}", "/g" },
	{ "{\"Type\":\"bind\",\"Source\":\"/g\",\"Destination\":"
	  "\"/etc//./group\"}", "{}", "/g" },
	{ "{\"Type\":\"bind\",\"Destination\":\"/etc/group\"}", "{}", "" },
	{ "{\"Type\":\"volume\",\"Name\":\"v\",\"Source\":\"/v\","
	  "\"Destination\":\"/etc/group\"}", "{}", "" },
	{ "{\"Type\":\"tmpfs\",\"Destination\":\"/etc/group\"}", "{}", "" },
	{ "", "{\"/etc/group\":\"\"}", "" },
	{ "{\"Type\":\"bind\",\"Source\":\"/p\",\"Destination\":"
	  "\"/etc/passwd\"},{\"Type\":\"bind\",\"Source\":\"/g\","
	  "\"Destination\":\"/etc/group\"}", "{}", "/p|/g" },
	{ "{\"Type\":\"bind\",\"Source\":\"/p\",\"Destination\":"
	  "\"/etc/passwd-\"}", "{}", "none" },
	/* two of them: nobody knows which one is on top */
	{ "{\"Type\":\"bind\",\"Source\":\"/g\",\"Destination\":"
	  "\"/etc/group\"}", "{\"/etc/group/\":\"\"}", "/g|" },
};

START_TEST(valid_where_groups_are_looked_up)
{
	const char *text = change(change(container, "\"Mounts\":[]",
	    arena_printf(a, "\"Mounts\":[%s]", groups[_i].mounts)),
	    "{\"/run\":\"size=1m\"}", groups[_i].tmpfs);
	struct engine_facts_container out;

	ck_assert_msg(read_as(&out, text, "box"), "%s", why);
	ck_assert_str_eq(out.accounts.n == 0 ? "none"
	    : strv_join(&out.accounts, "|"), groups[_i].accounts);
}
END_TEST

/* Storage in which an image's /etc stays where it is. */
static const struct {
	const char *driver;
	bool stays;
} drivers[] = {
	{ "\"overlay2\"", true },
	{ "\"overlayfs\"", true },
	{ "\"fuse-overlayfs\"", false },
	{ "\"vfs\"", false },
	{ "\"btrfs\"", false },
	{ "\"zfs\"", false },
	{ "\"\"", false },
	{ "null", false },
	{ "\"overlay2\\u0000\"", false },
	{ "[\"overlay2\"]", false },
};

START_TEST(valid_or_deny_driver)
{
	struct container c = read_one(change(container, "\"overlay2\"",
	    drivers[_i].driver));

	ck_assert_int_eq(c.etc_stays, drivers[_i].stays);
}
END_TEST

/* Names of undocker's own mounts, from where a mount comes from. */
static const struct {
	const char *mounts; /* after the first { */
	const char *names;
} staged[] = {
	{ "\"Type\":\"bind\",\"Source\":\"/home/ann\"", "" },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/1000.ab/0\"",
	    "1000.ab" },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/1000.ab\"",
	    "1000.ab" },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/a/0/deep\"",
	    "a" },
	/* what the record's reader makes of such a name is its own affair */
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/../etc\"",
	    ".." },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts\"", "" },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/\"", "" },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts2/a/0\"", "" },
	{ "\"Type\":\"bind\",\"Source\":\"/x/run/undocker/mounts/a/0\"",
	    "" },
	{ "\"Type\":\"bind\",\"Source\":\"run/undocker/mounts/a/0\"", "" },
	{ "\"Type\":\"bind\",\"Source\":null", "" },
	{ "\"Type\":\"bind\"", "" },
	{ "\"Type\":\"bind\",\"Source\":7", "" },
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/a\\u0000/0\"",
	    "" },
	{ "\"Type\":\"tmpfs\",\"Source\":\"/run/undocker/mounts/a/0\"", "" },
	/* one container's are of one name, and those of --volumes-from */
	{ "\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/a/0\"" AT_X
	    "},{\"Type\":\"bind\",\"Source\":\"/run/undocker/mounts/b/7\""
	    AT_X "},{\"Type\":\"bind\",\"Source\":"
	    "\"/run/undocker/mounts/a/1\"", "a b" },
};

START_TEST(valid_staged_names)
{
	const char *text = change(container, "\"Mounts\":[]", arena_printf(a,
	    "\"Mounts\":[{%s" AT_X "}]", staged[_i].mounts));
	struct engine_facts_container out;

	ck_assert_msg(read_as(&out, text, "box"), "%s", why);
	ck_assert_str_eq(strv_join(&out.c.staged, " "), staged[_i].names);
}
END_TEST

/* n arrays in one another, as a value of the container. */
static bool
nested(size_t n)
{
	char *deep = arena_alloc(a, 2 * n + 1);
	struct engine_facts_container out;

	memset(deep, '[', n);
	memset(deep + n, ']', n);
	return read_as(&out, change(container, "\"x\":\"y\"",
	    arena_printf(a, "\"x\":%s", deep)), "box");
}

START_TEST(limit_nesting)
{
	struct engine_facts_container out;
	char *open = arena_alloc(a, 1000001);

	ck_assert(nested(100));
	ck_assert(!nested(3000));
	ck_assert(!nested(500000));
	memset(open, '[', 1000000);
	ck_assert(!read_as(&out, open, "box"));
}
END_TEST

/* The first n bytes of each kind of answer. */
START_TEST(deny_half_an_answer)
{
	struct engine_facts_container one, *all;
	struct image_names names;
	struct container c;
	bool harmless;
	size_t n;

	for (size_t i = 0; i < strlen(container); i++)
		ck_assert(!engine_facts_container(&one, a, container, i, "box",
		    &why));
	for (size_t i = 0; i < strlen(list); i++)
		ck_assert(!engine_facts_containers(&all, &n, a, list, i, "1000",
		    &why));
	for (size_t i = 0; i < strlen(image); i++) {
		ck_assert(!engine_facts_image_of(&c, a, image, i, IMAGE, &why));
		ck_assert(!c.image_there);
		ck_assert(!engine_facts_image_names(&names, a, image, i, &why));
	}
	for (size_t i = 0; i < strlen(volume); i++) {
		harmless = true;
		ck_assert(!engine_facts_volume_harmless(a, volume, i, "v",
		    &harmless, &why));
		ck_assert(!harmless);
	}
}
END_TEST

/* Sound JSON that is no answer to anything. */
START_TEST(deny_other_json)
{
	static const char *const texts[] = { "{}", "null", "1", "\"x\"",
		"true", "[[]]", "[null]", "[{}]", "{\"message\":\"no\"}",
		"{\"a\":1,\"a\":1}" };
	const char *text = texts[_i];
	struct engine_facts_container one, *all;
	struct image_names names;
	struct container c;
	bool harmless;
	size_t n;

	ck_assert(!read_as(&one, text, "box"));
	ck_assert(!read_list(&all, &n, text));
	ck_assert(!read_image(&c, text));
	ck_assert(!c.image_there);
	ck_assert(!read_names(&names, text));
	ck_assert(!read_volume(text, &harmless));
	ck_assert(!harmless);
}
END_TEST

START_TEST(valid_list)
{
	struct engine_facts_container *all;
	size_t n;

	ck_assert_msg(read_list(&all, &n, list), "%s", why);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(all[0].c.id, ID);
	ck_assert_str_eq(all[0].c.label, "1000");
	ck_assert_str_eq(all[0].image, IMAGE);
	ck_assert(all[0].c.running);
	ck_assert_str_eq(all[1].c.id, OTHER_ID);
	ck_assert(!all[1].c.running);
	for (size_t i = 0; i < n; i++) {
		ck_assert(!all[i].c.confined);
		ck_assert(!all[i].c.mounts_harmless);
		ck_assert(!all[i].c.etc_stays);
		ck_assert(!all[i].c.image_there);
	}
	ck_assert(read_list(&all, &n, change(list, "running", "paused")));
	ck_assert(all[0].c.running);
	ck_assert(read_list(&all, &n, change(list, "running", "restarting")));
	ck_assert(all[0].c.running);
	ck_assert(read_list(&all, &n, "[]"));
	ck_assert_uint_eq(n, 0);
}
END_TEST

static const struct {
	const char *from, *to;
} unlisted[] = {
	{ "\"running\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"running\",\"Labels\":{\"undocker.uid\":\"1001\"}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":{\"undocker.uid\":\"1001\"}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\\u0000\"}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":{\"undocker.uid\":\"\"}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":{\"undocker.uid\":1000}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\","
	    "\"undocker.uid\":\"1000\"}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":{}" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}",
	    "\"exited\",\"Labels\":null" },
	{ "\"exited\",\"Labels\":{\"undocker.uid\":\"1000\"}", "\"exited\"" },
	{ "\"State\":\"exited\",", "" },
	{ "\"exited\"", "null" },
	{ "\"exited\"", "\"exited\\u0000\"" },
	{ "{\"Id\":\"" OTHER_ID "\",", "{" },
	{ "{\"Id\":\"" OTHER_ID "\"", "{\"Id\":\"f123\"" },
	{ "{\"Id\":\"" OTHER_ID "\"", "{\"Id\":\"" OTHER_ID "\\u0000\"" },
	{ "\"ImageID\":\"" IMAGE "\",\"State\":\"exited\"",
	    "\"State\":\"exited\"" },
	{ "\"ImageID\":\"" IMAGE "\",\"State\":\"exited\"",
	    "\"ImageID\":\"busybox\",\"State\":\"exited\"" },
	{ "}]", "},null]" },
	{ "}]", "},[]]" },
};

START_TEST(deny_list)
{
	const char *text = change(list, unlisted[_i].from, unlisted[_i].to);
	struct engine_facts_container *all;
	size_t n;

	ck_assert_msg(!read_list(&all, &n, text), "%s", text);
}
END_TEST

static const struct {
	const char *from, *to, *label, *user;
} images[] = {
	{ "33", "33", "5", "33" },
	{ "\"33\"", "\"\"", "5", "" },
	{ "\"33\"", "\"33\\u0000\"", "5", "?" },
	{ "\"User\":\"33\",", "", "5", NULL },
	{ ",\"Labels\":{\"undocker.uid\":\"5\"}", "", NULL, "33" },
	{ "{\"undocker.uid\":\"5\"}", "null", NULL, "33" },
	{ "{\"undocker.uid\":\"5\"}", "{}", NULL, "33" },
	{ "\"5\"", "5", "?", "33" },
	{ "\"5\"", "\"5\\u0000\"", "?", "33" },
	{ "{\"User\":\"33\",\"Labels\":{\"undocker.uid\":\"5\"}}", "null",
	    NULL, NULL },
	{ "{\"User\":\"33\",\"Labels\":{\"undocker.uid\":\"5\"}}", "{}", NULL,
	    NULL },
};

START_TEST(valid_image)
{
	struct container c;

	ck_assert_msg(read_image(&c, change(image, images[_i].from,
	    images[_i].to)), "%s", why);
	ck_assert(c.image_there);
	ck_assert_pstr_eq(c.image_label, images[_i].label);
	ck_assert_pstr_eq(c.image_user, images[_i].user);
}
END_TEST

static const struct {
	const char *from, *to;
} bad_images[] = {
	{ IMAGE, "sha256:" ID },
	{ IMAGE, IMAGE "\\u0000" },
	{ IMAGE, OTHER_ID },
	{ "\"" IMAGE "\"", "null" },
	{ "\"Id\"", "\"ID\"" },
	{ "{\"undocker.uid\":\"5\"}", "[]" },
	{ "{\"undocker.uid\":\"5\"}", "\"5\"" },
	{ "\"33\"", "33" },
	{ "\"33\"", "null" },
	{ "{\"User\":\"33\",\"Labels\":{\"undocker.uid\":\"5\"}}", "[]" },
	{ "{\"User\":\"33\",\"Labels\":{\"undocker.uid\":\"5\"}}", "\"\"" },
	{ "\"undocker.uid\":\"5\"",
	    "\"undocker.uid\":\"5\",\"undocker.uid\":\"6\"" },
};

START_TEST(deny_image)
{
	struct container c;

	ck_assert(!read_image(&c, change(image, bad_images[_i].from,
	    bad_images[_i].to)));
	ck_assert(!c.image_there);
}
END_TEST

#define TAGS "[\"a:1\",\"b:2\"]"

START_TEST(valid_image_names)
{
	struct image_names out;

	ck_assert(read_names(&out, image));
	ck_assert_str_eq(out.id, IMAGE);
	ck_assert_str_eq(strv_join(&out.names, " "), "a:1 b:2");
	ck_assert(read_names(&out, change(image, TAGS, "[]")));
	ck_assert_uint_eq(out.names.n, 0);
	ck_assert(read_names(&out, change(image, TAGS, "null")));
	ck_assert_uint_eq(out.names.n, 0);
	ck_assert(read_names(&out, change(image, "a:1", "<none>:<none>")));
	ck_assert_str_eq(strv_join(&out.names, " "), "b:2");
}
END_TEST

START_TEST(deny_image_names)
{
	static const struct {
		const char *from, *to;
	} bad[] = { { IMAGE, "sha256:1" }, { IMAGE, IMAGE "\\u0000" },
		{ "\"" IMAGE "\"", "null" }, { TAGS, "\"a:1\"" },
		{ TAGS, "{}" }, { TAGS, "[\"a:1\",null]" },
		{ TAGS, "[\"a:1\\u0000\"]" },
		{ "\"RepoTags\"", "\"repoTags\"" } };
	struct image_names out;

	for (int i = 0; i < ROWS(bad); i++)
		ck_assert_msg(!read_names(&out, change(image, bad[i].from,
		    bad[i].to)), "%s", bad[i].to);
}
END_TEST

static const struct {
	const char *from, *to;
	bool good, harmless;
} volumes[] = {
	{ "null", "null", true, true },
	{ "null", "{}", true, true },
	{ "null", "{\"device\":\"/\",\"o\":\"bind\"}", true, false },
	{ "null", "{\"x\":null}", true, false },
	{ "null", "[]", true, false },
	{ "null", "\"\"", true, false },
	{ "null", "false", true, false },
	{ ",\"Options\":null", "", false, false },
	{ "\"Options\"", "\"options\"", false, false },
	{ "\"local\"", "\"nfs\"", true, false },
	{ "\"local\"", "\"Local\"", true, false },
	{ "\"local\"", "\"\"", true, false },
	{ "\"local\"", "null", false, false },
	{ "\"local\"", "\"local\\u0000\"", false, false },
	{ "\"v\"", "\"w\"", false, false },
	{ "\"v\"", "\"V\"", false, false },
	{ "\"v\"", "\"v\\u0000\"", false, false },
	{ "\"v\"", "null", false, false },
	{ "null", "null,\"Options\":{}", false, false },
};

START_TEST(valid_or_deny_volume)
{
	bool harmless;

	ck_assert_int_eq(read_volume(change(volume, volumes[_i].from,
	    volumes[_i].to), &harmless), volumes[_i].good);
	ck_assert_int_eq(harmless, volumes[_i].harmless);
}
END_TEST

Suite *
engine_facts_suite(void)
{
	Suite *s = suite_create("engine_facts");
	TCase *t = tcase_of(s, "engine_facts");

	ONE(t, valid_container);
	ONE(t, valid_asked);
	ONE(t, deny_asked_for_another);
	EACH(t, deny_unsound_container, unsound);
	ONE(t, deny_nul_bytes);
	EACH(t, valid_labels, labels);
	ONE(t, valid_user_with_a_nul);
	ONE(t, valid_running);
	EACH(t, valid_or_deny_confined, confined);
	EACH(t, valid_lists_of_nothing, lists);
	EACH(t, deny_lists_of_something, lists);
	EACH(t, valid_modes_apart, modes);
	EACH(t, deny_modes_of_others, modes);
	EACH(t, valid_or_deny_mounts, mounts);
	EACH(t, valid_or_deny_driver, drivers);
	EACH(t, valid_where_groups_are_looked_up, groups);
	EACH(t, valid_staged_names, staged);
	ONE(t, limit_nesting);
	ONE(t, deny_half_an_answer);
	tcase_add_loop_test(t, deny_other_json, 0, 10);
	ONE(t, valid_list);
	EACH(t, deny_list, unlisted);
	EACH(t, valid_image, images);
	EACH(t, deny_image, bad_images);
	ONE(t, valid_image_names);
	ONE(t, deny_image_names);
	EACH(t, valid_or_deny_volume, volumes);
	return s;
}
