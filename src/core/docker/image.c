/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/image.h"

#include "core/base/text.h"

#include <string.h>

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define NAME_MAX_BYTES 255
#define TAG_MAX_BYTES 128
#define SHA256_HEX 64

static bool
all_of(const char *s, size_t n, const char *bytes)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\0' || strchr(bytes, s[i]) == NULL)
			return false;
	}
	return true;
}

static bool
hex(const char *s)
{
	return *s != '\0' && all_of(s, strlen(s), DIGITS "abcdef");
}

/* Lower-case letters and digits, with ".", "_", "__" or dashes between. */
static bool
path_component(const char *s, size_t n)
{
	size_t i = 0;

	while (true) {
		size_t word = strspn(s + i, LOWER DIGITS), dashes;

		i += word;
		if (word == 0 || i > n)
			return false;
		if (i == n)
			return true;
		dashes = strspn(s + i, "-");
		if (dashes > 0)
			i += dashes;
		else if (s[i] == '_')
			i += s[i + 1] == '_' ? 2 : 1;
		else if (s[i] == '.')
			i++;
		else
			return false;
	}
}

static bool
path_valid(const char *path)
{
	do {
		size_t n = strcspn(path, "/");

		if (!path_component(path, n))
			return false;
		path += n;
	} while (*path++ == '/');
	return true;
}

/* Host names with an optional port; capitals are refused before. */
static bool
domain_valid(const char *domain)
{
	size_t host = strcspn(domain, ":");
	const char *s = domain;

	if (domain[host] == ':' && (domain[host + 1] == '\0' ||
	    !all_of(domain + host + 1, strlen(domain + host + 1), DIGITS)))
		return false;
	do {
		size_t n = strcspn(s, ".:");

		if (n == 0 || !all_of(s, n, LOWER DIGITS "-") || s[0] == '-' ||
		    s[n - 1] == '-')
			return false;
		s += n;
	} while (*s++ == '.');
	return true;
}

/* Cuts "@sha256:..." and ":tag" off the end of text. */
static bool
cut_tail(struct image *image, char *text, const char **reason)
{
	char *at = strchr(text, '@'), *slash, *colon;

	if (at != NULL) {
		*at++ = '\0';
		if (strncmp(at, "sha256:", 7) != 0 ||
		    strlen(at + 7) != SHA256_HEX || !hex(at + 7)) {
			*reason = "the digest is not sha256: and 64 hex digits";
			return false;
		}
		image->digest = at;
	}
	slash = strrchr(text, '/');
	colon = strchr(slash == NULL ? text : slash, ':');
	if (colon != NULL) {
		*colon++ = '\0';
		if (*colon == '\0' || strlen(colon) > TAG_MAX_BYTES ||
		    strchr(".-", *colon) != NULL ||
		    !all_of(colon, strlen(colon), LOWER UPPER DIGITS "_.-")) {
			*reason = "the tag is not one";
			return false;
		}
		image->tag = colon;
	} else if (image->digest == NULL) {
		image->tag = "latest";
	}
	return true;
}

/* docker's rule for whether the first component is a registry. */
static bool
is_domain(const char *first, size_t n)
{
	return n > 0 && (memchr(first, '.', n) != NULL ||
	    memchr(first, ':', n) != NULL || strcspn(first, UPPER) < n ||
	    (n == 9 && strncmp(first, "localhost", n) == 0));
}

static bool
split_name(struct image *image, struct arena *a, const char *text,
    const char **reason)
{
	size_t n = strcspn(text, "/");

	image->domain = "docker.io";
	image->path = text;
	if (text[n] == '/' && is_domain(text, n)) {
		image->domain = arena_strndup(a, text, n);
		image->path = text + n + 1;
		if (strcspn(image->domain, UPPER) < n) {
			*reason = "a registry in capitals";
			return false;
		}
	}
	if (strcmp(image->domain, "index.docker.io") == 0)
		image->domain = "docker.io";
	if (strcmp(image->domain, "docker.io") == 0 &&
	    strchr(image->path, '/') == NULL)
		image->path = arena_printf(a, "library/%s", image->path);
	if (!domain_valid(image->domain) || !path_valid(image->path) ||
	    strlen(image->domain) + strlen(image->path) >= NAME_MAX_BYTES) {
		*reason = "it is not an image reference";
		return false;
	}
	return true;
}

/*
 * docker's own short form of docker.io/localhost/x reads as another registry's
 * image; ours keeps the registry.
 */
static const char *
familiar_name(const struct image *image, struct arena *a)
{
	size_t first = strcspn(image->path, "/");

	if (strcmp(image->domain, "docker.io") != 0 ||
	    (image->path[first] == '/' && is_domain(image->path, first)))
		return arena_printf(a, "%s/%s", image->domain, image->path);
	if (strncmp(image->path, "library/", 8) == 0 &&
	    strchr(image->path + 8, '/') == NULL)
		return image->path + 8;
	return image->path;
}

bool
image_parse(struct image *image, struct arena *a, const char *reference,
    const char **reason)
{
	const char *digits;
	char *text;

	*image = (struct image) { 0 };
	digits = strncmp(reference, "sha256:", 7) == 0 ? reference + 7
						       : reference;
	image->maybe_id = hex(digits) && strlen(digits) <= SHA256_HEX;
	if (hex(reference) && strlen(reference) == SHA256_HEX)
		return true;
	text = arena_strdup(a, reference);
	/* sha256: and 64 digits is an id, though no tag is so long. */
	if (!cut_tail(image, text, reason) || !split_name(image, a, text,
		reason))
		return image->maybe_id;
	image->name = familiar_name(image, a);
	return true;
}

bool
image_at_docker_io(const char *domain)
{
	static const char *const names[] = { "docker.io", "index.docker.io",
		"registry-1.docker.io", "registry.hub.docker.com", NULL };
	size_t n = strcspn(domain, ":");

	if (domain[n] != '\0' && strcmp(domain + n, ":443") != 0)
		return false;
	return text_among(domain, n, names);
}
