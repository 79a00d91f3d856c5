/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The template of ps --format. docker's client runs it once to see whether it
 * uses Size, and then asks the engine for sizes: by .Size, and by all that
 * looks at every field, json of the whole and MarshalJSON. So a template has
 * fields of a list, and json of these; {{json .}} as it is becomes the same
 * without Size.
 */
#ifndef UNDOCKER_PS_FORMAT_H
#define UNDOCKER_PS_FORMAT_H

#include <stdbool.h>

/*
 * Takes, or prints anew, a template that asks for no sizes. False: it may.
 */
bool ps_format(const char **text);

#endif
