/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cases/cases_file.h"

#include "check/cases/shell_split.h"
#include "core/base/ascii.h"
#include "core/base/reason.h"
#include "core/base/text.h"

#include <stdint.h>
#include <string.h>

struct reader {
	struct cases *cases;
	unsigned line;
	bool may_explain; /* the line before was a refuse, or its because */
	const char *reason;
};

static bool
fail(struct reader *r, const char *reason)
{
	r->reason = reason;
	return false;
}

/* NAME=VALUE: the value, or NULL. */
static const char *
value_of(const char *word, const char *name)
{
	size_t n = strlen(name);

	return strncmp(word, name, n) == 0 && word[n] == '='
	    ? word + n + 1 : NULL;
}

/* Digits, n bytes of them. */
static bool
read_id(struct reader *r, const char *text, uint32_t *id)
{
	uint64_t value = 0;
	size_t n = 0;

	for (; ascii_digit(text[n]) && n < 11; n++)
		value = value * 10 + (uint64_t)(text[n] - '0');
	if (n == 0 || text[n] != '\0' || value >= UINT32_MAX)
		return fail(r, "uid= and gid= are numbers");
	*id = (uint32_t)value;
	return true;
}

static bool
add_group(struct reader *r, const char *name, uint32_t gid)
{
	struct cases *c = r->cases;
	const struct cases_file_group *known = cases_file_group(c, name);
	struct cases_file_group *g;

	if (*name == '\0')
		return fail(r, "a group without a name");
	if (known != NULL)
		return known->gid == gid || reason_set(&r->reason, c->arena,
		    "group '%s' has another gid in a line above", name);
	g = arena_alloc(c->arena, sizeof(*g));
	*g = (struct cases_file_group) { name, gid };
	*strmap_at(&c->groups, name) = g;
	return true;
}

/* NAME:GID,NAME:GID */
static bool
read_groups(struct reader *r, const char *text, struct caller *u)
{
	struct arena *a = r->cases->arena;
	gid_t *gids = arena_alloc(a, (strlen(text) + 1) * sizeof(*gids));

	while (*text != '\0') {
		size_t n = strcspn(text, ",");
		char *name = arena_strndup(a, text, n);
		char *colon = strrchr(name, ':');
		uint32_t gid;

		if (colon == NULL)
			return fail(r, "groups=NAME:GID,NAME:GID is wanted");
		*colon = '\0';
		if (!read_id(r, colon + 1, &gid) || !add_group(r, name, gid))
			return false;
		gids[u->ngids++] = gid;
		text += n + (text[n] == ',');
	}
	u->gids = gids;
	return true;
}

/* One word of a user's line. */
static bool
read_property(struct reader *r, struct caller *u, const char *word, bool *uid,
    bool *gid)
{
	const char *v;

	if ((v = value_of(word, "uid")) != NULL)
		return *uid = read_id(r, v, &u->uid);
	if ((v = value_of(word, "gid")) != NULL)
		return *gid = read_id(r, v, &u->gid);
	if ((v = value_of(word, "groups")) != NULL)
		return read_groups(r, v, u);
	if ((v = value_of(word, "group")) != NULL && *v != '\0')
		u->group = v;
	else if ((v = value_of(word, "home")) != NULL && *v == '/')
		u->home = v;
	else if ((v = value_of(word, "cwd")) != NULL && *v == '/')
		u->cwd = v;
	else
		return fail(r, "a user has uid=N gid=N group=NAME "
		    "groups=NAME:GID,... home=/PATH cwd=/PATH");
	return true;
}

static bool
read_user(struct reader *r, const struct strv *words)
{
	struct cases *c = r->cases;
	bool uid = false, gid = false;
	struct caller u = { 0 }, *kept;

	if (words->n < 2 || *words->v[1] == '\0')
		return fail(r, "user NAME uid=N gid=N");
	u.user = words->v[1];
	u.home = arena_printf(c->arena, "/home/%s", u.user);
	for (size_t i = 2; i < words->n; i++) {
		if (!read_property(r, &u, words->v[i], &uid, &gid))
			return false;
	}
	if (!uid || !gid)
		return fail(r, "a user has a uid= and a gid=");
	if (cases_file_user(c, u.user) != NULL)
		return fail(r, "this user stands in a line above");
	if (u.group != NULL && !add_group(r, u.group, u.gid))
		return false;
	if (u.group == NULL)
		u.group = u.user;
	if (u.cwd == NULL)
		u.cwd = u.home;
	kept = arena_alloc(c->arena, sizeof(*kept));
	*kept = u;
	*strmap_at(&c->users, u.user) = kept;
	return true;
}

static bool
read_group(struct reader *r, const struct strv *words)
{
	const char *text = words->n == 3 ? value_of(words->v[2], "gid") : NULL;
	uint32_t gid;

	if (text == NULL)
		return fail(r, "group NAME gid=N");
	return read_id(r, text, &gid) && add_group(r, words->v[1], gid);
}

static bool
read_case(struct reader *r, const struct strv *words)
{
	struct cases *c = r->cases;
	struct policy_case one = { .line = r->line,
		.allow = strcmp(words->v[0], "allow") == 0,
		.words = strv_new(c->arena) };

	if (words->n < 3)
		return fail(r, "a user and a command line are wanted");
	if (TEXT_AMONG(words->v[2], "undocker", "docker"))
		return fail(r, "leave out 'undocker': the docker command comes "
		    "behind the user");
	one.user = words->v[1];
	for (size_t i = 2; i < words->n; i++)
		strv_push(&one.words, words->v[i]);
	ARENA_ADD(c->arena, c, one);
	r->may_explain = !one.allow;
	return true;
}

/* The rest of the line is the text, quotes and all. */
static bool
read_because(struct reader *r, const char *text)
{
	struct cases *c = r->cases;

	if (!r->may_explain)
		return fail(r, "'because' stands below a 'refuse'");
	if (*text == '\0')
		return fail(r, "because of what?");
	if (c->v[c->n - 1].because != NULL)
		return fail(r, "one 'because' is enough");
	c->v[c->n - 1].because = text;
	return true;
}

/* line has no blanks around it, and is not empty. */
static bool
read_line(struct reader *r, const char *line)
{
	struct strv words = strv_new(r->cases->arena);
	size_t n = strcspn(line, " \t");

	if (n == 7 && strncmp(line, "because", n) == 0)
		return read_because(r, line + n + strspn(line + n, " \t"));
	r->may_explain = false;
	if (!shell_split(&words, line, &r->reason))
		return false;
	if (strcmp(words.v[0], "allow") == 0 ||
	    strcmp(words.v[0], "refuse") == 0)
		return read_case(r, &words);
	if (strcmp(words.v[0], "user") == 0)
		return read_user(r, &words);
	if (strcmp(words.v[0], "group") == 0)
		return read_group(r, &words);
	return fail(r, "a line begins with allow, refuse, because, user or "
	    "group");
}

bool
cases_file_read(struct cases *c, struct arena *a, const char *file,
    const char *text, struct fault *f)
{
	struct reader r = { .cases = c };

	*c = (struct cases) { .arena = a, .users = strmap_new(a),
		.groups = strmap_new(a) };
	for (; *text != '\0'; text += *text == '\n') {
		const char *line = text + strspn(text, " \t");
		size_t end = strcspn(line, "\n");

		text = line + end;
		r.line++;
		while (end > 0 && strchr(" \t\r", line[end - 1]) != NULL)
			end--;
		if (end == 0 || *line == '#')
			continue;
		if (!read_line(&r, arena_strndup(a, line, end)))
			return fault_set(f, a, FAULT_REFUSED, "%s:%u: %s",
			    file, r.line, r.reason);
	}
	return c->n > 0 || fault_set(f, a, FAULT_REFUSED,
	    "%s: there is no case in it", file);
}

const struct caller *
cases_file_user(const struct cases *c, const char *name)
{
	return strmap_get(&c->users, name);
}

const struct cases_file_group *
cases_file_group(const struct cases *c, const char *name)
{
	return strmap_get(&c->groups, name);
}
