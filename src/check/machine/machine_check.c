/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/machine_check.h"

#include "check/machine/machine.h"
#include "core/policy/effective.h"
#include "host/files/policy_file.h"

#include <unistd.h>

/* For what [main] says to everybody. */
static const struct caller somebody = { .uid = 65534, .gid = 65534,
	.user = "nobody", .group = "nogroup", .home = "/", .cwd = "/" };

/*
 * The engine and the client that the policy names. Root looks at them only
 * where root's policy names them: anybody may have written another file.
 */
static void
read_settings(struct machine *h, const char *file)
{
	struct policy *none = policy_new(h->arena);
	struct policy *p = policy_new(h->arena);
	struct effective e = { 0 };
	struct fault f = { 0 };

	if (policy_file_load(p, h->arena, file,
	    h->root ? POLICY_ROOTS : POLICY_ANY, &f) &&
	    effective_main(&e, &h->settings, h->arena, p, &somebody, &f))
		return;
	h->settings = (struct settings) { 0 };
	e = (struct effective) { 0 };
	f = (struct fault) { 0 };
	(void)effective_main(&e, &h->settings, h->arena, none, &somebody, &f);
	findings_add(h->findings, SEVERITY_NOTE, NULL, 0,
	    "this policy names neither the engine nor the client that were "
	    "looked at (enforcement would not take it): they are %s and %s",
	    h->settings.engine, h->settings.docker);
}

void
machine_check(struct findings *f, const char *policy_file)
{
	struct machine h = { .findings = f, .arena = f->arena,
		.root = geteuid() == 0 };

	read_settings(&h, policy_file);
	machine_programs(&h);
	machine_engine(&h);
	machine_sudo(&h);
	machine_group(&h);
	machine_kernel(&h);
}
