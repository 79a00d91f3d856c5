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
#include "filter/client_rules.h"

#include "filter/bpf_try.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

#define RULES_MOST 64
#define ALWAYS 6 /* no argument has this number */

struct rule {
	int call;
	int error;
	unsigned int arg;
	bool unless; /* the argument is value, not: its bits in mask are */
	uint64_t mask;
	uint64_t value;
};

struct rules {
	struct rule v[RULES_MOST];
	size_t n;
};

static void
add(struct rules *r, struct rule rule)
{
	if (r->n < RULES_MOST)
		r->v[r->n] = rule;
	r->n++;
}

static void
add_always(struct rules *r, int error, int call)
{
	add(r, (struct rule) { .call = call, .error = error, .arg = ALWAYS });
}

static void
no_setid_bits(struct rules *r)
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
	static const uint64_t bits[] = { S_ISUID, S_ISGID };

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		for (size_t b = 0; b < 2; b++)
			add(r, (struct rule) { calls[i].call, EPERM,
			    calls[i].mode, false, bits[b], bits[b] });
	}
	add_always(r, ENOSYS, SCMP_SYS(openat2));
	add_always(r, ENOSYS, SCMP_SYS(io_uring_setup));
	add_always(r, ENOSYS, SCMP_SYS(io_uring_enter));
	add_always(r, ENOSYS, SCMP_SYS(io_uring_register));
}

static void
no_capabilities_or_devices(struct rules *r)
{
	static const int attributes[] = { SCMP_SYS(setxattr),
		SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), CALL_SETXATTRAT };
	static const uint64_t kinds[] = { S_IFCHR, S_IFBLK };

	for (size_t i = 0; i < sizeof(attributes) / sizeof(int); i++)
		add_always(r, EOPNOTSUPP, attributes[i]);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		add(r, (struct rule) { SCMP_SYS(mknod), EPERM, 1, false,
		    S_IFMT, kinds[i] });
		add(r, (struct rule) { SCMP_SYS(mknodat), EPERM, 2, false,
		    S_IFMT, kinds[i] });
	}
}

/*
 * The descriptor closes with the exec and the addresses mean nothing to the
 * client, so that what is left open here cannot be used a second time.
 */
static void
no_programs(struct rules *r, const uint64_t args[6])
{
	for (unsigned int i = 0; i < 5; i++)
		add(r, (struct rule) { SCMP_SYS(execveat), EPERM, i, true, 0,
		    args[i] });
	add_always(r, EPERM, SCMP_SYS(execve));
	add_always(r, EPERM, SCMP_SYS(uselib));
	add_always(r, EPERM, SCMP_SYS(ptrace));
}

static bool
rule_given(scmp_filter_ctx ctx, const struct rule *r)
{
	const struct scmp_arg_cmp when = { .arg = r->arg,
		.op = r->unless ? SCMP_CMP_NE : SCMP_CMP_MASKED_EQ,
		.datum_a = r->unless ? r->value : r->mask,
		.datum_b = r->unless ? 0 : r->value };

	return seccomp_rule_add_array(ctx, SCMP_ACT_ERRNO((uint32_t)r->error),
	    r->call, r->arg == ALWAYS ? 0 : 1, &when) == 0;
}

/* libseccomp writes its program to a descriptor. */
static bool
program_export(struct client_program *p, scmp_filter_ctx ctx)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	bool good;
	ssize_t n;

	if (fd < 0)
		return false;
	good = seccomp_export_bpf(ctx, fd) == 0;
	n = pread(fd, p->code, sizeof(p->code), 0);
	(void)close(fd);
	/* As many as there is room for may be more. */
	if (!good || n <= 0 || (size_t)n >= sizeof(p->code))
		return false;
	p->n = (size_t)n / sizeof(p->code[0]);
	return p->n * sizeof(p->code[0]) == (size_t)n;
}

static bool
program_make(struct client_program *p, const struct rules *r)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	bool made;

	if (ctx == NULL)
		return false;
	/* A tree instead of a list: less for each call of the client. */
	(void)seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	made = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS) == 0;
	for (size_t i = 0; i < r->n; i++)
		made = made && rule_given(ctx, &r->v[i]);
	made = made && program_export(p, ctx);
	seccomp_release(ctx);
	return made;
}

/* What the program says to a call of this machine's own table. */
static bool
says(const struct client_program *p, int call, const uint64_t args[6],
    uint32_t action)
{
	struct seccomp_data d = { .nr = call, .arch = seccomp_arch_native() };

	memcpy(d.args, args, sizeof(d.args));
	return bpf_try(p->code, p->n, &d) == action;
}

/* That the rule is in the program, and no more than the rule. */
static bool
rule_works(const struct client_program *p, const struct rule *r,
    const uint64_t only[6])
{
	const uint32_t no = SECCOMP_RET_ERRNO | (uint32_t)r->error;
	const uint64_t plain = S_IFREG | 01777; /* a mode, nothing in it */
	uint64_t args[6] = { 0 };

	if (r->call < 0)
		return true; /* this machine does not have it */
	if (r->arg == ALWAYS)
		return says(p, r->call, args, no);
	memcpy(args, only, sizeof(args));
	if (!r->unless)
		args[r->arg] = plain;
	if (!says(p, r->call, args, SECCOMP_RET_ALLOW))
		return false;
	for (unsigned int bit = 0; bit < 64; bit++) {
		const uint64_t one = (uint64_t)1 << bit;
		const bool matters = r->unless || (r->mask & one) == 0;

		args[r->arg] = r->value ^ one;
		if (matters && !says(p, r->call, args, no))
			return false;
	}
	args[r->arg] = r->value;
	return r->unless || says(p, r->call, args, no);
}

static bool
program_works(const struct client_program *p, const struct rules *r,
    const uint64_t only[6])
{
	struct seccomp_data d = { .arch = seccomp_arch_native() };

	for (size_t i = 0; i < r->n; i++) {
		if (!rule_works(p, &r->v[i], only))
			return false;
	}
	d.nr = SCMP_SYS(read);
	if (bpf_try(p->code, p->n, &d) != SECCOMP_RET_ALLOW)
		return false;
#ifdef __x86_64__
	d.nr |= 0x40000000; /* x32 */
	if (bpf_try(p->code, p->n, &d) != SECCOMP_RET_KILL_PROCESS)
		return false;
#endif
	d.arch ^= 1;
	return bpf_try(p->code, p->n, &d) == SECCOMP_RET_KILL_PROCESS;
}

bool
client_rules(struct client_program *p,
    const uint64_t values[CLIENT_EXEC_VALUES], const char **why)
{
	const uint64_t only[6] = { values[0], values[1], values[2], values[3],
		AT_EMPTY_PATH, 0 };
	struct rules r = { .n = 0 };

	no_setid_bits(&r);
	no_capabilities_or_devices(&r);
	no_programs(&r, only);
	*why = "more rules than there is room for";
	if (r.n > RULES_MOST)
		return false;
	*why = "libseccomp makes no program of the rules";
	if (!program_make(p, &r))
		return false;
	*why = "libseccomp's program is not what the rules say";
	return program_works(p, &r, only);
}
