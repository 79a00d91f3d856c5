/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of value_forms share: the kinds with a file of their own. */
#ifndef UNDOCKER_VALUE_TEXT_H
#define UNDOCKER_VALUE_TEXT_H

#include "core/docker/value_forms.h"

/* As value_forms. */
typedef bool value_forms_fn(struct value_parts *out, struct arena *a,
    const char *value, const char **reason);

/* value_csv.c */
value_forms_fn value_csv_network, value_csv_gpus;
/* value_ids.c */
value_forms_fn value_ids_user, value_ids_group, value_ids_capability;
/* value_device.c */
value_forms_fn value_device_forms;

/* Sets *reason; always false. */
bool value_text_wrong(const char **reason, const char *text);

/* The first n bytes, with ASCII's capitals made small. */
char *value_text_lowered(struct arena *a, const char *s, size_t n);

/* Without the blanks around it, if it is plain ASCII; else NULL. */
char *value_text_trimmed(struct arena *a, const char *s);

/* n digits without leading zeros; what is no number stays; none is "0". */
const char *value_text_plain_id(struct arena *a, const char *s, size_t n);

#endif
