/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/reason.h"

bool
reason_set(const char **reason, struct arena *a, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	*reason = arena_vprintf(a, format, ap);
	va_end(ap);
	return false;
}
