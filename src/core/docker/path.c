/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/path.h"

#include "core/base/go_blank.h"

#include <string.h>

static bool
wrong(struct arena *a, const char **reason, const char *what, const char *why)
{
	*reason = arena_printf(a, "'%s' %s", what, why);
	return false;
}

const char *
path_below(const char *dir, const char *path)
{
	size_t n = strlen(dir);

	if (strncmp(dir, path, n) != 0 || path[n] != '/' || path[n + 1] == '\0')
		return NULL;
	return path + n + 1;
}

char *
path_clean(struct arena *a, const char *path)
{
	char *cleaned = arena_alloc(a, strlen(path) + 2), *out = cleaned;

	while (*path != '\0') {
		size_t n;

		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (n == 2 && strncmp(path, "..", n) == 0) {
			while (out > cleaned && *--out != '/')
				continue;
			*out = '\0';
		} else if (n > 0 && !(n == 1 && *path == '.')) {
			*out++ = '/';
			memcpy(out, path, n);
			out += n;
		}
		path += n;
	}
	if (out == cleaned)
		*out++ = '/';
	*out = '\0';
	return cleaned;
}

bool
path_has_dot_dot(const char *path)
{
	while (*path != '\0') {
		size_t n = strcspn(path, "/");

		if (n == 2 && strncmp(path, "..", 2) == 0)
			return true;
		path += n;
		path += strspn(path, "/");
	}
	return false;
}

bool
path_is_kernels(const char *path)
{
	static const char *const trees[] = { "/proc", "/sys", "/dev" };

	for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
		if (strcmp(path, trees[i]) == 0 ||
		    path_below(trees[i], path) != NULL)
			return true;
	}
	return false;
}

bool
path_is_accounts(const char *path)
{
	return strcmp(path, "/etc/group") == 0 ||
	    strcmp(path, "/etc/passwd") == 0;
}

bool
path_target_valid(struct arena *a, const char *path, const char **cleaned,
    const char **reason)
{
	/* Docker writes there, as root, into what is mounted there. */
	static const char *const exact[] = { "/", "/etc", "/etc/hosts",
		"/etc/hostname", "/etc/resolv.conf" };

	if (*path != '/')
		return wrong(a, reason, path, "is not an absolute path");
	if (path_has_dot_dot(path))
		return wrong(a, reason, path, "holds ..");
	if (path[strcspn(path, "\r\n")] != '\0' || go_blank_at_end(path))
		return wrong(a, reason, path, "holds a line end, or a blank at "
		    "its end");
	*cleaned = path_clean(a, path);
	for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++) {
		if (strcmp(*cleaned, exact[i]) == 0)
			return wrong(a, reason, *cleaned,
			    "cannot be a place in the container to mount at or "
			    "to work in");
	}
	if (path_is_kernels(*cleaned))
		return wrong(a, reason, *cleaned, "lies under /proc, /sys or "
		    "/dev");
	return true;
}

bool
path_odd(const char *text)
{
	const char *start = text;

	for (; (text = strchr(text, '/')) != NULL; text++) {
		size_t n = strcspn(text + 1, "/");

		if ((n == 0 && text[1] == '/' && text > start &&
		    text[-1] != '=' && text[-1] != ':') ||
		    (n == 1 && text[1] == '.') ||
		    (n == 2 && text[1] == '.' && text[2] == '.'))
			return true;
	}
	return false;
}

const char *
path_unlinked(struct arena *a, const char *path)
{
	static const struct {
		const char *link, *leads;
	} usual[] = {
		{ "/var/run", "/run" },
		{ "/var/lock", "/run/lock" },
		{ "/var/spool/mail", "/var/mail" },
		{ "/bin", "/usr/bin" },
		{ "/sbin", "/usr/sbin" },
		{ "/lib", "/usr/lib" },
		{ "/lib32", "/usr/lib32" },
		{ "/lib64", "/usr/lib64" },
		{ "/libx32", "/usr/libx32" },
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		size_t n = strlen(usual[i].link);

		if (strncmp(path, usual[i].link, n) == 0 &&
		    (path[n] == '/' || path[n] == '\0'))
			return arena_printf(a, "%s%s", usual[i].leads,
			    path + n);
	}
	return path;
}

bool
path_is_top(struct arena *a, const char *path)
{
	const char *plain = path_unlinked(a, path);

	return strrchr(path, '/') == path && strrchr(plain, '/') == plain;
}
