/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/boolean.h"

#include <stddef.h>
#include <string.h>

bool
boolean_read(const char *text, bool *value)
{
	static const char *const words[2][6] = {
		{ "0", "f", "F", "FALSE", "false", "False" },
		{ "1", "t", "T", "TRUE", "true", "True" },
	};

	for (size_t i = 0; i < 6; i++) {
		for (size_t j = 0; j < 2; j++) {
			if (strcmp(words[j][i], text) == 0) {
				*value = j == 1;
				return true;
			}
		}
	}
	return false;
}
