/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptors that docker's client has, besides 0-2. */
#ifndef UNDOCKER_CLIENT_FDS_H
#define UNDOCKER_CLIENT_FDS_H

enum {
	CLIENT_FDS_FIRST = 100,
	CLIENT_FD_VARIABLES = CLIENT_FDS_FIRST, /* --env-file */
	CLIENT_FD_LABELS, /* --label-file */
	CLIENT_FD_STAGE, /* holds the lock of the mounts that were made */
	CLIENT_FD_LOGIN, /* the user's registry credentials */
	CLIENT_FD_PROGRAM, /* closed by the exec */
	CLIENT_FDS_BEHIND,
};

#endif
