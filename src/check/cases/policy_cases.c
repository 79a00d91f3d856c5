/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A case passes only if it is the policy that gives the answer. So a refusal
 * for want of an engine, a file or an account of this machine passes nothing,
 * and no files are looked at with rights that only the file of cases claims.
 */
#include "check/cases/policy_cases.h"

#include "check/cases/case_process.h"
#include "check/cases/cases_file.h"
#include "check/cases/rehearse.h"
#include "core/base/shellword.h"
#include "core/policy/effective.h"
#include "host/caller/accounts.h"
#include "host/caller/caller_find.h"
#include "host/files/policy_file.h"
#include "host/read_whole.h"
#include "host/report.h"
#include "host/write_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_PASSED = 0, EXIT_FAILED = 1, EXIT_UNREADABLE = 2 };

/* Exit status of the process of a case, which has the reason on its stderr. */
enum { CASE_PASSED = 0, CASE_FAILED = 1, CASE_UNSOUND = 2 };

#define FILE_MOST ((size_t)16 << 20)

struct testing {
	struct arena *arena;
	struct policy *policy;
	struct cases cases;
	size_t passed, failed;
	bool unsound; /* the policy: no more questions */
	bool unheard; /* stdout takes nothing any more */
};

static bool
fail(struct arena *a, struct fault *f, const char *path, const char *why)
{
	return fault_set(f, a, FAULT_REFUSED, "%s: %s", path, why);
}

static bool
read_file(struct arena *a, const char *path, const char **text, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	char *bytes;
	size_t n;

	if (fd < 0)
		return fail(a, f, path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (size_t)st.st_size > FILE_MOST) {
		(void)close(fd);
		return fail(a, f, path, "is no file, or larger than 16 MiB");
	}
	bytes = read_whole(a, fd, (size_t)st.st_size, FILE_MOST, &n);
	(void)close(fd);
	if (bytes == NULL)
		return fail(a, f, path, strerror(errno));
	*text = bytes;
	return strlen(bytes) == n || fail(a, f, path, "holds a NUL byte");
}

/* The groups of the policy: as the cases say, or else the accounts. */
static bool
answer_groups(struct testing *t, struct fault *f)
{
	size_t n = 0, left = 0;
	struct policy_group **groups = policy_groups(t->policy, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		const struct cases_file_group *g = cases_file_group(&t->cases,
		    groups[i]->name);

		if (g == NULL) {
			groups[left++] = groups[i];
			continue;
		}
		groups[i]->state = GROUP_KNOWN;
		groups[i]->gid = g->gid;
	}
	return accounts_answer(groups, left, NULL, t->arena, f);
}

/* Of a sound policy every section is, for whomever. */
static bool
load_policy(struct testing *t, const char *path, struct fault *f)
{
	const struct caller nobody = { .uid = 65534, .gid = 65534,
		.user = "nobody", .group = "nogroup", .home = "/nonexistent",
		.cwd = "/nonexistent", .env = strv_new(t->arena) };

	return policy_file_load(t->policy, t->arena, path, POLICY_ANY, f) &&
	    answer_groups(t, f) &&
	    effective_check(t->arena, t->policy, &nobody, f);
}

/* A few variables, so that the answer is the same wherever it is asked. */
static struct strv
environment(struct arena *a, const struct caller *c)
{
	struct strv env = strv_new(a);

	strv_pushf(&env, "USER=%s", c->user);
	strv_pushf(&env, "LOGNAME=%s", c->user);
	strv_pushf(&env, "HOME=%s", c->home);
	strv_push(&env, "PATH=/usr/local/bin:/usr/bin:/bin");
	strv_push(&env, "TERM=xterm");
	strv_push(&env, "LANG=C.UTF-8");
	return env;
}

static bool
find_user(const struct testing *t, struct rehearsal *q, const char *name)
{
	const struct caller *declared = cases_file_user(&t->cases, name);
	char *const none[] = { NULL };
	bool root = geteuid() == 0;

	q->elsewhere = true;
	if (declared != NULL) {
		q->session.caller = *declared;
		if (root)
			q->blind = "what a user of the cases may open is not "
				   "known";
	} else {
		if (!caller_find_named(&q->session.caller, q->arena, name, none,
		    &q->session.judge.fault))
			return false;
		q->session.caller.cwd = q->session.caller.home;
		if (root && q->session.caller.uid == 0)
			q->blind = "root's files are not looked at for cases";
	}
	q->session.caller.env = environment(q->arena, &q->session.caller);
	return true;
}

static void
invoke(struct rehearsal *q, const struct policy_case *c)
{
	char **argv = arena_alloc(q->arena, (c->words.n + 2) * sizeof(*argv));

	argv[0] = arena_strdup(q->arena, "undocker");
	for (size_t i = 0; i < c->words.n; i++)
		argv[i + 1] = arena_strdup(q->arena, c->words.v[i]);
	invocation_parse(&q->invocation, (int)c->words.n + 1, argv);
}

/*
 * What a user's containers are at the moment is no matter of the policy, and a
 * case must not pass today and fail tomorrow. stats is about them.
 */
static bool
is_of_the_moment(const struct invocation *i)
{
	const struct docker_command *command = invocation_command(i, NULL);

	return !docker_command_has(command, TRAIT_MEANS_ALL);
}

/* Why the case is not as it should be; NULL: it is. */
static const char *
judge(struct testing *t, struct rehearsal *q, const struct policy_case *c)
{
	const struct invocation *i = &q->invocation;
	struct arena *a = q->arena;
	const char *said;

	invoke(q, c);
	if (i->answer != ANSWER_NONE)
		return "undocker answers that without asking the policy";
	if (!find_user(t, q, c->user))
		return arena_printf(a, "could not be judged: %s (a line 'user "
		    "%s uid=N gid=N' makes one up)",
		    q->session.judge.fault.text, c->user);
	q->idle = is_of_the_moment(i);
	if (rehearse_decide(q))
		return c->allow ? NULL : arena_printf(a, "allowed: %s",
		    shellword_join(a, &q->shown));
	said = report_fault_text(a, &q->session.judge.fault);
	t->unsound = q->session.judge.fault.kind == FAULT_POLICY;
	if (q->unseen)
		return arena_printf(a, "could not be judged: %s", said);
	if (c->allow)
		return arena_printf(a, "refused: %s", said);
	if (c->because != NULL)
		return strstr(said, c->because) != NULL ? NULL : arena_printf(a,
		    "refused, but not because '%s': %s", c->because, said);
	/* A slip of the pen is no test of a policy. */
	return !q->session.judge.fault.misspelt ? NULL : arena_printf(a,
	    "refused for how it is written (if that is meant, say 'because'): "
	    "%s", said);
}

static void
say(struct testing *t, struct arena *a, const char *line)
{
	t->unheard = !report_print_line(a, line) || t->unheard;
}

/* One case, as its process has it. */
struct case_asked {
	struct testing *testing;
	const char *policy_file;
	const struct policy_case *c;
};

static int
ask_case(void *arg)
{
	const struct case_asked *asked = arg;
	struct testing *t = asked->testing;
	struct rehearsal q = rehearse_new(arena_new(), asked->policy_file);
	const char *wrong;

	q.session.policy = t->policy;
	wrong = judge(t, &q, asked->c);
	if (t->unsound)
		report_fault(q.arena, &q.session.judge.fault, NULL);
	else if (wrong != NULL)
		(void)write_whole(STDERR_FILENO, wrong);
	rehearse_done(&q);
	arena_free(q.arena);
	return t->unsound ? CASE_UNSOUND : wrong != NULL ? CASE_FAILED
							 : CASE_PASSED;
}

/* What a process said that ended before its case was judged. */
static const char *
unjudged(struct arena *a, const char *said)
{
	static const char own[] = "undocker: ";
	size_t n;

	if (strncmp(said, own, sizeof(own) - 1) == 0)
		said += sizeof(own) - 1;
	n = strcspn(said, "\n");
	return n == 0 ? "could not be judged" :
	    arena_printf(a, "could not be judged: %.*s", (int)n, said);
}

static void
test(struct testing *t, const char *policy_file, const struct policy_case *c)
{
	struct arena *a = arena_new();
	struct case_asked asked = { t, policy_file, c };
	const char *said, *wrong = NULL;
	int status = case_process(a, ask_case, &asked, &said);

	t->unsound = status == CASE_UNSOUND;
	if (status == CASE_FAILED)
		wrong = said;
	else if (status != CASE_PASSED)
		wrong = unjudged(a, said);
	if (t->unsound) {
		(void)write_whole(STDERR_FILENO, said);
	} else {
		t->passed += wrong == NULL;
		t->failed += wrong != NULL;
		say(t, a, arena_printf(a, "%s %zu - %s %s %s",
		    wrong == NULL ? "ok" : "not ok", t->passed + t->failed,
		    c->allow ? "allow" : "refuse", c->user,
		    shellword_join(a, &c->words)));
		if (wrong != NULL)
			say(t, a, arena_printf(a, "# line %u: %s", c->line,
			    wrong));
	}
	arena_free(a);
}

int
policy_cases_run(
    struct arena *a, const char *policy_file, const char *cases_file)
{
	struct testing t = { .arena = a, .policy = policy_new(a) };
	struct fault f = { 0 };
	const char *text = NULL;

	if (!read_file(a, cases_file, &text, &f) ||
	    !cases_file_read(&t.cases, a, cases_file, text, &f)) {
		report_fault(a, &f, NULL);
		return EXIT_UNREADABLE;
	}
	if (!load_policy(&t, policy_file, &f)) {
		report_fault(a, &f, NULL);
		return EXIT_FAILED;
	}
	for (size_t i = 0; i < t.cases.n && !t.unsound; i++)
		test(&t, policy_file, &t.cases.v[i]);
	if (t.unsound)
		return EXIT_FAILED;
	say(&t, a, arena_printf(a, "1..%zu", t.cases.n));
	say(&t, a, arena_printf(a, "# %zu passed, %zu failed", t.passed,
	    t.failed));
	return t.failed == 0 && !t.unheard ? EXIT_PASSED : EXIT_FAILED;
}
