#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""pry.py PID: tries, as whoever runs it, to get into process PID.

One line for each way in, "WAY open" or "WAY shut"; exits 0 when all are shut.
"""
import ctypes
import os
import sys

PTRACE_ATTACH, PTRACE_DETACH, PTRACE_SEIZE = 16, 17, 0x4206
SYS_PIDFD_OPEN, SYS_PIDFD_GETFD = 434, 438

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long] * 4


def attach(pid):
    if libc.ptrace(PTRACE_ATTACH, pid, 0, 0) != 0:
        return False
    os.waitpid(pid, 0)
    libc.ptrace(PTRACE_DETACH, pid, 0, 0)
    return True


def seize(pid):
    return libc.ptrace(PTRACE_SEIZE, pid, 0, 0) == 0


def readable(name):
    def look(pid):
        try:
            with open("/proc/%d/%s" % (pid, name), "rb") as file:
                file.read(1) if name != "mem" else None
            return True
        except OSError:
            return False
    return look


def links(pid):
    try:
        for name in os.listdir("/proc/%d/fd" % pid):
            os.readlink("/proc/%d/fd/%s" % (pid, name))
            return True
    except OSError:
        pass
    return False


def descriptor(pid):
    pidfd = libc.syscall(SYS_PIDFD_OPEN, pid, 0)
    return pidfd >= 0 and libc.syscall(SYS_PIDFD_GETFD, pidfd, 0, 0) >= 0


WAYS = [
    ("ptrace-attach", attach),
    ("ptrace-seize", seize),
    ("environ", readable("environ")),
    ("mem", readable("mem")),
    ("maps", readable("maps")),
    ("fd", links),
    ("pidfd_getfd", descriptor),
]

pid = int(sys.argv[1])
opened = 0
for name, way in WAYS:
    result = way(pid)
    opened += result
    print(name, "open" if result else "shut")
sys.exit(1 if opened else 0)
