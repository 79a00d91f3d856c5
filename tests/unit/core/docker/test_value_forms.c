/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/value_forms.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

static const struct docker_flag *
flag_of(const char *name)
{
	const struct docker_flag *f = docker_flag_long(
	    docker_command_named("run"), name, strlen(name));

	if (f == NULL)
		f = docker_flag_long(docker_command_named("images"), name,
		    strlen(name));
	ck_assert_msg(f != NULL, "--%s", name);
	return f;
}

/* The forms of each part, a blank between; two parts have " ; ". */
static const char *
text_of(const struct value_parts *parts)
{
	struct strv texts = strv_new(a);

	for (size_t i = 0; i < parts->n; i++) {
		if (i > 0)
			strv_push(&texts, ";");
		for (size_t k = 0; k < parts->v[i].forms.n; k++)
			strv_push(&texts, parts->v[i].forms.v[k]);
		if (parts->v[i].restrictable != NULL)
			strv_pushf(&texts, "!%s", parts->v[i].restrictable);
	}
	return strv_join(&texts, " ");
}

static const struct {
	const char *flag, *value, *forms, *canonical;
} good[] = {
	/* plain: as it stands */
	{ "name", "web", "web", NULL },
	{ "name", "", "", NULL },
	{ "entrypoint", "a b\n", "a b\n", NULL },
	{ "log-driver", "None", "None", NULL },
	{ "ipc", "host", "host", NULL },
	{ "rm", "true", "true", NULL },
	/* numbers: also in the smallest unit */
	{ "memory", "1g", "1g 1073741824", NULL },
	{ "memory", "1.5KiB", "1.5KiB 1536", NULL },
	{ "memory", "-1", "-1 -1", NULL },
	{ "pids-limit", "0x10", "0x10 16", NULL },
	{ "pids-limit", "-0", "-0 0", NULL },
	{ "stop-timeout", "010", "010 8", NULL },
	{ "cpus", "3/2", "3/2 1500000000", NULL },
	{ "health-interval", "1m", "1m 60000000000", NULL },
	/* networks */
	{ "network", "lab", "lab", NULL },
	{ "network", "Lab", "Lab", NULL },
	{ "network", "host", "host", NULL },
	{ "network", "", "default", NULL },
	{ "network", "container:web", "container:web", NULL },
	{ "network", "name=lab", "lab", "lab" },
	{ "network", "NAME=Lab", "lab", "lab" },
	{ "network", "\"name=lab\"", "lab", "lab" },
	{ "network", " name = lab ", "lab", "lab" },
	{ "network", "name=a,name=HOST", "host", "host" },
	{ "network", "name=CONTAINER:web", "container:web", "container:web" },
	{ "network", "name=lab,alias=X", "lab ; alias=x", "name=lab,alias=x" },
	{ "network", "ip=10.0.0.1, ALIAS = x,name=lab",
	    "lab ; ip=10.0.0.1 ; alias=x", "name=lab,ip=10.0.0.1,alias=x" },
	{ "network", "\"driver-opt=a=b,c\",name=lab",
	    "lab ; driver-opt=a=b,c", "name=lab,\"driver-opt=a=b,c\"" },
	/* GPUs */
	{ "gpus", "2", "count=2 2", NULL },
	{ "gpus", "02", "count=2 2", NULL },
	{ "gpus", "count=2", "count=2 2", NULL },
	{ "gpus", "all", "count=all all", NULL },
	{ "gpus", "-1", "count=all all", NULL },
	{ "gpus", "count=-1", "count=all all", NULL },
	{ "gpus", "\"count=all\"", "count=all all", NULL },
	{ "gpus", "device=0", "device=0", NULL },
	{ "gpus", "device=all", "device=all count=all all", NULL },
	{ "gpus", "\"device=0,GPU-a1\"", "device=0 ; device=GPU-a1", NULL },
	{ "gpus", "device=0,1", "device=0 ; count=1 1", NULL },
	{ "gpus", "driver=x", "driver=x ; count=1 1", NULL },
	{ "gpus", "count=1,\"capabilities=utility,compute\"",
	    "count=1 1 ; capabilities=utility,compute", NULL },
	{ "gpus", "options=a=b,device=0", "options=a=b ; device=0", NULL },
	/* security */
	{ "security-opt", "no-new-privileges",
	    "no-new-privileges=true no-new-privileges",
	    "no-new-privileges=true" },
	{ "security-opt", "no-new-privileges:1",
	    "no-new-privileges=true no-new-privileges",
	    "no-new-privileges=true" },
	{ "security-opt", "no-new-privileges=F", "no-new-privileges=false",
	    "no-new-privileges=false" },
	{ "security-opt", "seccomp=unconfined", "seccomp=unconfined",
	    "seccomp=unconfined" },
	{ "security-opt", "seccomp:unconfined", "seccomp=unconfined",
	    "seccomp=unconfined" },
	{ "security-opt", "seccomp:/etc/x.json", "seccomp=/etc/x.json",
	    "seccomp=/etc/x.json" },
	{ "security-opt", "label:type:t", "label=type:t", "label=type:t" },
	{ "security-opt", "label=type:t", "label=type:t", "label=type:t" },
	{ "security-opt", "label:type=t", "label:type=t", "label:type=t" },
	{ "security-opt", "no-new-privilege=x", "no-new-privilege=x",
	    "no-new-privilege=x" },
	/* users */
	{ "user", "1000", "1000", "1000" },
	{ "user", "1000:", "1000", "1000" },
	{ "user", "1000:50", "1000:50 !1000", "1000:50" },
	{ "user", "ann:staff", "ann:staff !ann", "ann:staff" },
	{ "user", "0", "0", "0" },
	{ "user", "00", "0", "0" },
	{ "user", "000:01", "0:1 !0", "0:1" },
	{ "user", ":50", "0:50 !0", "0:50" },
	{ "user", ":", "0", "0" },
	{ "user", "0x0", "0x0", "0x0" },
	{ "group-add", "50", "50", "50" },
	{ "group-add", "050", "50", "50" },
	{ "group-add", "000", "0", "0" },
	/* capabilities */
	{ "cap-add", "SYS_ADMIN", "SYS_ADMIN CAP_SYS_ADMIN",
	    "CAP_SYS_ADMIN" },
	{ "cap-add", "cap_sys_admin", "SYS_ADMIN CAP_SYS_ADMIN",
	    "CAP_SYS_ADMIN" },
	{ "cap-add", " Cap_Sys_Admin  ", "SYS_ADMIN CAP_SYS_ADMIN",
	    "CAP_SYS_ADMIN" },
	{ "cap-drop", "all", "ALL CAP_ALL", "ALL" },
	/* filters */
	{ "filter", "label=a=b", "label=a=b", "label=a=b" },
	{ "filter", " Label = a ", "label=a", "label=a" },
	{ "filter", "dangling=", "dangling=", "dangling=" },
	/* restart */
	{ "restart", "always", "always always:0", "always" },
	{ "restart", "always:00", "always always:0", "always" },
	{ "restart", "on-failure:3", "on-failure:3 on-failure",
	    "on-failure:3" },
	{ "restart", "on-failure:03", "on-failure:3 on-failure",
	    "on-failure:3" },
	{ "restart", "on-failure:0", "on-failure on-failure:0",
	    "on-failure" },
	{ "restart", "", "no no:0", NULL },
	/* plain, but for what the engine makes of them */
	{ "cgroup-parent", "/a/b", "/a/b", NULL },
	{ "cgroup-parent", "user-1.slice", "user-1.slice", NULL },
	{ "sysctl", "net.ipv4.ip_forward=1", "net.ipv4.ip_forward=1", NULL },
	{ "storage-opt", "SIZE=10G", "size=10G", "size=10G" },
	/* limits of processes */
	{ "ulimit", "nofile=5", "nofile=5:5 nofile=5", "nofile=5:5" },
	{ "ulimit", "nofile=+5:06", "nofile=5:6", "nofile=5:6" },
	{ "ulimit", "core=-1", "core=-1:-1 core=-1", "core=-1:-1" },
	/* ports */
	{ "publish", "80", "80/tcp", "80/tcp" },
	{ "publish", "08080:80/UDP", "8080:80/udp", "8080:80/udp" },
	{ "publish", "target=80,published=8080", "8080:80/tcp",
	    "8080:80/tcp" },
	/* places */
	{ "workdir", "/srv", "/srv", NULL },
	{ "workdir", "//srv//./x/", "/srv/x", NULL },
	{ "workdir", "/srv/../etc", "/etc", NULL },
	{ "workdir", "srv", "srv", NULL },
	/* devices */
	{ "device", "/dev/fuse",
	    "/dev/fuse:/dev/fuse:rwm /dev/fuse /dev/fuse:rwm",
	    "/dev/fuse:/dev/fuse:rwm" },
	{ "device", "/dev/fuse:mr",
	    "/dev/fuse:/dev/fuse:rm /dev/fuse /dev/fuse:rm",
	    "/dev/fuse:/dev/fuse:rm" },
	{ "device", "/dev/fuse:/dev/x", "/dev/fuse:/dev/x:rwm /dev/fuse",
	    "/dev/fuse:/dev/x:rwm" },
	{ "device", "/dev/fuse:/dev/x:w", "/dev/fuse:/dev/x:w /dev/fuse",
	    "/dev/fuse:/dev/x:w" },
	{ "device", "/dev/bus/usb/001/002:r",
	    "/dev/bus/usb/001/002:/dev/bus/usb/001/002:r "
	    "/dev/bus/usb/001/002 /dev/bus/usb/001/002:r",
	    "/dev/bus/usb/001/002:/dev/bus/usb/001/002:r" },
	{ "device", "nvidia.com/gpu=0", "nvidia.com/gpu=0", NULL },
};

START_TEST(valid_a_value_has_its_forms)
{
	struct value_parts parts;
	const char *reason = "";

	ck_assert_msg(value_forms(&parts, a, flag_of(good[_i].flag),
	    good[_i].value, &reason), "--%s=%s %s", good[_i].flag,
	    good[_i].value, reason);
	ck_assert_str_eq(text_of(&parts), good[_i].forms);
	ck_assert_pstr_eq(parts.canonical, good[_i].canonical);
}
END_TEST

/* What docker gets means to docker, and to us, what the value did. */
START_TEST(valid_the_canonical_value_has_the_same_forms)
{
	struct value_parts parts, again;
	const char *reason = "";

	if (good[_i].canonical == NULL)
		return;
	ck_assert(value_forms(&parts, a, flag_of(good[_i].flag),
	    good[_i].value, &reason));
	ck_assert_msg(value_forms(&again, a, flag_of(good[_i].flag),
	    parts.canonical, &reason), "%s %s", parts.canonical, reason);
	ck_assert_str_eq(text_of(&again), text_of(&parts));
	if (again.canonical != NULL)
		ck_assert_str_eq(again.canonical, parts.canonical);
}
END_TEST

static const struct {
	const char *flag, *value, *reason;
} bad[] = {
	{ "network", "a b", "is not a network's name" },
	{ "network", " lab", "is not a network's name" },
	{ "network", "../x", "is not a network's name" },
	{ "network", "-x", "is not a network's name" },
	{ "network", "container:", "is not a network's name" },
	{ "network", "container:a/b", "is not a network's name" },
	{ "network", "CONTAINER:web", "is not a network's name" },
	{ "network", "lab\n", "is not plain ASCII" },
	{ "network", "l\xc3\xa4" "b", "is not plain ASCII" },
	{ "network", "name=h\xc5\x8dst", "is not plain ASCII" },
	{ "network", "name=lab\nname=host", "is not plain ASCII" },
	{ "network", "name=", "names no network" },
	{ "network", "alias=lab", "names no network" },
	{ "network", "name=lab,name=", "names no network" },
	{ "network", "name=container:", "names no network" },
	{ "network", "name=../x", "names no network" },
	{ "network", "name=lab,", "has a field that is not KEY=VALUE" },
	{ "network", "name=lab,=x", "has a field that is not KEY=VALUE" },
	{ "network", "name=lab, =x", "has a field that is not KEY=VALUE" },
	{ "network", "name=la\"b", "is not one line of comma-separated" },
	{ "network", "\"name=lab", "is not one line of comma-separated" },
	{ "gpus", "", "is no number of GPUs" },
	{ "gpus", "-2", "is no number of GPUs" },
	{ "gpus", "+1", "is no number of GPUs" },
	{ "gpus", "0x1", "is no number of GPUs" },
	{ "gpus", " 1", "is no number of GPUs" },
	{ "gpus", "1.0", "is no number of GPUs" },
	{ "gpus", "ALL", "is no number of GPUs" },
	{ "gpus", "count=", "is no number of GPUs" },
	{ "gpus", "1234567890", "is no number of GPUs" },
	{ "gpus", "count=1,all", "says something twice" },
	{ "gpus", "all,count=1", "says something twice" },
	{ "gpus", "device=0,device=1", "says something twice" },
	{ "gpus", "device=", "has a device that is none" },
	{ "gpus", "device=00", "has a device that is none" },
	{ "gpus", "device= 0", "has a device that is none" },
	{ "gpus", "\"device=0,\"", "has a device that is none" },
	{ "gpus", "Device=0", "has a field that is none of --gpus" },
	{ "gpus", "x=0", "has a field that is none of --gpus" },
	{ "gpus", "1\nall", "is not one line of comma-separated" },
	{ "gpus", "\"1", "is not one line of comma-separated" },
	{ "security-opt", "", "is not KEY=VALUE" },
	{ "security-opt", "seccomp", "is not KEY=VALUE" },
	{ "security-opt", "no-new-privileges=", "is neither true nor false" },
	{ "security-opt", "no-new-privileges:yes",
	    "is neither true nor false" },
	{ "security-opt", "seccomp=/etc/../x", "is not a plain path" },
	{ "security-opt", "seccomp:/etc//x", "is not a plain path" },
	/* Atoi reads signs */
	{ "user", "-0", "is not USER or USER:GROUP" },
	{ "user", "+0", "is not USER or USER:GROUP" },
	{ "user", "++0", "is not USER or USER:GROUP" },
	{ "user", "-00:5", "is not USER or USER:GROUP" },
	{ "user", "5:-0", "is not USER or USER:GROUP" },
	{ "user", "5:+0", "is not USER or USER:GROUP" },
	{ "user", "a b", "is not USER or USER:GROUP" },
	{ "user", "1:2:3", "is not USER or USER:GROUP" },
	{ "user", "1\n", "is not USER or USER:GROUP" },
	{ "user", "0\xc2\xa0", "is not USER or USER:GROUP" },
	{ "group-add", "", "is not a group's number" },
	{ "group-add", "docker", "is not a group's number" },
	{ "group-add", "+50", "is not a group's number" },
	{ "group-add", "-0", "is not a group's number" },
	{ "group-add", "50 ", "is not a group's number" },
	{ "cap-add", "s\xc5\xbfys_admin", "is not a capability" },
	{ "cap-add", "SYS_ADMIN\t", "is not a capability" },
	{ "cap-add", "CAP_CAP_SYS_ADMIN", "is not a capability" },
	{ "cap-add", "cap_cap_all", "is not a capability" },
	{ "cap-add", "CAP_", "is not a capability" },
	{ "cap-add", "", "is not a capability" },
	{ "restart", "always:", "is not NAME or NAME:COUNT" },
	{ "restart", "on-failure:-0", "is not NAME or NAME:COUNT" },
	{ "restart", "on-failure:+0", "is not NAME or NAME:COUNT" },
	{ "restart", "on-failure:1:2", "is not NAME or NAME:COUNT" },
	{ "cgroup-parent", "/a/../b", "is not a plain path" },
	{ "cgroup-parent", "/a//b", "is not a plain path" },
	{ "cgroup-parent", "a/b", "is not a plain path" },
	{ "sysctl", "net.ipv4/ip_forward=1", "is not NAME=VALUE" },
	{ "sysctl", "net.ipv4..ip_forward=1", "is not NAME=VALUE" },
	{ "sysctl", "net.ipv4.ip_forward", "is not NAME=VALUE" },
	{ "storage-opt", "size", "is not NAME=VALUE" },
	{ "storage-opt", " size=1", "is not NAME=VALUE" },
	{ "filter", "label", "is not KEY=VALUE in plain ASCII" },
	{ "filter", "", "is not KEY=VALUE in plain ASCII" },
	{ "filter", "label=a\n", "is not KEY=VALUE in plain ASCII" },
	{ "filter", "l\xc3\xa4" "b=a", "is not KEY=VALUE in plain ASCII" },
	{ "ulimit", "nofile", "is not NAME=SOFT[:HARD]" },
	{ "ulimit", "NOFILE=1", "is not NAME=SOFT[:HARD]" },
	{ "ulimit", "nofile=2:1", "is not NAME=SOFT[:HARD]" },
	{ "publish", "", "holds what is no port" },
	{ "publish", "80:90:100", "begins with what is no IPv4 address" },
	{ "device", "", "is not a device below /dev" },
	{ "device", "/dev", "is not a device below /dev" },
	{ "device", "/dev/", "is not a device below /dev" },
	{ "device", "/dev/../dev/fuse", "is not a device below /dev" },
	{ "device", "//dev/fuse", "is not a device below /dev" },
	{ "device", "/dev/fuse/", "is not a device below /dev" },
	{ "device", "/dev//fuse", "is not a device below /dev" },
	{ "device", "dev/fuse", "is not a device below /dev" },
	/* docker's path of the host begins where the engine runs: at / */
	{ "device", "dev/sda:/dev/x=y", "is not a device below /dev" },
	{ "device", "dev/sda=:/dev/x", "is not a device below /dev" },
	{ "device", "a.b/../dev/sda=x", "is not a device below /dev" },
	{ "device", "a.b/c=", "is not a device below /dev" },
	{ "device", "/home/ann/x", "is not a device below /dev" },
	{ "device", "/dev/shm/x", "is not a device below /dev" },
	{ "device", "/dev/fd/3", "is not a device below /dev" },
	{ "device", "/dev/stdin", "is not a device below /dev" },
	{ "device", "/dev/fuse:", "is not a device below /dev" },
	{ "device", "/dev/fuse:x", "is not a device below /dev" },
	{ "device", "/dev/fuse:/etc/x", "is not a device below /dev" },
	{ "device", "/dev/fuse:/dev/x:", "is not a device below /dev" },
	{ "device", "/dev/fuse:/dev/x:rx", "is not a device below /dev" },
	{ "device", "/dev/fuse:r:r", "is not a device below /dev" },
	{ "device", "/dev/fuse:/dev/x:r:w", "is not a device below /dev" },
};

START_TEST(deny_what_reads_in_two_ways)
{
	struct value_parts parts;
	const char *reason = "";

	ck_assert_msg(!value_forms(&parts, a, flag_of(bad[_i].flag),
	    bad[_i].value, &reason), "--%s=%s", bad[_i].flag, bad[_i].value);
	ck_assert_msg(strncmp(reason, bad[_i].reason,
	    strlen(bad[_i].reason)) == 0, "--%s=%s %s", bad[_i].flag,
	    bad[_i].value, reason);
}
END_TEST

/* Values that may mean more than their forms say. */
static const struct {
	const char *flag, *value;
	bool many;
} vague[] = {
	{ "network", "cafe", true },
	{ "network", "4f2a9c0d11e2", true },
	{ "network", "name=4f2a", true },
	{ "network", "lab", false },
	{ "publish", "21-22:80", true },
	{ "publish", "21-22:21-22", true },
	{ "publish", "22:22", false },
	{ "memory", "1gi", true },
	{ "memory", ".0", true },
	{ "memory", "1g", false },
	{ "cpus", "0x1p4", true },
	{ "cpus", "2", false },
	{ "name", "cafe", false },
};

START_TEST(valid_a_vague_value_says_so)
{
	struct value_parts parts;
	const char *reason = "";

	ck_assert_msg(value_forms(&parts, a, flag_of(vague[_i].flag),
	    vague[_i].value, &reason), "%s", reason);
	ck_assert_msg((parts.many != NULL) == vague[_i].many, "--%s=%s",
	    vague[_i].flag, vague[_i].value);
}
END_TEST

START_TEST(valid_parts_and_forms_are_added)
{
	struct value_parts parts = { 0 };
	struct value_part *p;

	for (int i = 0; i < 100; i++) {
		p = value_parts_add(&parts, a, arena_printf(a, "%d", i));
		strv_push(&p->forms, "x");
	}
	ck_assert_uint_eq(parts.n, 100);
	ck_assert_str_eq(parts.v[99].forms.v[0], "99");
	ck_assert_uint_eq(parts.v[0].forms.n, 2);
}
END_TEST

Suite *
value_forms_suite(void)
{
	Suite *s = suite_create("value_forms");
	TCase *t = tcase_of(s, "value_forms");

	EACH(t, valid_a_value_has_its_forms, good);
	EACH(t, valid_the_canonical_value_has_the_same_forms, good);
	EACH(t, deny_what_reads_in_two_ways, bad);
	EACH(t, valid_a_vague_value_says_so, vague);
	ONE(t, valid_parts_and_forms_are_added);
	return s;
}
