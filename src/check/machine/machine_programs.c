/* SPDX-License-Identifier: Apache-2.0 */
/* undocker's own files: whose are they, and with which rights do they run? */
#include "check/machine/machine.h"
#include "host/files/trust.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* NULL: root's, and nobody else can change or replace it. */
static const char *
fault_of(struct machine *h, const char *path, struct stat *st)
{
	const char *why;
	int fd = trust_open(h->arena, path, TRUST_ROOTS_LINK, st, &why);

	if (fd < 0)
		return why;
	(void)close(fd);
	return trust_owner(st);
}

static void
add(struct machine *h, enum severity severity, const char *path,
    const char *text)
{
	findings_add(h->findings, severity, path, 0, "%s", text);
}

/* A program that root or users run: who changes it is who runs it. */
static bool
program(struct machine *h, const char *path, enum severity missing)
{
	struct stat st;
	const char *why = fault_of(h, path, &st);

	if (why == NULL && !S_ISREG(st.st_mode))
		why = "is no program";
	if (why == NULL && (st.st_mode & S_IXUSR) == 0)
		why = "is not executable";
	if (why == NULL)
		return true;
	add(h, strcmp(why, "does not exist") == 0 ? missing : SEVERITY_ERROR,
	    path, why);
	return false;
}

static void
runtime(struct machine *h)
{
	struct stat st;

	if (program(h, UNDOCKER_RT, SEVERITY_ERROR) &&
	    stat(UNDOCKER_RT, &st) == 0 &&
	    (st.st_mode & (S_ISUID | S_ISGID)) != 0)
		add(h, SEVERITY_ERROR, UNDOCKER_RT, "is setuid or setgid; only "
		    UNDOCKER_RTS " may be (chmod u-s,g-s)");
}

/* As undocker: with the bit it is taken, without it sudo is. */
static void
shim(struct machine *h)
{
	struct stat st;
	struct statvfs fs;
	const char *why;

	if (lstat(UNDOCKER_RTS, &st) != 0)
		return;
	h->shim = S_ISREG(st.st_mode) && st.st_uid == 0 &&
	    (st.st_mode & S_ISUID) != 0;
	why = fault_of(h, UNDOCKER_RTS, &st);
	if (why != NULL) {
		add(h, SEVERITY_ERROR, UNDOCKER_RTS, why);
		return;
	}
	if (!h->shim) {
		add(h, SEVERITY_WARNING, UNDOCKER_RTS, "is not a setuid "
		    "program of root's, so undocker passes over it and needs "
		    "sudo (chmod 4755)");
		return;
	}
	if (statvfs(UNDOCKER_RTS, &fs) == 0 && (fs.f_flag & ST_NOSUID) != 0)
		add(h, SEVERITY_ERROR, UNDOCKER_RTS, "lies on a file system "
		    "that is mounted nosuid, so it cannot go up: remove it, or "
		    "mount without nosuid");
	if ((st.st_mode & S_ISGID) != 0)
		add(h, SEVERITY_WARNING, UNDOCKER_RTS, "is setgid, and should "
		    "not be (chmod 4755)");
	if ((st.st_mode & S_IXOTH) == 0)
		add(h, SEVERITY_WARNING, UNDOCKER_RTS, "is not executable by "
		    "all, so undocker fails for the others (chmod 4755)");
}

/* What the client takes for its home and its configuration. */
static void
data(struct machine *h)
{
	static const char *const paths[] = { UNDOCKER_DATADIR "/home",
		UNDOCKER_DATADIR "/docker" };
	struct stat st;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *why = fault_of(h, paths[i], &st);

		if (why == NULL && !S_ISDIR(st.st_mode))
			why = "is no directory";
		if (why != NULL)
			add(h, strcmp(why, "does not exist") == 0 ?
			    SEVERITY_WARNING : SEVERITY_ERROR, paths[i], why);
	}
}

/* Its neighbours, where the runtime is. */
static const char *
beside(struct machine *h, const char *name)
{
	return arena_printf(h->arena, "%.*s/%s",
	    (int)(strrchr(UNDOCKER_RT, '/') - UNDOCKER_RT), UNDOCKER_RT, name);
}

void
machine_programs(struct machine *h)
{
	(void)program(h, beside(h, "undocker"), SEVERITY_ERROR);
	(void)program(h, beside(h, "undocker-check"), SEVERITY_WARNING);
	runtime(h);
	shim(h);
	data(h);
}
