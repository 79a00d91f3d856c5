/* SPDX-License-Identifier: Apache-2.0 */
#include "core/verdict/registry.h"

#include "core/docker/image.h"
#include "core/verdict/images.h"

#include <string.h>

/*
 * A registry by its name, without what docker cuts off: a scheme and a path.
 * NULL: refused.
 */
static const char *
registry_host(struct state *s, const char *text)
{
	static const char *const schemes[] = { "https://", "http://" };
	const char *host = text, *reason = NULL;
	struct image image;

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t n = strlen(schemes[i]);

		if (host == text && strncmp(text, schemes[i], n) == 0)
			host += n;
	}
	host = arena_strndup(s->arena, host, strcspn(host, "/"));
	if (!image_parse(&image, s->arena, arena_printf(s->arena, "%s/x",
	    host), &reason) || (strcmp(image.domain, host) != 0 &&
	    strcmp(host, "index.docker.io") != 0)) {
		state_refuse(s, "'%s' is no registry (with a dot, or a port: "
		    "registry.example.org)", text);
		return NULL;
	}
	/* docker keeps one entry for both */
	return strcmp(host, "index.docker.io") == 0 ? "docker.io" : host;
}

/* Where the section limits images, it limits the registries. */
static bool
registry_allowed(struct state *s, const char *host)
{
	const struct pattern *no = NULL, *yes = NULL;

	for (int i = 0; i < (image_at_docker_io(host) ? 2 : 1); i++) {
		const char *form = i == 0 ? host : "docker.io";

		if (!images_try_form(s, &s->effective->restricted_images, form,
			&no) ||
		    !images_try_form(s, &s->effective->allowed_images, form,
			&yes))
			return false;
	}
	if (no != NULL)
		return state_refuse(s, "registry '%s' is restricted (%s:%u)",
		    host, no->setting->file, no->setting->line);
	return yes != NULL || s->effective->allowed_images.n == 0 ||
	    state_refuse(s, "registry '%s' is not allowed", host);
}

bool
registry_check(struct state *s, size_t operand)
{
	const char *host = "docker.io";

	if (operand == s->operands->n)
		return registry_allowed(s, host);
	host = registry_host(s, s->operands->v[operand]);
	if (host == NULL || !registry_allowed(s, host))
		return false;
	settlement_operand(s->line, operand, host);
	return true;
}

/*
 * What the engine takes for a registry before the first slash, it asks, as root
 * in the host's network; without one, docker.io.
 */
bool
registry_check_search(struct state *s, size_t operand)
{
	const char *term = s->operands->v[operand], *host = "docker.io";
	size_t n = strcspn(term, "/");
	char *start = arena_strndup(s->arena, term, n);

	if (term[n] == '\0' || (strpbrk(start, ".:") == NULL &&
	    strcmp(start, "localhost") != 0))
		return registry_allowed(s, host);
	host = registry_host(s, start);
	if (host == NULL || !registry_allowed(s, host))
		return false;
	settlement_operand(s->line, operand, arena_printf(s->arena, "%s%s",
	    host, term + n));
	return true;
}
