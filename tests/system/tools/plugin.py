#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""plugin.py SOCKET: a volume driver whose every volume is /etc/roots.

The engine finds it by its socket's path and believes it; and asks it for
volumes that it does not know, for as long as the engine runs.
"""
import http.server
import json
import socketserver
import sys

ANSWERS = {
    "/Plugin.Activate": {"Implements": ["VolumeDriver"]},
    "/VolumeDriver.Capabilities": {"Capabilities": {"Scope": "local"}},
    "/VolumeDriver.List": {"Volumes": []},
    "/VolumeDriver.Mount": {"Mountpoint": "/etc/roots"},
    "/VolumeDriver.Path": {"Mountpoint": "/etc/roots"},
}


MADE = set()


def answer_to(path, question):
    name = question.get("Name")
    if path == "/VolumeDriver.Create":
        MADE.add(name)
    elif path == "/VolumeDriver.Remove":
        MADE.discard(name)
    elif path == "/VolumeDriver.Get":
        if name not in MADE:
            return {"Err": "there is no such volume"}
        return {"Volume": {"Name": name, "Mountpoint": "/etc/roots"}}
    return ANSWERS.get(path, {"Err": ""})


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        print(self.path, flush=True)

    def address_string(self):
        return "the engine"

    def do_POST(self):
        size = int(self.headers.get("Content-Length") or 0)
        question = json.loads(self.rfile.read(size) or "{}") or {}
        answer = json.dumps(answer_to(self.path, question)).encode()
        self.send_response(200)
        self.send_header("Content-Type",
                         "application/vnd.docker.plugins.v1.2+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


Server(sys.argv[1], Handler).serve_forever()
