#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""logd.py datagram|stream|full: a /dev/log of our own.

Each record becomes one line of stdout, with its control bytes as \\xNN; the
first line is "listening". full: its queue is filled, and nobody reads it.
"""
import os
import re
import socket
import sys

PATIENCE = 40.0


def show(record):
    text = record.decode(errors="backslashreplace")
    text = re.sub("[\x00-\x1f\x7f-\x9f]", lambda c: "\\x%02x" % ord(c[0]), text)
    print(text, flush=True)


def fill():
    sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sender.connect("/dev/log")
    sender.setblocking(False)
    try:
        while True:
            sender.send(b"x")
    except BlockingIOError:
        pass


def main():
    kind = sys.argv[1]
    stream = kind == "stream"
    log = socket.socket(
        socket.AF_UNIX, socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
    log.bind("/dev/log")
    os.chmod("/dev/log", 0o666)
    log.settimeout(PATIENCE)
    if stream:
        log.listen(5)
    if kind == "full":
        fill()
    print("listening", flush=True)
    while stream:
        with log.accept()[0].makefile("rb") as peer:
            for record in peer.read().split(b"\0")[:-1]:
                show(record)
    while kind == "datagram":
        show(log.recv(65536))
    sys.stdin.read()


main()
