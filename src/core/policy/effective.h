/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The effective policy: what all sections that apply say together to one
 * caller about one command. [main] first, then the general section, the
 * caller's groups in file order, the user. Lists accumulate; of scalars, and
 * of single-valued flags in FORCED and DEFAULTS, the most specific wins.
 */
#ifndef UNDOCKER_EFFECTIVE_H
#define UNDOCKER_EFFECTIVE_H

#include "core/base/caller.h"
#include "core/base/fault.h"
#include "core/policy/flag_settings.h"
#include "core/policy/flagset.h"
#include "core/policy/path_rules.h"
#include "core/policy/pattern.h"
#include "core/policy/port_rules.h"
#include "core/policy/section.h"
#include "core/policy/settings.h"
#include "core/policy/value_rules.h"

/* Once on it stays on. */
enum effective_strict { STRICT_UNSAID = 0, STRICT_OFF, STRICT_ON };

/* Fields by the type of their key, see settings.h. */
#define FIELD_SPECS(field) struct flagset field, global_##field;
#define FIELD_FLAGS(field) struct flag_settings field;
#define FIELD_LIMITS(field) struct flag_settings field; /* literal values */
#define FIELD_PATTERNS(field) struct patterns field;
#define FIELD_VALUES(field) struct value_rules field;
#define FIELD_PATHS(field) struct path_rules field;
#define FIELD_PORTS(field) struct port_rules field;
#define FIELD_STRICT(field) enum effective_strict field;

struct effective {
	const struct docker_command *command;
	struct flag_table flags;
	struct flag_table global_flags; /* before the command */
	struct settings settings;
	struct strv rules; /* sections that apply: "[TITLE] (FILE:LINE)" */
#define INTO_NONE(declare, field)
#define INTO_EFFECTIVE(declare, field) declare(field)
#define INTO_SAME(declare, field)
#define INTO_SETTINGS(declare, field)
#define KEY(name, where, type, into, field, standard, doc) \
	INTO_##into(FIELD_##type, field)
#include "core/policy/keys.def"
#undef KEY
#undef INTO_NONE
#undef INTO_EFFECTIVE
#undef INTO_SAME
#undef INTO_SETTINGS
	/* What `uid` (UIDMUSTMATCH) comes to in the end. */
	bool uid_must_match;
	bool uid_stands; /* UIDMUSTMATCH=true stands in the policy */
};

/*
 * The [main] part: fills e's global fields and *settings. False: f says why.
 */
bool effective_main(struct effective *e, struct settings *settings,
    struct arena *a, const struct policy *p, const struct caller *c,
    struct fault *f);

/*
 * The part of one command. e->rules is empty where the policy does not offer
 * it to this caller. False: f says why.
 */
bool effective_command(struct effective *e, struct arena *a,
    const struct policy *p, const struct caller *c,
    const struct docker_command *command, struct fault *f);

/* The part of one section alone, whoever it is for. False: f says why. */
bool effective_section(struct effective *e, struct arena *a,
    const struct policy *p, const struct section *s, const struct caller *c,
    struct fault *f);

/*
 * Whether the groups are known that sections for this command (NULL: any) name.
 * False: f names one that is not, where REQUIREGROUPS wants them known.
 */
bool effective_check_groups(struct arena *a, const struct policy *p,
    const struct docker_command *command, struct fault *f);

/*
 * Whether all sections are sound, those that do not apply to the caller too
 * (all policy_groups must be answered). False: f says where not; or, where
 * faults are collected (policy_collect), the collector does.
 */
bool effective_check(struct arena *a, struct policy *p, const struct caller *c,
    struct fault *f);

/* Whether a command section applies to the caller. */
bool effective_applies(const struct section *s, const struct caller *c);

#endif
