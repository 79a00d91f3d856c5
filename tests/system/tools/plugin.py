#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""plugin.py SOCKET: a volume driver whose every volume is /etc/roots.

The engine finds it by its socket's path and believes it.
"""
import http.server
import json
import socketserver
import sys

ANSWERS = {
    "/Plugin.Activate": {"Implements": ["VolumeDriver"]},
    "/VolumeDriver.Capabilities": {"Capabilities": {"Scope": "local"}},
    "/VolumeDriver.Get": {"Volume": {"Name": "v", "Mountpoint": "/etc/roots"}},
    "/VolumeDriver.List": {"Volumes": []},
    "/VolumeDriver.Mount": {"Mountpoint": "/etc/roots"},
    "/VolumeDriver.Path": {"Mountpoint": "/etc/roots"},
}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        print(self.path, flush=True)

    def address_string(self):
        return "the engine"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = json.dumps(ANSWERS.get(self.path, {"Err": ""})).encode()
        self.send_response(200)
        self.send_header("Content-Type",
                         "application/vnd.docker.plugins.v1.2+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


Server(sys.argv[1], Handler).serve_forever()
