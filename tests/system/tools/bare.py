#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""bare.py ARGC PROGRAM [ARG...]: execs PROGRAM with an argv of ARGC words.

ARGC 0 is an argv without even a name, which no shell and no os.execve gives.
"""
import ctypes
import os
import sys

argc = int(sys.argv[1])
words = [word.encode() for word in sys.argv[2:]]
libc = ctypes.CDLL(None, use_errno=True)
argv = (ctypes.c_char_p * (argc + 1))(*words[:argc], None)
env = [("%s=%s" % item).encode() for item in os.environ.items()]
envp = (ctypes.c_char_p * (len(env) + 1))(*env, None)
libc.execve(words[0], argv, envp)
sys.stderr.write("bare.py: %s\n" % os.strerror(ctypes.get_errno()))
sys.exit(96)
