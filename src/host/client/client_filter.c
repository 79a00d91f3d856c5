/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules stand in filter/client_rules.c. libseccomp makes instructions of
 * them when undocker is built: at run time it could lack memory, leave some
 * out and say nothing of it.
 */
#include "host/client/client_filter.h"

#include "client_filter_code.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define HOLES (sizeof(client_filter_holes) / sizeof(client_filter_holes[0]))

_Static_assert(sizeof(client_filter_code) <=
    CLIENT_FILTER_MOST * sizeof(struct sock_filter), "a longer filter");

size_t
client_filter_fill(struct sock_filter code[CLIENT_FILTER_MOST],
    const struct client_exec *only)
{
	const uint64_t values[] = { (uint64_t)only->fd,
		(uint64_t)(uintptr_t)only->path,
		(uint64_t)(uintptr_t)only->argv,
		(uint64_t)(uintptr_t)only->env };

	memcpy(code, client_filter_code, sizeof(client_filter_code));
	for (size_t i = 0; i < HOLES; i++)
		code[client_filter_holes[i].at].k = (uint32_t)
		    (values[client_filter_holes[i].value] >>
		    client_filter_holes[i].shift);
	return sizeof(client_filter_code) / sizeof(client_filter_code[0]);
}

bool
client_filter(struct arena *a, const struct client_exec *only, struct fault *f)
{
	struct sock_filter code[CLIENT_FILTER_MOST];
	const struct sock_fprog program = {
		.len = (unsigned short)client_filter_fill(code, only),
		.filter = code,
	};

	/*
	 * SPEC_ALLOW: keep the kernel from slowing the client down against
	 * attacks from within its own address space.
	 */
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
	    SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0 ||
	    fault_set(f, a, FAULT_REFUSED,
	    "the client's system call filter cannot be set: %s",
	    strerror(errno));
}
