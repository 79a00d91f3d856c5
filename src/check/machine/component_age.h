/* SPDX-License-Identifier: Apache-2.0 */
/* Is a part of the engine one that is known to be led astray by its users? */
#ifndef UNDOCKER_COMPONENT_AGE_H
#define UNDOCKER_COMPONENT_AGE_H

enum component_age {
	AGE_UNKNOWN, /* no version can be read from it */
	AGE_OLD,
	AGE_MENDED,
};

/*
 * Of runc, out of its container by a mount (CVE-2024-45310): before 1.1.14, or a
 * 1.2.0-rc before rc.3. version is what runc says of itself, in any
 * distributor's spelling ("1.1.5+ds1", "1.2.0~rc2", "v1.1.15-0ubuntu1"); NULL:
 * nothing. By its number alone: whether a distributor has mended an old one it
 * does not tell.
 */
enum component_age component_age_runc(const char *version);

/*
 * Of the Go that the engine was built with, whose os.RemoveAll opens a directory
 * that has become a link (golang/go issue 52745): before 1.21.11, or a 1.22
 * before 1.22.4. version as the engine says it ("go1.19.8"); NULL: nothing.
 */
enum component_age component_age_go(const char *version);

#endif
