/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/ownership.h"

#include <stdio.h>
#include <string.h>

/* Whether the first n bytes of text are the uid, as we write it. */
static bool
is_uid(const char *text, size_t n, uid_t uid)
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%lu",
	    (unsigned long)uid);

	return length > 0 && (size_t)length == n &&
	    memcmp(text, digits, n) == 0;
}

bool
ownership_by_label(const struct container *c, const struct caller *caller)
{
	if (c->label == NULL || !is_uid(c->label, strlen(c->label),
	    caller->uid) || !c->image_there)
		return false;
	return c->image_label == NULL ||
	    strcmp(c->image_label, c->label) != 0;
}

static bool
user_is(const char *user, uid_t uid)
{
	return user != NULL && is_uid(user, strcspn(user, ":"), uid);
}

bool
ownership_by_user(const struct container *c, const struct caller *caller)
{
	return c->label == NULL && c->image_there && c->image_label == NULL &&
	    c->confined && user_is(c->user, caller->uid) &&
	    !user_is(c->image_user, caller->uid);
}
