#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""archive.py SOCKET CONTAINER PATH: asks the engine for the path as docker cp
does, again and again, until it is ended."""

import socket
import sys

ASKS = ('GET /containers/%s/archive?path=%s HTTP/1.1\r\n'
        'Host: docker\r\nConnection: close\r\n\r\n')


def main():
    path, container, wanted = sys.argv[1:]
    while True:
        with socket.socket(socket.AF_UNIX) as engine:
            engine.connect(path)
            engine.sendall((ASKS % (container, wanted)).encode())
            while engine.recv(65536):
                pass


main()
