/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/mount_flag.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

/* What docker gets for the value; NULL: *reason. The source stays as it is. */
static const char *
flag(enum value_kind kind, const char *value, const char **reason)
{
	struct mount m;

	if (!mount_read(&m, a, kind, value, reason))
		return NULL;
	ck_assert_int_eq(m.kind, kind);
	return mount_flag(a, &m, m.source);
}

static const struct {
	enum value_kind kind;
	const char *value, *flag;
} good[] = {
	/* -v */
	{ VALUE_VOLUME, "/a:/b", "--mount=type=bind,source=/a,target=/b" },
	{ VALUE_VOLUME, "/a:/b:rw", "--mount=type=bind,source=/a,target=/b" },
	{ VALUE_VOLUME, "/a:/b:ro",
	    "--mount=type=bind,source=/a,target=/b,readonly" },
	{ VALUE_VOLUME, "/a:/b:rw,ro",
	    "--mount=type=bind,source=/a,target=/b,readonly" },
	{ VALUE_VOLUME, "/a:/b:ro,rw",
	    "--mount=type=bind,source=/a,target=/b,readonly" },
	{ VALUE_VOLUME, "./x:/b", "--mount=type=bind,source=./x,target=/b" },
	{ VALUE_VOLUME, ".:/b", "--mount=type=bind,source=.,target=/b" },
	{ VALUE_VOLUME, "..:/b", "--mount=type=bind,source=..,target=/b" },
	{ VALUE_VOLUME, ".hidden:/b",
	    "--mount=type=bind,source=.hidden,target=/b" },
	{ VALUE_VOLUME, "/a,b:/c",
	    "--mount=type=bind,\"source=/a,b\",target=/c" },
	{ VALUE_VOLUME, "/a\"b:/c",
	    "--mount=type=bind,\"source=/a\"\"b\",target=/c" },
	{ VALUE_VOLUME, "/a,readonly=false:/c,x:ro",
	    "--mount=type=bind,\"source=/a,readonly=false\","
	    "\"target=/c,x\",readonly" },
	{ VALUE_VOLUME, "/a b:/c d",
	    "--mount=type=bind,source=/a b,target=/c d" },
	{ VALUE_VOLUME, "data:/b",
	    "--mount=type=volume,source=data,target=/b" },
	{ VALUE_VOLUME, "data:/b:ro", "--mount=type=volume,source=data,"
	    "target=/b,readonly" },
	{ VALUE_VOLUME, "data:/b:nocopy",
	    "--mount=type=volume,source=data,target=/b,volume-nocopy" },
	{ VALUE_VOLUME, "/b", "--volume=/b" },
	/* --mount */
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b",
	    "--mount=type=bind,source=/a,target=/b" },
	{ VALUE_MOUNT, "type=bind,source=/a,destination=/b,readonly",
	    "--mount=type=bind,source=/a,target=/b,readonly" },
	{ VALUE_MOUNT, "TYPE=BIND,SRC=/a,DST=/b,RO",
	    "--mount=type=bind,source=/a,target=/b,readonly" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,readonly=true,ro=false",
	    "--mount=type=bind,source=/a,target=/b" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,ro=1",
	    "--mount=type=bind,source=/a,target=/b,readonly" },
	{ VALUE_MOUNT, "dst=/b,type=bind,src=./a",
	    "--mount=type=bind,source=./a,target=/b" },
	/* the last of a key counts, as for docker */
	{ VALUE_MOUNT, "type=volume,src=vv,type=bind,src=/a,dst=/x,dst=/b",
	    "--mount=type=bind,source=/a,target=/b" },
	{ VALUE_MOUNT, "\"type=bind\",\"src=/a,b\",dst=/c",
	    "--mount=type=bind,\"source=/a,b\",target=/c" },
	{ VALUE_MOUNT, "type=bind,\"src=/a\"\"b\",dst=/c",
	    "--mount=type=bind,\"source=/a\"\"b\",target=/c" },
	{ VALUE_MOUNT, "type=bind,src=/a=b,dst=/c",
	    "--mount=type=bind,source=/a=b,target=/c" },
	{ VALUE_MOUNT, "src=data,dst=/b",
	    "--mount=type=volume,source=data,target=/b" },
	{ VALUE_MOUNT, "src=data,dst=/b,volume-nocopy",
	    "--mount=type=volume,source=data,target=/b,volume-nocopy" },
	{ VALUE_MOUNT, "type=volume,src=data,dst=/b,volume-nocopy=false",
	    "--mount=type=volume,source=data,target=/b" },
	{ VALUE_MOUNT, "dst=/b", "--mount=type=volume,target=/b" },
	{ VALUE_MOUNT, "type=volume,src=,dst=/b",
	    "--mount=type=volume,target=/b" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b", "--mount=type=tmpfs,target=/b" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b,tmpfs-size=1m,tmpfs-mode=1777",
	    "--mount=type=tmpfs,target=/b,tmpfs-size=1m,tmpfs-mode=1777" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b,\"tmpfs-size=1,readonly\"",
	    "--mount=type=tmpfs,target=/b,\"tmpfs-size=1,readonly\"" },
	/* --tmpfs */
	{ VALUE_TMPFS, "/b", "--tmpfs=/b" },
	{ VALUE_TMPFS, "/b:size=1m,mode=1777,noexec,nosuid,nodev,ro,uid=1,"
	    "gid=2,nr_inodes=3", "--tmpfs=/b:size=1m,mode=1777,noexec,nosuid,"
	    "nodev,ro,uid=1,gid=2,nr_inodes=3" },
	{ VALUE_TMPFS, "/b:exec,rw", "--tmpfs=/b:exec,rw" },
};

START_TEST(valid_every_spelling_becomes_one_strict_form)
{
	const char *reason = NULL;
	const char *got = flag(good[_i].kind, good[_i].value, &reason);

	ck_assert_msg(got != NULL, "%s: %s", good[_i].value, reason);
	ck_assert_str_eq(got, good[_i].flag);
}
END_TEST

/* What docker gets is read back as the same mount. */
START_TEST(valid_the_strict_form_is_its_own)
{
	const char *reason = NULL;
	const char *once = flag(good[_i].kind, good[_i].value, &reason);
	const char *value = strchr(once, '=') + 1;
	enum value_kind kind = strncmp(once, "--mount", 7) == 0 ? VALUE_MOUNT
	    : strncmp(once, "--tmpfs", 7) == 0 ? VALUE_TMPFS : VALUE_VOLUME;

	ck_assert_str_eq(flag(kind, value, &reason), once);
}
END_TEST

static const struct {
	enum value_kind kind;
	const char *value, *reason;
} junk[] = {
	/* -v: empty parts and too many */
	{ VALUE_VOLUME, "", "empty part" },
	{ VALUE_VOLUME, ":", "empty part" },
	{ VALUE_VOLUME, "::", "empty part" },
	{ VALUE_VOLUME, "/a:", "empty part" },
	{ VALUE_VOLUME, ":/b", "empty part" },
	{ VALUE_VOLUME, "/a::/b", "empty part" },
	{ VALUE_VOLUME, "/a:/b:", "empty part" },
	{ VALUE_VOLUME, "/a:/b:/c:/d", "too many colons" },
	{ VALUE_VOLUME, "/a:/b:ro:rw", "too many colons" },
	{ VALUE_VOLUME, "/a:/b:ro:", "too many colons" },
	/* -v: a "drive", and names that are none */
	{ VALUE_VOLUME, "a:/b", "neither a path" },
	{ VALUE_VOLUME, "c:/etc:/x", "option that is not allowed" },
	{ VALUE_VOLUME, "x/y:/b", "neither a path" },
	{ VALUE_VOLUME, "-x:/b", "neither a path" },
	{ VALUE_VOLUME, "_x:/b", "neither a path" },
	{ VALUE_VOLUME, "a b:/b", "neither a path" },
	{ VALUE_VOLUME, "~/x:/b", "neither a path" },
	{ VALUE_VOLUME, "~:/b", "neither a path" },
	{ VALUE_VOLUME, "$HOME:/b", "neither a path" },
	{ VALUE_VOLUME, "v\xc3\xa9:/b", "neither a path" },
	{ VALUE_VOLUME, "vv\n:/b", "line end" },
	{ VALUE_VOLUME, "/a\n:/b", "line end" },
	{ VALUE_VOLUME, "/a\r:/b", "line end" },
	/* -v: options */
	{ VALUE_VOLUME, "/a:/b:RO", "'RO' is an option that is not" },
	{ VALUE_VOLUME, "/a:/b:zz", "'zz' is an option that is not" },
	{ VALUE_VOLUME, "/a:/b:z,Z", "'Z' is an option that is not" },
	{ VALUE_VOLUME, "/a:/b:z,z", "'z' is an option that is not" },
	{ VALUE_VOLUME, "/a:/b:z,rshared", "'rshared' is an option" },
	{ VALUE_VOLUME, "/a:/b:rshared,z", "'z' is an option" },
	{ VALUE_VOLUME, "/a:/b:shared,slave", "'slave' is an option" },
	{ VALUE_VOLUME, "/a:/b:SHARED", "'SHARED' is an option" },
	{ VALUE_VOLUME, "/a:/b:bind-propagation=shared", "is an option" },
	{ VALUE_VOLUME, "data:/b:shared", "'shared' is an option" },
	{ VALUE_VOLUME, "/a:/b:cached", "'cached' is an option" },
	{ VALUE_VOLUME, "/a:/b:nocopy", "'nocopy' is an option" },
	{ VALUE_VOLUME, "/a:/b:ro,", "'' is an option" },
	{ VALUE_VOLUME, "/a:/b:,ro", "'' is an option" },
	{ VALUE_VOLUME, "/a:/b: ro", "' ro' is an option" },
	{ VALUE_VOLUME, "/a:/b:/c", "'/c' is an option" },
	/* --mount: CSV */
	{ VALUE_MOUNT, "", "not allowed in --mount" },
	{ VALUE_MOUNT, "type=bind,src=/a\"b,dst=/c", "not one line" },
	{ VALUE_MOUNT, "\"type=bind\"x,dst=/c", "not one line" },
	{ VALUE_MOUNT, "\"type=bind,src=/a,dst=/b", "not one line" },
	{ VALUE_MOUNT, "\ntype=bind,src=/a,dst=/b", "not one line" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/x\ntype=bind,src=/,dst=/x",
	    "not one line" },
	{ VALUE_MOUNT, "type=bind,\"src=/a\n\",dst=/b", "not one line" },
	/* --mount: types */
	{ VALUE_MOUNT, "type=npipe,src=/a,dst=/b", "mount type that is not" },
	{ VALUE_MOUNT, "type=image,src=alpine,dst=/b", "mount type" },
	{ VALUE_MOUNT, "type=cluster,src=x,dst=/b", "mount type" },
	{ VALUE_MOUNT, "type=,src=/a,dst=/b", "mount type" },
	{ VALUE_MOUNT, "type= bind,src=/a,dst=/b", "mount type" },
	{ VALUE_MOUNT, "type=b\xc4\xb0nd,src=/a,dst=/b", "mount type" },
	{ VALUE_MOUNT, "type,src=/a,dst=/b", "'type' is not allowed" },
	/* --mount: what no policy can give */
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,z", "'z' is not allowed" },
	{ VALUE_MOUNT, "type=image,dst=/x,image-subpath=a", "not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,bind-create-src",
	    "'bind-create-src' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,consistency=cached",
	    "'consistency' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,x", "'x' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,", "'' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,=x", "'' is not allowed" },
	{ VALUE_MOUNT, "type=bind, src=/a,dst=/b", "' src' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src =/a,dst=/b", "'src ' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,\xc3\xa9", "is not allowed" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst", "'dst' is not allowed" },
	{ VALUE_MOUNT, "type=bind,src,dst=/b", "'src' is not allowed" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b,tmpfs-size", "'tmpfs-size' is not" },
	/* --mount: booleans */
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,ro=", "'' is no boolean" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,ro=yes", "'yes' is no bool" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,readonly= true",
	    "' true' is no boolean" },
	{ VALUE_MOUNT, "src=vv,dst=/b,volume-nocopy=x", "'x' is no boolean" },
	/* --mount: what must be there, and what must not */
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,volume-nocopy", "no volume" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b,volume-nocopy=1", "no volume" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b:ro", "holds a colon" },
	{ VALUE_MOUNT, "src=vv,dst=/b:/c", "holds a colon" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b:", "holds a colon" },
	{ VALUE_MOUNT, "type=bind,src=/a", "no target" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=", "no target" },
	{ VALUE_MOUNT, "type=bind,dst=/b", "no source" },
	{ VALUE_MOUNT, "type=bind,src=,dst=/b", "no source" },
	{ VALUE_MOUNT, "type=bind,src=a,dst=/b", "is not a path" },
	{ VALUE_MOUNT, "type=bind,src= /a,dst=/b", "is not a path" },
	{ VALUE_MOUNT, "type=bind,src=~/a,dst=/b", "is not a path" },
	{ VALUE_MOUNT, "type=volume,src=/etc,dst=/b", "neither a path" },
	{ VALUE_MOUNT, "src=/etc,dst=/b", "neither a path" },
	{ VALUE_MOUNT, "type=bind,src=/etc,dst=/b,type=volume",
	    "neither a path" },
	{ VALUE_MOUNT, "src=v,dst=/b", "neither a path" },
	{ VALUE_MOUNT, "src=../x,dst=/b", "neither a path" },
	{ VALUE_MOUNT, "type=tmpfs,src=/a,dst=/b", "tmpfs with a source" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,tmpfs-size=1", "is no tmpfs" },
	{ VALUE_MOUNT, "src=vv,dst=/b,tmpfs-mode=1", "is no tmpfs" },
	/* --tmpfs */
	{ VALUE_TMPFS, "/b:", "'' is a tmpfs option that is not allowed" },
	{ VALUE_TMPFS, "/b:suid", "'suid' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:dev", "'dev' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:ro,suid", "'suid' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:ro,,rw", "'' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:ro,", "'' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:lowerdir=/", "'lowerdir=/' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:SIZE=1", "'SIZE=1' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:sizes=1", "'sizes=1' is a tmpfs option" },
	{ VALUE_TMPFS, "/b:ro:suid", "'ro:suid' is a tmpfs option" },
	{ VALUE_TMPFS, "/b: ro", "' ro' is a tmpfs option" },
};

START_TEST(deny_what_docker_would_guess_at_create_or_hand_to_a_driver)
{
	const char *reason = "";
	const char *got = flag(junk[_i].kind, junk[_i].value, &reason);

	ck_assert_msg(got == NULL, "%s: %s", junk[_i].value, got);
	ck_assert_msg(strstr(reason, junk[_i].reason) != NULL, "%s: %s",
	    junk[_i].value, reason);
}
END_TEST

/* Options that ALLOWEDVALUES must name: each told, none without. */
static const struct {
	enum value_kind kind;
	const char *value, *options, *flag;
} risky[] = {
	{ VALUE_VOLUME, "/a:/b:z", "z", "--volume=/a:/b:z" },
	{ VALUE_VOLUME, "/a:/b:Z,ro", "Z", "--volume=/a:/b:Z,ro" },
	{ VALUE_VOLUME, "data:/b:z", "z", "--volume=data:/b:z" },
	{ VALUE_VOLUME, "data:/b:nocopy,z", "z", "--volume=data:/b:z,nocopy" },
	{ VALUE_VOLUME, "/a:/b:shared", "bind-propagation=shared",
	    "--mount=type=bind,source=/a,target=/b,bind-propagation=shared" },
	{ VALUE_VOLUME, "/a:/b:ro,rslave,rw", "bind-propagation=rslave",
	    "--mount=type=bind,source=/a,target=/b,readonly,"
	    "bind-propagation=rslave" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,Bind-Propagation=Shared",
	    "bind-propagation=Shared",
	    "--mount=type=bind,source=/a,target=/b,bind-propagation=Shared" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,bind-propagation=private,"
	    "bind-propagation=shared",
	    "bind-propagation=private bind-propagation=shared",
	    "--mount=type=bind,source=/a,target=/b,bind-propagation=private,"
	    "bind-propagation=shared" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,bind-nonrecursive",
	    "bind-nonrecursive",
	    "--mount=type=bind,source=/a,target=/b,bind-nonrecursive" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,bind-recursive=writable",
	    "bind-recursive=writable",
	    "--mount=type=bind,source=/a,target=/b,bind-recursive=writable" },
	{ VALUE_MOUNT, "type=volume,dst=/x,volume-opt=type=none,VOLUME-OPT="
	    "o=bind,volume-opt=device=/etc",
	    "volume-opt=type=none volume-opt=o=bind volume-opt=device=/etc",
	    "--mount=type=volume,target=/x,volume-opt=type=none,"
	    "volume-opt=o=bind,volume-opt=device=/etc" },
	{ VALUE_MOUNT, "src=vv,dst=/x,\"volume-opt=o=a,b\"",
	    "volume-opt=o=a,b",
	    "--mount=type=volume,source=vv,target=/x,\"volume-opt=o=a,b\"" },
	{ VALUE_MOUNT, "src=vv,dst=/x,volume-driver=local,volume-label=a=b,"
	    "volume-subpath=..", "volume-driver=local volume-label=a=b "
	    "volume-subpath=..", "--mount=type=volume,source=vv,target=/x,"
	    "volume-driver=local,volume-label=a=b,volume-subpath=.." },
	/* type=volume last: the options of the other type stay told */
	{ VALUE_MOUNT, "type=bind,src=/a,bind-propagation=shared,dst=/b,"
	    "type=volume,src=vv", "bind-propagation=shared",
	    "--mount=type=volume,source=vv,target=/b,bind-propagation=shared" },
};

START_TEST(valid_options_that_a_policy_must_name_are_told)
{
	const char *reason = NULL;
	struct mount m;

	ck_assert_msg(mount_read(&m, a, risky[_i].kind, risky[_i].value,
	    &reason), "%s: %s", risky[_i].value, reason);
	ck_assert_str_eq(strv_join(&m.options, " "), risky[_i].options);
	ck_assert_str_eq(mount_flag(a, &m, m.source), risky[_i].flag);
}
END_TEST

START_TEST(valid_no_options_are_none)
{
	const char *reason = NULL;
	struct mount m;

	ck_assert(mount_read(&m, a, good[_i].kind, good[_i].value, &reason));
	ck_assert_uint_eq(m.options.n, 0);
}
END_TEST

/* As patterns have it: docker's spelling does not matter, :ro stands last. */
static const struct {
	enum value_kind kind;
	const char *value, *text;
} texts[] = {
	{ VALUE_VOLUME, "/a:/b", "/a:/b" },
	{ VALUE_VOLUME, "/a:/b:rw", "/a:/b" },
	{ VALUE_VOLUME, "/a:/b:z,ro", "/a:/b:ro" },
	{ VALUE_VOLUME, "/b", "/b" },
	{ VALUE_VOLUME, "data:/b:nocopy", "data:/b" },
	{ VALUE_MOUNT, "dst=/b,SRC=/a,Type=Bind,readonly", "/a:/b:ro" },
	{ VALUE_MOUNT, "dst=/b,src=data,volume-opt=o=bind", "data:/b" },
	{ VALUE_MOUNT, "dst=/b", "/b" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b", "/b" },
	{ VALUE_MOUNT, "type=tmpfs,dst=/b,tmpfs-size=1m", "/b:size=1m" },
	{ VALUE_TMPFS, "/b", "/b" },
	{ VALUE_TMPFS, "/b:size=1m,ro", "/b:size=1m,ro" },
};

START_TEST(valid_the_text_is_what_v_would_say)
{
	const char *reason = NULL;
	struct mount m;

	ck_assert(mount_read(&m, a, texts[_i].kind, texts[_i].value, &reason));
	ck_assert_str_eq(mount_flag_text(a, &m, m.source), texts[_i].text);
}
END_TEST

/* A place of undocker's for the source of what only -v can say. */
START_TEST(valid_labels_of_selinux_go_with_v)
{
	const char *reason = NULL;
	struct mount m;

	ck_assert(mount_read(&m, a, VALUE_VOLUME, "./x:/b,c:Z", &reason));
	ck_assert_str_eq(mount_flag(a, &m, "/run/undocker/mounts/-/0"),
	    "--volume=/run/undocker/mounts/-/0:/b,c:Z");
	/* -v cannot say a colon; docker refuses the field z of --mount */
	ck_assert_str_eq(mount_flag(a, &m, "/x:y"),
	    "--mount=type=bind,source=/x:y,\"target=/b,c\",Z");
}
END_TEST

START_TEST(valid_types_are_told_apart)
{
	static const struct {
		enum value_kind kind;
		const char *value;
		enum mount_type type;
	} rows[] = {
		{ VALUE_VOLUME, "/a:/b", MOUNT_BIND },
		{ VALUE_VOLUME, "./a:/b", MOUNT_BIND },
		{ VALUE_VOLUME, "aa:/b", MOUNT_VOLUME },
		{ VALUE_VOLUME, "/b", MOUNT_ANONYMOUS },
		{ VALUE_MOUNT, "type=bind,src=/a,dst=/b", MOUNT_BIND },
		{ VALUE_MOUNT, "src=aa,dst=/b", MOUNT_VOLUME },
		{ VALUE_MOUNT, "dst=/b", MOUNT_ANONYMOUS },
		{ VALUE_MOUNT, "type=tmpfs,dst=/b", MOUNT_TMPFS },
		{ VALUE_TMPFS, "/b", MOUNT_TMPFS },
	};
	const char *reason;
	struct mount m;

	for (int i = 0; i < ROWS(rows); i++) {
		ck_assert(mount_read(&m, a, rows[i].kind, rows[i].value,
		    &reason));
		ck_assert_msg(m.type == rows[i].type, "%s", rows[i].value);
		ck_assert_str_eq(m.target, "/b");
	}
}
END_TEST

/* The resolved path takes the place of what the user wrote. */
START_TEST(valid_the_source_is_the_one_that_was_checked)
{
	const char *reason;
	struct mount m;

	ck_assert(mount_read(&m, a, VALUE_VOLUME, "./x:/b:ro", &reason));
	ck_assert_str_eq(mount_flag(a, &m, "/home/ann/x,y"),
	    "--mount=type=bind,\"source=/home/ann/x,y\",target=/b,readonly");
}
END_TEST

static const struct {
	const char *path, *cleaned;
} targets[] = {
	{ "/b", "/b" },
	{ "/b/", "/b" },
	{ "//b///c//", "/b/c" },
	{ "/./b/./c/.", "/b/c" },
	{ "/...", "/..." },
	{ "/..b/b..", "/..b/b.." },
	{ "/etcetera", "/etcetera" },
	{ "/etc/passwd", "/etc/passwd" },
	{ "/etc/hosts.d", "/etc/hosts.d" },
	{ "/home/etc", "/home/etc" },
	{ "/process", "/process" },
	{ "/sysroot/x", "/sysroot/x" },
	{ "/device", "/device" },
	{ "/home/dev/proc", "/home/dev/proc" },
	{ "/a b", "/a b" },
	{ "/a:b", "/a:b" },
	{ "/caf\xc3\xa9", "/caf\xc3\xa9" },
};

START_TEST(valid_a_target_is_cleaned_as_docker_cleans_it)
{
	const char *cleaned = NULL, *reason = NULL;

	ck_assert_msg(path_target_valid(a, targets[_i].path, &cleaned,
	    &reason), "%s", reason);
	ck_assert_str_eq(cleaned, targets[_i].cleaned);
}
END_TEST

static const char *const bad_targets[] = { "", "b", "./b", "../b", "~", " /b",
	"/", "//", "/.", "/./", "/..", "/b/..", "/b/../c", "/../etc",
	"/b/../etc", "/etc", "/etc/", "//etc", "/./etc/.", "/etc/hosts",
	"/etc//hosts", "/etc/hostname", "/etc/resolv.conf",
	"/etc/./resolv.conf/", "/proc", "/proc/", "/proc/self/fd/7", "/sys",
	"/sys/fs/cgroup", "/dev", "/dev/shm", "//dev//null", "/b\n", "/b\nc",
	"/b\r", "/b ", "/b\t" };

START_TEST(deny_targets_where_docker_writes_or_the_kernel_lives)
{
	const char *cleaned = NULL, *reason = NULL;

	ck_assert_msg(!path_target_valid(a, bad_targets[_i], &cleaned,
	    &reason), "'%s'", bad_targets[_i]);
	ck_assert_ptr_nonnull(reason);
}
END_TEST

static const struct {
	const char *dir, *path, *below;
} places[] = {
	{ "/a", "/a/b", "b" },
	{ "/a", "/a/b/c", "b/c" },
	{ "/a/b", "/a/b/c", "c" },
	{ "/a", "/a", NULL },
	{ "/a", "/a/", NULL },
	{ "/a", "/ab", NULL },
	{ "/a", "/ab/c", NULL },
	{ "/a", "/b/a/c", NULL },
	{ "/a/b", "/a", NULL },
	{ "/a", "/A/b", NULL },
};

START_TEST(valid_below_goes_by_components)
{
	const char *below = path_below(places[_i].dir, places[_i].path);

	ck_assert_pstr_eq(below, places[_i].below);
}
END_TEST

static const struct {
	const char *path, *cleaned;
} paths[] = {
	{ "/", "/" },
	{ "", "/" },
	{ "//", "/" },
	{ "/..", "/" },
	{ "/../..", "/" },
	{ "/a/..", "/" },
	{ "/a/../b", "/b" },
	{ "/a/b/..", "/a" },
	{ "/a/b/../..", "/" },
	{ "/a/b/../../..", "/" },
	{ "/a/b/../../../c", "/c" },
	{ "/a/./../b/", "/b" },
	{ "/a//..//b", "/b" },
	{ "/abc/../x", "/x" },
	{ "/a/...", "/a/..." },
	{ "/a/..b", "/a/..b" },
	{ "/a/b/../c/../d", "/a/d" },
};

START_TEST(valid_paths_are_cleaned_as_go_cleans_them)
{
	ck_assert_str_eq(path_clean(a, paths[_i].path), paths[_i].cleaned);
}
END_TEST

/* What a user may not say, an administrator may: what could be read is told. */
static const struct {
	enum value_kind kind;
	const char *value;
	const char *target; /* NULL: there is none */
} partly[] = {
	{ VALUE_VOLUME, "/a:/b:cached", "/b" },
	{ VALUE_VOLUME, "/a:/b:delegated,ro", "/b" },
	{ VALUE_VOLUME, "/a:/b:z,Z", "/b" },
	{ VALUE_MOUNT, "type=bind,src=/a,dst=/b,consistency=cached", "/b" },
	{ VALUE_MOUNT, "bind-create-src,src=/a,type=bind,dst=/b", "/b" },
	{ VALUE_MOUNT, "type=npipe,dst=/b", "/b" },
	{ VALUE_TMPFS, "/b:suid", "/b" },
	{ VALUE_VOLUME, "", NULL },
	{ VALUE_MOUNT, "\"", NULL },
};

START_TEST(deny_a_refused_mount_still_says_its_target)
{
	const char *reason = NULL;
	struct mount m;

	ck_assert(!mount_read(&m, a, partly[_i].kind, partly[_i].value,
	    &reason));
	ck_assert_pstr_eq(m.target, partly[_i].target);
}
END_TEST

START_TEST(limit_long_values)
{
	char *value = arena_alloc(a, 1 << 18);
	const char *cleaned, *reason;
	struct mount m;

	memset(value, ',', (1 << 18) - 1);
	ck_assert(!mount_read(&m, a, VALUE_MOUNT, value, &reason));
	memset(value, '/', (1 << 18) - 1);
	ck_assert(!path_target_valid(a, value, &cleaned, &reason));
	memset(value, 'x', (1 << 18) - 1);
	value[0] = '/';
	ck_assert(path_target_valid(a, value, &cleaned, &reason));
}
END_TEST

Suite *
mount_suite(void)
{
	Suite *s = suite_create("mount");
	TCase *t = tcase_of(s, "mount");

	EACH(t, valid_every_spelling_becomes_one_strict_form, good);
	EACH(t, valid_the_strict_form_is_its_own, good);
	EACH(t, deny_what_docker_would_guess_at_create_or_hand_to_a_driver,
	    junk);
	EACH(t, valid_options_that_a_policy_must_name_are_told, risky);
	EACH(t, valid_no_options_are_none, good);
	EACH(t, valid_the_text_is_what_v_would_say, texts);
	ONE(t, valid_labels_of_selinux_go_with_v);
	ONE(t, valid_types_are_told_apart);
	ONE(t, valid_the_source_is_the_one_that_was_checked);
	EACH(t, valid_a_target_is_cleaned_as_docker_cleans_it, targets);
	EACH(t, deny_targets_where_docker_writes_or_the_kernel_lives,
	    bad_targets);
	EACH(t, valid_below_goes_by_components, places);
	EACH(t, valid_paths_are_cleaned_as_go_cleans_them, paths);
	EACH(t, deny_a_refused_mount_still_says_its_target, partly);
	ONE(t, limit_long_values);
	return s;
}
