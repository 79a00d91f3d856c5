/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/copy.h"

#include <string.h>

/*
 * A side of cp. Out of a container only: docker unpacks what comes in as root,
 * with the archive's modes, and an archive may hold the host's disks (device
 * nodes), which its maker then opens from outside, through /proc.
 */
bool
copy_plan(struct state *s, size_t at)
{
	const char *given = s->operands->v[at];
	size_t n = strcspn(given, ":");

	if (*given == '/' || *given == '.' || given[n] == '\0') {
		if (at == 0)
			return state_refuse(s, "copying into a container is "
			    "not offered: docker would unpack, as root, "
			    "whatever an archive holds (tar c FILE | undocker "
			    "exec -i -w DIR CONTAINER tar x does it as you)");
		return true;
	}
	if (at != 0)
		return state_refuse(s, "one side must be a file or -");
	containers_add(s, (struct planned_container) { .at = at,
	    .given = arena_strndup(s->arena, given, n), .letter = 'X',
	    .behind = given + n });
	return true;
}

/*
 * cp and export read as root. What is mounted there others may have shut from
 * the caller; and for cp the engine mounts it anew, and three files in /etc,
 * by paths in which the container can put a link to anywhere on the host.
 */
bool
copy_settle(struct state *s, const struct planned_container *p,
    const char *title)
{
	const struct container *c = p->need->containers;
	const char *why = NULL;

	if (p->letter != 'X' && p->letter != 'E')
		return true;
	if (!c->mounts_harmless)
		why = "something is mounted in it, where docker would work as "
		      "root";
	else if (p->letter == 'X' && !c->etc_stays)
		why = "docker would mount files in its /etc as root, which "
		      "this engine's kind of storage lets it move";
	return why == NULL || state_refuse(s, "%s: %s (undocker exec %s tar c "
	    "PATH | tar x does it as you; where it does not run, a run with "
	    "the same -v)", title, why, p->given);
}
