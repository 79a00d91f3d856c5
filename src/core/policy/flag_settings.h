/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FORCED, DEFAULTS and MAXVALUES: words that are flags and nothing else, each
 * with its value bound to it, so that no word of the policy can swallow or be
 * swallowed by another when the command line is put together.
 */
#ifndef UNDOCKER_FLAG_SETTINGS_H
#define UNDOCKER_FLAG_SETTINGS_H

#include "core/docker/docker_flag.h"
#include "core/policy/section.h"
#include "core/policy/value_words.h"

struct flag_setting {
	const struct docker_flag *flag;
	struct word value; /* "true" or "false" for a bool */
	const struct setting *setting; /* where it stands */
};

struct flag_settings {
	struct flag_setting *v;
	size_t n;
	size_t size;
};

/*
 * Adds the flags of a setting's value. False: *reason says what is wrong,
 * without file and line. The setting is kept, not copied.
 */
bool flag_settings_read(struct flag_settings *out, struct arena *a,
    const struct docker_command *command, const struct setting *setting,
    const char **reason);

/*
 * Of a single-valued flag only its last, most specific word stays. The values
 * of a list add up in FORCED; in DEFAULTS a group's list takes the place of
 * everybody's.
 */
void flag_settings_keep_last(struct flag_settings *words, bool lists_add_up);

/* The same for MAXVALUES; of --ulimit each name has a limit of its own. */
void flag_settings_keep_limits(struct flag_settings *words);

#endif
