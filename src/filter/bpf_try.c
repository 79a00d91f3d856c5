/* SPDX-License-Identifier: Apache-2.0 */
#include "filter/bpf_try.h"

#include <stdbool.h>
#include <string.h>

/* Whether a conditional jump is taken. False in *known: not one of ours. */
static bool
taken(const struct sock_filter *i, uint32_t a, bool *known)
{
	*known = true;
	switch (i->code) {
	case BPF_JMP | BPF_JEQ | BPF_K:
		return a == i->k;
	case BPF_JMP | BPF_JGT | BPF_K:
		return a > i->k;
	case BPF_JMP | BPF_JGE | BPF_K:
		return a >= i->k;
	case BPF_JMP | BPF_JSET | BPF_K:
		return (a & i->k) != 0;
	default:
		*known = false;
		return false;
	}
}

uint32_t
bpf_try(const struct sock_filter *code, size_t n,
    const struct seccomp_data *data)
{
	uint32_t a = 0;

	for (size_t at = 0; at < n; at++) {
		const struct sock_filter *i = &code[at];
		bool known, jump;

		switch (i->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			if (i->k > sizeof(*data) - sizeof(a) || i->k % 4 != 0)
				return BPF_TRY_STRANGE;
			memcpy(&a, (const unsigned char *)data + i->k,
			    sizeof(a));
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= i->k;
			break;
		case BPF_JMP | BPF_JA:
			at += i->k;
			break;
		case BPF_RET | BPF_K:
			return i->k;
		default:
			jump = taken(i, a, &known);
			if (!known)
				return BPF_TRY_STRANGE;
			at += jump ? i->jt : i->jf;
			break;
		}
	}
	return BPF_TRY_STRANGE;
}
