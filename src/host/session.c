/* SPDX-License-Identifier: Apache-2.0 */
#include "host/session.h"

#include "core/request/cli_read.h"
#include "host/caller/accounts.h"
#include "host/caller/caller_cgroup.h"
#include "host/engine/engine_answer.h"
#include "host/look_answer.h"

bool
session_policy(struct session *s, const char *path, enum policy_trust trust,
    const struct docker_command *command, struct fault *f)
{
	struct policy_group **groups;
	size_t n = 0;

	if (!policy_file_load(s->policy, s->arena, path, trust, f))
		return false;
	/* Of another's processes nobody knows here. */
	if (s->present && policy_uses(s->policy, "$U_CGROUP"))
		caller_cgroup(&s->caller, s->arena);
	groups = policy_groups(s->policy,
	    command == NULL ? NULL : command->name, &n);
	/*
	 * Where the policy does not speak of groups the kernel's do: they are
	 * what the caller's own processes have.
	 */
	if ((s->groups == SESSION_ACCOUNTS || (s->groups == SESSION_KERNELS &&
	    (n > 0 || policy_uses(s->policy, "$U_GROUPS")))) &&
	    !accounts_groups(&s->caller, s->arena, f))
		return false;
	return accounts_answer(groups, n, &s->caller, s->arena, f);
}

bool
session_answer(void *data, struct judge *j)
{
	const struct session *s = data;

	return look_answer(&j->needs, s->arena, &s->caller, &j->fault) &&
	    engine_answer(&j->needs, s->arena, &j->settings, &s->caller,
		&j->fault);
}

bool
session_command_line(struct session *s, const struct invocation *i,
    judge_answer_fn *answer, void *data)
{
	struct judge *j = &s->judge;
	struct request r;

	return judge_begin(j, s->arena, s->policy, &s->caller,
		   invocation_command(i, NULL)) &&
	    cli_read(&r, s->arena, &j->effective, s->policy, &s->caller, i,
		&j->fault) &&
	    judge_request(j, &r, answer, data, &s->settlement);
}
