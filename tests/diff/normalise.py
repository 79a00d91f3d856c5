# SPDX-License-Identifier: Apache-2.0
"""What the engine was asked for, in one form for both sides."""

import json
import os
import posixpath
import re
import time

import ps_words
from engine import IMAGE


class Normaliser:
    def __init__(self, caller, place):
        self.caller = caller
        self.place = place
        self.problems = []
        self.by_id = None  # an image that docker was given by id or digest

    def both(self, record, ours):
        """The record in a form of its own; ours: undocker's side."""
        record = json.loads(json.dumps(record))
        record["query"] = [[key, ago(value) if key in ("since", "until")
                            else ps_words.meaning(value)
                            if key == "ps_args" else value]
                           for key, value in record["query"]]
        # undocker asks for no sizes, where docker does for {{json .}}.
        sizes = [pair for pair in record["query"] if pair[0] == "size"]
        if ours and sizes:
            self.problems.append("it asks for sizes")
        record["query"] = [q for q in record["query"] if q not in sizes]
        body = record["body"]
        if record["path"] == "/containers/create" and isinstance(body, dict):
            if ours:
                self.take_added(body)
            body.pop("User", None)
            self.image(body, ours)
            self.plain_create(body, ours)
        elif record["path"].endswith("/exec") and isinstance(body, dict):
            if ours and body.get("User") != self.caller.user:
                self.problems.append("exec as user %r" % body.get("User"))
            body.pop("User", None)
            body["Env"] = last_values(body.get("Env"))
        return record

    def image(self, body, ours):
        """Where images have rules, undocker gives the whole id of such."""
        if not ours and re.search("^[0-9a-f]+$|sha256:", body["Image"]):
            self.by_id = body["Image"]
        elif ours and self.by_id and body["Image"] == IMAGE["Id"]:
            body["Image"] = self.by_id

    def take_added(self, body):
        """Takes away what undocker adds to run and create."""
        host = body["HostConfig"]
        label = body["Labels"].pop("undocker.uid", None)
        if label != str(self.caller.uid):
            self.problems.append("label undocker.uid is %r" % label)
        if body["User"] != self.caller.user:
            self.problems.append("user is %r" % body["User"])
        if "ALL" not in (host.get("CapDrop") or []):
            self.problems.append("no cap-drop=ALL")
        if (host.get("SecurityOpt") or [None])[-1] not in (
                "no-new-privileges", "no-new-privileges:true",
                "no-new-privileges=true"):
            self.problems.append("no no-new-privileges at the end")
        else:
            host["SecurityOpt"].pop()

    def plain_create(self, body, ours):
        host = body["HostConfig"]
        host["SecurityOpt"] = host.get("SecurityOpt") or []
        # Newer clients sort these, and say ALL once.
        host["CapDrop"] = [c for c in host.get("CapDrop") or [] if c != "ALL"]
        body["Env"] = last_values(body.get("Env"))
        mounts = [self.of_bind(b, ours) for b in host.pop("Binds") or []]
        mounts += [self.of_mount(m, ours)
                   for m in host.pop("Mounts", None) or []]
        mounts += [["volume", "", posixpath.normpath(target), False, {}]
                   for target in body.pop("Volumes", None) or {}]
        body["Mounts"] = sorted(mounts, key=json.dumps)

    def of_bind(self, text, ours):
        """SOURCE:TARGET[:OPTIONS] as type, source, target, read-only, rest."""
        parts = text.split(":")
        if len(parts) not in (2, 3):
            return ["raw", text]
        options = parts[2].split(",") if len(parts) == 3 else []
        kind = "bind" if parts[0][:1] in ("/", ".") else "volume"
        rest = [o for o in options if o not in ("ro", "rw", "nocopy", "")]
        nocopy = "nocopy" in options
        return self.mount(kind, parts[0], parts[1], "ro" in options,
                          {"options": rest} if rest else {}, ours, nocopy)

    def of_mount(self, mount, ours):
        mount = dict(mount)
        kind = mount.pop("Type", "volume")
        source, target = mount.pop("Source", ""), mount.pop("Target", "")
        read_only = mount.pop("ReadOnly", False)
        volume = mount.get("VolumeOptions") or {}
        nocopy = volume.pop("NoCopy", False)
        if not volume.get("DriverConfig"):
            volume.pop("DriverConfig", None)
        bind = mount.get("BindOptions") or {}
        if bind.get("Propagation") in ("", "rprivate"):
            bind.pop("Propagation")
        rest = {k: v for k, v in mount.items() if v}
        return self.mount(kind, source, target, read_only, rest, ours, nocopy)

    def mount(self, kind, source, target, read_only, rest, ours, nocopy):
        if kind == "bind":
            source = os.path.realpath(os.path.join(self.place, source))
            # What the caller may not write is mounted read-only.
            if not ours and not self.caller.may_write(source):
                read_only = True
        if kind == "volume" and source and ours and not nocopy:
            self.problems.append("volume %r without nocopy" % source)
        return [kind, source, posixpath.normpath(target), read_only, rest]


def ago(value):
    """A time near now, as tens of minutes from now: "10m" is reckoned."""
    found = re.fullmatch(r"(\d{10})(\.\d+)?", value, re.A)
    tens = round((time.time() - int(found[1])) / 600) if found else None
    return "%d0m ago" % tens if found and abs(tens) < 1000 else value


def last_values(env):
    """Env as a dictionary: where a key comes twice, the last counts."""
    return {key: mark + value for key, mark, value in
            (entry.partition("=") for entry in env or [])}


def sparse(value):
    """Without null, empty and zero members: for people to read."""
    if isinstance(value, dict):
        members = {k: sparse(v) for k, v in value.items()}
        return {k: v for k, v in members.items()
                if v not in (None, [], {}, "", 0, False)}
    return value
