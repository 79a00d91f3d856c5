/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A settlement as a command line: every flag one word with =, in docker's own
 * names, and -- before the operands.
 */
#ifndef UNDOCKER_CLI_WRITE_H
#define UNDOCKER_CLI_WRITE_H

#include "core/base/fault.h"
#include "core/verdict/settlement.h"
#include "core/write/handover.h"

#include <stdbool.h>

/*
 * For judge->sayable: whether docker would read the words, and the files of
 * variables, as just what is settled. False: f says what not.
 */
bool cli_write_sayable(
    const struct settlement *st, struct arena *a, struct fault *f);

/*
 * Adds the words for people, the log and --norun: the program's path first,
 * with what the caller gave and not what stands for it. Anything but a yes is a
 * fault.
 */
bool cli_write_shown(
    const struct settlement *st, struct strv *words, struct fault *f);

/*
 * Adds the argv for docker's client, "docker" first. What the settlement names
 * and the handover does not have is a fault.
 */
bool cli_write(const struct settlement *st, const struct handover *h,
    struct strv *argv, struct fault *f);

/* The bytes of a file of variables or labels; NULL: there are none. */
const char *cli_write_file(struct arena *a, const struct strv *lines);

#endif
