#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""terminal.py STEP... -- COMMAND: runs COMMAND on a terminal of its own.

Steps, in order: size:ROWSxCOLS, expect:REGEX, send:TEXT (Python escapes),
pause:SECONDS. All output goes to stdout; exits as COMMAND did, 128+signal if
it was killed, or 99 when an expected text did not come within 15 seconds.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE = 15.0


class Terminal:
    def __init__(self, command):
        self.seen = b""
        self.mark = 0
        self.open = True
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            time.sleep(0.05)  # the first size: step is in force by then
            os.execvp(command[0], command)

    def pump(self, seconds):
        if not self.open:
            return False
        ready, _, _ = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.seen += data
        self.open = bool(data)
        return self.open

    def expect(self, pattern):
        end = time.monotonic() + PATIENCE
        regex = re.compile(pattern.encode())
        while True:
            found = regex.search(self.seen, self.mark)
            if found:
                self.mark = found.end()
                return True
            if time.monotonic() > end or not self.pump(0.2) and not self.open:
                found = regex.search(self.seen, self.mark)
                self.mark = found.end() if found else self.mark
                return bool(found)

    def step(self, word):
        kind, _, text = word.partition(":")
        if kind == "size":
            rows, cols = (int(n) for n in text.split("x"))
            size = struct.pack("HHHH", rows, cols, 0, 0)
            fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)
        elif kind == "send":
            os.write(self.fd, text.encode().decode("unicode_escape").encode("latin-1"))
        elif kind == "pause":
            end = time.monotonic() + float(text)
            while time.monotonic() < end and self.open:
                self.pump(0.05)
        elif kind == "expect":
            return self.expect(text)
        else:
            raise SystemExit("terminal.py: unknown step " + word)
        return True

    def finish(self):
        end = time.monotonic() + PATIENCE
        while self.open and time.monotonic() < end:
            self.pump(0.2)
        if self.open:
            os.kill(self.pid, signal.SIGHUP)
            return 98
        _, status = os.waitpid(self.pid, 0)
        if os.WIFSIGNALED(status):
            return 128 + os.WTERMSIG(status)
        return os.WEXITSTATUS(status)


def main():
    at = sys.argv.index("--")
    terminal = Terminal(sys.argv[at + 1:])
    result = None
    for word in sys.argv[1:at]:
        if not terminal.step(word):
            sys.stderr.write("terminal.py: did not see %r\n" % word)
            result = 99
            os.kill(terminal.pid, signal.SIGHUP)
            break
    status = terminal.finish() if result is None else result
    sys.stdout.buffer.write(terminal.seen)
    sys.stdout.flush()
    os._exit(status)


main()
