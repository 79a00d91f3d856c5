/* SPDX-License-Identifier: Apache-2.0 */
/* Is a runc one that can be led out of its container (CVE-2024-45310)? */
#ifndef UNDOCKER_RUNC_VERSION_H
#define UNDOCKER_RUNC_VERSION_H

enum runc_age {
	RUNC_UNKNOWN, /* no version of a runc can be read from it */
	RUNC_OLD, /* before 1.1.14, or a 1.2.0-rc before rc.3 */
	RUNC_MENDED,
};

/*
 * version is what runc says of itself, in any distributor's spelling
 * ("1.1.5+ds1", "1.2.0~rc2", "v1.1.15-0ubuntu1"); NULL: nothing. By its number
 * alone: whether a distributor has mended an old one it does not tell.
 */
enum runc_age runc_age(const char *version);

#endif
