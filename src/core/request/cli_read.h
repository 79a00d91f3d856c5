/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line's reader: words by pflag's grammar, exactly as docker reads
 * them, as a request. What pflag would swallow, guess at or call an error is a
 * fault.
 */
#ifndef UNDOCKER_CLI_READ_H
#define UNDOCKER_CLI_READ_H

#include "core/base/fault.h"
#include "core/policy/effective.h"
#include "core/request/invocation.h"
#include "core/request/request.h"

/*
 * Reads a whole line by the flags that the policy knows and e holds, for its
 * command if docker has it. False: f says why.
 */
bool cli_read(struct request *r, struct arena *a, const struct effective *e,
    const struct policy *p, const struct caller *c, const struct invocation *i,
    struct fault *f);

/*
 * Reads argc words behind a command. where is "run: " and the like, for
 * messages. interspersed: flags may follow operands. False: f says why.
 */
bool cli_read_words(struct used_flags *flags, struct strv *operands,
    struct arena *a, const struct flag_table *table, bool interspersed,
    const char *where, int argc, char *const *argv, struct fault *f);

#endif
