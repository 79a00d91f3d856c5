/* SPDX-License-Identifier: Apache-2.0 */
#include "host/report.h"

#include "core/shellword.h"
#include "host/write_whole.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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

void
report_lines(const char *before, const struct strv *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		say(lines->arena, before, lines->v[i]);
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

_Noreturn void
report_die(const char *text)
{
	(void)write_whole(STDERR_FILENO, "undocker: ");
	(void)write_whole(STDERR_FILENO, text);
	(void)write_whole(STDERR_FILENO, "\n");
	_exit(EXIT_REFUSED);
}

_Noreturn void
report_no_memory(void)
{
	report_die("out of memory");
}
