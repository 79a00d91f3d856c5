#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""deaf.py DIR UID: a FUSE file system at DIR that never answers, until it is
ended. Whoever looks at it waits. Prints a line when it is mounted."""

import ctypes
import os
import signal
import sys


def main(directory, uid):
    libc = ctypes.CDLL(None, use_errno=True)
    fd = os.open("/dev/fuse", os.O_RDWR)
    options = "fd=%d,rootmode=40000,user_id=%s,group_id=%s,allow_other" % (
        fd, uid, uid)
    if libc.mount(b"deaf", directory.encode(), b"fuse", 0, options.encode()):
        sys.exit("mount: " + os.strerror(ctypes.get_errno()))
    print("mounted", flush=True)
    signal.pause()


main(*sys.argv[1:])
