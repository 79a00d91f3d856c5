/* SPDX-License-Identifier: Apache-2.0 */
/* What the kernel would do by a filter, as far as libseccomp's ones need it. */
#ifndef UNDOCKER_BPF_TRY_H
#define UNDOCKER_BPF_TRY_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>

#define BPF_TRY_STRANGE UINT32_MAX /* an instruction that is not known here */

/* The action that the program returns for this call. */
uint32_t bpf_try(const struct sock_filter *code, size_t n,
    const struct seccomp_data *data);

#endif
