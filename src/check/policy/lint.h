/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A policy as warnings see it: all sections of one name together, and what they
 * say flag by flag, each with the setting where it stands.
 */
#ifndef UNDOCKER_LINT_H
#define UNDOCKER_LINT_H

#include "check/policy/lint_policy.h"
#include "core/policy/flag_settings.h"
#include "core/policy/flagset.h"
#include "core/policy/section.h"

struct lint_flag {
	const struct docker_flag *flag;
	const struct setting *setting;
	const char *pattern; /* of ALLOWEDVALUES and RESTRICTEDVALUES */
	bool known; /* docker's table has it */
};

struct lint_flags {
	struct lint_flag *v;
	size_t n;
	size_t size;
};

/* The sections of one name: [main], or a command's for somebody. */
struct lint_who {
	const struct section *section; /* the first of them */
	const struct section **sections; /* all */
	bool faulty; /* what was left out of it might be what is missed */
	size_t nsections, sections_size;
	const struct docker_command *command; /* NULL: [main] */
	const struct lint_who *general; /* the command's for everybody; NULL:
					   there is none, or this is it */
	struct lint_flags white, black, allowed, restricted;
	struct flag_settings forced, defaults, max;
	const struct setting *first[KEY_COUNT]; /* NULL: it says nothing */
};

struct lint {
	struct arena *arena;
	struct findings *findings;
	const struct policy *policy;
	const struct lint_facts *facts;
	struct lint_who **whos; /* in file order */
	size_t n;
	size_t size;
	struct strmap by_name; /* command, kind and who -> struct lint_who */
	struct strmap granted; /* command and flag -> a struct lint_flag */
	struct strmap unknown_users;
	/* What several rules ask of the policy as a whole. */
	bool requires_groups;
	const struct setting *trusted; /* its first ALLOWEDIMAGES that is about
					  images' names, or NULL */
	bool trusts_run; /* one of those is run's or create's */
	bool kept_by_never; /* somebody's run or create has no ALLOWEDIMAGES,
			       but FORCED=--pull=never */
	bool any_image; /* somebody's run or create has no ALLOWEDIMAGES */
	bool networks_ruled; /* some run or create bounds --network */
	bool cpus_set, mems_set, quota_set; /* some run or create says which
					       CPUs, which memory, what quota */
	struct strmap rooted; /* commands with ROOTINSIDE=true */
	struct flag_table table; /* of the command in hand */
};

/* policy's sections put together. */
struct lint lint_begin(struct findings *f, const struct policy *p,
    const struct lint_facts *facts);

/* Fills in what is asked of the policy as a whole. */
void lint_commands_sum_up(struct lint *l);

/* A command's sections of this kind and name, or NULL. */
const struct lint_who *lint_who_of(const struct lint *l,
    const struct docker_command *c, enum section_kind kind, const char *who);

/* Whether it is this command: a canonical name. */
bool lint_is(const struct lint_who *w, const char *command);
bool lint_creates(const struct lint_who *w); /* run, create */

/*
 * The setting of a key that holds for who w is: his own, else everybody's.
 * NULL: there is none.
 */
const struct setting *lint_says(const struct lint_who *w, enum key_id key);

/* Likewise, whether a boolean is said to be true. */
bool lint_true(const struct lint_who *w, enum key_id key);

/* The word of FORCED, DEFAULTS or MAXVALUES for a flag, by its long name. */
const struct flag_setting *lint_forced_by(
    const struct lint_who *w, const char *flag);
const struct flag_setting *lint_default(
    const struct lint_who *w, const char *flag);
const struct flag_setting *lint_max(const struct lint_who *w, const char *flag);

/* Whether the value of w's forced flag is this one. */
bool lint_forces(
    const struct lint_who *w, const char *flag, const char *value);

/* Whether an ALLOWEDVALUES that names things bounds the flag for w. */
bool lint_flags_bounded(
    struct lint *l, const struct lint_who *w, const struct docker_flag *f);
bool lint_flags_restricted(
    const struct lint_who *w, const struct docker_flag *f);

/* Whether w may give the flag himself: no BLACKLIST, no FORCED takes it. */
bool lint_flags_may_give(const struct lint_who *w, const struct docker_flag *f);

/* Whether a WHITELIST has the flag for w, too, and he may give it. */
bool lint_flags_offered(const struct lint_who *w, const struct docker_flag *f);

/* Whether any section of the command has the flag in its WHITELIST. */
bool lint_granted(const struct lint *l, const struct docker_command *c,
    const struct docker_flag *f);

/* A flag by its canonical long name. */
bool lint_flag_is(const struct docker_flag *f, const char *name);

/* The flag as a WHITELIST has it: -v|--volume. */
const char *lint_flags_spelled(struct arena *a, const struct docker_flag *f);

/* The last word for a flag, by its long name, or NULL. */
const struct flag_setting *lint_word(
    const struct flag_settings *words, const char *flag);

/* A rule: what is looked for, and what is said where it is found. */
struct lint_rule;
typedef void lint_find(
    struct lint *l, const struct lint_who *w, const struct lint_rule *r);
struct lint_rule {
	lint_find *find;
	const char *sentence; /* without a dot; what it means, what to write */
};

/* Each blank-separated word of w's own settings of a key, where it stands. */
typedef void lint_judge(struct lint *l, const struct setting *s,
    const char *word, const struct lint_rule *r);
void lint_each(struct lint *l, const struct lint_who *w, enum key_id key,
    lint_judge *judge, const struct lint_rule *r);

/* Tries all rules on w. */
void lint_rules_try(struct lint *l, const struct lint_who *w,
    const struct lint_rule *rules, size_t n);

/* "SUBJECT: sentence", at a setting, or at the first of w's sections. */
void lint_warn(struct lint *l, const struct setting *s, const char *subject,
    const char *sentence);
void lint_warn_section(
    struct lint *l, const struct lint_who *w, const char *sentence);

/* The rooms: each has the rules of its field. */
void lint_main(struct lint *l, const struct lint_who *w);
void lint_commands(struct lint *l, const struct lint_who *w);
void lint_flags(struct lint *l, const struct lint_who *w);
void lint_limits(struct lint *l, const struct lint_who *w);
void lint_places(struct lint *l, const struct lint_who *w);
void lint_forced(struct lint *l, const struct lint_who *w);
void lint_create(struct lint *l, const struct lint_who *w);
void lint_images(struct lint *l, const struct lint_who *w);
void lint_patterns(struct lint *l, const struct lint_who *w);
void lint_accounts(struct lint *l, const struct lint_who *w);

#endif
