/* SPDX-License-Identifier: Apache-2.0 */
#include "check/machine/sudo_rules.h"

#include "check/machine/sudo_defaults.h"
#include "core/base/text.h"

#include <string.h>

struct judging {
	struct findings *findings;
	const struct sudo_facts *facts;
	struct sudo_program program;
	struct sudo_defaults defaults;
	bool granted; /* somebody may start the runtime */
	bool free; /* and somebody without a password */
	struct strv asked; /* who is asked for one */
};

/* One rule: some users, some commands, as somebody. */
struct rule {
	const char *who;
	const json_t *commands;
	const json_t *runas; /* NULL: nobody named */
	const json_t *groups; /* likewise */
	bool as_group; /* as a group of theirs only */
	bool setenv;
	bool noexec;
	bool asks;
};

/* A rule's own word, or what the Defaults say. */
static bool
option(const json_t *options, const char *name, bool otherwise)
{
	for (size_t i = 0; i < json_array_size(options); i++) {
		const json_t *value = json_object_get(
		    json_array_get(options, i), name);

		if (json_is_boolean(value))
			otherwise = json_is_true(value);
	}
	return otherwise;
}

static bool
may_be(const struct judging *j, enum sudo_flag flag, unsigned value)
{
	return (j->defaults.flags[flag] & value) != 0;
}

static struct rule
read_rule(const struct judging *j, const char *who, const json_t *spec)
{
	const json_t *options = json_object_get(spec, "Options");
	struct rule r = { .who = who };

	r.commands = json_object_get(spec, "Commands");
	r.runas = json_object_get(spec, "runasusers");
	r.groups = json_object_get(spec, "runasgroups");
	r.as_group = r.runas == NULL && r.groups != NULL;
	/* What the Defaults say of these is told once, of them. */
	r.setenv = option(options, "setenv", false);
	r.noexec = option(options, "noexec", false) ||
	    option(options, "intercept", false);
	r.asks = option(options, "authenticate",
	    may_be(j, SUDO_AUTHENTICATE, SUDO_ON));
	return r;
}

static enum sudo_match
runs_as_root(const struct judging *j, const struct rule *r)
{
	if (r->as_group)
		return SUDO_NO;
	if (r->runas == NULL)
		return TEXT_AMONG(j->defaults.runas, "root", "#0") ? SUDO_YES
								   : SUDO_NO;
	return sudo_match_root(r->runas);
}

/* Who may start docker by sudo needs no undocker. */
static void
judge_docker(struct judging *j, const struct rule *r, const char *as)
{
	/* Whichever docker it is: it asks the same engine. */
	const struct sudo_program docker = { .path = j->facts->docker };

	if (sudo_match_commands(r->commands, &docker) != SUDO_NO)
		findings_add(j->findings, SEVERITY_WARNING, j->facts->file, 0,
		    "sudo lets %s run %s%s: that is root on this host without "
		    "undocker", r->who, j->facts->docker, as);
}

static void
judge_granted(struct judging *j, const struct rule *r, enum sudo_match match)
{
	j->granted = true;
	if (r->setenv)
		findings_add(j->findings, SEVERITY_ERROR, j->facts->file, 0,
		    "the rule of %s for %s has SETENV: users choose the "
		    "libraries that it loads, so they are root; remove it",
		    r->who, j->facts->program);
	if (r->noexec)
		findings_add(j->findings, SEVERITY_ERROR, j->facts->file, 0,
		    "the rule of %s for %s has NOEXEC or INTERCEPT: docker "
		    "cannot be started; remove it", r->who, j->facts->program);
	if (r->asks) {
		strv_push(&j->asked, r->who);
	} else if (match == SUDO_YES) {
		j->free = true;
		/* The last rule that speaks of a user is what counts. */
		if (strcmp(r->who, "everybody") == 0)
			j->asked = strv_new(j->findings->arena);
	}
}

/* With targetpw and the like only who knows root's password is let in. */
static void
judge_everybody(struct judging *j, const struct rule *r)
{
	if (r->asks && (may_be(j, SUDO_TARGETPW, SUDO_ON) ||
	    may_be(j, SUDO_ROOTPW, SUDO_ON)))
		return;
	findings_add(j->findings, SEVERITY_ERROR, j->facts->file, 0,
	    "sudo lets everybody run every command as root%s: nothing is left "
	    "for undocker to guard; remove that rule", r->asks ?
	    ", by their own passwords" : "");
	j->granted = true;
}

static void
judge_rule(struct judging *j, const struct rule *r)
{
	enum sudo_match match = sudo_match_commands(r->commands, &j->program);
	enum sudo_match root = runs_as_root(j, r);
	bool all = sudo_match_all_commands(r->commands);

	if (root != SUDO_NO && all) {
		if (root == SUDO_YES && strcmp(r->who, "everybody") == 0)
			judge_everybody(j, r);
		/* Who may do all has nothing to forge; but he may be asked. */
		else if (match != SUDO_NO && r->asks && j->free)
			strv_push(&j->asked, r->who);
		return;
	}
	if (root != SUDO_NO)
		judge_docker(j, r, "");
	else if (sudo_match_group(r->groups, "docker", j->facts->gid))
		judge_docker(j, r, " with the engine's group");
	if (match == SUDO_NO || all)
		return;
	if (root != SUDO_NO)
		judge_granted(j, r, match);
	else
		findings_add(j->findings, SEVERITY_ERROR, j->facts->file, 0,
		    "the rule of %s lets %s run as another user than root, "
		    "where it refuses to work: write '%s ALL=(root) "
		    "NOPASSWD:%s'", r->who, j->facts->program, r->who,
		    j->facts->program);
}

static void
judge_specs(struct judging *j, const json_t *specs)
{
	for (size_t i = 0; i < json_array_size(specs); i++) {
		const json_t *spec = json_array_get(specs, i);
		const json_t *users = json_object_get(spec, "User_List");
		const json_t *rules = json_object_get(spec, "Cmnd_Specs");
		const char *who = sudo_match_users(j->findings->arena, users);

		if (sudo_match_only_root(users) ||
		    sudo_match_hosts(json_object_get(spec, "Host_List"),
			j->facts->host) == SUDO_NO)
			continue;
		if (strcmp(who, "ALL") == 0)
			who = "everybody";
		for (size_t k = 0; k < json_array_size(rules); k++) {
			struct rule r = read_rule(j, who,
			    json_array_get(rules, k));

			judge_rule(j, &r);
		}
	}
}

static void
judge_kept(struct judging *j, const char *key, const struct strv *patterns)
{
	for (size_t i = 0; i < patterns->n; i++) {
		if (!sudo_defaults_open(patterns->v[i]))
			continue;
		findings_add(j->findings, SEVERITY_ERROR, j->facts->file, 0,
		    "sudo's %s has '%s' for %s: users choose the libraries "
		    "that it loads, or forge who they are; install undocker's "
		    "sudoers file, or write 'Defaults!%s %s-=\"%s\"'", key,
		    patterns->v[i], j->facts->program, j->facts->program, key,
		    patterns->v[i]);
	}
}

/* What sudo itself adds to the environment, from files. */
static void
judge_files(struct judging *j)
{
	const struct strv *files = &j->defaults.files;

	for (size_t i = 0; j->facts->untrusted != NULL && i < files->n; i++) {
		const char *why = j->facts->untrusted(j->findings->arena,
		    files->v[i]);

		if (why != NULL)
			findings_add(j->findings, SEVERITY_ERROR,
			    j->facts->file, 0, "sudo's env_file %s %s: others "
			    "than root choose the environment of %s",
			    files->v[i], why, j->facts->program);
	}
}

/* Whom the Defaults hit depends on the user: the worst off counts. */
static void
judge_defaults(struct judging *j)
{
	static const struct {
		enum sudo_flag flag;
		unsigned value;
		enum severity severity;
		const char *text; /* "sudo's Defaults ... for PROGRAM: ..." */
		const char *why;
	} rows[] = {
		{ SUDO_ENV_RESET, SUDO_OFF, SEVERITY_ERROR, "!env_reset",
		    "it gets its users' environment; write env_reset" },
		{ SUDO_SETENV, SUDO_ON, SEVERITY_ERROR, "setenv",
		    "users choose the libraries that it loads, so they are "
		    "root; write !setenv" },
		{ SUDO_NOEXEC, SUDO_ON, SEVERITY_ERROR, "noexec",
		    "docker cannot be started; write !noexec" },
		{ SUDO_INTERCEPT, SUDO_ON, SEVERITY_ERROR, "intercept",
		    "docker cannot be started; write !intercept" },
		{ SUDO_REQUIRETTY, SUDO_ON, SEVERITY_WARNING, "requiretty",
		    "it does not run from scripts without a terminal; write "
		    "!requiretty" },
		{ SUDO_LOG_ALLOWED, SUDO_ON, SEVERITY_NOTE, "log_allowed",
		    "besides undocker's own line sudo logs the words as typed, "
		    "'-e PASSWORD=...' too, and a line for each completion; "
		    "write !log_allowed (sudo 1.8.29 and newer know it)" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (may_be(j, rows[i].flag, rows[i].value))
			findings_add(j->findings, rows[i].severity,
			    j->facts->file, 0, "sudo's Defaults have %s for "
			    "%s: %s", rows[i].text, j->facts->program,
			    rows[i].why);
	}
	judge_files(j);
	judge_kept(j, "env_keep", &j->defaults.keep);
	judge_kept(j, "env_check", &j->defaults.check);
	if (!sudo_defaults_keep(&j->defaults, "UNDOCKER_ENV_0"))
		findings_add(j->findings, SEVERITY_WARNING, j->facts->file, 0,
		    "sudo's env_keep lacks UNDOCKER_ENV_* for %s: docker's "
		    "'-e NAME' finds no variable of the user's; install "
		    "undocker's sudoers file", j->facts->program);
}

static void
judge_ways(struct judging *j)
{
	const struct sudo_facts *facts = j->facts;

	if (!j->granted && facts->needed && facts->elsewhere == NULL)
		findings_add(j->findings, SEVERITY_ERROR, facts->file, 0,
		    "sudo has no rule that lets users run %s as root: install "
		    "undocker's sudoers file as /etc/sudoers.d/undocker",
		    facts->program);
	else if (!j->granted && facts->needed)
		findings_add(j->findings, SEVERITY_WARNING, facts->file, 0,
		    "no rule here lets users run %s as root; do those from %s?",
		    facts->program, facts->elsewhere);
	if (facts->needed && j->asked.n > 0)
		findings_add(j->findings, SEVERITY_WARNING, facts->file, 0,
		    "sudo asks %s for a password before it runs %s: the last "
		    "rule for a user counts, and it needs NOPASSWD",
		    strv_join(&j->asked, ", "), facts->program);
}

static bool
never(const char *path, const char *program)
{
	(void)path;
	(void)program;
	return false;
}

bool
sudo_rules(struct findings *f, const char *json, size_t size,
    const struct sudo_facts *facts)
{
	json_t *top = json_loadb(json, size, 0, NULL);
	struct judging j = { .findings = f, .facts = facts,
		.program = { .path = facts->program,
		    .same = facts->same == NULL ? never : facts->same },
		.asked = strv_new(f->arena) };

	if (!json_is_object(top)) {
		json_decref(top);
		return false;
	}
	j.defaults = sudo_defaults_read(f->arena,
	    json_object_get(top, "Defaults"), facts->host, &j.program);
	judge_specs(&j, json_object_get(top, "User_Specs"));
	judge_ways(&j);
	if (j.granted)
		judge_defaults(&j);
	if (facts->elsewhere != NULL)
		findings_add(f, SEVERITY_NOTE, facts->file, 0,
		    "sudo has rules from %s, too; they were not looked at",
		    facts->elsewhere);
	json_decref(top);
	return true;
}
