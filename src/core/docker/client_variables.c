/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/client_variables.h"

#include "core/base/text.h"

#include <string.h>

static const struct {
	const char *name;
	enum client_variable how;
} variables[] = {
	{ "PATH", CLIENT_VARIABLE_SET },
	{ "HOME", CLIENT_VARIABLE_SET },
	{ "DOCKER_CONFIG", CLIENT_VARIABLE_SET },
	{ "DOCKER_HOST", CLIENT_VARIABLE_SET },
	{ "TERM", CLIENT_VARIABLE_PLAIN },
	{ "LANG", CLIENT_VARIABLE_PLAIN },
	{ "LANGUAGE", CLIENT_VARIABLE_PLAIN },
	{ "NO_COLOR", CLIENT_VARIABLE_PLAIN },
	{ "COLORTERM", CLIENT_VARIABLE_PLAIN },
	{ "TZ", CLIENT_VARIABLE_ZONE },
};

enum client_variable
client_variables_find(const char *name, size_t n)
{
	if (n > 3 && strncmp(name, "LC_", 3) == 0)
		return CLIENT_VARIABLE_PLAIN;
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		if (text_is(name, n, variables[i].name))
			return variables[i].how;
	}
	return CLIENT_VARIABLE_NONE;
}
