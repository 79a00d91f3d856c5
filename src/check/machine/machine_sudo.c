/* SPDX-License-Identifier: Apache-2.0 */
/* sudo as a way up. Its rules are read as it reads them: cvtsudoers is its. */
#include "check/machine/machine.h"
#include "check/machine/sudo_rules.h"
#include "check/program/program_output.h"
#include "host/files/trust.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUDOERS "/etc/sudoers"
#define SUDOERS_D "/etc/sudoers.d"

static void
add(struct machine *h, enum severity severity, const char *path,
    const char *text)
{
	findings_add(h->findings, severity, path, 0, "%s", text);
}

/* How loud it is that sudo does not work: there may be the shim. */
static enum severity
weight(const struct machine *h)
{
	return h->shim ? SEVERITY_NOTE : SEVERITY_ERROR;
}

/* Whether there is a sudo that works. */
static bool
sudo_works(struct machine *h)
{
	struct stat st;

	if (stat(UNDOCKER_SUDO, &st) != 0) {
		if (!h->shim)
			add(h, SEVERITY_ERROR, NULL, "there is no way up: "
			    "neither " UNDOCKER_SUDO " nor " UNDOCKER_RTS
			    " is there; install one of them");
		return false;
	}
	if (st.st_uid == 0 && (st.st_mode & S_ISUID) != 0)
		return true;
	add(h, weight(h), UNDOCKER_SUDO, "is not setuid root, so it cannot "
	    "start " UNDOCKER_RT);
	return false;
}

/* Rewrites of sudo have rules of their own reading. */
static bool
is_other_sudo(void)
{
	char *real = realpath(UNDOCKER_SUDO, NULL);
	bool other = real != NULL && (strstr(real, "sudo-rs") != NULL ||
	    strstr(real, "/cargo/") != NULL);

	free(real);
	return other;
}

/* Why others than root may have put there what sudo reads, or NULL. */
static const char *
untrusted(struct arena *a, const char *path)
{
	const char *why;
	struct stat st;
	int fd = trust_open(a, path, TRUST_ROOTS_LINK, &st, &why);

	if (fd < 0)
		return why;
	(void)close(fd);
	return trust_owner(&st);
}

/* A file of rules that sudo would not believe, or should not. */
static void
rules_file(struct machine *h, const char *path)
{
	const char *why = untrusted(h->arena, path);

	if (why != NULL)
		findings_add(h->findings, SEVERITY_ERROR,
		    arena_strdup(h->arena, path), 0,
		    "%s: others than root may write sudo's rules, or sudo "
		    "passes over them", why);
}

/* sudo passes over names with a dot and backups. */
static void
rules_files(struct machine *h)
{
	DIR *d = opendir(SUDOERS_D);
	const struct dirent *e;

	rules_file(h, SUDOERS);
	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strchr(e->d_name, '.') == NULL &&
		    e->d_name[strlen(e->d_name) - 1] != '~')
			rules_file(h, arena_printf(h->arena, SUDOERS_D "/%s",
			    e->d_name));
	}
	if (d != NULL)
		(void)closedir(d);
}

/* Where nsswitch.conf says that sudo has rules from, besides the files. */
static const char *
elsewhere(struct arena *a)
{
	FILE *file = fopen("/etc/nsswitch.conf", "re");
	struct strv found = strv_new(a);
	char line[1024], *rest, *word;

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "#\n")] = '\0';
		word = strtok_r(line, " \t", &rest);
		if (word == NULL || strcmp(word, "sudoers:") != 0)
			continue;
		while ((word = strtok_r(NULL, " \t", &rest)) != NULL) {
			if (strcmp(word, "files") != 0 && word[0] != '[')
				strv_push(&found, arena_strdup(a, word));
		}
	}
	if (file != NULL)
		(void)fclose(file);
	return found.n > 0 ? strv_join(&found, ", ") : NULL;
}

static const char *
cvtsudoers(void)
{
	static const char *const paths[] = { "/usr/bin/cvtsudoers",
		"/usr/sbin/cvtsudoers" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		if (access(paths[i], X_OK) == 0)
			return paths[i];
	}
	return NULL;
}

/* As sudo looks: by the file that each path of the pattern leads to. */
static bool
is_same_file(const char *pattern, const char *program)
{
	struct stat one, other;
	glob_t found = { 0 };
	bool same = false;

	if (stat(program, &other) != 0 ||
	    glob(pattern, GLOB_NOSORT, NULL, &found) != 0)
		return false;
	for (size_t i = 0; i < found.gl_pathc; i++)
		same = same || (stat(found.gl_pathv[i], &one) == 0 &&
		    one.st_dev == other.st_dev && one.st_ino == other.st_ino);
	globfree(&found);
	return same;
}

/* A file of variables that is not there sets none. */
static const char *
env_file_untrusted(struct arena *a, const char *path)
{
	const char *why = untrusted(a, path);

	return why != NULL && strcmp(why, "does not exist") == 0 ? NULL : why;
}

static void
judge(struct machine *h, const char *program)
{
	/* With -c, no configuration of its own changes what it prints. */
	const char *const argv[] = { "cvtsudoers", "-c", "/dev/null", "-e",
		"-f", "json", SUDOERS, NULL };
	struct program_output o = { 0 };
	char host[HOST_NAME_MAX + 1] = "";
	struct sudo_facts facts = { .file = SUDOERS, .program = UNDOCKER_RT,
		.same = is_same_file, .untrusted = env_file_untrusted,
		.gid = h->gid,
		.docker = h->settings.docker, .host = host,
		.elsewhere = elsewhere(h->arena), .needed = !h->shim };
	const char *why;

	(void)gethostname(host, sizeof(host) - 1);
	if (!program_output(&o, h->arena, program, argv, &why))
		findings_add(h->findings, SEVERITY_WARNING, program, 0,
		    "%s, so nobody knows what sudo's rules allow", why);
	else if (o.status != 0)
		findings_add(h->findings, SEVERITY_ERROR, SUDOERS, 0,
		    "sudo's rules are not sound: %s (see visudo -c)", o.err);
	else if (!sudo_rules(h->findings, o.out, o.size, &facts))
		findings_add(h->findings, SEVERITY_WARNING, program, 0,
		    "prints no sound JSON (a rule with CWD= or CHROOT= is too "
		    "much for older ones), so nobody knows what sudo's rules "
		    "allow");
}

void
machine_sudo(struct machine *h)
{
	const char *program = cvtsudoers();

	if (!sudo_works(h))
		return;
	if (!h->root)
		add(h, SEVERITY_WARNING, SUDOERS, "only root can read sudo's "
		    "rules: run undocker-check --host as root");
	else if (is_other_sudo())
		add(h, SEVERITY_WARNING, UNDOCKER_SUDO, "is sudo-rs, whose "
		    "reading of the rules is not known here: see that nothing "
		    "gives SETENV or env_keep to " UNDOCKER_RT);
	else if (program == NULL)
		add(h, SEVERITY_WARNING, UNDOCKER_SUDO, "its rules cannot be "
		    "looked at without cvtsudoers, which belongs to sudo: see "
		    "that nothing gives SETENV or env_keep to " UNDOCKER_RT);
	else
		judge(h, program);
	if (h->root)
		rules_files(h);
}
