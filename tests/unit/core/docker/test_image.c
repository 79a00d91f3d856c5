/* SPDX-License-Identifier: Apache-2.0 */
#include "core/docker/image.h"

#include "fixture.h"
#include "suites.h"

#include <string.h>

#define HEX64 "0123456789abcdef0123456789abcdef" \
	      "0123456789abcdef0123456789abcdef"
#define SHA "sha256:" HEX64
#define A32 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A128 A32 A32 A32 A32

static const struct {
	const char *reference;
	const char *domain, *path, *name, *tag, *digest;
} good[] = {
	{ "alpine", "docker.io", "library/alpine", "alpine", "latest", NULL },
	{ "alpine:latest", "docker.io", "library/alpine", "alpine", "latest",
	    NULL },
	{ "alpine:3.19", "docker.io", "library/alpine", "alpine", "3.19",
	    NULL },
	{ "library/alpine", "docker.io", "library/alpine", "alpine", "latest",
	    NULL },
	{ "docker.io/alpine", "docker.io", "library/alpine", "alpine",
	    "latest", NULL },
	{ "docker.io/library/alpine", "docker.io", "library/alpine", "alpine",
	    "latest", NULL },
	{ "index.docker.io/alpine", "docker.io", "library/alpine", "alpine",
	    "latest", NULL },
	{ "index.docker.io/library/alpine:latest", "docker.io",
	    "library/alpine", "alpine", "latest", NULL },
	{ "index.docker.io/ann/x", "docker.io", "ann/x", "ann/x", "latest",
	    NULL },
	{ "ann/x", "docker.io", "ann/x", "ann/x", "latest", NULL },
	{ "ann/x:1", "docker.io", "ann/x", "ann/x", "1", NULL },
	{ "docker.io/ann/x", "docker.io", "ann/x", "ann/x", "latest", NULL },
	{ "library/a/b", "docker.io", "library/a/b", "library/a/b", "latest",
	    NULL },
	{ "a/b/c/d", "docker.io", "a/b/c/d", "a/b/c/d", "latest", NULL },
	{ "quay.io/a/b", "quay.io", "a/b", "quay.io/a/b", "latest", NULL },
	{ "quay.io/a", "quay.io", "a", "quay.io/a", "latest", NULL },
	{ "quay.io/library/a", "quay.io", "library/a", "quay.io/library/a",
	    "latest", NULL },
	{ "docker.io.evil.example/alpine", "docker.io.evil.example", "alpine",
	    "docker.io.evil.example/alpine", "latest", NULL },
	{ "www.docker.io/alpine", "www.docker.io", "alpine",
	    "www.docker.io/alpine", "latest", NULL },
	{ "docker.io:443/alpine", "docker.io:443", "alpine",
	    "docker.io:443/alpine", "latest", NULL },
	{ "localhost/x", "localhost", "x", "localhost/x", "latest", NULL },
	{ "docker.io/localhost/x", "docker.io", "localhost/x",
	    "docker.io/localhost/x", "latest", NULL },
	{ "index.docker.io/quay.io/a:1", "docker.io", "quay.io/a",
	    "docker.io/quay.io/a", "1", NULL },
	{ "localhost:5000/x", "localhost:5000", "x", "localhost:5000/x",
	    "latest", NULL },
	{ "localhost:5000/x:y", "localhost:5000", "x", "localhost:5000/x", "y",
	    NULL },
	{ "host:5000/a/b:t", "host:5000", "a/b", "host:5000/a/b", "t", NULL },
	{ "10.0.0.1:5000/x", "10.0.0.1:5000", "x", "10.0.0.1:5000/x",
	    "latest", NULL },
	{ "a-b.c/x", "a-b.c", "x", "a-b.c/x", "latest", NULL },
	{ "host/x", "docker.io", "host/x", "host/x", "latest", NULL },
	{ "localhostx/y", "docker.io", "localhostx/y", "localhostx/y",
	    "latest", NULL },
	/* without a slash there is no registry */
	{ "localhost", "docker.io", "library/localhost", "localhost", "latest",
	    NULL },
	{ "host:5000", "docker.io", "library/host", "host", "5000", NULL },
	{ "quay.io", "docker.io", "library/quay.io", "quay.io", "latest",
	    NULL },
	{ "docker.io", "docker.io", "library/docker.io", "docker.io", "latest",
	    NULL },
	/* separators */
	{ "a.b", "docker.io", "library/a.b", "a.b", "latest", NULL },
	{ "a_b", "docker.io", "library/a_b", "a_b", "latest", NULL },
	{ "a__b", "docker.io", "library/a__b", "a__b", "latest", NULL },
	{ "a-b", "docker.io", "library/a-b", "a-b", "latest", NULL },
	{ "a---b", "docker.io", "library/a---b", "a---b", "latest", NULL },
	{ "0/1", "docker.io", "0/1", "0/1", "latest", NULL },
	/* tags */
	{ "a:_x", "docker.io", "library/a", "a", "_x", NULL },
	{ "a:A.b-C_1", "docker.io", "library/a", "a", "A.b-C_1", NULL },
	{ "a:" A128, "docker.io", "library/a", "a", A128, NULL },
	/* digests */
	{ "alpine@" SHA, "docker.io", "library/alpine", "alpine", NULL, SHA },
	{ "alpine:3@" SHA, "docker.io", "library/alpine", "alpine", "3", SHA },
	{ "quay.io/a/b:c@" SHA, "quay.io", "a/b", "quay.io/a/b", "c", SHA },
	{ "host:5000/a@" SHA, "host:5000", "a", "host:5000/a", NULL, SHA },
};

START_TEST(valid_a_reference_has_one_complete_form)
{
	struct image image;
	const char *reason = NULL;

	ck_assert_msg(image_parse(&image, a, good[_i].reference, &reason),
	    "%s: %s", good[_i].reference, reason);
	ck_assert(!image.maybe_id);
	ck_assert_str_eq(image.domain, good[_i].domain);
	ck_assert_str_eq(image.path, good[_i].path);
	ck_assert_str_eq(image.name, good[_i].name);
	ck_assert_pstr_eq(image.tag, good[_i].tag);
	ck_assert_pstr_eq(image.digest, good[_i].digest);
}
END_TEST

static const char *const junk[] = {
	"", " ", " alpine", "alpine ", "al pine", "alpine\n", "\nalpine",
	"alpine\t", "./x", "../x", "/alpine", "alpine/", "a//b", "/", ":",
	":latest", "@", "@" SHA, "a/", "a/b/", "a/.", "a/..", "a/../b",
	/* capitals */
	"Alpine", "ALPINE", "alPine", "ann/Alpine", "quay.io/Ann/x",
	/* a registry in capitals */
	"QUAY.IO/a/b", "Quay.io/a/b", "Docker.io/library/alpine",
	"DOCKER.IO/alpine", "LOCALHOST/x", "LocalHost:5000/x", "Foo/x",
	"FOO/x", "Host:5000/x",
	/* separators */
	".a", "_a", "-a", "a.", "a_", "a-", "a..b", "a___b", "a.-b", "a-.b",
	"a_-b", "a._b", "ann/-x", "ann/x-", "ann/.x",
	/* bytes */
	"a!b", "a$b", "a%2fb", "a?b", "a#b", "a\\b", "a*", "a,b", "a;b", "a=b",
	"caf\xc3\xa9", "a\xff", "a\x01",
	/* registries */
	"-a.b/x", "a-.b/x", "a..b/x", ".a/x", "a./x", "a_b.c/x", "a.b:/x",
	"a.b:x/y", "a.b:1:2/y", "a.b:-1/x", ":5000/x", "a.b/", "a.b:5000/",
	"[::1]:5000/x", "http://a.b/c", "https://docker.io/library/alpine",
	/* tags */
	"a:", "a:.x", "a:-x", "a:b:c", "a:b c", "a:b/c:d:e", "a:\xc3\xa9",
	"a:b$", "a:" A128 "x", "ann/x:",
	/* digests */
	"a@", "a@sha256:", "a@" HEX64, "a@sha256:" A32, "a@" SHA "0",
	"a@SHA256:" HEX64,
	"a@sha256:0123456789ABCDEF0123456789abcdef"
	"0123456789abcdef0123456789abcdef",
	"a@sha256:0123456789abcdeg0123456789abcdef"
	"0123456789abcdef0123456789abcdef",
	"a@sha512:" HEX64 HEX64, "a@sha256:" HEX64 "@" SHA, "a@md5:" A32,
	"a:@" SHA, "@" SHA "@" SHA,
};

START_TEST(junk_what_docker_would_not_read_or_read_otherwise_is_refused)
{
	struct image image;
	const char *reason = NULL;

	ck_assert_msg(!image_parse(&image, a, junk[_i], &reason), "'%s'",
	    junk[_i]);
	ck_assert_ptr_nonnull(reason);
}
END_TEST

static const char *const capitals[] = { "QUAY.IO/a/b", "Quay.io/a/b",
	"Docker.io/library/alpine", "LOCALHOST/x", "Foo/x", "Host:5000/x" };

START_TEST(junk_a_registry_in_capitals_is_told)
{
	struct image image;
	const char *reason = "";

	ck_assert(!image_parse(&image, a, capitals[_i], &reason));
	ck_assert_str_eq(reason, "a registry in capitals");
}
END_TEST

static const struct {
	const char *reference;
	bool maybe_id;
} ids[] = {
	{ HEX64, true },
	{ "0123456789ab", true },
	{ "59", true },
	{ "5", true },
	{ "abc", true },
	{ "deadbeef", true },
	{ "sha256:5960", true },
	{ SHA, true },
	{ HEX64 "0", false }, /* 65 */
	{ "sha256:" HEX64 "0", false },
	{ "abcg", false },
	{ "sha256", false },
	{ "sha256:xyz", false },
	{ "beef:1", false },
	{ "ann/beef", false },
	{ "docker.io/library/beef", false },
};

START_TEST(deny_what_may_be_an_id_is_marked)
{
	struct image image;
	const char *reason = NULL;

	ck_assert(image_parse(&image, a, ids[_i].reference, &reason));
	ck_assert_int_eq(image.maybe_id, ids[_i].maybe_id);
}
END_TEST

START_TEST(deny_a_full_id_has_no_name)
{
	struct image image;
	const char *reason = NULL;

	ck_assert(image_parse(&image, a, HEX64, &reason));
	ck_assert_ptr_null(image.name);
}
END_TEST

/* docker.io/library/ counts. */
START_TEST(too_long_a_name_has_at_most_255_bytes)
{
	char name[300];
	struct image image;
	const char *reason = NULL;
	const size_t before = strlen("docker.io/library/");

	memset(name, 'z', sizeof(name));
	name[255 - before] = '\0';
	ck_assert(image_parse(&image, a, name, &reason));
	name[255 - before] = 'z';
	name[256 - before] = '\0';
	ck_assert(!image_parse(&image, a, name, &reason));
	memset(name, 'z', sizeof(name));
	memcpy(name, "a.b/", 4);
	name[255] = '\0';
	ck_assert(image_parse(&image, a, name, &reason));
	name[255] = 'z';
	name[256] = '\0';
	ck_assert(!image_parse(&image, a, name, &reason));
}
END_TEST

START_TEST(too_long_references_do_no_harm)
{
	char *name = arena_alloc(a, 1 << 20);
	struct image image;
	const char *reason = NULL;

	memset(name, 'z', (1 << 20) - 1);
	ck_assert(!image_parse(&image, a, name, &reason));
	memset(name, '/', (1 << 20) - 1);
	ck_assert(!image_parse(&image, a, name, &reason));
	memset(name, 'a', (1 << 20) - 1);
	ck_assert(!image_parse(&image, a, name, &reason));
}
END_TEST

Suite *
image_suite(void)
{
	Suite *s = suite_create("image");
	TCase *t = tcase_of(s, "image");

	EACH(t, valid_a_reference_has_one_complete_form, good);
	EACH(t, junk_what_docker_would_not_read_or_read_otherwise_is_refused,
	    junk);
	EACH(t, junk_a_registry_in_capitals_is_told, capitals);
	EACH(t, deny_what_may_be_an_id_is_marked, ids);
	ONE(t, deny_a_full_id_has_no_name);
	ONE(t, too_long_a_name_has_at_most_255_bytes);
	ONE(t, too_long_references_do_no_harm);
	return s;
}
