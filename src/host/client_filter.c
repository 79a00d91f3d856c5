/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client is in the engine's group. A program of the caller's with that
 * group, by a setgid bit that the client sets (docker cp takes owner, group
 * and mode from an archive) or by being started by the client (git, plugins,
 * credential helpers), would be root.
 *
 * Setid bits come into being by chmod and its kin and by the mode that a new
 * file is made with: all of those are listed. openat2 and io_uring take their
 * mode from memory, where a filter cannot look, so the client is told that the
 * kernel has neither. What docker cp could still bring with RUNAS=root, file
 * capabilities and device nodes, is refused to every client: extended
 * attributes are "not supported", which docker passes over. What needs no
 * rule: ACLs hold no setid bits, mq_open makes files on a mount without suid
 * and exec, chown only ever takes the bits away, a directory that inherits
 * setgid is no program.
 *
 * Programs start by execve and execveat only (uselib maps one, on old 32-bit
 * kernels; an interpreter is started within execve). memfds and /proc/self/fd
 * are executed through the same two. The client may not offer itself to its
 * parent's ptrace either. The other system call tables of the machine (i386,
 * x32, 32-bit ARM) kill the process.
 */
#include "host/client_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __NR_fchmodat2
#define CALL_FCHMODAT2 __NR_fchmodat2
#else
#define CALL_FCHMODAT2 452 /* Linux 6.6; the same on all our machines */
#endif
#ifdef __NR_setxattrat
#define CALL_SETXATTRAT __NR_setxattrat
#else
#define CALL_SETXATTRAT 463 /* Linux 6.13 */
#endif

static bool
add(scmp_filter_ctx ctx, int error, int call, struct scmp_arg_cmp when)
{
	return seccomp_rule_add_array(ctx, SCMP_ACT_ERRNO((uint32_t)error),
	    call, 1, &when) == 0;
}

static bool
add_always(scmp_filter_ctx ctx, int error, int call)
{
	return seccomp_rule_add_array(ctx, SCMP_ACT_ERRNO((uint32_t)error),
	    call, 0, NULL) == 0;
}

static bool
no_setid_bits(scmp_filter_ctx ctx)
{
	static const struct {
		int call;
		unsigned int mode; /* which argument that is */
	} calls[] = {
		{ SCMP_SYS(chmod), 1 },
		{ SCMP_SYS(fchmod), 1 },
		{ SCMP_SYS(fchmodat), 2 },
		{ CALL_FCHMODAT2, 2 },
		{ SCMP_SYS(open), 2 },
		{ SCMP_SYS(openat), 3 },
		{ SCMP_SYS(creat), 1 },
		{ SCMP_SYS(mkdir), 1 },
		{ SCMP_SYS(mkdirat), 2 },
		{ SCMP_SYS(mknod), 1 },
		{ SCMP_SYS(mknodat), 2 },
	};
	static const scmp_datum_t bits[] = { S_ISUID, S_ISGID };

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		for (size_t b = 0; b < 2; b++) {
			if (!add(ctx, EPERM, calls[i].call,
			    SCMP_CMP64(calls[i].mode, SCMP_CMP_MASKED_EQ,
			    bits[b], bits[b])))
				return false;
		}
	}
	return add_always(ctx, ENOSYS, SCMP_SYS(openat2)) &&
	    add_always(ctx, ENOSYS, SCMP_SYS(io_uring_setup)) &&
	    add_always(ctx, ENOSYS, SCMP_SYS(io_uring_enter)) &&
	    add_always(ctx, ENOSYS, SCMP_SYS(io_uring_register));
}

static bool
no_capabilities_or_devices(scmp_filter_ctx ctx)
{
	static const int attributes[] = { SCMP_SYS(setxattr),
		SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), CALL_SETXATTRAT };
	static const scmp_datum_t kinds[] = { S_IFCHR, S_IFBLK };

	for (size_t i = 0; i < sizeof(attributes) / sizeof(int); i++) {
		if (!add_always(ctx, EOPNOTSUPP, attributes[i]))
			return false;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!add(ctx, EPERM, SCMP_SYS(mknod),
		    SCMP_CMP64(1, SCMP_CMP_MASKED_EQ, S_IFMT, kinds[i])) ||
		    !add(ctx, EPERM, SCMP_SYS(mknodat),
		    SCMP_CMP64(2, SCMP_CMP_MASKED_EQ, S_IFMT, kinds[i])))
			return false;
	}
	return true;
}

/*
 * The descriptor closes with the exec and the addresses mean nothing to the
 * client, so that what is left open here cannot be used a second time.
 */
static bool
no_programs(scmp_filter_ctx ctx, const struct client_exec *only)
{
	const scmp_datum_t want[] = { (scmp_datum_t)only->fd,
		(scmp_datum_t)(uintptr_t)only->path,
		(scmp_datum_t)(uintptr_t)only->argv,
		(scmp_datum_t)(uintptr_t)only->env, AT_EMPTY_PATH };

	for (unsigned int i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		if (!add(ctx, EPERM, SCMP_SYS(execveat),
		    SCMP_CMP64(i, SCMP_CMP_NE, want[i], 0)))
			return false;
	}
	return add_always(ctx, EPERM, SCMP_SYS(execve)) &&
	    add_always(ctx, EPERM, SCMP_SYS(uselib)) &&
	    add_always(ctx, EPERM, SCMP_SYS(ptrace));
}

bool
client_filter(struct arena *a, const struct client_exec *only, struct fault *f)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	bool loaded;

	/*
	 * SSB: keep the kernel from slowing the client down against attacks
	 * from within its own address space.
	 */
	/* A tree instead of a list: less for each call of the client. */
	if (ctx != NULL)
		(void)seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	loaded = ctx != NULL &&
	    seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS) == 0 &&
	    seccomp_attr_set(ctx, SCMP_FLTATR_CTL_SSB, 1) == 0 &&
	    no_setid_bits(ctx) && no_capabilities_or_devices(ctx) &&
	    no_programs(ctx, only) &&
	    seccomp_load(ctx) == 0;
	if (ctx != NULL)
		seccomp_release(ctx);
	return loaded || fault_set(f, a, FAULT_REFUSED,
	    "the client's system call filter cannot be set");
}
