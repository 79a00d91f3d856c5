#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""registry.py PORT ROOT LOG: a registry at 127.0.0.1:PORT with one image,
private/tool, whose root file system is the directory ROOT. Its users are
alice:geheim and bob:secret. Each request is a line of LOG: method, path, and
who asked ("-": nobody said)."""
import base64
import gzip
import hashlib
import http.server
import io
import json
import sys
import tarfile

USERS = {"alice": "geheim", "bob": "secret"}
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Image:
    def __init__(self, root):
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w") as archive:
            archive.add(root, arcname=".")
        layer = gzip.compress(plain.getvalue(), 1)
        config = json.dumps({
            "architecture": "amd64", "os": "linux",
            "config": {"Cmd": ["/bin/sh"]},
            "rootfs": {"type": "layers",
                       "diff_ids": [digest(plain.getvalue())]},
        }).encode()
        self.manifest = json.dumps({
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": {
                "mediaType": "application/vnd.docker.container.image.v1+json",
                "size": len(config), "digest": digest(config)},
            "layers": [{
                "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
                "size": len(layer), "digest": digest(layer)}],
        }).encode()
        self.blobs = {digest(config): config, digest(layer): layer}


class Registry(http.server.BaseHTTPRequestHandler):
    def user(self):
        kind, _, text = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return None
        name, _, password = base64.b64decode(text).decode().partition(":")
        return name if USERS.get(name) == password else None

    def reply(self, status, kind, body, extra=()):
        self.send_response(status)
        for name, value in extra:
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        user = self.user()
        with open(sys.argv[3], "a", encoding="ascii") as log:
            log.write(f"{self.command} {self.path} {user or '-'}\n")
        if user is None:
            body = b'{"errors":[{"code":"UNAUTHORIZED","message":"who?"}]}'
            self.reply(401, "application/json", body,
                       [("WWW-Authenticate", 'Basic realm="test"')])
        elif self.path == "/v2/":
            self.reply(200, "application/json", b"{}")
        elif self.path.startswith("/v2/private/tool/manifests/"):
            self.reply(200, MANIFEST, IMAGE.manifest,
                       [("Docker-Content-Digest", digest(IMAGE.manifest))])
        elif self.path.rpartition("/")[2] in IMAGE.blobs:
            self.reply(200, "application/octet-stream",
                       IMAGE.blobs[self.path.rpartition("/")[2]])
        else:
            self.reply(404, "application/json", b"{}")

    do_HEAD = do_POST = do_GET

    def log_message(self, *_):
        pass


IMAGE = Image(sys.argv[2])
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])),
                                Registry).serve_forever()
