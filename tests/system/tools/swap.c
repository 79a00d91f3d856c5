/* SPDX-License-Identifier: Apache-2.0 */
/*
 * swap A B [NANOSECONDS]: exchanges the two names, again and again with that
 * pause, until it is ended.
 */
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int
main(int argc, char **argv)
{
	const struct timespec pause = {
		.tv_nsec = argc == 4 ? atol(argv[3]) : 200000,
	};

	if (argc != 3 && argc != 4)
		return 2;
	while (renameat2(AT_FDCWD, argv[1], AT_FDCWD, argv[2],
	    RENAME_EXCHANGE) == 0) {
		if (pause.tv_nsec > 0)
			(void)nanosleep(&pause, NULL);
	}
	perror("swap");
	return 1;
}
