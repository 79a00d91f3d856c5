/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/fault.h"

bool
fault_set(struct fault *f, struct arena *a, enum fault_kind kind,
    const char *format, ...)
{
	va_list ap;

	if (f->kind == FAULT_NONE) {
		f->kind = kind;
		va_start(ap, format);
		f->text = arena_vprintf(a, format, ap);
		va_end(ap);
	}
	return false;
}
