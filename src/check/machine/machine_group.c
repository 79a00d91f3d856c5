/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine's group. Who is in it needs no undocker; and what belongs to it is
 * within reach of every user's docker client, which has that group.
 */
#include "check/machine/machine.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <time.h>

enum { NAMED_MOST = 10, ACCOUNTS_MOST = 100000, ACCOUNTS_SECONDS = 3 };

struct members {
	struct strv names; /* those that were told */
	size_t n;
};

static void
member(
    struct machine *h, struct members *m, const char *name, const char *group)
{
	if (strcmp(name, "root") == 0 || strv_has(&m->names, name))
		return;
	m->n++;
	if (m->names.n == NAMED_MOST)
		return;
	strv_push(&m->names, arena_strdup(h->arena, name));
	findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
	    "the user %s is in the group %s: root on this host without "
	    "undocker (gpasswd -d %s %s)", name, group, name, group);
}

/* Those whose first group it is stand in no list. */
static void
by_account(struct machine *h, struct members *m, const char *group)
{
	time_t end = time(NULL) + ACCOUNTS_SECONDS;
	const struct passwd *pw;

	setpwent();
	for (int i = 0; i < ACCOUNTS_MOST && time(NULL) <= end &&
	    (pw = getpwent()) != NULL; i++) {
		if (pw->pw_gid == h->gid && pw->pw_uid != 0)
			member(h, m, pw->pw_name, group);
	}
	endpwent();
}

static void
members(struct machine *h, const char *group, char *const *listed)
{
	struct members m = { .names = strv_new(h->arena) };

	for (; *listed != NULL; listed++)
		member(h, &m, *listed, group);
	by_account(h, &m, group);
	if (m.n > m.names.n)
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "%zu more accounts are in the group %s",
		    m.n - m.names.n, group);
}

void
machine_group(struct machine *h)
{
	const struct group *gr;
	const char *name;

	if (h->gid == 0)
		return;
	errno = 0;
	gr = getgrgid(h->gid);
	if (gr == NULL) {
		findings_add(h->findings, SEVERITY_WARNING, NULL, 0,
		    "the engine's socket belongs to the group id %lu, which "
		    "the accounts do not know%s%s", (unsigned long)h->gid,
		    errno == 0 ? "" : ": ", errno == 0 ? "" : strerror(errno));
		name = arena_printf(h->arena, "%lu", (unsigned long)h->gid);
	} else {
		name = arena_strdup(h->arena, gr->gr_name);
		members(h, name, gr->gr_mem);
	}
	if (h->root)
		machine_group_files(h, name);
}
