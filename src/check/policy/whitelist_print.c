/* SPDX-License-Identifier: Apache-2.0 */
#include "check/policy/whitelist_print.h"

#include "check/policy/danger.h"
#include "core/policy/flagset.h"
#include "host/files/policy_file.h"
#include "host/report.h"

#include <string.h>

#define LINE_WIDTH 78

enum { PARAMS_PRINTED = 0, PARAMS_UNHEARD = 1, PARAMS_USAGE = 2 };

/* One flag on its way from the client's help into a section. */
struct param {
	const struct help_flag *help;
	const struct docker_flag *flag; /* NULL: docker's table lacks it */
	const char *spec; /* "-e|--env list" */
	const char *why; /* it is commented out; NULL: it is not */
};

static const struct docker_flag *
flag_of_help(const struct docker_command *c, const struct help_flag *h)
{
	return *h->name != '\0' ? docker_flag_long(c, h->name, strlen(h->name))
				: docker_flag_letter(c, h->letter);
}

/* Whether a policy can say so. */
static bool
spec_loads(struct arena *a, const struct docker_command *c, const char *spec,
    const char **reason)
{
	struct flag_table table = flag_table_new(a, c);
	struct flagset set = { 0 };

	return flagset_read(&set, &table, spec, reason);
}

static const char *
spec_make(struct arena *a, const struct help_flag *h, bool letter,
    const char *type)
{
	const char *blank = *type == '\0' ? "" : " ";

	if (*h->name == '\0')
		return arena_printf(a, "-%c%s%s", h->letter, blank, type);
	if (letter && h->letter != '\0')
		return arena_printf(a, "-%c|--%s%s%s", h->letter, h->name,
		    blank, type);
	return arena_printf(a, "--%s%s%s", h->name, blank, type);
}

/* The type word by which the policy language understands the flag's shape. */
static const char *
type_plain(const struct param *p)
{
	if (p->flag == NULL)
		return *p->help->type == '\0' ? "" : "string";
	switch (p->flag->shape) {
	case FLAG_BOOL:
		return "";
	case FLAG_SINGLE:
		return "string";
	case FLAG_LIST:
		return "list";
	}
	return "";
}

/*
 * In the client's own words, if they load: its type word may say another shape
 * than the flag has, and its letter may be one that undocker does not know.
 */
static bool
spec_find(struct arena *a, const struct docker_command *c, struct param *p,
    const char **reason)
{
	const char *types[] = { p->help->type, type_plain(p) };

	for (size_t i = 0; i < 4; i++) {
		p->spec = spec_make(a, p->help, i < 2, types[i % 2]);
		if (spec_loads(a, c, p->spec, reason))
			return true;
	}
	return false;
}

static const char *
danger_why(struct arena *a, const struct danger *d)
{
	static const char *const cures[] = {
		[CURE_NONE] = "",
		[CURE_NEVER] = "; undocker refuses it in any policy",
		[CURE_VALUES] = "; if you offer it, say in ALLOWEDVALUES which",
		[CURE_PATHS] = "; if you offer it, say in ALLOWEDPATHS which",
		[CURE_PORTS] = "; if you offer it, say in ALLOWEDPORTS which",
		[CURE_LIMIT] = "; if you offer it, say in MAXVALUES how much",
		[CURE_RULE] = "; if you offer it, say in ALLOWEDVALUES which",
		[CURE_IMAGES] = "; if you offer it, say in ALLOWEDIMAGES which",
	};

	return arena_printf(a, "%s%s", d->why, cures[d->cure]);
}

static struct param
param_of(struct arena *a, const struct docker_command *c,
    const struct help_flag *h)
{
	struct param p = { .help = h, .flag = flag_of_help(c, h) };
	const struct danger *d = NULL;
	const char *reason;

	if (!spec_find(a, c, &p, &reason))
		p.why = arena_printf(a, "it cannot be offered: %s", reason);
	else if (p.flag == NULL)
		p.why = "undocker does not know what it gives; find out first";
	else if ((d = danger_of(c, p.flag)) != NULL)
		p.why = danger_why(a, d);
	return p;
}

/* "WHITELIST=" and the specs, in lines that go on with a backslash. */
static void
whitelist_lines(struct strv *lines, const struct strv *specs)
{
	const char *line = "WHITELIST=";
	bool begun = true; /* no spec in the line yet */

	for (size_t i = 0; i < specs->n; i++) {
		const char *comma = i + 1 < specs->n ? "," : "";

		if (!begun && strlen(line) + strlen(specs->v[i]) +
		    strlen(" , \\") > LINE_WIDTH) {
			strv_pushf(lines, "%s \\", line);
			line = "    ";
			begun = true;
		}
		line = arena_printf(lines->arena, "%s%s%s%s", line,
		    begun ? "" : " ", specs->v[i], comma);
		begun = false;
	}
	if (specs->n > 0)
		strv_push(lines, line);
}

/* Text as comments, wrapped between words. */
static void
comment_lines(struct strv *lines, const char *text)
{
	const char *line = "#";

	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		if (strlen(line) + n + 1 > LINE_WIDTH && line[1] != '\0') {
			strv_push(lines, line);
			line = "#";
		}
		line = arena_printf(lines->arena, "%s %.*s", line, (int)n,
		    text);
		text += n + strspn(text + n, " ");
	}
	strv_push(lines, line);
}

/* A reason and below it what it keeps back, ready to be taken in. */
static void
kept_back_lines(struct strv *lines, const struct param *params, size_t n,
    size_t first)
{
	const char *why = params[first].why;

	for (size_t i = 0; i < first; i++) {
		if (params[i].why != NULL && strcmp(params[i].why, why) == 0)
			return; /* it was said of an earlier one */
	}
	comment_lines(lines, why);
	for (size_t i = first; i < n; i++) {
		if (params[i].why != NULL && strcmp(params[i].why, why) == 0)
			strv_pushf(lines, "#WHITELIST=%s", params[i].spec);
	}
}

/*
 * --help is a flag of every command; most clients do not show it where it is
 * not a command's own.
 */
static bool
help_shown(const struct help_flags *flags)
{
	for (size_t i = 0; i < flags->n; i++) {
		if (strcmp(flags->v[i].name, "help") == 0)
			return true;
	}
	return false;
}

bool
whitelist_print_section(struct strv *lines, struct client_help *h,
    const struct docker_command *c, struct fault *f)
{
	const struct help_flags *flags = client_help_of(h, c, f);
	struct arena *a = lines->arena;
	struct strv specs = strv_new(a);
	struct param *params;

	if (flags == NULL)
		return false;
	params = arena_alloc(a, (flags->n + 1) * sizeof(*params));
	for (size_t i = 0; i < flags->n; i++) {
		params[i] = param_of(a, c, &flags->v[i]);
		if (params[i].why == NULL)
			strv_push(&specs, params[i].spec);
	}
	if (!help_shown(flags))
		strv_push(&specs, "--help");
	if (danger_of_command(c) != NULL)
		comment_lines(lines, danger_why(a, danger_of_command(c)));
	strv_pushf(lines, "[command:%s]", c->name);
	whitelist_lines(lines, &specs);
	for (size_t i = 0; i < flags->n; i++) {
		if (params[i].why != NULL)
			kept_back_lines(lines, params, flags->n, i);
	}
	return true;
}

/* The command that the words at *at begin with; NULL: told. */
static const struct docker_command *
command_read(struct arena *a, int argc, char **argv, int *at)
{
	char *first = arena_strdup(a, argv[*at]), *second = strchr(first, ' ');
	const struct docker_command *c;
	int words = 0, given = 1;

	if (second != NULL) {
		*second++ = '\0';
		given = 2;
	} else if (*at + 1 < argc && strchr(argv[*at + 1], ' ') == NULL) {
		second = argv[*at + 1];
	}
	c = docker_command_find(first, second, &words);
	if (c == NULL || words < given) {
		report(a, arena_printf(a, "--params: docker has no command "
		    "'%s' that undocker knows", argv[*at]));
		return NULL;
	}
	if (c->never != NULL) {
		const struct danger *d = danger_of_command(c);

		report(a, arena_printf(a, "--params: no policy can offer '%s': "
		    "%s", c->name, d == NULL ? c->never : d->why));
		return NULL;
	}
	*at += given == 2 ? 1 : words;
	return c;
}

/* The policy, if there is one: any, sound or not, may be asked for. */
static struct policy *
policy_read(struct arena *a, const char *file)
{
	struct policy *p = policy_new(a);
	struct fault f = { 0 };

	return policy_file_load(p, a, file, POLICY_ANY, &f) ? p : NULL;
}

static int
unheard(struct arena *a, const struct fault *f)
{
	report(a, arena_printf(a, "--params: %s", report_fault_text(a, f)));
	return PARAMS_UNHEARD;
}

int
whitelist_print(struct arena *a, const char *policy_file, int argc, char **argv)
{
	const struct docker_command **commands =
	    arena_alloc(a, ((size_t)argc + 1) * sizeof(*commands));
	struct strv lines = strv_new(a);
	struct client_help h;
	struct fault f = { 0 };
	size_t n = 0;

	for (int at = 0; at < argc; n++) {
		commands[n] = command_read(a, argc, argv, &at);
		if (commands[n] == NULL)
			return PARAMS_USAGE;
	}
	if (!client_help_open(&h, a, client_help_path(a, policy_read(a,
	    policy_file)), &f))
		return unheard(a, &f);
	comment_lines(&lines, arena_printf(a, "All flags of %s; offer what "
	    "your users need.", h.path));
	for (size_t i = 0; i < n; i++) {
		strv_push(&lines, "");
		if (!whitelist_print_section(&lines, &h, commands[i], &f))
			return unheard(a, &f);
	}
	for (size_t i = 0; i < lines.n; i++) {
		if (!report_print_line(a, lines.v[i]))
			return PARAMS_UNHEARD;
	}
	return PARAMS_PRINTED;
}
