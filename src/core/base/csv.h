/* SPDX-License-Identifier: Apache-2.0 */
/* One record of comma-separated fields, as Go's encoding/csv reads it. */
#ifndef UNDOCKER_CSV_H
#define UNDOCKER_CSV_H

#include "core/base/strv.h"

#include <stdbool.h>

/*
 * The fields of text. Quotes group a whole field, "" in it is a quote. False:
 * a quote out of place, or a line end (docker would read the first record
 * only, and skip empty ones).
 */
bool csv_read(struct strv *fields, const char *text);

/* The field, in quotes where it needs them. */
const char *csv_field(struct arena *a, const char *text);

#endif
