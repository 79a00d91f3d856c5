/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of a decision: what each hands on, and that nothing but a whole
 * way through them allows. What policies and command lines mean is told by the
 * golden cases (tests/cases).
 */
#include "core/verdict/judge.h"

#include "core/base/shellword.h"
#include "core/list/list.h"
#include "core/request/cli_read.h"
#include "core/write/cli_write.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define WORDS_MAX 8
#define RUN4 "--user=1000:10 --cap-drop=ALL --security-opt=no-new-privileges " \
	     "--label=undocker.uid=1000"

static const char policy_text[] =
    "[main]\nWHITELIST=-D|--debug,--version\n"
    "[command:run]\n"
    "WHITELIST=--rm,-v|--volume list,-w|--workdir string,-e|--env list,"
    "--env-file list,-l|--label list,--label-file list,--network network,"
    "--name string,--mount mount,--cidfile string,--pid string,-x string\n"
    "BLACKLIST=--privileged\n"
    "RESTRICTEDIMAGES=evil.* [^:]*:bad (a+)+\n"
    "ALLOWEDIMAGES=alpine:.* ann/.* evil.* a+ quay.io/.*:1 exact\n"
    "[command:ps]\nWHITELIST=-a|--all\n"
    "[command:rm]\nWHITELIST=-f|--force\n"
    "[command:images]\n"
    "[command:network ls]\n"
    "[command:build user:bob]\n";

static struct caller caller;
static struct policy *policy;

static void
world_begin(void)
{
	struct fault f = { 0 };

	caller = (struct caller) { .uid = 1000, .gid = 10, .user = "ann",
		.group = "ten", .home = "/home/ann", .cwd = "/w" };
	caller.env = strv_new(a);
	strv_push(&caller.env, "SECRET=s3cret");
	strv_push(&caller.env, "TERM=xterm");
	policy = policy_new(a);
	ck_assert_msg(policy_add(policy, "f", policy_text, strlen(policy_text),
	    false, &f), "%s", f.text);
}

static void
add(const char *text)
{
	struct fault f = { 0 };

	ck_assert_msg(policy_add(policy, "g", text, strlen(text), true, &f),
	    "%s", f.text);
}

static struct invocation
invoked(const char *const *words)
{
	struct invocation i;
	int argc;
	char **argv = argv_of(words, &argc);

	invocation_parse(&i, argc, argv);
	return i;
}

/* One question, as far as it came. */
struct asked {
	struct judge j;
	struct settlement st;
	struct strv shown, given; /* what writers make of it */
	const char *variables, *labels; /* their files' bytes */
};

static bool
plan(struct asked *d, const char *const *words)
{
	struct invocation i = invoked(words);
	struct request r;

	*d = (struct asked) { .j.sayable = cli_write_sayable,
		.j.explains = i.debug };
	return judge_begin(&d->j, a, policy, &caller,
		   invocation_command(&i, NULL)) &&
	    cli_read(&r, a, &d->j.effective, policy, &caller, &i,
		&d->j.fault) &&
	    judge_plan(&d->j, &r);
}

/* A host that made nothing, and a writer that names it. */
static bool
settled(struct asked *d)
{
	struct handover h = { .places = strv_new(a) };
	struct fault f = { 0 };

	d->shown = d->given = strv_new(a);
	if (!judge_settle(&d->j, &d->st)) {
		ck_assert(!cli_write_shown(&d->st, &d->shown, &f));
		ck_assert(!cli_write(&d->st, &h, &d->given, &f));
		ck_assert_uint_eq(d->shown.n + d->given.n, 0);
		return false;
	}
	d->variables = cli_write_file(a, &d->st.variables);
	d->labels = cli_write_file(a, &d->st.labels);
	h.variables = d->variables == NULL ? NULL : "V";
	h.labels = d->labels == NULL ? NULL : "L";
	for (int i = 0; d->st.nstaged > 0 && i < STAGED_MOUNTS_MAX; i++)
		strv_pushf(&h.places, "/P/%d", i);
	ck_assert(cli_write_shown(&d->st, &d->shown, &f));
	ck_assert(cli_write(&d->st, &h, &d->given, &f));
	return true;
}

/* The answer to --unlist as one text; NULL: refused. */
static const char *
listed(struct asked *d, const char *const *words)
{
	struct invocation i = invoked(words);
	struct strv lines;

	*d = (struct asked) { .j.explains = false };
	return list_lines(&d->j, a, policy, &caller, &i, &lines)
	    ? strv_join(&lines, "\n") : NULL;
}

/* As a host would that finds everything. */
static void
answer_all(struct asked *d)
{
	for (size_t i = 0; i < d->j.needs.n; i++) {
		struct need *n = d->j.needs.v[i];

		n->state = NEED_MET;
		if (n->kind == NEED_SOURCE) {
			n->resolved = n->path[0] == '/' ? n->path : "/w/rel";
			n->writable = true;
		}
		if (n->kind == NEED_FILE) {
			n->bytes = "FILE=1\n";
			n->size = 7;
		}
		if (n->kind == NEED_IMAGE) {
			n->image = arena_alloc(a, sizeof(*n->image));
			n->image->names = n->image->volumes = strv_new(a);
		}
	}
}

#define WORDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

/* The final line as it is shown, or the refusal. */
static const char *
decided(struct asked *d, const char *const *words)
{
	if (!plan(d, words)) {
		ck_assert_int_eq(d->st.verdict, VERDICT_DENY);
		return d->j.fault.text;
	}
	answer_all(d);
	if (!settled(d)) {
		ck_assert_int_eq(d->st.verdict, VERDICT_DENY);
		return d->j.fault.text;
	}
	ck_assert_int_eq(d->st.verdict, VERDICT_ALLOW);
	ck_assert_int_eq(d->j.fault.kind, FAULT_NONE);
	return shellword_join(a, &d->shown);
}

static void
starts(const char *text, const char *start)
{
	ck_assert_msg(strncmp(text, start, strlen(start)) == 0, "%s", text);
}

static const struct {
	const char *words[WORDS_MAX];
	const char *line;
} good[] = {
	{ { "run", "--rm", "alpine", "--rm", "-x" },
	    "/usr/bin/docker run --rm=true " RUN4 " -- alpine --rm -x" },
	{ { "-D", "ps", "-a" },
	    "/usr/bin/docker --debug=true ps --all=true" },
	{ { "--norun", "-D", "--undebug", "container", "ls" },
	    "/usr/bin/docker --debug=true ps" },
	{ { "network", "list" }, "/usr/bin/docker network ls" },
	{ { "images", "-" }, "/usr/bin/docker images -- -" },
	{ { "--version" }, "/usr/bin/docker --version=true" },
	{ { "-v" }, "/usr/bin/docker --version=true" },
	{ { "run", "-x", "v", "alpine" },
	    "/usr/bin/docker run -x=v " RUN4 " -- alpine" },
	{ { "run", "-v/a:/b", "alpine" }, "/usr/bin/docker run --mount="
	    "type=bind,source=/a,target=/b " RUN4 " -- alpine" },
	{ { "run", "-v./x:/b:ro", "alpine" }, "/usr/bin/docker run --mount="
	    "type=bind,source=/w/rel,target=/b,readonly " RUN4 " -- alpine" },
	{ { "run", "docker.io/library/alpine:3" },
	    "/usr/bin/docker run " RUN4 " -- docker.io/library/alpine:3" },
	{ { "run", "ann/x" }, "/usr/bin/docker run " RUN4 " -- ann/x" },
	{ { "run", "exact:latest" },
	    "/usr/bin/docker run " RUN4 " -- exact:latest" },
};

START_TEST(allow_what_the_policy_gives_in_one_canonical_form)
{
	struct asked d;

	ck_assert_str_eq(decided(&d, good[_i].words), good[_i].line);
	ck_assert_str_eq(d.shown.v[0], "/usr/bin/docker");
	ck_assert_str_eq(d.given.v[0], "docker");
}
END_TEST

static const struct {
	const char *words[WORDS_MAX];
	const char *why;
} refused[] = {
	/* commands */
	{ { "exec", "x", "sh" }, "this host does not offer 'exec' (no section "
	    "for it); it offers: ps rm run images network ls" },
	{ { "build", "." }, "build: docker would run your Dockerfile as root" },
	{ { "nosuch" }, "'nosuch' is not a docker command" },
	{ { "plugin", "install" }, "'plugin' cannot be offered" },
	{ { "--", "run", "alpine" }, "'--' is not a docker command" },
	{ { "", "run" }, "'' is not a docker command" },
	/* global flags */
	{ { "--config", "/x", "ps" }, "--config is not allowed: it chooses" },
	{ { "-H", "x", "ps" }, "--host is not allowed: it chooses" },
	{ { "-c", "x", "ps" }, "--context is not allowed: it chooses" },
	{ { "--tls", "ps" }, "--tls is not allowed: it chooses" },
	{ { "--tlsverify=false", "ps" }, "--tlsverify is not allowed: it" },
	{ { "-l", "debug", "ps" }, "--log-level is not allowed" },
	{ { "--nosuch", "ps" }, "--nosuch is not allowed" },
	{ { "--help=true", "ps" }, "--help is not allowed" },
	{ { "--version=false" }, "there is no command" },
	/* flags */
	{ { "run", "--privileged", "alpine" },
	    "run: --privileged is not allowed (BLACKLIST)" },
	{ { "run", "--privileged=false", "alpine" },
	    "run: --privileged is not allowed (BLACKLIST)" },
	{ { "run", "--init", "alpine" }, "run: --init is not allowed" },
	{ { "run", "-u0", "alpine" }, "run: --user is not allowed" },
	{ { "run", "--use-api-socket", "alpine" },
	    "run: --use-api-socket is not allowed: it chooses" },
	{ { "run", "--help" }, "run: --help is not allowed" },
	{ { "run", "-x", "", "alpine" }, "run: -x: an empty value cannot" },
	/* values */
	{ { "run", "--name=0123456789ab", "alpine" },
	    "run: --name=0123456789ab: the name looks like" },
	{ { "run", "--name=../x", "alpine" }, "run: --name=../x: not a name" },
	{ { "run", "--name=a", "alpine" }, "run: --name=a: not a name" },
	{ { "run", "-lundocker.uid=0", "alpine" },
	    "run: --label=undocker.uid=0: labels that begin" },
	{ { "run", "-lUnDocker.x", "alpine" },
	    "run: --label=UnDocker.x: labels that begin" },
	{ { "run", "-l", " undocker.x=1", "alpine" },
	    "run: --label= undocker.x=1: labels that begin" },
	{ { "run", "-e", "", "alpine" }, "run: --env=: there is no var" },
	{ { "run", "-e==x", "alpine" }, "run: --env==x: there is no var" },
	{ { "run", "-e=", "alpine" }, "run: --env==: there is no var" },
	{ { "run", "-w", "/proc/self/fd/7", "alpine" }, "run: --workdir: " },
	{ { "run", "-w", "x", "alpine" }, "run: --workdir: 'x' is not an" },
	{ { "run", "-w", "/etc", "alpine" }, "run: --workdir: '/etc'" },
	{ { "run", "-v/a:/etc", "alpine" }, "run: --volume: '/etc'" },
	{ { "run", "-v/a:b", "alpine" }, "run: --volume: 'b' is not an" },
	{ { "run", "-v/a:/b:z", "alpine" }, "run: --volume=z is not allowed "
	    "(no ALLOWEDVALUES names it)" },
	/* another container in a flag */
	{ { "run", "--network=container:x", "alpine" },
	    "run: --network=container:x: " },
	{ { "run", "--network=name=CONTAINER:x", "alpine" },
	    "run: --network=container:x: container 'x': nobody looked" },
	{ { "run", "--network=\"name=container:x\"", "alpine" },
	    "run: --network=container:x: container 'x': nobody" },
	/* docker's client lowers this to container: */
	{ { "run", "--network=name=conta\xc4\xb0ner:x", "alpine" },
	    "run: --network=name=conta\xc4\xb0ner:x is not plain ASCII" },
	{ { "run", "--pid=container:x", "alpine" },
	    "run: --pid=container:x: " },
	/* operands */
	{ { "run" }, "run: an operand is missing" },
	{ { "run", "--rm", "--" }, "run: an operand is missing" },
	{ { "run", "" }, "run: an empty operand" },
	{ { "ps", "x" }, "ps: 'x' is an operand too many" },
	{ { "images", "a", "b" }, "images: 'b' is an operand too many" },
	{ { "run", "-", "x" }, "run: image '-': " },
	/* images */
	{ { "run", "busybox" }, "run: image 'busybox' is not allowed (all" },
	{ { "run", "exact:1" }, "run: image 'exact:1' is not allowed" },
	{ { "run", "evil" }, "run: image 'evil' is restricted (f:6)" },
	{ { "run", "evil:1" }, "run: image 'evil:1' is restricted (f:6)" },
	{ { "run", "library/evil" }, "run: image 'library/evil' is restr" },
	{ { "run", "alpine:bad" }, "run: image 'alpine:bad' is restricted" },
	{ { "run", "quay.io/x" }, "run: image 'quay.io/x' is not allowed" },
	{ { "run", "0123456789ab" },
	    "run: image '0123456789ab' has no name by which" },
	{ { "run", "ALPINE" }, "run: image 'ALPINE': " },
	{ { "run", "QUAY.IO/x:1" }, "run: image 'QUAY.IO/x:1': a registry in" },
	{ { "run", "../x" }, "run: image '../x': it is not" },
	{ { "run", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaax" },
	    "the pattern '(a+)+' (f:6) takes too long on it" },
	/* containers: nobody looked, so refused */
	{ { "rm", "x" }, "rm: container 'x': nobody looked" },
};

START_TEST(deny_what_the_policy_does_not_give)
{
	struct asked d;
	const char *got = decided(&d, refused[_i].words);

	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	ck_assert_int_eq(d.j.fault.kind, FAULT_REFUSED);
	ck_assert_msg(strstr(got, refused[_i].why) != NULL, "%s", got);
}
END_TEST

START_TEST(deny_nothing_was_planned)
{
	struct asked d = { .j.sayable = cli_write_sayable };

	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	ck_assert(!settled(&d));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
}
END_TEST

/* Sections were read, and nobody made a plan of any request. */
START_TEST(deny_what_was_begun_and_not_planned)
{
	static const char *const commands[] = { NULL, "run", "ps", "start" };

	for (size_t i = 0; i < ROWS(commands); i++) {
		struct asked d = { .j.sayable = cli_write_sayable };
		const struct docker_command *c = commands[i] == NULL ? NULL
		    : docker_command_named(commands[i]);

		(void)judge_begin(&d.j, a, policy, &caller, c);
		ck_assert(!judge_more(&d.j));
		ck_assert(!settled(&d));
		ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	}
}
END_TEST

/* A request of a flag of run's, and of an image. */
static bool
asks_for(struct asked *d, struct request *r, const char *name,
    struct used_flag u)
{
	const struct docker_command *run = docker_command_named("run");

	*d = (struct asked) { .j.sayable = cli_write_sayable };
	*r = (struct request) { .command = run, .operands = strv_new(a) };
	strv_push(&r->operands, "alpine");
	u.flag = docker_flag_long(run, name, strlen(name));
	used_flags_add(&r->flags, a, u);
	return judge_begin(&d->j, a, policy, &caller, run) &&
	    judge_plan(&d->j, r);
}

/* Whatever a door says of it: what was asked for is a user's word. */
START_TEST(deny_a_request_that_calls_its_flags_the_administrator_s)
{
	static const enum flag_origin origins[] = { FLAG_DEFAULT, FLAG_FORCED,
		FLAG_BUILT_IN };
	struct asked d;
	struct request r;

	for (size_t i = 0; i < ROWS(origins); i++) {
		ck_assert(!asks_for(&d, &r, "label", (struct used_flag) {
		    .value = "undocker.uid=0", .origin = origins[i] }));
		ck_assert_ptr_nonnull(strstr(d.j.fault.text, "undocker's own"));
		ck_assert(asks_for(&d, &r, "volume", (struct used_flag) {
		    .value = "/:/host", .origin = origins[i] }));
		ck_assert_int_eq(d.j.needs.v[0]->kind, NEED_SOURCE);
		ck_assert(!settled(&d));
	}
}
END_TEST

/* docker reads more words as true than undocker asks for. */
START_TEST(deny_a_switch_that_is_neither_on_nor_off)
{
	static const char *const values[] = { "", "1", "t", "True", "=x y" };
	struct asked d;
	struct request r;

	ck_assert(asks_for(&d, &r, "rm", (struct used_flag) {
	    .value = "true" }));
	for (size_t i = 0; i < ROWS(values); i++) {
		ck_assert(!asks_for(&d, &r, "rm", (struct used_flag) {
		    .value = values[i] }));
		ck_assert(!settled(&d));
	}
}
END_TEST

START_TEST(valid_what_was_judged_is_the_settlement_s_own)
{
	struct asked d;
	struct request r;

	ck_assert(asks_for(&d, &r, "rm", (struct used_flag) {
	    .value = "true" }));
	r.operands.v[0] = "evil";
	ck_assert(settled(&d));
	ck_assert(strv_has(&d.given, "alpine") && !strv_has(&d.given, "evil"));
}
END_TEST

static bool
unsayable(const struct settlement *st, struct arena *arena, struct fault *f)
{
	return fault_set(f, arena, FAULT_REFUSED, "%s cannot be said",
	    st->command->name);
}

/* What no writer can say is no yes, and neither is what none was asked. */
START_TEST(deny_what_nobody_can_say)
{
	struct asked d;

	ck_assert(plan(&d, WORDS("ps")));
	d.j.sayable = unsayable;
	ck_assert(!settled(&d));
	ck_assert_str_eq(d.j.fault.text, "ps cannot be said");
	ck_assert(plan(&d, WORDS("ps")));
	d.j.sayable = NULL;
	ck_assert(!settled(&d));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	ck_assert_int_eq(d.j.line.verdict, VERDICT_DENY);
}
END_TEST

/* The sections of one command are no word about another. */
START_TEST(deny_a_request_for_another_command)
{
	struct asked d = { .j.sayable = cli_write_sayable };
	struct request r = { .command = docker_command_named("images") };

	ck_assert(judge_begin(&d.j, a, policy, &caller,
	    docker_command_named("ps")));
	r.operands = strv_new(a);
	ck_assert(!judge_plan(&d.j, &r));
	ck_assert(!settled(&d));
	ck_assert(judge_begin(&d.j, a, policy, &caller, NULL));
	ck_assert(!judge_plan(&d.j, &r));
	ck_assert(!settled(&d));
}
END_TEST

START_TEST(deny_a_plan_that_was_refused_cannot_be_settled)
{
	struct asked d;

	ck_assert(!plan(&d, WORDS("run", "--privileged", "alpine")));
	ck_assert(!settled(&d));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
}
END_TEST

START_TEST(deny_a_plan_is_no_verdict)
{
	struct asked d;

	ck_assert(plan(&d, WORDS("run", "alpine")));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	ck_assert_int_eq(d.j.line.verdict, VERDICT_DENY);
}
END_TEST

static const struct {
	const char *words[WORDS_MAX];
	const char *why;
} unanswered[] = {
	{ { "run", "-v/a:/b", "alpine" }, "run: --volume: '/a': nobody" },
	{ { "run", "--mount=type=bind,src=/a,dst=/b", "alpine" },
	    "run: --mount: '/a': nobody looked" },
	{ { "run", "--env-file=/f", "alpine" },
	    "run: --env-file=/f: nobody looked" },
	{ { "run", "--label-file=/f", "alpine" },
	    "run: --label-file=/f: nobody looked" },
};

START_TEST(deny_a_question_that_nobody_answered)
{
	struct asked d;

	ck_assert(plan(&d, unanswered[_i].words));
	/* with a mount, what the image mounts is asked for, too */
	ck_assert_uint_eq(d.j.needs.n, _i < 2 ? 2 : 1);
	ck_assert_int_eq(d.j.needs.v[0]->state, NEED_OPEN);
	ck_assert(!settled(&d));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	starts(d.j.fault.text, unanswered[_i].why);
}
END_TEST

START_TEST(deny_a_question_whose_answer_is_no)
{
	struct asked d;

	ck_assert(plan(&d, unanswered[_i].words));
	d.j.needs.v[0]->state = NEED_FAILED;
	d.j.needs.v[0]->error = "No such file";
	/* whatever else the answer holds */
	d.j.needs.v[0]->resolved = "/a";
	d.j.needs.v[0]->bytes = "A=1\n";
	d.j.needs.v[0]->size = 4;
	ck_assert(!settled(&d));
	ck_assert_ptr_nonnull(strstr(d.j.fault.text, ": No such file"));
}
END_TEST

/* Met, but without the fact that was asked for. */
START_TEST(deny_half_an_answer)
{
	struct asked d;

	ck_assert(plan(&d, unanswered[_i].words));
	d.j.needs.v[0]->state = NEED_MET;
	ck_assert(!settled(&d));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
}
END_TEST

static const char *const bad_paths[] = { "", "rel", "./x", "/a\nb", "/a\rb" };

START_TEST(deny_a_resolved_path_that_docker_would_read_otherwise)
{
	struct asked d;

	ck_assert(plan(&d, WORDS("run", "-v/a:/b", "alpine")));
	d.j.needs.v[0]->state = NEED_MET;
	d.j.needs.v[0]->resolved = bad_paths[_i];
	ck_assert(!settled(&d));
}
END_TEST

START_TEST(valid_the_resolved_path_is_what_docker_gets)
{
	struct asked d;

	ck_assert(plan(&d, WORDS("run", "-v./l:/b", "alpine")));
	ck_assert_str_eq(d.j.needs.v[0]->path, "./l");
	answer_all(&d);
	d.j.needs.v[0]->resolved = "/home/ann/x,y:z";
	d.j.needs.v[0]->writable = false;
	ck_assert(!judge_more(&d.j) && settled(&d));
	/* and without the right to write it is read-only */
	ck_assert_str_eq(d.shown.v[2], "--mount=type=bind,"
	    "\"source=/home/ann/x,y:z\",target=/b,readonly");
	ck_assert_str_eq(d.given.v[2], "--mount=type=bind,"
	    "source=/P/0,target=/b,readonly");
	ck_assert_uint_eq(d.st.nstaged, 1);
	ck_assert_str_eq(d.st.staged[0]->v[0].source, "/home/ann/x,y:z");
	ck_assert(d.st.staged[0]->v[0].read_only);
	ck_assert(d.st.binds);
	/* where only root can exchange it, docker gets that path */
	ck_assert(plan(&d, WORDS("run", "-v./l:/b", "alpine")));
	answer_all(&d);
	d.j.needs.v[0]->resolved = "/home/ann/x,y:z";
	d.j.needs.v[0]->steady = true;
	ck_assert(!judge_more(&d.j) && settled(&d));
	ck_assert_str_eq(d.given.v[2], d.shown.v[2]);
	ck_assert_uint_eq(d.st.nstaged, 0);
	ck_assert(d.st.binds);
}
END_TEST

/* What the host side is told of the mounts that it makes. */
START_TEST(valid_nested_mounts_are_one_set_in_order)
{
	const struct staged *set;
	struct asked d;

	add("[command:run]\nFORCED=-v $HOME/f:/forced\n");
	ck_assert(plan(&d, WORDS("run", "-v/c:/b/in/deep", "-v/x:/b/in:ro",
	    "--rm", "-v/a:/b", "alpine")));
	answer_all(&d);
	for (size_t i = 0; i < d.j.needs.n; i++)
		d.j.needs.v[i]->fd = 100 + (int)i;
	ck_assert(settled(&d));
	ck_assert_uint_eq(d.st.nstaged, 1);
	set = d.st.staged[0];
	ck_assert_ptr_null(set->name);
	ck_assert(!set->standing);
	ck_assert_uint_eq(set->n, 4);
	ck_assert_str_eq(set->v[0].source, "/a");
	ck_assert_uint_eq(set->v[0].outer, STAGED_NONE);
	ck_assert_ptr_null(set->v[0].below);
	ck_assert_int_eq(set->v[0].fd, 102);
	ck_assert_str_eq(set->v[1].source, "/x");
	ck_assert_uint_eq(set->v[1].outer, 0);
	ck_assert_str_eq(set->v[1].below, "in");
	ck_assert(set->v[1].read_only && !set->v[0].read_only);
	ck_assert_int_eq(set->v[1].fd, 101);
	ck_assert_str_eq(set->v[2].source, "/home/ann/f");
	ck_assert(set->v[2].forced && !set->v[1].forced);
	ck_assert_str_eq(set->v[3].source, "/c");
	ck_assert_uint_eq(set->v[3].outer, 1);
	ck_assert_str_eq(set->v[3].below, "deep");
	ck_assert_int_eq(set->v[3].fd, 100);
	/* and docker is told of those that lie in none of undocker's */
	ck_assert(strv_has(&d.given, "--mount=type=bind,source=/P/0,"
	    "target=/b"));
	ck_assert(strv_has(&d.given, "--mount=type=bind,source=/P/2,"
	    "target=/forced"));
	ck_assert_ptr_null(strstr(strv_join(&d.given, " "), "/P/1"));
	ck_assert_ptr_null(strstr(strv_join(&d.given, " "), "/P/3"));
}
END_TEST

START_TEST(deny_a_place_below_a_mount_that_does_not_exist)
{
	const char *const *words = WORDS("run", "-v/a:/b", "-v/c:/b/d",
	    "-w/b/e/f", "alpine");
	struct asked d;

	ck_assert(plan(&d, words));
	ck_assert_uint_eq(d.j.needs.n, 5);
	ck_assert_int_eq(d.j.needs.v[2]->kind, NEED_IMAGE);
	ck_assert_int_eq(d.j.needs.v[3]->kind, NEED_BELOW);
	ck_assert_str_eq(d.j.needs.v[3]->path, "/a");
	ck_assert_str_eq(d.j.needs.v[3]->below, "d");
	ck_assert_str_eq(d.j.needs.v[4]->below, "e/f");
	answer_all(&d);
	ck_assert(settled(&d));
	for (size_t i = 3; i < 5; i++) {
		ck_assert(plan(&d, words));
		answer_all(&d);
		d.j.needs.v[i]->state = i == 3 ? NEED_FAILED : NEED_OPEN;
		ck_assert(!settled(&d));
		ck_assert_ptr_nonnull(
		    strstr(d.j.fault.text, "would create it"));
	}
}
END_TEST

/* What is mounted in the source may not be read-only. */
START_TEST(deny_a_place_below_a_read_only_mount_that_does_not_exist)
{
	struct asked d;

	ck_assert(plan(&d, WORDS("run", "-v/a:/b:ro", "-w/b/e", "alpine")));
	ck_assert_uint_eq(d.j.needs.n, 3);
	answer_all(&d);
	ck_assert_int_eq(d.j.needs.v[2]->kind, NEED_BELOW);
	d.j.needs.v[2]->state = NEED_FAILED;
	ck_assert(!settled(&d));
}
END_TEST

/* docker's own :ro does not reach what is mounted in it: a stage's does. */
START_TEST(valid_a_read_only_source_that_holds_mounts_is_staged)
{
	struct asked d;

	for (int i = 0; i < 4; i++) {
		ck_assert(plan(&d, WORDS("run", i < 2 ? "-v/a:/b:ro"
		    : "-v/a:/b", "alpine")));
		answer_all(&d);
		d.j.needs.v[0]->holds_mounts = true;
		d.j.needs.v[0]->steady = true;
		d.j.needs.v[0]->writable = i % 2 == 1;
		ck_assert(settled(&d));
		ck_assert_uint_eq(d.st.nstaged, i == 3 ? 0 : 1);
		ck_assert(i == 3 || d.st.staged[0]->v[0].read_only);
	}
	/* something may be mounted in a directory later; in a file not */
	for (int i = 0; i < 2; i++) {
		ck_assert(plan(&d, WORDS("run", "-v/a:/b:ro", "alpine")));
		answer_all(&d);
		d.j.needs.v[0]->steady = true;
		d.j.needs.v[0]->directory = i == 0;
		ck_assert(!judge_more(&d.j) && settled(&d));
		ck_assert_uint_eq(d.st.nstaged, i == 0 ? 1 : 0);
	}
}
END_TEST

/* An engine of the user's own gets no mounts of root's. */
START_TEST(deny_a_read_only_source_that_holds_mounts_for_an_own_engine)
{
	struct asked d;

	add("[main]\nDOCKERHOST=unix:///run/user/$U_UID/docker.sock\n");
	for (int i = 0; i < 4; i++) {
		ck_assert(plan(&d, WORDS("run", i < 2 ? "-v/a:/b:ro"
		    : "-v/a:/b", "alpine")));
		answer_all(&d);
		d.j.needs.v[0]->holds_mounts = true;
		d.j.needs.v[0]->writable = i % 2 == 1;
		ck_assert_int_eq(settled(&d), i == 3);
		ck_assert_uint_eq(d.st.nstaged, 0);
	}
}
END_TEST

/* start: who, then which records, then what lies behind them. */
START_TEST(valid_answers_make_questions)
{
	struct container box = { .id = "0123456789abcdef0123456789abcdef"
		"0123456789abcdef0123456789abcdef", .label = "1000",
		.user = "", .image_user = "", .image_there = true };
	struct staged_mount m = { .source = "/a", .outer = STAGED_NONE,
		.fd = -1 };
	struct staged set = { .name = "1000.x", .v = &m, .n = 1 };
	struct asked d;

	add("[command:start]\n[command:run]\nALLOWEDPATHS=/a:ro\n");
	ck_assert(plan(&d, WORDS("start", "box")));
	ck_assert_uint_eq(d.j.needs.n, 1);
	box.staged = strv_new(a);
	box.mounts = strv_new(a);
	strv_push(&box.staged, "1000.x");
	d.j.needs.v[0]->state = NEED_MET;
	d.j.needs.v[0]->containers = &box;
	d.j.needs.v[0]->ncontainers = 1;
	ck_assert(judge_more(&d.j));
	ck_assert_uint_eq(d.j.needs.n, 2);
	ck_assert_int_eq(d.j.needs.v[1]->kind, NEED_STAGED);
	ck_assert_str_eq(d.j.needs.v[1]->path, "1000.x");
	d.j.needs.v[1]->state = NEED_MET;
	d.j.needs.v[1]->staged = &set;
	ck_assert(judge_more(&d.j));
	ck_assert_uint_eq(d.j.needs.n, 4);
	ck_assert_int_eq(d.j.needs.v[2]->kind, NEED_SOURCE);
	ck_assert_int_eq(d.j.needs.v[3]->kind, NEED_PATH);
	d.j.needs.v[2]->state = NEED_MET;
	d.j.needs.v[2]->resolved = "/a";
	d.j.needs.v[2]->writable = true;
	d.j.needs.v[2]->fd = 77;
	ck_assert(!judge_more(&d.j));
	ck_assert_uint_eq(d.j.needs.n, 4);
	ck_assert(settled(&d));
	ck_assert_uint_eq(d.st.nstaged, 1);
	ck_assert_ptr_eq(d.st.staged[0], &set);
	/* today's policy gives it read-only */
	ck_assert(m.read_only);
	ck_assert_int_eq(m.fd, 77);
	ck_assert(d.st.binds);
}
END_TEST

/* Nobody asked on: what was not looked at is not mounted, and not started. */
START_TEST(deny_questions_that_were_not_asked)
{
	struct container box = { .id = "0123456789abcdef0123456789abcdef"
		"0123456789abcdef0123456789abcdef", .label = "1000",
		.user = "", .image_user = "", .image_there = true };
	struct staged_mount m = { .source = "/a", .outer = STAGED_NONE };
	struct staged set = { .name = "1000.x", .v = &m, .n = 1 };
	struct asked d;

	add("[command:start]\n");
	for (int asked = 0; asked < 3; asked++) {
		ck_assert(plan(&d, WORDS("start", "box")));
		box.staged = box.mounts = strv_new(a);
		strv_push(&box.staged, "1000.x");
		d.j.needs.v[0]->state = NEED_MET;
		d.j.needs.v[0]->containers = &box;
		d.j.needs.v[0]->ncontainers = 1;
		if (asked > 0)
			ck_assert(judge_more(&d.j));
		if (asked > 1) {
			d.j.needs.v[1]->state = NEED_MET;
			d.j.needs.v[1]->staged = &set;
		}
		ck_assert_msg(!settled(&d), "%d", asked);
		ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	}
}
END_TEST

START_TEST(valid_the_caller_s_variables_are_on_no_command_line)
{
	struct asked d;

	starts(decided(&d, WORDS("run", "-e", "SECRET", "-eA=1", "-eUNSET",
	    "alpine")), "/usr/bin/docker run --env=SECRET --env=A=1 "
	    "--env=UNSET --user");
	ck_assert_str_eq(d.variables, "SECRET=s3cret\n");
	ck_assert_ptr_null(d.labels);
	for (size_t i = 0; i < d.given.n; i++)
		ck_assert_ptr_null(strstr(d.given.v[i], "SECRET"));
	ck_assert_str_eq(d.given.v[2], "--env-file=V");
	ck_assert(strv_has(&d.given, "--env=A=1"));
	ck_assert(strv_has(&d.given, "--env=UNSET"));
}
END_TEST

/* docker's own client would answer with a variable of its own. */
START_TEST(deny_a_variable_that_only_the_client_has)
{
	struct asked d;

	starts(decided(&d, WORDS("run", "-ePATH", "alpine")),
	    "run: --env=PATH: you have no such variable");
	starts(decided(&d, WORDS("run", "-eDOCKER_HOST", "alpine")),
	    "run: --env=DOCKER_HOST: you have no such variable");
	starts(decided(&d, WORDS("run", "-eLC_X", "alpine")),
	    "run: --env=LC_X: you have no such variable");
	starts(decided(&d, WORDS("run", "-eTERM", "alpine")), "/usr/bin/");
	ck_assert_str_eq(d.variables, "TERM=xterm\n");
}
END_TEST

static bool
settle_file(struct asked *d, const char *const *words, const char *bytes)
{
	ck_assert(plan(d, words));
	for (size_t i = 0; i < d->j.needs.n; i++) {
		d->j.needs.v[i]->state = NEED_MET;
		d->j.needs.v[i]->bytes = bytes;
		d->j.needs.v[i]->size = strlen(bytes);
	}
	return settled(d);
}

START_TEST(valid_a_file_s_lines_are_what_was_checked)
{
	const char *const *words = WORDS("run", "--env-file=/f", "-eB=2",
	    "alpine");
	struct asked d;

	ck_assert(settle_file(&d, words, "# x\nA=1\nB=1\nSECRET\nUNSET\n"));
	ck_assert_str_eq(d.variables, "A=1\nSECRET=s3cret\n");
	ck_assert(strv_has(&d.shown, "--env-file=/f"));
	ck_assert(!strv_has(&d.given, "--env-file=/f"));
	ck_assert(!settle_file(&d, words, "A B=1\n"));
	ck_assert(!settle_file(&d, words, "\xff\n"));
}
END_TEST

static const char *const label_lines[] = { "undocker.uid=0\n",
	"a=1\nUNDOCKER.x=1\n", "  undocker.uid=0\n",
	"\xef\xbb\xbfundocker.x=1\n", "\xc2\xa0undocker.x=1\n" };

START_TEST(deny_undocker_s_labels_in_a_file)
{
	struct asked d;

	ck_assert(!settle_file(&d, WORDS("run", "--label-file=/f", "alpine"),
	    label_lines[_i]));
	ck_assert_ptr_nonnull(strstr(d.j.fault.text, "undocker's own"));
}
END_TEST

/* A file with a variable in its name is the caller's, whoever names it. */
START_TEST(deny_undocker_s_labels_in_a_file_of_the_caller_s_that_is_forced)
{
	struct asked d;

	add(_i % 2 == 0 ? "[command:run]\nFORCED=--label-file=$HOME/l\n"
	    : "[command:run]\nDEFAULTS=--label-file=$HOME/l\n");
	ck_assert(!settle_file(&d, WORDS("run", "alpine"), "undocker.x=1\n"));
	ck_assert_ptr_nonnull(strstr(d.j.fault.text, "undocker's own"));
}
END_TEST

START_TEST(valid_the_administrator_s_own_may_say_more)
{
	struct asked d;

	add("[command:run]\nFORCED=-v /a:/b:z -l undocker.x=1 -w /etc\n");
	ck_assert_str_eq(decided(&d, WORDS("run", "alpine")),
	    "/usr/bin/docker run --volume=/a:/b:z --label=undocker.x=1 "
	    "--workdir=/etc " RUN4 " -- alpine");
	/* But it may not lie in what the image mounts. */
	ck_assert_uint_eq(d.j.needs.n, 1);
	ck_assert_int_eq(d.j.needs.v[0]->kind, NEED_IMAGE);
}
END_TEST

START_TEST(deny_a_forced_mount_with_a_variable_is_opened_as_the_caller)
{
	struct asked d;

	add("[command:run]\nFORCED=-v $HOME/x:/b\n");
	ck_assert(plan(&d, WORDS("run", "alpine")));
	ck_assert_uint_eq(d.j.needs.n, 2);
	ck_assert_str_eq(d.j.needs.v[0]->path, "/home/ann/x");
	ck_assert(!settled(&d));
}
END_TEST

START_TEST(deny_a_forced_value_with_a_variable_has_the_user_s_rules)
{
	struct asked d;

	add("[command:run]\nFORCED=-w $PWD\n");
	starts(decided(&d, WORDS("run", "alpine")), "/usr/bin/docker run ");
	caller.cwd = "/proc/self";
	starts(decided(&d, WORDS("run", "alpine")), "run: --workdir: '/proc/");
}
END_TEST

START_TEST(valid_a_dropped_flag_is_told)
{
	struct asked d;

	add("[main]\nERROR_ON_BLACKLISTED=false\n");
	ck_assert_str_eq(decided(&d, WORDS("run", "--privileged", "alpine")),
	    "/usr/bin/docker run " RUN4 " -- alpine");
	ck_assert_uint_eq(d.j.notes.n, 1);
	ck_assert_str_eq(d.j.notes.v[0],
	    "run: --privileged is left out: it is not allowed (BLACKLIST)");
}
END_TEST

START_TEST(deny_a_client_that_is_root_opens_no_file)
{
	struct asked d;

	add("[main]\nRUNAS=root\n[command:save]\nWHITELIST=-o string\n"
	    "[command:run user:ann]\nWHITELIST=--security-opt list\n");
	starts(decided(&d, WORDS("run", "--cidfile=/x", "alpine")),
	    "run: --cidfile=/x: this host runs docker's client as root");
	starts(decided(&d, WORDS("save", "-o/x", "alpine")),
	    "save: --output=/x: this host runs");
	starts(decided(&d, WORDS("run", "--security-opt=seccomp=/x", "alpine")),
	    "run: --security-opt=seccomp=/x: this host runs");
	ck_assert(d.j.settings.as_root);
}
END_TEST

START_TEST(valid_root_is_bound_by_lists_only)
{
	struct asked d;

	caller.uid = 0;
	ck_assert_str_eq(decided(&d, WORDS("run", "-v/a:/etc:z", "-w/proc",
	    "-lundocker.uid=1", "alpine")), "/usr/bin/docker run "
	    "--volume=/a:/etc:z --workdir=/proc --label=undocker.uid=1 -- "
	    "alpine");
	starts(decided(&d, WORDS("run", "--privileged", "alpine")),
	    "run: --privileged is not allowed (BLACKLIST)");
	starts(decided(&d, WORDS("run", "busybox")),
	    "run: image 'busybox' is not allowed");
}
END_TEST

START_TEST(deny_a_policy_error_is_one)
{
	struct asked d;

	add("[command:ps]\n[command:ps group:nosuch]\n");
	ck_assert(!plan(&d, WORDS("ps")));
	ck_assert_int_eq(d.j.fault.kind, FAULT_POLICY);
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
}
END_TEST

START_TEST(valid_the_list_says_what_is_offered)
{
	struct asked d;
	const char *text;

	text = listed(&d, WORDS("--unlist"));
	ck_assert_ptr_nonnull(strstr(text, "run: --rm -v -w -e --env-file"));
	ck_assert_ptr_nonnull(strstr(text, "images: alpine:.* ann/.*"));
	ck_assert_ptr_nonnull(strstr(text, "\nrm: -f; your own containers"));
	ck_assert_ptr_nonnull(strstr(text, "\nBefore the command: -D"));
	ck_assert_ptr_null(strstr(text, "build"));
	ck_assert_ptr_null(strstr(text, "exec"));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
}
END_TEST

START_TEST(valid_the_list_of_a_command_says_all_about_it)
{
	struct asked d;
	const char *text = listed(&d, WORDS("--unlist", "container", "run"));

	starts(text, "run\n    --rm\n    -v, --volume SOURCE:TARGET");
	ck_assert_ptr_nonnull(strstr(text, "    images refused: evil.*"));
	ck_assert_ptr_nonnull(strstr(text, "    runs as you: 1000:10, no cap"));
	ck_assert_ptr_null(strstr(text, "privileged"));
	ck_assert_int_eq(d.st.verdict, VERDICT_DENY);
	ck_assert_ptr_null(listed(&d, WORDS("--unlist", "exec")));
	starts(d.j.fault.text, "this host does not offer 'exec' to you");
	ck_assert_ptr_null(listed(&d, WORDS("--unlist", "frob")));
	starts(d.j.fault.text, "'frob' is not a docker command");
}
END_TEST

START_TEST(valid_the_list_of_nothing_says_so)
{
	struct asked d;

	policy = policy_new(a);
	ck_assert_str_eq(listed(&d, WORDS("--unlist")),
	    "(nothing: no section of the policy is for you)");
}
END_TEST

static const struct {
	const char *words[WORDS_MAX];
	const char *line;
} traced[] = {
	{ { "--undebug", "run", "--rm", "alpine" },
	    "section [command:run] (f:3) applies" },
	{ { "--undebug", "run", "--rm", "alpine" },
	    "--rm is in WHITELIST (f:4)" },
	{ { "--undebug", "-D", "ps" }, "--debug is in WHITELIST (f:2)" },
	/* a flag that the policy alone knows */
	{ { "--undebug", "run", "-x1", "alpine" }, "-x is in WHITELIST (f:4)" },
	{ { "--undebug", "run", "--init", "alpine" },
	    "--init is in no WHITELIST of [command:run], "
	    "[command:run user:ann]" },
	{ { "--undebug", "run", "--privileged", "alpine" },
	    "--privileged is in BLACKLIST (f:5)" },
	{ { "--undebug", "run", "alpine" },
	    "--pids-limit=64 is added by FORCED (g:2)" },
	{ { "--undebug", "run", "alpine" },
	    "--network=none is added by DEFAULTS (g:3)" },
	{ { "--undebug", "run", "--network=none", "alpine" },
	    "--network of DEFAULTS (g:3) is not needed: it was given" },
	{ { "--undebug", "run", "--network=none", "alpine" },
	    "--network=none matches 'none' of ALLOWEDVALUES (g:5)" },
	{ { "--undebug", "run", "--network=host", "alpine" },
	    "--network=host matches no pattern of ALLOWEDVALUES (g:5)" },
	{ { "--undebug", "run", "--pids-limit=3", "alpine" },
	    "--pids-limit as given gives way to FORCED (g:2)" },
	{ { "--undebug", "run", "-m1g", "alpine" },
	    "--memory=1g: at most 2g (MAXVALUES, g:6)" },
	{ { "--undebug", "run", "-m3g", "alpine" },
	    "--memory=3g: at most 2g (MAXVALUES, g:6)" },
	{ { "--undebug", "run", "-p80", "alpine" },
	    "--publish=80/tcp: host ports ephemeral (ALLOWEDPORTS, g:7)" },
	{ { "--undebug", "run", "alpine" },
	    "alpine matches 'alpine:.*' of ALLOWEDIMAGES (f:7)" },
	{ { "--undebug", "run", "busybox" },
	    "busybox matches no pattern of ALLOWEDIMAGES (f:7)" },
	{ { "--undebug", "run", "alpine" },
	    "--cap-drop=ALL is built in: they have no capabilities" },
	{ { "--undebug", "run", "-v/a:/b", "alpine" },
	    "'/a' is writable by '/a' of ALLOWEDPATHS (g:8)" },
};

static void
add_user_section(void)
{
	add("[command:run user:ann]\nFORCED=--pids-limit=64\n"
	    "DEFAULTS=--network=none\nWHITELIST=-m|--memory bytes,"
	    "-p|--publish list,--pids-limit int\n"
	    "ALLOWEDVALUES=--network=none\nMAXVALUES=-m2g\n"
	    "ALLOWEDPORTS=ephemeral\nALLOWEDPATHS=/a\n");
}

START_TEST(valid_a_trace_says_why)
{
	struct asked d;

	add_user_section();
	(void)decided(&d, traced[_i].words);
	ck_assert_msg(strv_has(&d.j.trace, traced[_i].line), "%s",
	    strv_join(&d.j.trace, "\n"));
	/* --undebug changes no verdict and no word */
	if (d.st.verdict == VERDICT_ALLOW) {
		const char *with = strv_join(&d.shown, " ");

		ck_assert_str_eq(decided(&d, traced[_i].words + 1), with);
	}
}
END_TEST

START_TEST(valid_without_undebug_nothing_is_traced)
{
	struct asked d;

	add_user_section();
	(void)decided(&d, WORDS("run", "--rm", "alpine"));
	ck_assert_uint_eq(d.j.trace.n, 0);
	(void)decided(&d, WORDS("--undebug", "run", "--rm", "-eSECRET",
	    "alpine"));
	ck_assert(strv_has(&d.j.trace, "--rm is in WHITELIST (f:4)"));
	ck_assert_ptr_null(strstr(strv_join(&d.j.trace, "\n"), "s3cret"));
}
END_TEST

/* For the log, whether anybody asked for a trace or not. */
START_TEST(valid_the_sections_that_apply)
{
	struct asked d;

	add_user_section();
	(void)decided(&d, WORDS("run", "--rm", "alpine"));
	ck_assert_uint_eq(d.j.rules.n, 2);
	ck_assert_str_eq(d.j.rules.v[0], "[command:run] (f:3)");
	ck_assert_str_eq(d.j.rules.v[1], "[command:run user:ann] (g:1)");
	(void)decided(&d, WORDS("run", "--privileged", "alpine"));
	ck_assert_uint_eq(d.j.rules.n, 2);
	(void)decided(&d, WORDS("exec", "x", "sh"));
	ck_assert_uint_eq(d.j.rules.n, 0);
	(void)decided(&d, WORDS("nosuch"));
	ck_assert_uint_eq(d.j.rules.n, 0);
}
END_TEST

Suite *
judge_suite(void)
{
	Suite *s = suite_create("judge");
	TCase *t = tcase_of(s, "judge");

	tcase_add_checked_fixture(t, world_begin, NULL);
	EACH(t, allow_what_the_policy_gives_in_one_canonical_form, good);
	EACH(t, deny_what_the_policy_does_not_give, refused);
	ONE(t, deny_nothing_was_planned);
	ONE(t, deny_what_was_begun_and_not_planned);
	ONE(t, deny_a_request_that_calls_its_flags_the_administrator_s);
	ONE(t, deny_a_switch_that_is_neither_on_nor_off);
	ONE(t, valid_what_was_judged_is_the_settlement_s_own);
	ONE(t, deny_what_nobody_can_say);
	ONE(t, deny_a_request_for_another_command);
	ONE(t, deny_a_plan_that_was_refused_cannot_be_settled);
	ONE(t, deny_a_plan_is_no_verdict);
	EACH(t, deny_a_question_that_nobody_answered, unanswered);
	EACH(t, deny_a_question_whose_answer_is_no, unanswered);
	EACH(t, deny_half_an_answer, unanswered);
	EACH(t, deny_a_resolved_path_that_docker_would_read_otherwise,
	    bad_paths);
	ONE(t, valid_the_resolved_path_is_what_docker_gets);
	ONE(t, deny_a_place_below_a_mount_that_does_not_exist);
	ONE(t, deny_a_place_below_a_read_only_mount_that_does_not_exist);
	ONE(t, valid_nested_mounts_are_one_set_in_order);
	ONE(t, valid_a_read_only_source_that_holds_mounts_is_staged);
	ONE(t, deny_a_read_only_source_that_holds_mounts_for_an_own_engine);
	ONE(t, valid_answers_make_questions);
	ONE(t, deny_questions_that_were_not_asked);
	ONE(t, valid_the_caller_s_variables_are_on_no_command_line);
	ONE(t, deny_a_variable_that_only_the_client_has);
	ONE(t, valid_a_file_s_lines_are_what_was_checked);
	EACH(t, deny_undocker_s_labels_in_a_file, label_lines);
	tcase_add_loop_test(t,
	    deny_undocker_s_labels_in_a_file_of_the_caller_s_that_is_forced, 0,
	    2);
	ONE(t, valid_the_administrator_s_own_may_say_more);
	ONE(t, deny_a_forced_mount_with_a_variable_is_opened_as_the_caller);
	ONE(t, deny_a_forced_value_with_a_variable_has_the_user_s_rules);
	ONE(t, valid_a_dropped_flag_is_told);
	ONE(t, deny_a_client_that_is_root_opens_no_file);
	ONE(t, valid_root_is_bound_by_lists_only);
	ONE(t, deny_a_policy_error_is_one);
	ONE(t, valid_the_list_says_what_is_offered);
	ONE(t, valid_the_list_of_a_command_says_all_about_it);
	ONE(t, valid_the_list_of_nothing_says_so);
	EACH(t, valid_a_trace_says_why, traced);
	ONE(t, valid_without_undebug_nothing_is_traced);
	ONE(t, valid_the_sections_that_apply);
	return s;
}
