/* SPDX-License-Identifier: Apache-2.0 */
#include "host/report.h"

#include "core/base/shellword.h"
#include "host/write_whole.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#define LINE_MOST 900 /* bytes; escaped they are at most four times as many */
#define STDERR_WAIT_MS 200

/* One write a line: lines of several processes do not mix. */
static void
say(struct arena *a, const char *before, const char *text)
{
	const char *line = arena_printf(a, "undocker: %s%s\n", before,
	    shellword_escape(a, text));

	/* With stderr gone there is nobody to tell. */
	(void)write_whole(STDERR_FILENO, line);
}

void
report(struct arena *a, const char *text)
{
	say(a, "", text);
}

/* Room for a line, or soon? A reader that does not read shall hold nobody. */
static bool
stderr_ready(void)
{
	struct pollfd p = { .fd = STDERR_FILENO, .events = POLLOUT };

	return poll(&p, 1, STDERR_WAIT_MS) == 1 && (p.revents & POLLOUT) != 0;
}

void
report_lines(const char *before, const struct strv *lines)
{
	for (size_t i = 0; i < lines->n && stderr_ready(); i++) {
		const char *text = lines->v[i];

		/* A pipe with any room has room for this much. */
		if (strlen(text) > LINE_MOST)
			text = arena_printf(lines->arena, "%.*s...", LINE_MOST,
			    text);
		say(lines->arena, before, text);
	}
}

const char *
report_fault_text(struct arena *a, const struct fault *f)
{
	if (f->kind == FAULT_NONE || f->text == NULL)
		return "refused without a reason (this is a bug)";
	if (f->kind == FAULT_POLICY)
		return arena_printf(a, "policy error: %s", f->text);
	return f->text;
}

void
report_fault(struct arena *a, const struct fault *f, const char *contact)
{
	report(a, report_fault_text(a, f));
	if (contact != NULL)
		report(a, contact);
}

bool
report_print(const char *text)
{
	return write_whole(STDOUT_FILENO, text);
}

bool
report_print_line(struct arena *a, const char *line)
{
	return report_print(arena_printf(a, "%s\n",
	    shellword_escape(a, line)));
}

static void
say_on_stderr(const char *text)
{
	(void)write_whole(STDERR_FILENO, "undocker: ");
	(void)write_whole(STDERR_FILENO, text);
	(void)write_whole(STDERR_FILENO, "\n");
}

void (*report_last_words)(const char *text) = say_on_stderr;

_Noreturn void
report_die(const char *text)
{
	report_last_words(text);
	_exit(EXIT_REFUSED);
}

_Noreturn void
report_no_memory(void)
{
	report_die("out of memory");
}
