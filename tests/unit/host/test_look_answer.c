/* SPDX-License-Identifier: Apache-2.0 */
/* With whose rights a look is taken. */
#include "host/look_answer.h"

#include "child.h"
#include "fixture.h"
#include "root.h"
#include "suites.h"

#include <grp.h>
#include <sys/resource.h>

#define HIS OTHER
#define OF_HIS_GROUP 65531U

static const gid_t gids[] = { OF_HIS_GROUP };
static const struct caller his = { .uid = HIS, .gid = HIS, .user = "his",
	.gids = gids, .ngids = 1 };
static const struct caller root = { .uid = 0, .gid = 0, .user = "root" };

struct trial {
	const struct caller *caller;
	uid_t uid; /* of the process that looks */
	enum need_kind kind;
	const char *path;
	bool met;
	const char *error;
};

static struct trial trials[] = {
	/* root looks with the caller's rights, and with no more */
	{ &his, 0, NEED_FILE, "his", true, NULL },
	{ &his, 0, NEED_FILE, "group", true, NULL },
	{ &his, 0, NEED_FILE, "secret", false, "Permission denied" },
	{ &his, 0, NEED_SOURCE, "his", true, NULL },
	{ &his, 0, NEED_SOURCE, "secret", false, "Permission denied" },
	{ &his, 0, NEED_SOURCE, "shut/dir", false, "Permission denied" },
	{ &his, 0, NEED_BELOW, "shut", false, NULL },
	/* and with his own for himself */
	{ &root, 0, NEED_FILE, "secret", true, NULL },
	{ &root, 0, NEED_SOURCE, "shut/dir", true, NULL },
	/* the caller looks himself */
	{ &his, HIS, NEED_FILE, "his", true, NULL },
	{ &his, HIS, NEED_FILE, "secret", false, "Permission denied" },
	/* who is neither cannot tell */
	{ &his, HIS - 1, NEED_FILE, "his", false, "cannot be judged here" },
	{ &root, HIS, NEED_FILE, "his", false, "cannot be judged here" },
};

static void
world_begin(void)
{
	root_file("his", "A=1\n", 0600, HIS);
	root_file("group", "A=1\n", 0640, 0);
	ck_assert_int_eq(chown(root_path("group"), 0, OF_HIS_GROUP), 0);
	root_file("secret", "S=1\n", 0600, 0);
	root_directory("shut", 0700, 0);
	root_directory("shut/dir", 0755, 0);
}

enum { GOOD, NOT_ANSWERED, WRONG_STATE, WRONG_ERROR, NOT_ROOT_AGAIN };

static int
try_trial(void *data)
{
	const struct trial *t = data;
	struct needs needs = { 0 };
	struct fault f = { 0 };
	struct need *n = needs_add(&needs, a, t->kind, root_path(t->path));

	n->below = t->kind == NEED_BELOW ? "dir" : NULL;
	if (t->uid != 0 && (setgroups(0, NULL) != 0 ||
	    setresgid(t->uid, t->uid, t->uid) != 0 ||
	    setresuid(t->uid, t->uid, t->uid) != 0))
		return NOT_ROOT_AGAIN;
	if (!look_answer(&needs, a, t->caller, &f))
		return NOT_ANSWERED;
	if ((n->state == NEED_MET) != t->met)
		return WRONG_STATE;
	if (t->error != NULL && (n->error == NULL ||
	    strstr(n->error, t->error) == NULL))
		return WRONG_ERROR;
	return geteuid() == t->uid && (t->uid != 0 || getgroups(0, NULL) == 0)
	    ? GOOD : NOT_ROOT_AGAIN;
}

START_TEST(deny_more_than_the_caller_s_rights)
{
	int status;

	world_begin();
	status = child_status(try_trial, &trials[_i]);
	ck_assert_msg(status == GOOD, "%d: %s: %d", _i, trials[_i].path,
	    status);
}
END_TEST

enum path_trial { PATH_LINK, PATH_NONE, PATH_NO_MORE_FILES };

/* Where a path of the policy leads, as root and then as the caller. */
static int
try_path(void *data)
{
	const enum path_trial trial = *(const enum path_trial *)data;
	struct rlimit files = { 3, 3 };
	struct needs needs = { 0 };
	struct fault f = { 0 };
	struct need *n = needs_add(&needs, a, NEED_PATH, root_path(trial ==
	    PATH_NONE ? "nosuch/x" : "link"));

	n->wants_all = true;
	if (trial == PATH_NO_MORE_FILES &&
	    (close_range(3, ~0U, 0) != 0 ||
	    setrlimit(RLIMIT_NOFILE, &files) != 0))
		return NOT_ROOT_AGAIN;
	if (!look_answer(&needs, a, &his, &f))
		return trial == PATH_NO_MORE_FILES && n->error != NULL &&
		    strstr(f.text, "cannot be looked up") != NULL
		    ? GOOD : NOT_ANSWERED;
	if (trial == PATH_NO_MORE_FILES || n->state != NEED_MET)
		return WRONG_STATE;
	return trial == PATH_NONE ? n->resolved_all == NULL ? GOOD : WRONG_ERROR
	    : strcmp(n->resolved, root_path("open")) == 0 &&
	    strcmp(n->resolved_all, root_path("open")) == 0 ? GOOD :
	    WRONG_ERROR;
}

/* What is not found by an error might be what is restricted. */
START_TEST(deny_a_path_of_the_policy_s_that_cannot_be_followed)
{
	enum path_trial trial = (enum path_trial)_i;

	root_directory("open", 0755, 0);
	root_link("open", "link", 0);
	ck_assert_int_eq(child_status(try_path, &trial), GOOD);
}
END_TEST

Suite *
look_answer_suite(void)
{
	Suite *s = suite_create("look_answer");
	TCase *t = root_tcase(s, "needs");

	if (t == NULL)
		return s;
	EACH(t, deny_more_than_the_caller_s_rights, trials);
	tcase_add_loop_test(t,
	    deny_a_path_of_the_policy_s_that_cannot_be_followed, PATH_LINK,
	    PATH_NO_MORE_FILES + 1);
	return s;
}
