#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A docker engine that runs nothing and writes down what it is asked for.

It answers well enough that the docker clients 20.10 to 29 finish at once with
an exit status. Every image and every container exists. Each request but a
ping is recorded, in the order of arrival, as a dictionary:

    {"method": "POST", "path": "/containers/create",
     "query": [["name", "web1"]], "body": {...}}

path is without the /vX.Y prefix, query is sorted, body is the parsed JSON
(None: there was none; a string: it was not JSON).

    with Engine("/tmp/e.sock") as engine:
        ...
        for request in engine.take(): ...

By hand: `engine.py SOCKET` prints one JSON line a request.
"""

import json
import os
import re
import socket
import sys
import threading
from urllib.parse import parse_qsl, unquote

API_VERSION = "1.50"
NEW_ID = "c0ffee" + "0" * 58
EXEC_ID = "e" * 64
OLD_ID = "0123456789abcdef" * 4

PING_HEADERS = (
    ("Api-Version", API_VERSION),
    ("Docker-Experimental", "false"),
    ("Builder-Version", "1"),
    ("Ostype", "linux"),
    ("Swarm", "inactive"),
)

VERSION = {
    "Version": "28.2.2",
    "ApiVersion": API_VERSION,
    "MinAPIVersion": "1.24",
    "Os": "linux",
    "Arch": "amd64",
    "KernelVersion": "6.1",
    "GoVersion": "go1.24",
    "Platform": {"Name": "recorder"},
    "Components": [],
}

INFO = {
    "ID": "recorder",
    "OSType": "linux",
    "Architecture": "x86_64",
    "ServerVersion": "28.2.2",
    "IndexServerAddress": "https://index.docker.io/v1/",
    "RegistryConfig": {"IndexConfigs": {}, "InsecureRegistryCIDRs": []},
    "Swarm": {"LocalNodeState": "inactive"},
    "SecurityOptions": [],
}

CONTAINER = {
    "Id": OLD_ID,
    "Name": "/web1",
    "Created": "2024-01-01T00:00:00Z",
    "Image": "sha256:" + "1" * 64,
    "State": {"Status": "running", "Running": True, "Pid": 1, "ExitCode": 0},
    "Config": {"Tty": False, "Image": "alpine", "Labels": {}, "Env": []},
    "HostConfig": {
        "LogConfig": {"Type": "json-file", "Config": {}},
        "NetworkMode": "default",
    },
    "NetworkSettings": {"Networks": {}, "Ports": {}},
    "Mounts": [],
}

LISTED = {
    "Id": OLD_ID,
    "Names": ["/web1"],
    "Image": "alpine",
    "ImageID": "sha256:" + "1" * 64,
    "Command": "ash",
    "Created": 1700000000,
    "Status": "Up 2 hours",
    "State": "running",
    "Ports": [],
    "Labels": {},
    "Mounts": [],
    "NetworkSettings": {"Networks": {}},
    "HostConfig": {"NetworkMode": "default"},
}

IMAGE = {
    "Id": "sha256:" + "1" * 64,
    "RepoTags": ["alpine:latest"],
    "RepoDigests": [],
    "Created": "2024-01-01T00:00:00Z",
    "Os": "linux",
    "Architecture": "amd64",
    "Config": {"Labels": {}},
}

NO_CONTENT = object()
STREAM = object()  # a log: no frames at all

# method, pattern of the path, answer. Path first match wins.
ROUTES = [
    ("GET", r"/version", (200, VERSION)),
    ("GET", r"/info", (200, INFO)),
    ("POST", r"/containers/create", (201, {"Id": NEW_ID, "Warnings": []})),
    ("GET", r"/containers/json", (200, [LISTED])),
    ("POST", r"/containers/.+/wait", (200, {"StatusCode": 0})),
    ("POST", r"/containers/.+/exec", (201, {"Id": EXEC_ID})),
    ("POST", r"/exec/.+/start", (200, STREAM)),
    ("GET", r"/exec/.+/json",
     (200, {"ID": EXEC_ID, "Running": False, "ExitCode": 0, "Pid": 1})),
    ("POST", r"/(containers|exec)/.+/resize", (200, NO_CONTENT)),
    ("POST", r"/containers/.+/(start|stop|restart|kill|pause|unpause|rename)",
     (204, NO_CONTENT)),
    ("GET", r"/containers/.+/logs", (200, STREAM)),
    ("GET", r"/containers/.+/top",
     (200, {"Titles": ["PID"], "Processes": [["1"]]})),
    ("GET", r"/containers/.+/json", (200, CONTAINER)),
    ("POST", r"/images/create",
     (200, {"status": "Status: Image is up to date"})),
    ("GET", r"/images/json", (200, [])),
    ("GET", r"/images/.+/json", (200, IMAGE)),
    ("GET", r"/events", (200, STREAM)),
    ("GET", r"/networks", (200, [])),
    # Of volumes that are not there yet nobody knows the driver.
    ("GET", r"/volumes/.+", (404, {"message": "no such volume"})),
    ("GET", r"/volumes", (200, {"Volumes": [], "Warnings": None})),
    ("DELETE", r"/images/.+", (200, [])),
    ("DELETE", r".+", (204, NO_CONTENT)),
    ("", r".+", (200, {})),
]
ROUTES = [(m, re.compile(p + r"\Z", re.S), a) for m, p, a in ROUTES]


class Request:
    """One HTTP/1.1 request, read whole."""

    def __init__(self, stream):
        line = stream.readline(1 << 20)
        words = line.decode("latin-1").split()
        self.complete = len(words) == 3
        if not self.complete:
            return
        self.method, target = words[0], words[1]
        self.headers = self._headers(stream)
        self.body = self._body(stream)
        path, _, query = target.partition("?")
        path = unquote(path, errors="surrogateescape")
        self.path = re.sub(r"^/v\d+\.\d+(?=/)", "", path)
        self.query = sorted(
            list(pair) for pair in parse_qsl(
                query, keep_blank_values=True, errors="surrogateescape"))

    @staticmethod
    def _headers(stream):
        headers = {}
        while True:
            line = stream.readline(1 << 20).decode("latin-1").strip()
            if not line:
                return headers
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()

    def _body(self, stream):
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            parts = []
            while True:
                size = int(stream.readline(1 << 10).split(b";")[0] or b"0", 16)
                parts.append(stream.read(size))
                stream.readline(1 << 10)
                if size == 0:
                    return b"".join(parts)
        return stream.read(int(self.headers.get("content-length", "0")))

    def hijacks(self):
        return "upgrade" in self.headers.get("connection", "").lower()

    def record(self):
        body = None
        if self.body:
            try:
                body = json.loads(self.body)
            except ValueError:
                body = self.body.decode("utf-8", "surrogateescape")
        return {"method": self.method, "path": self.path,
                "query": self.query, "body": body}


def answer_bytes(status, headers, body, head_only=False):
    lines = ["HTTP/1.1 %d X" % status]
    lines += ["%s: %s" % pair for pair in PING_HEADERS + tuple(headers)]
    if status != 204:
        lines.append("Content-Length: %d" % len(body))
    text = "\r\n".join(lines) + "\r\n\r\n"
    return text.encode("latin-1") + (b"" if head_only else body)


class Engine:
    """The recorder: start() to stop(), or a with statement."""

    def __init__(self, path, on_request=None):
        self.path = path
        self.on_request = on_request
        self._records = []
        self._lock = threading.Lock()
        self._listener = None

    def start(self):
        if os.path.exists(self.path):
            os.unlink(self.path)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(self.path)
        os.chmod(self.path, 0o666)
        self._listener.listen(128)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def stop(self):
        if self._listener is None:
            return
        # close() alone does not wake a thread inside accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._listener = None
        os.unlink(self.path)

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    def requests(self):
        """What was asked so far."""
        with self._lock:
            return list(self._records)

    def reset(self):
        self.take()

    def take(self):
        """What was asked so far; the record begins anew."""
        with self._lock:
            taken, self._records = self._records, []
        return taken

    def _accept(self):
        listener = self._listener
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with connection, connection.makefile("rb") as stream:
                while True:
                    request = Request(stream)
                    if not request.complete:
                        return
                    if not self._answer(connection, stream, request):
                        return
        except (OSError, ValueError):
            return  # the client went away, or spoke something else

    def _answer(self, connection, stream, request):
        """Records and answers; False: the connection has ended."""
        if request.path == "/_ping":
            connection.sendall(answer_bytes(
                200, [("Content-Type", "text/plain")], b"OK",
                request.method == "HEAD"))
            return True
        record = request.record()
        with self._lock:
            self._records.append(record)
        if self.on_request is not None:
            self.on_request(record)
        if request.hijacks():
            self._hijack(connection, stream)
            return False
        status, content = self._route(request)
        if content is NO_CONTENT:
            reply = answer_bytes(status, [], b"")
        elif content is STREAM:
            reply = answer_bytes(
                status,
                [("Content-Type", "application/vnd.docker.raw-stream")], b"")
        else:
            reply = answer_bytes(
                status, [("Content-Type", "application/json")],
                json.dumps(content).encode() + b"\n",
                request.method == "HEAD")
        connection.sendall(reply)
        return True

    @staticmethod
    def _route(request):
        for method, pattern, answer in ROUTES:
            if method in ("", request.method) and pattern.match(request.path):
                return answer
        raise ValueError(request.path)

    @staticmethod
    def _hijack(connection, stream):
        """An attached stream that ends at once."""
        connection.sendall(
            b"HTTP/1.1 101 UPGRADED\r\n"
            b"Content-Type: application/vnd.docker.raw-stream\r\n"
            b"Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(5)
        while stream.read(65536):
            pass


def main(argv):
    if len(argv) != 2:
        print("usage: engine.py SOCKET", file=sys.stderr)
        return 2

    def show(record):
        print(json.dumps(record, sort_keys=True), flush=True)

    with Engine(argv[1], on_request=show):
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
