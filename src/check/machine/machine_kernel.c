/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/machine.h"
#include "host/files/trust.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

/* mount_setattr, which the mounts of users need. */
enum { KERNEL_MAJOR = 5, KERNEL_MINOR = 12 };

static void
version(struct machine *h)
{
	struct utsname u;
	unsigned major, minor;

	if (uname(&u) != 0 ||
	    sscanf(u.release, "%u.%u", &major, &minor) != 2)
		return;
	if (major < KERNEL_MAJOR ||
	    (major == KERNEL_MAJOR && minor < KERNEL_MINOR))
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "the kernel is %s: undocker refuses all bind mounts before "
		    "%d.%d", u.release, KERNEL_MAJOR, KERNEL_MINOR);
	findings_add(h->findings, SEVERITY_NOTE, NULL, 0,
	    "undocker %s, kernel %s", UNDOCKER_VERSION, u.release);
}

static void
seccomp(struct machine *h)
{
	if (access("/proc/sys/kernel/seccomp/actions_avail", F_OK) != 0)
		findings_add(h->findings, SEVERITY_ERROR, NULL, 0,
		    "the kernel has no seccomp (CONFIG_SECCOMP_FILTER), so "
		    "undocker starts no client");
}

/* With it, a process can type into a terminal that it shares. */
static void
terminals(struct machine *h)
{
	FILE *file = fopen("/proc/sys/dev/tty/legacy_tiocsti", "re");
	int c = file == NULL ? EOF : getc(file);

	if (file != NULL)
		(void)fclose(file);
	if (c == '1')
		findings_add(h->findings, SEVERITY_NOTE, NULL, 0,
		    "sysctl dev.tty.legacy_tiocsti is 1: programs may type "
		    "into the terminal that they run on");
}

/* Where undocker keeps what it made: it makes them itself, if need be. */
static void
places(struct machine *h)
{
	static const char *const paths[] = { "/run/undocker",
		"/var/lib/undocker" };
	const char *why;
	struct stat st;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		int fd = trust_open(h->arena, paths[i], TRUST_NO_LINK, &st,
		    &why);

		if (fd < 0 && strcmp(why, "does not exist") == 0)
			continue;
		if (fd >= 0) {
			(void)close(fd);
			why = S_ISDIR(st.st_mode) ? trust_owner(&st) :
			    "is no directory";
		}
		if (why != NULL)
			findings_add(h->findings, SEVERITY_ERROR, paths[i], 0,
			    "%s", why);
	}
}

void
machine_kernel(struct machine *h)
{
	version(h);
	seccomp(h);
	terminals(h);
	places(h);
}
